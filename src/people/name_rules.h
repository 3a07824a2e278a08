// Which characters names, codes and free text may have: letters of any script, and neither formulas nor markup in what
// goes to lists.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace khien::people {

/// Letters with their marks, spaces, apostrophes, hyphens and dots; a letter first.
bool is_name_of_person(std::string_view name);

/// Also digits, dashes, quotes, commas, brackets, slashes and ampersands; first a letter, a digit or what opens a quote
/// or bracket.
bool is_name_of_unit(std::string_view name);

/// Each gives the text in its stored form, or says what is wrong with it. An empty one is taken.

Result<std::string> clean_unit_name(std::string name);
/// Letters, digits and . - _ /, a letter or digit first; `what` begins the message: {"Mã nhóm", "The group code"}.
Result<std::string> clean_code(std::string_view code, std::size_t most, const Text& what);
/// The same, at most 64.
Result<std::string> clean_unit_code(std::string_view code);
/// NFC, single spaces; at most 60 characters, no formula.
Result<std::string> clean_level(std::string_view text);
/// The same for any text that people write freely.
Result<std::string> clean_free_text(std::string_view text, std::size_t most, const Text& what);

}  // namespace khien::people
