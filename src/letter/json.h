// A reading as JSON, for programs.
#pragma once

#include <string>

#include "letter/types.h"

namespace khien::letter {

/// {"header": {number, date, issuer, subject}, "controls": [{kind, params, strength, applies_to?, quote, item?, line,
/// column}],
///  "notes": [{vi, en}]}; what is not known is null. Ends in a newline.
std::string to_json(const Reading& reading);

}  // namespace khien::letter
