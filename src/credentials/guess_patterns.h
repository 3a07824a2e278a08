// Patterns that hold little chance: sequences, walks over the keyboard, years, dates, telephone numbers; and what a
// character costs that is in none.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/guessable.h"

namespace khien::credentials {

/// A password as the search sees it: one element per code point of the NFC form.
struct GuessText {
  std::string folded;        ///< lower case without marks; 0x80 for what is not ASCII then
  std::string typed;         ///< the same with case
  std::vector<bool> marked;  ///< a letter that had a mark
};
GuessText guess_text_of(std::string_view nfc_utf8);

/// A stretch [begin, end) that a guesser finds after 2^bits tries.
struct GuessMatch {
  std::size_t begin;
  std::size_t end;
  double bits;
  GuessReason reason;
  bool decisive = false;
};

/// For a character on its own.
double bits_of_character(const GuessText& text, std::size_t at);
/// For which letters of the stretch are in upper case.
double bits_of_case(const GuessText& text, std::size_t begin, std::size_t end);

void add_sequences(const GuessText& text, std::vector<GuessMatch>& out);
void add_keyboard_walks(const GuessText& text, std::vector<GuessMatch>& out);
/// What people hang on a word when signs and digits are asked for: `@123`, `@2024`, `2024!`, a single sign.
void add_endings(const GuessText& text, std::vector<GuessMatch>& out);
void add_dates(const GuessText& text, std::vector<GuessMatch>& out);

}  // namespace khien::credentials
