#include "letter/numbers.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace khien::letter {
namespace {

constexpr auto kUnits = std::to_array<std::pair<std::string_view, int>>({
    {"một", 1},
    {"mốt", 1},
    {"hai", 2},
    {"ba", 3},
    {"bốn", 4},
    {"tư", 4},
    {"năm", 5},
    {"lăm", 5},
    {"sáu", 6},
    {"bảy", 7},
    {"bẩy", 7},
    {"tám", 8},
    {"chín", 9},
});

// Behind these, "năm" is five and not a year.
constexpr auto kCounted = std::to_array<std::string_view>({"ngay", "tuan", "thang", "gio", "phut", "ky", "ki", "lan",
                                                           "mat", "loai", "nhom", "nguoi", "dia", "nam", "quy", "thu"});

// Written without marks, these are numbers only before a unit without marks: "ba thang", but not "sau ngay 20".
constexpr auto kUnmarked = std::to_array<std::pair<std::string_view, int>>(
    {{"mot", 1}, {"hai", 2}, {"ba", 3}, {"bon", 4}, {"sau", 6}, {"bay", 7}, {"tam", 8}, {"chin", 9}});
constexpr auto kUnmarkedUnits =
    std::to_array<std::string_view>({"thang", "tuan", "ngay", "gio", "phut", "quy", "lan", "ky"});

int unmarked_value(Tokens tokens, std::size_t at) {
  if (at + 1 >= tokens.size() || std::ranges::find(kUnmarkedUnits, tokens[at + 1].lower) == kUnmarkedUnits.end())
    return 0;
  const bool dated = at + 2 < tokens.size() && digits_value(tokens[at + 2].fold);
  for (const auto& [word, value] : kUnmarked)
    if (tokens[at].lower == word) return dated || (value == 6 && tokens[at + 1].lower != "thang") ? 0 : value;
  return 0;
}

int unit_value(Tokens tokens, std::size_t at) {
  for (const auto& [word, value] : kUnits)
    if (tokens[at].lower == word) return value;
  return unmarked_value(tokens, at);
}

bool is(Tokens tokens, std::size_t at, std::string_view lower) {
  return at < tokens.size() && tokens[at].lower == lower;
}

/// Whether a unit word alone may count: "tư", "lăm", "mốt" only stand behind tens.
bool stands_alone(Tokens tokens, std::size_t at) {
  const auto& word = tokens[at].lower;
  if (word == "tư" || word == "lăm" || word == "mốt") return false;
  if (word != "năm") return true;
  if (at + 1 >= tokens.size()) return false;
  for (const auto counted : kCounted)
    if (tokens[at + 1].fold == counted) return true;
  return false;
}

/// Units behind tens: "hai mươi lăm", "mười hai".
Number with_units(Tokens tokens, std::int64_t tens, std::size_t at) {
  if (at < tokens.size() && (tokens[at].lower != "năm" || stands_alone(tokens, at)))
    if (const int unit = unit_value(tokens, at); unit != 0) return {tens + unit, at + 1};
  return {tens, at};
}

std::optional<Number> below_hundred(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return std::nullopt;
  if (is(tokens, at, "mười")) return with_units(tokens, 10, at + 1);
  const int unit = unit_value(tokens, at);
  if (unit == 0) return std::nullopt;
  if (is(tokens, at + 1, "mươi")) return with_units(tokens, std::int64_t{unit} * 10, at + 2);
  if (!stands_alone(tokens, at)) return std::nullopt;
  return Number{unit, at + 1};
}

std::optional<Number> in_words(Tokens tokens, std::size_t at) {
  auto number = below_hundred(tokens, at);
  if (!number || !is(tokens, number->end, "trăm")) return number;
  Number hundreds{number->value * 100, number->end + 1};
  if (const auto rest = below_hundred(tokens, hundreds.end)) hundreds = {hundreds.value + rest->value, rest->end};
  return hundreds;
}

}  // namespace

std::optional<std::int64_t> digits_value(std::string_view word) {
  std::int64_t value = 0;
  std::size_t digits = 0;
  const std::size_t dot = word.find('.');
  if (dot != std::string_view::npos && (dot > 3 || (word.size() - dot) % 4 != 0)) return std::nullopt;
  for (const char c : word) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || ++digits > 9) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (digits == 0) return std::nullopt;
  return value;
}

bool digits_only(std::string_view word) {
  return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Number> number_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return std::nullopt;
  const auto value = digits_value(tokens[at].fold);
  if (!value) return in_words(tokens, at);
  Number number{*value, at + 1};
  // "1 2 ký tự": a blank of the OCR between two digits.
  if (tokens[at].fold.size() == 1 && number.end < tokens.size() && tokens[number.end].before == kBlank &&
      tokens[number.end].fold.size() == 1 && digits_only(tokens[number.end].fold)) {
    number.value = number.value * 10 + *digits_value(tokens[number.end].fold);
    ++number.end;
  }
  if (number.end < tokens.size() && tokens[number.end].after(kOpen))
    if (const auto again = in_words(tokens, number.end); again && again->value == number.value) return again;
  return number;
}

}  // namespace khien::letter
