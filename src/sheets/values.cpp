#include "sheets/values.h"

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// The text without the marks that people put between groups of digits.
std::string without_grouping(std::string_view text) {
  std::string out = squeeze(text);
  std::erase_if(out, [](char c) { return c == ' ' || c == '.' || c == '-' || c == '(' || c == ')'; });
  return out;
}

bool is_dot_atom(std::string_view text) {
  constexpr std::string_view kSpecial = "!#$%&'*+-/=?^_`{|}~.";
  if (text.empty() || text.starts_with('.') || text.ends_with('.') || text.find("..") != std::string_view::npos)
    return false;
  return std::ranges::all_of(
      text, [&](char c) { return is_letter(c) || is_digit(c) || kSpecial.find(c) != std::string_view::npos; });
}

bool is_host(std::string_view host) {
  std::size_t labels = 0;
  for (std::size_t at = 0; at <= host.size(); ++labels) {
    const auto end = std::min(host.find('.', at), host.size());
    const auto label = host.substr(at, end - at);
    if (label.empty() || label.size() > 63 || label.starts_with('-') || label.ends_with('-')) return false;
    if (!std::ranges::all_of(label, [](char c) { return is_letter(c) || is_digit(c) || c == '-'; })) return false;
    at = end + 1;
  }
  return labels >= 2;
}

Failure invalid(const char* vi, const char* en) {
  return Failure(Error::invalid({vi, en}));
}

/// The squeezed text of a cell that holds something.
Result<std::string> filled(const Cell& cell) {
  if (cell.kind == CellKind::Error)
    return invalid("Ô chứa lỗi công thức (như #N/A); hãy sửa công thức hoặc gõ giá trị.",
                   "The cell holds a formula error (such as #N/A); correct the formula or type the value.");
  std::string text = squeeze(cell.text);
  if (text.empty()) return invalid("Ô trống.", "The cell is empty.");
  return text;
}

/// "1.08501E+11", as a spreadsheet shows a long number: the digits behind are gone.
bool is_scientific(std::string_view text) {
  const auto e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || !is_digit(text[0])) return false;
  auto exponent = text.substr(e + 1);
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  return all_digits(exponent) && text.substr(0, e).find_first_not_of("0123456789.,") == std::string_view::npos;
}

Result<std::string> ungrouped(const Cell& cell) {
  const std::string text = TRY(filled(cell));
  if (is_scientific(text))
    return invalid(
        "Số ở dạng rút gọn (như 1,08501E+11) đã mất các chữ số cuối. Hãy định dạng cột là «Văn bản» (Text) rồi gõ lại "
        "đủ số từ hồ sơ gốc.",
        "A number in scientific notation (such as 1.08501E+11) has lost its last digits. Format the column as Text and "
        "type the whole number again from the papers.");
  return without_grouping(text);
}

}  // namespace

Result<std::string> digits_value(const Cell& cell) {
  const std::string digits = TRY(ungrouped(cell));
  if (!all_digits(digits)) return invalid("Số CCCD/CMND chỉ gồm chữ số.", "An identity number has digits only.");
  return digits;
}

Result<std::string> phone_value(const Cell& cell) {
  std::string digits = TRY(ungrouped(cell));
  if (digits.starts_with("+84")) digits = "0" + digits.substr(3);
  if (digits.starts_with("84") && digits.size() == 11) digits = "0" + digits.substr(2);
  // Mobile numbers have nine digits behind their zero, numbers of offices ten that begin with a 2.
  if ((digits.size() == 9 && digits.find_first_of("35789") == 0) || (digits.size() == 10 && digits[0] == '2'))
    digits.insert(0, 1, '0');
  if (all_digits(digits) && digits[0] == '0' && (digits.size() == 10 || digits.size() == 11)) return digits;
  return invalid("Số điện thoại phải có 10 hoặc 11 chữ số, bắt đầu bằng 0 hoặc +84.",
                 "A telephone number has 10 or 11 digits and begins with 0 or +84.");
}

Result<std::string> email_value(const Cell& cell) {
  const std::string text = TRY(filled(cell));
  const auto at = text.find('@');
  if (text.size() <= 254 && at != std::string::npos && at <= 64) {
    const std::string_view local = std::string_view(text).substr(0, at);
    const std::string_view host = std::string_view(text).substr(at + 1);
    if (is_dot_atom(local) && is_host(host)) return std::string(local) + "@" + lower(host);
  }
  return invalid("Địa chỉ thư điện tử không đúng dạng ten@coquan.gov.vn.",
                 "The e-mail address does not have the form name@agency.gov.vn.");
}

Result<std::string> text_value(const Cell& cell) {
  if (cell.kind == CellKind::Date)
    if (const auto date = date_value(cell)) return dmy(*date);
  return filled(cell);
}

Result<std::vector<std::string>> list_value(const Cell& cell) {
  const std::string text = TRY(text_value(cell));
  const std::string_view left = cell.kind == CellKind::Text ? std::string_view(cell.text) : text;  // with line breaks
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= left.size();) {
    const auto end = std::min(left.find_first_of(";,\n", at), left.size());
    std::string word = squeeze(left.substr(at, end - at));
    if (!word.empty() && std::ranges::find(out, word) == out.end()) out.push_back(std::move(word));
    at = end + 1;
  }
  return out;
}

bool is_blank(const Cell& cell) {
  return cell.kind != CellKind::Error && squeeze(cell.text).empty();
}

}  // namespace khien::sheets
