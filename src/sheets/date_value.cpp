#include <array>
#include <charconv>
#include <optional>

#include "base/vietnamese.h"
#include "sheets/values.h"

namespace khien::sheets {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

const Text kForms{"Ngày phải viết dạng 05/01/2026 (ngày/tháng/năm đủ bốn chữ số).",
                  "A date is written 05/01/2026 (day/month/four-digit year)."};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty() || text[0] == '-') return std::nullopt;
  return value;
}

Failure refuse(const char* vi, const char* en) {
  return Failure(Error::invalid({std::string(vi) + " " + kForms.vi, std::string(en) + " " + kForms.en}));
}

Result<Date> real_date(int y, int m, int d) {
  if (m > 12 && m <= 31 && d >= 1 && d <= 12)
    return refuse("Tháng lớn hơn 12; có thể ngày và tháng bị đảo.",
                  "The month is over 12; day and month look swapped.");
  const Date date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return refuse("Không có ngày này trong lịch.", "There is no such day.");
  if (y < 1900 || y > 2199) return refuse("Năm ngoài khoảng 1900–2199.", "The year is outside 1900–2199.");
  return date;
}

/// The days of a spreadsheet: 1 is 1900-01-01, and 60 a 29 February 1900 that never was.
Result<Date> from_serial(std::string_view text, CellKind kind) {
  const auto serial = number(text.substr(0, text.find('.')));
  if (!serial || *serial < 1 || *serial == 60 || *serial > 109'000)
    return refuse("Ô không phải ngày.", "The cell is not a date.");
  if (kind == CellKind::Number && *serial >= 1900 && *serial <= 2199)
    return refuse("Ô chỉ có năm.", "The cell holds a year only.");
  if (kind == CellKind::Number && *serial < 10'000) return refuse("Ô là số, không phải ngày.", "A number, not a date.");
  const sys_days start = *serial < 60 ? sys_days{year{1899} / 12 / 31} : sys_days{year{1899} / 12 / 30};
  return Date{start + days{*serial}};
}

/// Three numbers with the same separator between them.
std::optional<std::array<std::string_view, 3>> three(std::string_view text) {
  const auto first = text.find_first_of("/-. ");
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = text.find(text[first], first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return std::array{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

Result<Date> from_numbers(std::string_view text) {
  const auto parts = three(text);
  if (!parts) {
    if (const auto only = number(text); only && *only >= 1900 && *only <= 2199)
      return refuse("Ô chỉ có năm.", "The cell holds a year only.");
    return Failure(Error::invalid(kForms));
  }
  const auto [a, b, c] = *parts;
  const auto first = number(a);
  const auto second = number(b);
  const auto third = number(c);
  if (!first || !second || !third || b.size() > 2) return Failure(Error::invalid(kForms));
  if (a.size() == 4 && b.size() == 2 && c.size() == 2) return real_date(*first, *second, *third);
  if (a.size() <= 2 && c.size() == 2) return refuse("Năm chỉ có hai chữ số.", "The year has two digits only.");
  if (a.size() > 2 || c.size() != 4) return Failure(Error::invalid(kForms));
  return real_date(*third, *second, *first);
}

/// "ngay 05 thang 01 nam 2026", folded; "ngay" may be missing.
std::optional<std::string> from_words(const std::vector<std::string>& parts) {
  const std::size_t at = !parts.empty() && parts[0] == "ngay" ? 1 : 0;
  if (parts.size() != at + 5 || parts[at + 1] != "thang" || parts[at + 3] != "nam") return std::nullopt;
  return parts[at] + "/" + parts[at + 2] + "/" + parts[at + 4];
}

/// Programs append midnight to dates; any other time is somebody's mistake.
std::string_view without_midnight(std::string_view text) {
  for (const std::string_view tail :
       {"T00:00:00Z", "T00:00:00", " 00:00:00.000", " 00:00:00", " 0:00:00", " 00:00", " 0:00"})
    if (text.ends_with(tail)) return text.substr(0, text.size() - tail.size());
  return text;
}

}  // namespace

std::optional<int> year_alone(const Cell& cell) {
  std::string text = squeeze(cell.text);
  if (cell.kind == CellKind::Date) return std::nullopt;
  // "00/00/1985" is what forms make of a year.
  if (const auto parts = three(text); parts && number((*parts)[0]) == 0 && number((*parts)[1]) == 0)
    text = std::string((*parts)[2]);
  const auto year = text.size() == 4 ? number(text) : std::nullopt;
  return year && *year >= 1900 && *year <= 2199 ? year : std::nullopt;
}

Result<Date> date_value(const Cell& cell) {
  const std::string text = squeeze(cell.text);
  if (text.empty()) return Failure(Error::invalid({"Ô trống.", "The cell is empty."}));
  if (cell.kind == CellKind::Date || cell.kind == CellKind::Number) return from_serial(text, cell.kind);
  if (const auto spelled = from_words(words(fold(text)))) return from_numbers(*spelled);
  return from_numbers(without_midnight(text));
}

}  // namespace khien::sheets
