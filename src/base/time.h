// Instants, calendar dates and ISO 8601 durations, in the one time zone of our users (UTC+7, no summer time).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace khien {

/// Microseconds since 1970-01-01 UTC.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
using Date = std::chrono::year_month_day;

constexpr std::chrono::hours kVietnamOffset{7};

constexpr Instant instant_of(std::int64_t micros) {
  return Instant{std::chrono::microseconds{micros}};
}
constexpr std::int64_t micros_of(Instant instant) {
  return instant.time_since_epoch().count();
}

/// The calendar date in Viet Nam at that instant.
Date date_of(Instant instant);
/// Local midnight, where that date begins.
Instant start_of(Date date);

/// `2024-10-26`; only real dates from 1900 to 2199.
std::optional<Date> parse_date(std::string_view iso);
std::string iso(Date date);
/// `26/10/2024`, as our users write it.
std::string dmy(Date date);
/// `2024-10-26T00:00:00+07:00`; fractions of a second only when there are any.
std::string iso(Instant instant);
/// `00:00 26/10/2024` in local time.
std::string dmy_time(Instant instant);
/// A date (its local midnight) or an RFC 3339 date-time with an offset.
std::optional<Instant> parse_instant(std::string_view text);

/// An ISO 8601 duration such as P45D, P6M or PT15M. Months and days are calendar amounts, so durations are not ordered
/// by length.
struct Period {
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int64_t seconds = 0;

  auto operator<=>(const Period&) const = default;
  [[nodiscard]] bool is_zero() const { return *this == Period{}; }
};

/// Accepts the forms P[nY][nM][nW][nD][T[nH][nM][nS]] with at least one part; numbers up to 1,000,000 each, and
/// months, days and hours up to 1,000,000 in sum.
std::optional<Period> parse_period(std::string_view iso);
std::string iso(const Period& period);

/// Local calendar arithmetic: months first (clamped to the last day of the month), then days, then seconds.
/// Monotone: a later start never gives an earlier end. Nothing ends later than the year 9999.
Instant add(Instant start, const Period& period);

/// The length in seconds if every month had 30 days: for bounds only, never for ordering due dates.
std::int64_t nominal_seconds(const Period& period);

}  // namespace khien
