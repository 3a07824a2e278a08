// How an exception is written, wherever it is shown.
#pragma once

#include <string>

#include "policy/directive.h"

namespace khien::cli {

/// `LA-13, LA-14`
std::string clauses_of(const policy::Exception& exception);
/// One object; `in_force` is that of the instant.
std::string json_of(const policy::Exception& exception, Instant at);

}  // namespace khien::cli
