// Which characters the names of people and units may have: letters of any script, and neither formulas nor markup.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace khien::people {

/// Letters with their marks, spaces, apostrophes, hyphens and dots; a letter first.
bool is_name_of_person(std::string_view name);

/// Also digits, dashes, quotes, commas, brackets, slashes and ampersands; first a letter, a digit or what opens a quote
/// or bracket.
bool is_name_of_unit(std::string_view name);

/// The name, or what is wrong with its characters. An empty one is taken.
Result<std::string> clean_unit_name(std::string name);

}  // namespace khien::people
