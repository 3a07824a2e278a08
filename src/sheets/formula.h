// What a spreadsheet program takes for a formula when a list of ours is opened in it (CWE-1236).
#pragma once

#include <string_view>

namespace khien::sheets {

/// True if it could be one: if what comes after spaces is one of = + - @, also in full width, or if the text begins
/// with a tab or a line break.
bool could_be_formula(std::string_view text);

/// True of what nobody means as a name or a code: = or @ in front, or a sign that stands right before something. "- Phó
/// phòng" is none; CSV is written so that it stays text.
bool is_like_formula(std::string_view text);

}  // namespace khien::sheets
