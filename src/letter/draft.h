// A reading as the draft of a directive, in YAML, for a person to complete and confirm.
#pragma once

#include <string>
#include <string_view>

#include "letter/types.h"

namespace khien::letter {

/// The draft: what a person must fill in is `~` with a comment, notes stand as comments at the top. Clauses carry the
/// letter's own item numbers; where an item has several, `2-1`, `2-2`.
std::string to_draft(const Reading& reading);

/// A YAML double-quoted scalar (YAML 1.2, 5.7): any text on one line.
std::string yaml_quoted(std::string_view text);

}  // namespace khien::letter
