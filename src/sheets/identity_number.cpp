#include "sheets/identity_number.h"

#include <algorithm>
#include <array>

#include "base/vietnamese.h"
#include "sheets/values.h"

namespace khien::sheets {
namespace {

/// Codes of the 63 provinces before 1/7/2025, where a birth was registered; they never change in a number.
constexpr std::array kProvinces{1,  2,  4,  6,  8,  10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
                                34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
                                67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96};
static_assert(kProvinces.size() == 63);

int number_at(std::string_view digits, std::size_t at, std::size_t size) {
  int out = 0;
  for (const char c : digits.substr(at, size)) out = out * 10 + (c - '0');
  return out;
}

}  // namespace

bool follows_cccd_rule(std::string_view digits, std::optional<int> birth_year) {
  if (digits.size() != 12) return false;
  if (std::ranges::find(kProvinces, number_at(digits, 0, 3)) == kProvinces.end()) return false;
  const int century = number_at(digits, 3, 1) / 2;
  const int year = 1900 + 100 * century + number_at(digits, 4, 2);
  if (birth_year) return *birth_year == year;
  return century <= 1;
}

Result<IdentityNumber> identity_value(const Cell& cell, std::optional<int> birth_year) {
  const std::string digits = TRY(digits_value(cell));
  if (digits.size() == 9 || digits.size() == 12) return IdentityNumber{digits};
  if (digits.size() == 10 || digits.size() == 11) {
    const std::string whole = std::string(12 - digits.size(), '0') + digits;
    if (follows_cccd_rule(whole, birth_year)) return IdentityNumber{whole, true};
  }
  if (digits.size() == 8 || digits.size() == 10 || digits.size() == 11)
    return Failure(Error::invalid(Text::format(
        "Số CCCD/CMND có {} chữ số thay vì 9 hoặc 12; có thể bảng tính đã bỏ các số 0 ở đầu, nhưng thêm lại thì không "
        "khớp quy tắc (mã tỉnh, thế kỷ và giới tính, năm sinh). Hãy định dạng cột là «Văn bản» (Text) rồi gõ lại đủ "
        "số.",
        "The identity number has {} digits instead of 9 or 12; the spreadsheet has probably dropped leading zeros, but "
        "with them it does not follow the rule (province, century and sex, birth year). Format the column as Text and "
        "type the whole number again.",
        digits.size())));
  return Failure(Error::invalid(Text::format("Số CCCD/CMND có {} chữ số thay vì 9 hoặc 12.",
                                             "The identity number has {} digits instead of 9 or 12.", digits.size())));
}

}  // namespace khien::sheets
