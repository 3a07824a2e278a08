// When somebody was born, as precisely as it is known: many old files hold the year only, and that is not 1 January.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace khien::people {

class BirthDate {
 public:
  BirthDate(Date date) : year_(date.year()), date_(date) {}  // NOLINT(google-explicit-constructor): a date is one
  explicit BirthDate(std::chrono::year year) : year_(year) {}

  [[nodiscard]] std::chrono::year year() const { return year_; }
  /// Nullopt if only the year is known.
  [[nodiscard]] const std::optional<Date>& date() const { return date_; }

  /// `1985-01-05` or `1985`, as it is stored.
  [[nodiscard]] std::string text() const { return date_ ? iso(*date_) : std::to_string(static_cast<int>(year_)); }
  static std::optional<BirthDate> parse(std::string_view text) {
    if (const auto date = parse_date(text)) return *date;
    if (text.size() != 4) return std::nullopt;
    const auto first_day = parse_date(std::string(text) + "-01-01");
    return first_day ? std::optional(BirthDate(first_day->year())) : std::nullopt;
  }

  /// True if both may be the same day: one of them may be known by its year only.
  [[nodiscard]] bool agrees_with(const BirthDate& other) const {
    return year_ == other.year_ && (!date_ || !other.date_ || *date_ == *other.date_);
  }

  bool operator==(const BirthDate&) const = default;

 private:
  std::chrono::year year_;
  std::optional<Date> date_;
};

}  // namespace khien::people
