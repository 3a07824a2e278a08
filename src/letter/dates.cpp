// Dates in the words of letters.
#include <algorithm>
#include <array>

#include "letter/amounts.h"
#include "letter/numbers.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

bool is(Tokens tokens, std::size_t at, std::string_view fold) {
  return at < tokens.size() && tokens[at].fold == fold;
}

std::optional<Date> make_date(std::int64_t d, std::int64_t m, std::int64_t y) {
  if (d < 1 || d > 31 || m < 1 || m > 12 || y < 1900 || y > 2199) return std::nullopt;
  const Date date{std::chrono::year{static_cast<int>(y)}, std::chrono::month{static_cast<unsigned>(m)},
                  std::chrono::day{static_cast<unsigned>(d)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

/// The numbers of "26/10/2024", "30.9.2025" or "5/9".
std::vector<std::int64_t> date_numbers(std::string_view word) {
  std::vector<std::int64_t> out(1, 0);
  std::size_t digits = 0;
  for (const char c : word) {
    if (c == '/' || c == '.') {
      out.push_back(0);
      digits = 0;
    } else if (c >= '0' && c <= '9' && ++digits <= 4) {
      out.back() = out.back() * 10 + (c - '0');
    } else {
      return {};
    }
  }
  return out;
}

/// "26/10/2024", "30/9", "15-9-2025".
std::optional<Found<Date>> numeric_date(Tokens tokens, int year, std::size_t at) {
  const auto parts = date_numbers(tokens[at].fold);
  const auto found = [&](std::optional<Date> date, std::size_t end) -> std::optional<Found<Date>> {
    if (!date) return std::nullopt;
    return Found<Date>{*date, at, end};
  };
  if (parts.size() == 3) return found(make_date(parts[0], parts[1], parts[2]), at + 1);
  static constexpr auto kBefore =
      std::to_array<std::string_view>({"ngay", "truoc", "tu", "sau", "den", "het", "han", "nhat", "sang", "chieu"});
  const bool announced = at > 0 && contains(kBefore, std::string_view(tokens[at - 1].fold));
  if (parts.size() == 2 && announced && tokens[at].fold.contains('/') && year != 0)
    return found(make_date(parts[0], parts[1], year), at + 1);
  if (parts.size() == 1 && at + 2 < tokens.size() && tokens[at + 1].after(kHyphen) && tokens[at + 2].after(kHyphen)) {
    const auto m = digits_value(tokens[at + 1].fold);
    const auto y = digits_value(tokens[at + 2].fold);
    if (m && y) return found(make_date(parts[0], *m, *y), at + 3);
  }
  return std::nullopt;
}

/// "05 tháng 01 năm 2025", "30 tháng 9".
std::optional<Found<Date>> spoken_date(Tokens tokens, int year, std::size_t at) {
  const auto d = digits_value(tokens[at].fold);
  if (!d || !is(tokens, at + 1, "thang") || at + 2 >= tokens.size()) return std::nullopt;
  const auto parts = date_numbers(tokens[at + 2].fold);
  if (parts.empty()) return std::nullopt;
  std::int64_t y = year;
  std::size_t end = at + 3;
  if (parts.size() == 2) {
    y = parts[1];
  } else if (is(tokens, at + 3, "nam") && at + 4 < tokens.size()) {
    if (const auto written = digits_value(tokens[at + 4].fold)) {
      y = *written;
      end = at + 5;
    }
  }
  const auto date = make_date(*d, parts[0], y);
  if (!date) return std::nullopt;
  return Found<Date>{*date, at, end};
}

}  // namespace

std::optional<Found<Date>> find_date(Tokens tokens, int year, std::size_t from) {
  for (std::size_t at = from; at < tokens.size(); ++at) {
    if (auto found = spoken_date(tokens, year, at)) return found;
    if (auto found = numeric_date(tokens, year, at)) return found;
  }
  return std::nullopt;
}

std::optional<Found<Date>> due_date_at(Tokens tokens, int year, std::size_t at) {
  static const Pattern due(
      "(trước|chậm nhất|muộn nhất|trễ nhất|hạn chót|hạn cuối|thời hạn|không (quá|muộn hơn|chậm hơn|trễ hơn))");
  static const Pattern filler(
      "(là|vào|trong|đến|hết|trước|lúc|ngày|thứ (hai|ba|tư|năm|sáu|bảy|#)|chủ nhật|sáng|chiều|cuối|# "
      "(giờ|h|phút)|giờ|phút)");
  constexpr std::uint16_t kBoundary = kComma | kSemicolon | kColon | kStop;
  const auto match = due.match_at(tokens, at);
  if (!match) return std::nullopt;
  for (std::size_t next = match->end; next < tokens.size() && next < match->end + 10;) {
    if (tokens[next].after(kBoundary)) return std::nullopt;
    if (const auto date = find_date(tokens.first(std::min(next + 5, tokens.size())), year, next);
        date && date->begin == next)
      return Found<Date>{date->value, at, date->end};
    const auto skipped = filler.match_at(tokens, next);
    if (!skipped) return std::nullopt;
    next = skipped->end;
  }
  return std::nullopt;
}

std::optional<Found<Date>> due_before(Tokens tokens, int year) {
  static const Pattern every("(hằng|hàng|mỗi) (năm|tháng|quý|tuần|kỳ)");
  std::optional<Found<Date>> out;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].after(kSemicolon)) out.reset();
    const auto due = due_date_at(tokens, year, at);
    if (!due) continue;
    const bool in_front = at == 0 || tokens[at].after(kComma | kSemicolon | kColon | kStop);
    if (in_front || due->end == tokens.size()) out = due;
  }
  if (out && every.in(tokens)) return std::nullopt;
  return out;
}

}  // namespace khien::letter
