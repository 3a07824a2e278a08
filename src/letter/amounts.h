// Durations, recurrences and dates in the words of letters.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "letter/token.h"

namespace khien::letter {

/// A value and the words that say it.
template <class T>
struct Found {
  T value{};
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// "45 ngày", "nửa năm", "24 giờ" (a day), "05 ngày làm việc" at exactly that word. Out-of-range numbers are kept. Of a
/// range ("3 - 6 tháng", "3 tháng đến 6 tháng") the longer: more than that the letter does not oblige to.
std::optional<Found<Period>> duration_at(Tokens tokens, std::size_t at);
/// The first duration at or behind `from`.
std::optional<Found<Period>> find_duration(Tokens tokens, std::size_t from = 0);

/// How often, at least: "06 tháng một lần", "02 lần/năm", "2 - 3 lần/năm" (two), "hằng quý", "mỗi 90 ngày", "định kỳ 45
/// ngày".
std::optional<Found<Period>> find_recurrence(Tokens tokens, std::size_t from = 0);

/// "26/10/2024", "ngày 05 tháng 01 năm 2025", "30/9" (in `year`, which 0 means not known).
std::optional<Found<Date>> find_date(Tokens tokens, int year, std::size_t from = 0);

/// True if "làm việc" follows the duration.
bool in_working_days(Tokens tokens, const Found<Period>& duration);

}  // namespace khien::letter
