#include "base/english_date.h"

#include <fmt/format.h>

#include <array>

namespace khien {
namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

}  // namespace

std::string english(Date date) {
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()));
}

std::string english_time(Instant instant) {
  return iso(instant).substr(11, 5) + " on " + english(date_of(instant));
}

std::string english(std::string_view iso) {
  if (const auto full = parse_date(iso)) return english(*full);
  if (iso.size() == 7)
    if (const auto first = parse_date(std::string(iso) + "-01")) return english(*first).substr(2);
  return std::string(iso);
}

}  // namespace khien
