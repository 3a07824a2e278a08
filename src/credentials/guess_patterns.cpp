#include "credentials/guess_patterns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/characters.h"
#include "base/vietnamese.h"

namespace khien::credentials {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

/// +1 or -1 if `b` follows `a` in the alphabet or among the digits (9 and 0 are neighbours), else 0.
int step(char a, char b) {
  if (is_digit(a) && is_digit(b)) {
    if (b == a + 1 || (a == '9' && b == '0')) return 1;
    if (b == a - 1 || (a == '0' && b == '9')) return -1;
  }
  if (is_lower(a) && is_lower(b)) {
    if (b == a + 1) return 1;
    if (b == a - 1) return -1;
  }
  return 0;
}

/// A longer row is put together from pieces: the work must not grow with the square of the length.
std::size_t longest(std::string_view text, std::size_t begin) {
  return std::min(text.size(), begin + 64);
}

struct KeyPlace {
  int row;
  int column;
  bool operator==(const KeyPlace&) const = default;
};

std::optional<KeyPlace> place_of(char c) {
  static constexpr std::array<std::string_view, 4> kPlain{"`1234567890-=", " qwertyuiop[]\\", " asdfghjkl;'",
                                                          " zxcvbnm,./"};
  static constexpr std::array<std::string_view, 4> kShifted{"~!@#$%^&*()_+", " QWERTYUIOP{}|", " ASDFGHJKL:\"",
                                                            " ZXCVBNM<>?"};
  if (c == ' ') return std::nullopt;
  for (const auto* rows : {&kPlain, &kShifted})
    for (std::size_t row = 0; row < rows->size(); ++row)
      if (const auto column = (*rows)[row].find(c); column != std::string_view::npos)
        return KeyPlace{static_cast<int>(row), static_cast<int>(column)};
  return std::nullopt;
}

/// The direction from one key to its neighbour on staggered rows; nullopt if they are not neighbours.
std::optional<KeyPlace> direction(char from, char to) {
  const auto a = place_of(from);
  const auto b = place_of(to);
  if (!a || !b) return std::nullopt;
  const KeyPlace by{b->row - a->row, b->column - a->column};
  static constexpr std::array<KeyPlace, 6> kNeighbours{{{0, 1}, {0, -1}, {1, 0}, {1, -1}, {-1, 0}, {-1, 1}}};
  if (std::ranges::find(kNeighbours, by) == kNeighbours.end()) return std::nullopt;
  return by;
}

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  int out = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (!is_digit(text[at + i])) return std::nullopt;
    out = out * 10 + (text[at + i] - '0');
  }
  return out;
}

bool is_year(std::optional<int> year) {
  return year && *year >= 1930 && *year <= 2049;
}
bool is_day_month(std::optional<int> day, std::optional<int> month) {
  return day && month && *day >= 1 && *day <= 31 && *month >= 1 && *month <= 12;
}

/// The bits of an ending of digits: the first of the row, a year, two digits; nullopt for others.
std::optional<double> bits_of_digits(std::string_view digits) {
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
  if (std::string_view("1234567890").starts_with(digits)) return 2.5;
  if (digits.size() == 4 && is_year(number_at(digits, 0, 4))) return 4.5;
  if (digits.size() <= 2) return 2.5 * static_cast<double>(digits.size());
  return std::nullopt;
}

bool is_usual_sign(char c) {
  return std::string_view("@!#.*$_-").contains(c);
}

}  // namespace

GuessText guess_text_of(std::string_view nfc_utf8) {
  GuessText out;
  for (const char32_t character : code_points(nfc_utf8)) {
    const std::string folded = fold(utf8_of(std::u32string_view(&character, 1)));
    const bool plain = folded.size() == 1 && static_cast<unsigned char>(folded[0]) < 0x80;
    char typed = plain ? folded[0] : '\x80';
    if (plain && kind_of(character) == CharacterKind::Upper) typed = static_cast<char>(typed - 'a' + 'A');
    out.folded += plain ? folded[0] : '\x80';
    out.typed += typed;
    out.marked.push_back(plain && character >= 0x80);
  }
  return out;
}

double bits_of_character(const GuessText& text, std::size_t at) {
  const char c = text.folded[at];
  if (is_digit(c)) return 3;
  if (is_lower(c)) return 4.5 + (text.typed[at] != c ? 1 : 0) + (text.marked[at] ? 2 : 0);
  if (static_cast<unsigned char>(c) >= 0x80) return 6;
  return std::string_view("@!#.*$?&_-%+ ").contains(c) ? 3.5 : 5;
}

