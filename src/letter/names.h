// Names of bodies and places: told by their words, written out of capitals.
#pragma once

#include <string>

#include "letter/layout.h"
#include "letter/pattern.h"

namespace khien::letter {

/// "tỉnh …", "huyện …", "xã …": a word that begins the name of a place.
const Pattern& place_word();

/// "SỞ Y TẾ TỈNH AN BÌNH" as "Sở Y tế tỉnh An Bình", by the way the letter writes the name elsewhere and by rule.
std::string out_of_capitals(const std::string& name, const Source& source, const Layout& layout);

}  // namespace khien::letter
