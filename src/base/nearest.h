// What somebody who typed an unknown name may have meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace khien {

/// How many letters must be put in, taken out, exchanged or swapped with their neighbour (optimal string alignment).
std::size_t edits(std::string_view a, std::string_view b);

/// The three names that are nearest to the wanted one, nearest first; case and marks do not count.
std::vector<std::string> nearest(std::string_view wanted, std::vector<std::string> known);

/// The sentence that follows "there is no such …": the nearest names, or that there are none at all. Begins with a
/// space.
Text nearest_words(std::string_view wanted, std::vector<std::string> known);

}  // namespace khien