double bits_of_case(const GuessText& text, std::size_t begin, std::size_t end) {
  int uppers = 0;
  int lowers = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (text.typed[i] >= 'A' && text.typed[i] <= 'Z') ++uppers;
    if (is_lower(text.typed[i])) ++lowers;
  }
  if (uppers == 0) return 0;
  const bool first_only = uppers == 1 && text.typed[begin] >= 'A' && text.typed[begin] <= 'Z';
  return first_only || lowers == 0 ? 1 : 1 + std::min(uppers, lowers);
}

void add_sequences(const GuessText& text, std::vector<GuessMatch>& out) {
  const std::string& s = text.folded;
  for (std::size_t begin = 0; begin + 2 < s.size(); ++begin) {
    const int by = step(s[begin], s[begin + 1]);
    const double start = std::string_view("a1z90q").contains(s[begin]) ? 1 : bits_of_character(text, begin);
    for (std::size_t end = begin + 2; by != 0 && end < longest(s, begin) && step(s[end - 1], s[end]) == by; ++end)
      out.push_back({begin, end + 1,
                     start + std::log2(end + 1 - begin) + (by < 0 ? 1 : 0) + bits_of_case(text, begin, end + 1),
                     GuessReason::Pattern});
  }
}

void add_keyboard_walks(const GuessText& text, std::vector<GuessMatch>& out) {
  const std::string& s = text.typed;
  for (std::size_t begin = 0; begin + 3 < s.size(); ++begin) {
    std::optional<KeyPlace> last;
    double turns = 0;
    for (std::size_t end = begin + 1; end < longest(s, begin); ++end) {
      const auto by = direction(s[end - 1], s[end]);
      if (!by) break;
      if (last && *by != *last) ++turns;
      last = by;
      if (end >= begin + 3)
        out.push_back({begin, end + 1,
                       4 + 2.5 * turns + std::log2(end + 1 - begin) + bits_of_case(text, begin, end + 1),
                       GuessReason::Pattern});
    }
  }
}

void add_endings(const GuessText& text, std::vector<GuessMatch>& out) {
  const std::string_view s = text.folded;
  for (std::size_t size = 1; size <= 12 && size < s.size(); ++size) {
    const std::string_view ending = s.substr(s.size() - size);
    const bool before = is_usual_sign(ending.front());
    const bool after = is_usual_sign(ending.back());
    // One less than it costs: putting it behind the rest is what every guesser does anyway.
    const auto add = [&](double bits) { out.push_back({s.size() - size, s.size(), bits - 1, GuessReason::Pattern}); };
    if (size == 1 && after) add(2);
    if (ending == "!@#" || ending == "@#$" || ending == "!!!" || ending == "@@@") add(4);
    if (size < 2) continue;
    if (const auto bits = before ? bits_of_digits(ending.substr(1)) : std::nullopt) add(*bits + 2);
    if (const auto bits = after ? bits_of_digits(ending.substr(0, size - 1)) : std::nullopt) add(*bits + 2);
    if (const auto bits = before && after && size > 2 ? bits_of_digits(ending.substr(1, size - 2)) : std::nullopt)
      add(*bits + 3.5);
  }
}

void add_dates(const GuessText& text, std::vector<GuessMatch>& out) {
  const std::string& s = text.folded;
  const auto add = [&](std::size_t begin, std::size_t size, double bits) {
    out.push_back({begin, begin + size, bits, GuessReason::Pattern});
  };
  for (std::size_t i = 0; i + 3 < s.size(); ++i) {
    const auto first = number_at(s, i, 2);
    const auto second = number_at(s, i + 2, 2);
    if (is_year(number_at(s, i, 4))) add(i, 4, 5.5);
    if (is_day_month(first, second)) {
      add(i, 4, 8);
      if (number_at(s, i + 4, 2)) add(i, 6, 13);
      if (is_year(number_at(s, i + 4, 4))) add(i, 8, 14);
    }
    if (is_year(number_at(s, i, 4)) && is_day_month(number_at(s, i + 6, 2), number_at(s, i + 4, 2))) add(i, 8, 14.5);
    if (first && *first >= 1 && *first <= 12 && is_year(number_at(s, i + 2, 4))) add(i, 6, 9);
    // With signs between, all alike.
    if (i + 4 < s.size() && std::string_view("/.-_").contains(s[i + 2]) &&
        is_day_month(first, number_at(s, i + 3, 2)) && i + 5 < s.size() && s[i + 5] == s[i + 2]) {
      if (is_year(number_at(s, i + 6, 4))) add(i, 10, 15.5);
      if (number_at(s, i + 6, 2)) add(i, 8, 14.5);
    }
    // A mobile number: 0, then 3, 5, 7, 8 or 9, then eight digits.
    if (s[i] == '0' && std::string_view("35789").contains(s[i + 1]) && number_at(s, i + 2, 4) && number_at(s, i + 6, 4))
      add(i, 10, 22);
  }
}

}  // namespace khien::credentials
