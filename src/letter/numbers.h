// Numbers as letters write them: 06, 10.000, mười hai, 06 (sáu).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "letter/token.h"

namespace khien::letter {

struct Number {
  std::int64_t value = 0;
  std::size_t end = 0;  ///< the word behind it
};

/// The number that begins at word `at`; "06 (sáu)" is one number. Words count up to 999 and need their marks, because
/// unmarked they are too many other words.
std::optional<Number> number_at(Tokens tokens, std::size_t at);

/// Only digits, at most nine of them; 10.000 is ten thousand.
std::optional<std::int64_t> digits_value(std::string_view word);
bool digits_only(std::string_view word);

}  // namespace khien::letter
