#include "letter/amounts.h"

#include <algorithm>
#include <array>

#include "letter/numbers.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

constexpr std::int64_t kMost = 1'000'000;

bool is(Tokens tokens, std::size_t at, std::string_view fold) {
  return at < tokens.size() && tokens[at].fold == fold;
}
template <std::size_t N>
bool any(Tokens tokens, std::size_t at, const std::array<std::string_view, N>& words) {
  return at < tokens.size() && contains(words, std::string_view(tokens[at].fold));
}

struct Unit {
  Period one;
  std::size_t end = 0;
};

/// A unit of time at that word. "học kỳ" counts as half a year, "năm học" as a year.
std::optional<Unit> unit_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return std::nullopt;
  const auto& word = tokens[at].fold;
  if (word == "ngay") return Unit{{.months = 0, .days = 1, .seconds = 0}, at + 1};
  if (word == "tuan") return Unit{{.months = 0, .days = 7, .seconds = 0}, at + 1};
  if (word == "thang") return Unit{{.months = 1, .days = 0, .seconds = 0}, at + 1};
  if (word == "quy") return Unit{{.months = 3, .days = 0, .seconds = 0}, at + 1};
  if (word == "nam") return Unit{{.months = 12, .days = 0, .seconds = 0}, at + (is(tokens, at + 1, "hoc") ? 2U : 1U)};
  if (word == "hoc" && (is(tokens, at + 1, "ky") || is(tokens, at + 1, "ki")))
    return Unit{{.months = 6, .days = 0, .seconds = 0}, at + 2};
  if (word == "gio" || word == "tieng" || word == "h") return Unit{{.months = 0, .days = 0, .seconds = 3600}, at + 1};
  if (word == "phut") return Unit{{.months = 0, .days = 0, .seconds = 60}, at + 1};
  if (word == "giay") return Unit{{.months = 0, .days = 0, .seconds = 1}, at + 1};
  return std::nullopt;
}

Period times(const Period& one, std::int64_t count) {
  count = std::clamp<std::int64_t>(count, 0, kMost);
  Period out{.months = static_cast<std::int32_t>(one.months * count),
             .days = static_cast<std::int32_t>(one.days * count),
             .seconds = one.seconds * count};
  if (out.seconds != 0 && out.seconds % 86400 == 0) {
    out.days += static_cast<std::int32_t>(out.seconds / 86400);
    out.seconds = 0;
  }
  return out;
}

/// A part of a period: half a year is six months, half a month fifteen days.
Period divided(const Period& whole, std::int64_t parts) {
  if (parts <= 1) return whole;
  if (whole.months != 0) {
    if (whole.months % parts == 0)
      return {.months = static_cast<std::int32_t>(whole.months / parts), .days = 0, .seconds = 0};
    return {.months = 0,
            .days = static_cast<std::int32_t>(std::max<std::int64_t>(1, whole.months * 30 / parts)),
            .seconds = 0};
  }
  if (whole.days != 0)
    return {
        .months = 0, .days = static_cast<std::int32_t>(std::max<std::int64_t>(1, whole.days / parts)), .seconds = 0};
  return {.months = 0, .days = 0, .seconds = std::max<std::int64_t>(1, whole.seconds / parts)};
}

/// Where the second of "3 - 6", "3 đến 6", "3 hoặc chậm nhất 6" stands, if that is what goes on at `at`.
std::optional<std::size_t> second_of_range(Tokens tokens, std::size_t at) {
  static const Pattern to("(đến|tới|hoặc) [chậm nhất|tối đa|nhiều nhất|không quá|muộn nhất]");
  if (at >= tokens.size()) return std::nullopt;
  if (tokens[at].after(kHyphen)) return at;
  if (const auto match = to.match_at(tokens, at)) {
    std::size_t end = match->end;
    while (end < tokens.size() && end < at + 4 && !number_at(tokens, end)) ++end;
    const auto longest = to.match_at(tokens.first(end), at);
    return longest ? std::optional(end) : std::nullopt;
  }
  return std::nullopt;
}

/// "2 - 3 lần": how many times at least.
std::optional<Number> count_at(Tokens tokens, std::size_t at) {
  const auto number = number_at(tokens, at);
  if (!number) return std::nullopt;
  const auto second = second_of_range(tokens, number->end);
  if (!second) return number;
  const auto most = number_at(tokens, *second);
  return most ? Number{std::min(number->value, most->value), most->end} : number;
}

/// "mỗi" and "cứ" need their marks: unmarked they are also "mới" and "cũ".
bool is_every(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return false;
  const Token& token = tokens[at];
  return token.lower == "mỗi" || token.lower == "cứ" || token.fold == "hang" || token.lower == "từng";
}

/// "2 lần/năm", "01 lần trong 6 tháng", "một lần mỗi quý", "02 lượt/tuần".
std::optional<Found<Period>> times_per_unit(Tokens tokens, std::size_t at) {
  const auto count = count_at(tokens, at);
  if (!count || count->value < 1) return std::nullopt;
  if (!is(tokens, count->end, "lan") && !is(tokens, count->end, "luot")) return std::nullopt;
  std::size_t next = count->end + 1;
  bool joined = next < tokens.size() && tokens[next].after(kSlash);
  while (any(tokens, next, std::to_array<std::string_view>({"trong", "moi", "mot", "hang", "tren", "cho", "vao"}))) {
    if (tokens[next].fold == "mot" && !unit_at(tokens, next + 1)) break;
    joined = true;
    ++next;
  }
  if (!joined) return std::nullopt;
  if (const auto whole = duration_at(tokens, next))
    return Found<Period>{divided(whole->value, count->value), at, whole->end};
  if (const auto unit = unit_at(tokens, next)) return Found<Period>{divided(unit->one, count->value), at, unit->end};
  return std::nullopt;
}

