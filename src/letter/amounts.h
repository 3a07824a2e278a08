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

/// "trước ngày 15/6/2025", "chậm nhất là 17 giờ ngày 20/6" at exactly that word: until when something is to be done.
std::optional<Found<Date>> due_date_at(Tokens tokens, int year, std::size_t at);
/// The last of those that governs what follows these words: at their front, behind a comma, or as their very end; not
/// one that stands behind what it belongs to ("vá lỗ hổng trước ngày 10/6, …"), in what a semicolon ends, or of every
/// year.
std::optional<Found<Date>> due_before(Tokens tokens, int year);

/// True if "làm việc" follows the duration.
bool in_working_days(Tokens tokens, const Found<Period>& duration);

}  // namespace khien::letter
