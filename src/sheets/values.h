// What a cell means: a date, an identity number, a telephone number … or an error that its writer can act upon.
// Every function refuses a blank cell; whether a cell may be empty is the importer's business.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "base/vietnamese.h"
#include "sheets/types.h"

namespace khien::sheets {

/// 05/01/2026 (also 5-1-2026, 5.1.2026), 2026-01-05, "ngày 05 tháng 01 năm 2026", or a spreadsheet's date. A time of
/// midnight may follow. Two-digit years, years alone and month-first dates are refused.
Result<Date> date_value(const Cell& cell);

/// The year, if the cell holds nothing else: 1985, 00/00/1985.
std::optional<int> year_alone(const Cell& cell);

/// The digits of an identity number, without what people put between them; sheets/identity_number.h says which numbers
/// there are.
Result<std::string> digits_value(const Cell& cell);

/// A Vietnamese telephone number as digits from 0: "+84 912 345 678" gives "0912345678". A number that lost its
/// leading zero gets it back.
Result<std::string> phone_value(const Cell& cell);

/// An address by its form (the dot-atom of RFC 5322 and a host of at least two labels); the domain in lower case.
Result<std::string> email_value(const Cell& cell);

/// Any text, single spaces; a spreadsheet's date as dd/mm/yyyy. An error value such as #N/A is refused.
Result<std::string> text_value(const Cell& cell);

/// Words separated by semicolons, commas or line breaks, each with single spaces, without repetition.
Result<std::vector<std::string>> list_value(const Cell& cell);

/// A word that a cell may say, folded ("cong chuc"), and what it means.
template <class Meaning>
struct Word {
  std::string_view folded;
  Meaning meaning;
};

/// What the word of the cell means; any other is the error `expected`, which lists them.
template <class Meaning>
Result<Meaning> word_value(const Cell& cell, std::span<const Word<Meaning>> words, const Text& expected) {
  const auto found = std::ranges::find(words, fold(TRY(text_value(cell))), &Word<Meaning>::folded);
  if (found == words.end()) return Failure(Error::invalid(expected));
  return found->meaning;
}

/// True if the cell says nothing. What a formula failed with does say something.
bool is_blank(const Cell& cell);

}  // namespace khien::sheets
