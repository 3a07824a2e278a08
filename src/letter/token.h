// Words of the letter with their place, their unmarked form and what stands before them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "letter/source.h"

namespace khien::letter {

/// What separates a word from the one before it; bits of Token::before.
enum Separator : std::uint16_t {
  kComma = 1U << 0U,
  kSemicolon = 1U << 1U,
  kStop = 1U << 2U,  ///< . ! ? (whether it ends a sentence is decided later)
  kColon = 1U << 3U,
  kOpen = 1U << 4U,   ///< opening bracket
  kClose = 1U << 5U,  ///< closing bracket
  kQuote = 1U << 6U,
  kSlash = 1U << 7U,
  kHyphen = 1U << 8U,
  kBlank = 1U << 9U,
  kSymbol = 1U << 10U,   ///< @ # $ % & and the like
  kLine = 1U << 11U,     ///< a line end
  kGreater = 1U << 12U,  ///< >
};

struct Token {
  std::string fold;   ///< unmarked, lower case; "kí" as "ky", "quí" as "quy"
  std::string lower;  ///< lower case with marks
  std::string marks;  ///< the word with its tone behind it, so that "hoá" and "hóa" are one; empty: marks are not known
  std::uint32_t hash = 0;  ///< of the unmarked form: comparing words is what the reader does most
  Range range;
  std::uint16_t before = 0;
  bool capital = false;  ///< begins with a capital letter or is in capitals

  [[nodiscard]] bool after(std::uint16_t separators) const { return (before & separators) != 0; }
};

/// FNV-1a.
constexpr std::uint32_t word_hash(std::string_view word) {
  std::uint32_t hash = 2166136261U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

using Tokens = std::span<const Token>;

/// The words of one range. Markdown marks and backslashes are no part of words; 26/10/2024 and 10.000 are one word.
std::vector<Token> tokenise(const Source& source, Range range);

/// The words of a piece of the letter's text, with ranges in that piece.
std::vector<Token> tokenise(const Source& source, std::string_view piece);

/// The words of a text that is not part of a letter (a pattern).
std::vector<Token> tokenise(std::string_view text);

/// What stands between two words: the separators in a range without words.
std::uint16_t separators_in(const Source& source, Range range);

/// std::ranges::contains, which the library does not have yet.
template <class Values, class T>
bool contains(const Values& values, const T& value) {
  return std::ranges::find(values, value) != std::ranges::end(values);
}

/// From the first to the last of the words, in the order of the text (the row of a table repeats earlier words).
Range range_of(Tokens tokens);

/// The folded words joined by one blank.
std::string folded(Tokens tokens);

}  // namespace khien::letter
