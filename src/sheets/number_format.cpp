#include "sheets/number_format.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace khien::sheets {
namespace {

constexpr std::size_t kKeptDigits = 15;
constexpr double kDaysTo1904 = 1462;
constexpr int kLargestShift = 60;  // more zeros than any number of an office; beyond it the exponent stays

struct Decimal {
  bool negative = false;
  std::string digits;  ///< without leading zeros
  int point = 0;       ///< the decimal point stands behind this many digits; may be negative or beyond them
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<Decimal> parse(std::string_view raw) {
  Decimal out;
  std::size_t at = 0;
  if (at < raw.size() && (raw[at] == '-' || raw[at] == '+')) out.negative = raw[at++] == '-';
  bool any = false;
  bool fraction = false;
  for (; at < raw.size() && (is_digit(raw[at]) || raw[at] == '.'); ++at) {
    if (raw[at] == '.') {
      if (fraction) return std::nullopt;
      fraction = true;
      continue;
    }
    any = true;
    if (raw[at] != '0' || !out.digits.empty()) {
      out.digits += raw[at];
      if (!fraction) ++out.point;
    } else if (fraction) {
      --out.point;
    }
  }
  if (!any) return std::nullopt;
  if (at < raw.size()) {
    if (raw[at] != 'e' && raw[at] != 'E') return std::nullopt;
    ++at;
    if (at < raw.size() && raw[at] == '+') ++at;
    int exponent = 0;
    const auto [end, error] = std::from_chars(raw.data() + at, raw.data() + raw.size(), exponent);
    if (error != std::errc{} || end != raw.data() + raw.size() || exponent > 400 || exponent < -400)
      return std::nullopt;
    out.point += exponent;
  }
  return out;
}

/// Rounds half up to 15 digits, but never a whole number.
void round(Decimal& number) {
  if (number.digits.size() <= kKeptDigits || number.point >= static_cast<int>(number.digits.size())) return;
  const std::size_t keep = std::max(kKeptDigits, static_cast<std::size_t>(std::max(number.point, 0)));
  const bool carry = number.digits[keep] >= '5';
  number.digits.resize(keep);
  if (!carry) return;
  std::size_t at = keep;
  while (at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
  if (at > 0) {
    ++number.digits[at - 1];
  } else {
    number.digits.insert(number.digits.begin(), '1');
    ++number.point;
  }
}

std::string print(const Decimal& number) {
  const auto size = static_cast<int>(number.digits.size());
  std::string whole;
  std::string fraction;
  if (number.point >= size) {
    whole = number.digits + std::string(static_cast<std::size_t>(number.point - size), '0');
  } else if (number.point > 0) {
    whole = number.digits.substr(0, static_cast<std::size_t>(number.point));
    fraction = number.digits.substr(static_cast<std::size_t>(number.point));
  } else {
    fraction = std::string(static_cast<std::size_t>(-number.point), '0') + number.digits;
  }
  while (fraction.ends_with('0')) fraction.pop_back();
  if (whole.empty()) whole = "0";
  return (number.negative ? "-" : "") + whole + (fraction.empty() ? "" : "." + fraction);
}

}  // namespace

NumberForm form_of(std::string_view code) {
  NumberForm form;
  const std::string_view first = code.substr(0, code.find(';'));  // the section for positive numbers
  if (first.size() > 1 && first.find_first_not_of('0') == std::string_view::npos) form.padded_to = first.size();
  for (std::size_t at = 0; at < first.size(); ++at) {
    const char c = first[at];
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '"') {
      at = std::min(first.find('"', at + 1), first.size());
    } else if (c == '[') {
      at = std::min(first.find(']', at + 1), first.size());
    } else if (std::string_view("dDmMyYhHsS").find(c) != std::string_view::npos) {
      form.date = true;
    } else if (first.substr(at).starts_with("General")) {
      at += 6;
    }
  }
  return form;
}

NumberForm form_of_builtin(std::size_t id) {
  NumberForm form;
  form.date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
  return form;
}

std::string plain_number(std::string_view raw) {
  auto number = parse(raw);
  if (!number) return std::string(raw);
  if (number->digits.empty()) return "0";
  if (number->point > kLargestShift || number->point < -kLargestShift) return std::string(raw);
  round(*number);
  return print(*number);
}

Cell number_cell(std::string_view raw, const NumberForm& form, bool from_1904) {
  if (!form.date) return {padded_number(raw, form.padded_to), CellKind::Number};
  double days = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), days);
  const bool whole = error == std::errc{} && end == raw.data() + raw.size();
  if (whole && from_1904) return {plain_number(fmt::format("{}", days + kDaysTo1904)), CellKind::Date};
  return {plain_number(raw), whole ? CellKind::Date : CellKind::Text};
}

std::string padded_number(std::string_view raw, std::size_t digits) {
  std::string out = plain_number(raw);
  for (const char c : out)
    if (!is_digit(c)) return out;
  if (out.size() < digits && digits <= kLargestShift) out.insert(0, digits - out.size(), '0');
  return out;
}

}  // namespace khien::sheets
