// Whether a word could be Vietnamese: how text in an unknown old encoding is told from what it is mistaken for.
#pragma once

#include <cstddef>
#include <string_view>

namespace khien {

/// True of one word with at most one tone mark that an initial and a rime of the language make up: "Nguyễn", "quốc",
/// "ĐẢNG". Case does not matter; abbreviations and foreign names are none.
/// The word must be NFC.
bool is_syllable(std::string_view word);

/// How the words with letters beyond ASCII read: a text without any says nothing.
struct Reading {
  std::size_t words = 0;
  std::size_t syllables = 0;  ///< of them

  Reading& operator+=(const Reading& other);
  /// True if at least `percent` of the words are syllables; false of none.
  [[nodiscard]] bool at_least(std::size_t percent) const { return words > 0 && 100 * syllables >= percent * words; }
};

/// Words are what stands between spaces, digits and ASCII punctuation.
Reading read_words(std::string_view text);

}  // namespace khien
