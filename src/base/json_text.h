// A text as a JSON string, for short documents and lines of the log that are written by hand.
#pragma once

#include <string>
#include <string_view>

namespace khien {

/// In quotes, with quotes, backslashes and what steers escaped (RFC 8259 section 7): one line whatever it holds, and
/// safe to print.
std::string json_text(std::string_view text);

}  // namespace khien