/// "6 tháng một lần", "03 tháng/lần", "nửa năm đổi một lần", "tuần quét một lượt".
std::optional<Found<Period>> unit_per_time(Tokens tokens, std::size_t at) {
  std::optional<Found<Period>> whole = duration_at(tokens, at);
  if (!whole) return std::nullopt;
  for (std::size_t i = whole->end; i < std::min(tokens.size(), whole->end + 9); ++i) {
    if (tokens[i].after(kSemicolon)) break;
    if (tokens[i].fold != "lan" && tokens[i].fold != "luot") continue;
    const bool counted = tokens[i].after(kSlash) || is(tokens, i - 1, "mot") || digits_value(tokens[i - 1].fold) == 1;
    if (!counted || is(tokens, i + 1, "dau") || is(tokens, i + 1, "gan")) break;
    return Found<Period>{whole->value, at, i + 1};
  }
  return std::nullopt;
}

/// "hằng tháng", "mỗi 90 ngày", "định kỳ 45 ngày", "định kỳ theo quý", "mỗi năm hai lần", "chu kỳ 60 ngày".
std::optional<Found<Period>> every_unit(Tokens tokens, std::size_t at) {
  std::size_t next = at;
  const bool period_word =
      (is(tokens, at, "dinh") || is(tokens, at, "chu")) && (is(tokens, at + 1, "ky") || is(tokens, at + 1, "ki"));
  if (period_word) {
    next = at + 2;
    while (!number_at(tokens, next) &&  // "sáu" is "sau" without its mark
           any(tokens, next,
               std::to_array<std::string_view>({"theo", "tu", "khoang", "it", "nhat", "khong", "qua", "toi", "da",
                                                "thieu", "la", "sau", "vao", "dau", "cuoi", "trong", "vong"})))
      ++next;
  }
  while (is_every(tokens, next)) ++next;
  if (next != at && is(tokens, next, "sau") && !number_at(tokens, next)) ++next;
  if (next == at) return std::nullopt;
  if (const auto whole = duration_at(tokens, next)) return Found<Period>{whole->value, at, whole->end};
  const auto unit = unit_at(tokens, next);
  if (!unit) return std::nullopt;
  for (std::size_t i = unit->end; i <= unit->end + 5; ++i)
    if (const auto count = count_at(tokens, i);
        count && (is(tokens, count->end, "lan") || is(tokens, count->end, "luot")))
      return Found<Period>{divided(unit->one, count->value), at, count->end + 1};
  return Found<Period>{unit->one, at, unit->end};
}

}  // namespace

std::optional<Found<Period>> duration_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return std::nullopt;
  if (tokens[at].fold == "nua") {
    if (const auto unit = unit_at(tokens, at + 1)) return Found<Period>{divided(unit->one, 2), at, unit->end};
    return std::nullopt;
  }
  const auto number = number_at(tokens, at);
  if (!number) return std::nullopt;
  const auto unit = unit_at(tokens, number->end);
  // "ngày 05 tháng 6 năm 2025", "quý 2 năm 2025" are dates.
  const auto behind = [&](std::string_view before) { return at > 0 && tokens[at - 1].fold == before; };
  if (behind("ngay") && is(tokens, number->end, "thang")) return std::nullopt;
  if ((behind("thang") || behind("quy")) && is(tokens, number->end, "nam")) return std::nullopt;
  const auto second = second_of_range(tokens, unit ? unit->end : number->end);
  const auto to = second ? number_at(tokens, *second) : std::nullopt;
  const auto to_unit = to ? unit_at(tokens, to->end) : std::nullopt;
  if (!unit && !to_unit) return std::nullopt;
  const Period own = times((unit ? *unit : *to_unit).one, number->value);
  if (!to_unit) return Found<Period>{own, at, unit->end};
  const Period other = times(to_unit->one, to->value);
  return Found<Period>{nominal_seconds(own) < nominal_seconds(other) ? other : own, at, to_unit->end};
}

std::optional<Found<Period>> find_duration(Tokens tokens, std::size_t from) {
  for (std::size_t at = from; at < tokens.size(); ++at)
    if (auto found = duration_at(tokens, at)) return found;
  return std::nullopt;
}

std::optional<Found<Period>> find_recurrence(Tokens tokens, std::size_t from) {
  for (std::size_t at = from; at < tokens.size(); ++at) {
    if (auto found = times_per_unit(tokens, at)) return found;
    if (auto found = unit_per_time(tokens, at)) return found;
    if (auto found = every_unit(tokens, at)) return found;
  }
  return std::nullopt;
}

bool in_working_days(Tokens tokens, const Found<Period>& duration) {
  return is(tokens, duration.end, "lam") && is(tokens, duration.end + 1, "viec");
}

}  // namespace khien::letter
