#include "base/time.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace khien {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::microseconds;
using std::chrono::month;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year;

/// Exactly `width` digits at `at`, or nullopt.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t width) {
  if (text.size() < at + width) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

/// The end of the year 9999 in Viet Nam: what ISO 8601 can write in four digits, and where sums stop.
constexpr Instant kLatest = Instant{sys_days{year{9999} / 12 / 31}} + days{1} - kVietnamOffset - microseconds{1};
constexpr std::int64_t kLargestNumber = 1'000'000;  // of any part of a period

auto local(Instant instant) {
  return instant + kVietnamOffset;
}

}  // namespace

Date date_of(Instant instant) {
  return Date{floor<days>(local(instant))};
}

Instant start_of(Date date) {
  return Instant{sys_days{date}} - kVietnamOffset;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto y = digits(text, 0, 4);
  const auto m = digits(text, 5, 2);
  const auto d = digits(text, 8, 2);
  if (!y || !m || !d || *y < 1900 || *y > 2199) return std::nullopt;
  const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string iso(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string dmy(Date date) {
  return fmt::format("{:02}/{:02}/{:04}", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()),
                     static_cast<int>(date.year()));
}

std::string iso(Instant instant) {
  const auto at = local(instant);
  const auto midnight = floor<days>(at);
  const hh_mm_ss clock{at - midnight};
  const auto fraction = clock.subseconds().count();
  return fmt::format("{}T{:02}:{:02}:{:02}{}+07:00", iso(Date{midnight}), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(),
                     fraction == 0 ? "" : fmt::format(".{:06}", fraction));
}

std::string dmy_time(Instant instant) {
  const auto at = local(instant);
  const auto midnight = floor<days>(at);
  const hh_mm_ss clock{at - midnight};
  return fmt::format("{:02}:{:02} {}", clock.hours().count(), clock.minutes().count(), dmy(Date{midnight}));
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() == 10) {
    const auto date = parse_date(text);
    if (!date) return std::nullopt;
    return start_of(*date);
  }
  // RFC 3339: YYYY-MM-DDTHH:MM:SS[.ffffff](Z|+HH:MM|-HH:MM)
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto h = digits(text, 11, 2);
  const auto m = digits(text, 14, 2);
  const auto s = digits(text, 17, 2);
  if (!date || !h || !m || !s || *h > 23 || *m > 59 || *s > 59) return std::nullopt;
  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (text[at] == '.') {
    std::int64_t scale = 100000;
    const std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - first < 6; ++at, scale /= 10)
      fraction += (text[at] - '0') * scale;
    if (at == first) return std::nullopt;
  }
  seconds offset{0};
  if (text.substr(at) != "Z") {
    if (text.size() != at + 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') return std::nullopt;
    const auto oh = digits(text, at + 1, 2);
    const auto om = digits(text, at + 4, 2);
    if (!oh || !om || *oh > 14 || *om > 59) return std::nullopt;
    offset = seconds{*oh * 3600 + *om * 60} * (text[at] == '-' ? -1 : 1);
  }
  return Instant{sys_days{*date}} + seconds{*h * 3600 + *m * 60 + *s} + microseconds{fraction} - offset;
}

std::optional<Period> parse_period(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P') return std::nullopt;
  Period period;
  bool in_time = false;
  bool any = false;
  std::string_view order = "YMWD";  // the designators still allowed, in order
  for (std::size_t at = 1; at < text.size();) {
    if (text[at] == 'T') {
      if (in_time || at + 1 == text.size()) return std::nullopt;
      in_time = true;
      order = "HMS";
      ++at;
      continue;
    }
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
    if (error != std::errc{} || end == text.data() + at || text[at] == '-' || value > kLargestNumber ||
        end == text.data() + text.size())
      return std::nullopt;
    const char unit = *end;
    const auto place = order.find(unit);
    if (place == std::string_view::npos) return std::nullopt;
    order.remove_prefix(place + 1);
    any = true;
    if (in_time) {
      period.seconds += static_cast<std::int64_t>(value) * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
    } else if (unit == 'Y' || unit == 'M') {
      period.months += value * (unit == 'Y' ? 12 : 1);
    } else {
      period.days += value * (unit == 'W' ? 7 : 1);
    }
    at = static_cast<std::size_t>(end - text.data()) + 1;
  }
  // Months, days and hours are written as sums, and what is written must be readable.
  if (!any || period.months > kLargestNumber || period.days > kLargestNumber || period.seconds > kLargestNumber * 3600)
    return std::nullopt;
  return period;
}

std::string iso(const Period& period) {
  if (period.is_zero()) return "PT0S";
  std::string out = "P";
  if (period.months != 0) out += fmt::format("{}M", period.months);
  if (period.days != 0) out += fmt::format("{}D", period.days);
  if (period.seconds != 0) {
    out += "T";
    const auto h = period.seconds / 3600;
    const auto m = period.seconds / 60 % 60;
    const auto s = period.seconds % 60;
    if (h != 0) out += fmt::format("{}H", h);
    if (m != 0) out += fmt::format("{}M", m);
    if (s != 0) out += fmt::format("{}S", s);
  }
  return out;
}

Instant add(Instant start, const Period& period) {
  if (start >= kLatest) return kLatest;
  if (period.months == 0)  // no calendar needed
    return std::min(start + days{period.days} + seconds{period.seconds}, kLatest);
  const auto at = local(start);
  const auto midnight = floor<days>(at);
  if (static_cast<int>(Date{midnight}.year()) + period.months / 12 > 9999) return kLatest;
  auto date = Date{midnight} + months{period.months};
  auto within_day = at - midnight;
  if (!date.ok()) {
    // The day does not exist in that month: the end of its last day, so that a later start never ends earlier.
    date = date.year() / date.month() / std::chrono::last;
    within_day = days{1} - microseconds{1};
  }
  return std::min(Instant{sys_days{date}} + within_day - kVietnamOffset + days{period.days} + seconds{period.seconds},
                  kLatest);
}

std::int64_t nominal_seconds(const Period& period) {
  return (static_cast<std::int64_t>(period.months) * 30 + period.days) * 86400 + period.seconds;
}

}  // namespace khien
