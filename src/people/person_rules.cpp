#include "people/person_rules.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "people/name_rules.h"

namespace khien::people {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestMail = 254;
constexpr std::size_t kLongestStaffCode = 40;
constexpr std::size_t kLongestPosition = 200;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Without the separators that people write into numbers.
std::string bare_number(std::string_view text) {
  std::string out;
  for (const char c : squeeze(text))
    if (c != ' ' && c != '.' && c != '-' && c != '\'') out += c;
  return out;
}

Error bad(std::string vi, std::string en) {
  return Error::invalid({std::move(vi), std::move(en)});
}

}  // namespace

Result<std::string> clean_name(std::string_view text) {
  auto name = clean_words(text, kLongestName);
  if (!name) return Failure(bad("Họ và tên phải có từ 1 đến 100 ký tự.", "The name must have 1 to 100 characters."));
  if (!is_name_of_person(*name))
    return Failure(bad("Họ và tên bắt đầu bằng chữ và chỉ gồm chữ, dấu cách, dấu nháy đơn, gạch nối và dấu chấm.",
                       "A name begins with a letter and has letters, spaces, apostrophes, hyphens and dots only."));
  return std::move(*name);
}

Result<std::string> clean_mail(std::string_view text) {
  std::string mail = lower(squeeze(text));
  if (mail.empty()) return mail;
  const auto at = mail.find('@');
  const auto is_plain = [](char c) { return c > ' ' && c < 0x7f && c != ',' && c != ';' && c != '<' && c != '>'; };
  if (mail.size() > kLongestMail || at == 0 || at == std::string::npos || mail.find('@', at + 1) != std::string::npos ||
      mail.find('.', at) == std::string::npos || mail.back() == '.' || mail[at + 1] == '.' ||
      !std::ranges::all_of(mail, is_plain))
    return Failure(
        bad("Địa chỉ email không đúng dạng ten@mien.", "The e-mail address is not of the form name@domain."));
  return mail;
}

Result<std::string> clean_staff_code(std::string_view text) {
  auto code = TRY(clean_free_text(text, kLongestStaffCode, {"Mã cán bộ", "The staff code"}));
  if (code.contains(' ')) return Failure(bad("Mã cán bộ có dấu cách.", "The staff code has a space."));
  return code;
}

Result<std::string> clean_identity_number(std::string_view text) {
  std::string number = bare_number(text);
  if (number.empty()) return number;
  if (!std::ranges::all_of(number, is_digit) || (number.size() != 12 && number.size() != 9))
    return Failure(
        bad("Số định danh phải có 12 chữ số (CCCD) hoặc 9 chữ số (CMND); bảng tính có thể đã làm mất số 0 ở đầu.",
            "The identity number must have 12 digits (or 9 for old cards); a spreadsheet may have dropped "
            "the zero in front."));
  return number;
}

Result<std::string> clean_phone(std::string_view text) {
  std::string phone = bare_number(text);
  if (phone.empty()) return phone;
  const std::string_view digits = std::string_view(phone).substr(phone[0] == '+' ? 1 : 0);
  if (!std::ranges::all_of(digits, is_digit) || digits.size() < 8 || digits.size() > 15)
    return Failure(bad("Số điện thoại phải có từ 8 đến 15 chữ số.", "The telephone number must have 8 to 15 digits."));
  return phone;
}

Result<BirthDate> check_birth_date(const BirthDate& birth, Date today) {
  using std::chrono::years;
  const Date youngest = (today.year() - years{14}) / today.month() / std::chrono::last;
  const bool is_real = !birth.date() || birth.date()->ok();
  const bool is_too_young = birth.date() ? *birth.date() > youngest : birth.year() > youngest.year();
  if (!is_real || is_too_young || birth.year() < today.year() - years{110})
    return Failure(Error::invalid(Text::format("Ngày sinh {0} nằm ngoài khoảng cho phép (từ 14 đến 110 tuổi).",
                                               "The birth date {0} is out of range (14 to 110 years of age).",
                                               birth.date() ? dmy(*birth.date()) : birth.text())));
  return birth;
}

Result<std::string> clean_position(std::string_view text) {
  return clean_free_text(text, kLongestPosition, {"Chức vụ", "The position"});
}

Result<PersonDetails> clean(PersonDetails details, Date today) {
  details.name = TRY(clean_name(details.name));
  details.work_mail = TRY(clean_mail(details.work_mail));
  details.staff_code = TRY(clean_staff_code(details.staff_code));
  details.secret.identity_number = TRY(clean_identity_number(details.secret.identity_number));
  details.secret.phone = TRY(clean_phone(details.secret.phone));
  if (details.secret.birth_date) TRY(check_birth_date(*details.secret.birth_date, today));
  return details;
}

Result<void> check_validity(const Validity& valid) {
  using std::chrono::year;
  const auto sane = [](Instant at) {
    const auto y = date_of(at).year();
    return y >= year{1945} && y <= year{2199};
  };
  if (!sane(valid.from) || (valid.to && !sane(*valid.to)))
    return Failure(bad("Ngày nằm ngoài khoảng 1945–2199.", "The date lies outside 1945 to 2199."));
  if (valid.is_empty())
    return Failure(bad("Ngày kết thúc phải sau ngày bắt đầu.", "The end must lie after the start."));
  return {};
}

}  // namespace khien::people
