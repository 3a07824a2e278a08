#include "letter/amounts.h"

#include <gtest/gtest.h>

#include "letter/numbers.h"

namespace khien::letter {
namespace {

std::string often(std::string_view text) {
  const auto found = find_recurrence(tokenise(text));
  return found ? iso(found->value) : "";
}
std::string lasts(std::string_view text) {
  const auto found = find_duration(tokenise(text));
  return found ? iso(found->value) : "";
}
std::string day(std::string_view text, int year = 2025) {
  const auto found = find_date(tokenise(text), year);
  return found ? iso(found->value) : "";
}

TEST(Numbers, InDigitsAndInWords) {
  const auto value = [](std::string_view text) { return number_at(tokenise(text), 0)->value; };
  EXPECT_EQ(value("08 ký tự"), 8);
  EXPECT_EQ(value("10.000 người"), 10000);
  EXPECT_EQ(value("mười lăm phút"), 15);
  EXPECT_EQ(value("hai mươi lăm ngày"), 25);
  EXPECT_EQ(value("một trăm hai mươi"), 120);
  EXPECT_EQ(number_at(tokenise("06 (sáu) tháng"), 0)->end, 2U);
}

TEST(Numbers, NamIsFiveOnlyBeforeWhatIsCounted) {
  EXPECT_EQ(number_at(tokenise("năm ký tự"), 0)->value, 5);
  EXPECT_FALSE(number_at(tokenise("năm nay"), 0).has_value());
  EXPECT_FALSE(number_at(tokenise("tư vấn"), 0).has_value());
}

TEST(Recurrence, InTheWordsOfLetters) {
  EXPECT_EQ(often("đổi 06 tháng một lần"), "P6M");
  EXPECT_EQ(often("thay đổi 03 tháng/lần"), "P3M");
  EXPECT_EQ(often("ít nhất 01 lần/tháng"), "P1M");
  EXPECT_EQ(often("02 lần/năm"), "P6M");
  EXPECT_EQ(often("mỗi năm đổi ít nhất hai lần"), "P6M");
  EXPECT_EQ(often("nửa năm đổi một lần"), "P6M");
  EXPECT_EQ(often("mỗi quý"), "P3M");
  EXPECT_EQ(often("hằng tháng"), "P1M");
  EXPECT_EQ(often("hàng tuần"), "P7D");
  EXPECT_EQ(often("định kỳ 45 ngày"), "P45D");
  EXPECT_EQ(often("cứ 90 ngày phải đổi"), "P90D");
  EXPECT_EQ(often("một lần trong 6 tháng"), "P6M");
  EXPECT_EQ(often("mỗi học kỳ"), "P6M");
}

// An age of "3 to 6 months" obliges to no more than six; "2 to 3 times a year" to no more than two.
TEST(Recurrence, OfARangeIsTheOneThatIsObliged) {
  EXPECT_EQ(often("đổi 3 - 6 tháng một lần"), "P6M");
  EXPECT_EQ(often("định kỳ từ 3 đến 6 tháng"), "P6M");
  EXPECT_EQ(often("03 tháng đến 06 tháng một lần"), "P6M");
  EXPECT_EQ(often("3 tháng hoặc chậm nhất 6 tháng một lần"), "P6M");
  EXPECT_EQ(often("2 - 3 lần/năm"), "P6M");
  EXPECT_EQ(often("mỗi năm từ 2 đến 4 lần"), "P6M");
  EXPECT_EQ(lasts("90 đến 180 ngày"), "P180D");
}

TEST(Duration, IsNotReadIntoADate) {
  EXPECT_EQ(lasts("trước ngày 05 tháng 6 năm 2025"), "");
  EXPECT_EQ(lasts("trong quý 2 năm 2025"), "");
}

TEST(Recurrence, OfSixIsNotTheWordAfter) {
  for (const auto* text :
       {"định kỳ sáu tháng một lần", "định kỳ sáu tháng/lần", "mỗi sáu tháng", "cứ sáu tháng", "chu kỳ sáu tháng",
        "định kỳ sau 6 tháng", "định kỳ sau sáu tháng", "dinh ky sau thang/lan", "dinh ky sau 6 thang"})
    EXPECT_EQ(often(text), "P6M") << text;
  EXPECT_EQ(often("định kỳ sáu tuần"), "P42D");
  EXPECT_EQ(often("ba thang mot lan"), "P3M") << "a letter without marks";
}

TEST(Numbers, WithoutMarksStandBeforeAUnitWithoutMarks) {
  const auto value = [](std::string_view text) { return number_at(tokenise(text), 0).value_or(Number{}).value; };
  EXPECT_EQ(value("ba thang"), 3);
  EXPECT_EQ(value("sau thang"), 6);
  EXPECT_EQ(value("sau ngay lam viec"), 0) << "after";
  EXPECT_EQ(value("sau thang 6"), 0) << "after June";
  EXPECT_EQ(value("ba tháng"), 3);
  EXPECT_EQ(value("bay nguoi"), 0);
}

TEST(Recurrence, IsNotReadIntoOtherWords) {
  EXPECT_EQ(often("mật khẩu mới 12 ký tự"), "");
  EXPECT_EQ(often("trong 5 ngày sau lần đăng nhập đầu tiên"), "");
  EXPECT_EQ(often("thiết bị mới tháng này"), "");
}

TEST(Durations, HoursOfWholeDaysAreDays) {
  EXPECT_EQ(lasts("trong 24 giờ"), "P1D");
  EXPECT_EQ(lasts("sau 15 phút"), "PT15M");
  EXPECT_EQ(lasts("nửa giờ"), "PT30M");
  EXPECT_EQ(lasts("05 ngày làm việc"), "P5D");
  const auto tokens = tokenise("05 ngày làm việc");
  EXPECT_TRUE(in_working_days(tokens, *find_duration(tokens)));
}

TEST(Durations, HugeNumbersDoNotOverflow) {
  EXPECT_EQ(lasts("999999999 tháng"), "P1000000M");
  EXPECT_EQ(lasts("999999999999 tháng"), "");
}

TEST(Dates, InAllTheirForms) {
  EXPECT_EQ(day("ngày 26/10/2024"), "2024-10-26");
  EXPECT_EQ(day("ngày 05 tháng 01 năm 2025"), "2025-01-05");
  EXPECT_EQ(day("trước 30/9"), "2025-09-30");
  EXPECT_EQ(day("ngày 30 tháng 9"), "2025-09-30");
  EXPECT_EQ(day("ngày 15-9-2025"), "2025-09-15");
  EXPECT_EQ(day("30.9.2025"), "2025-09-30");
  EXPECT_EQ(day("ngày 31/02/2025"), "");
  EXPECT_EQ(day("trực 24/7"), "");
  EXPECT_EQ(day("trước 30/9", 0), "");
}

TEST(Dates, UntilWhenSomethingIsToBeDoneStandInFrontOfIt) {
  const auto due = [](std::string_view words) {
    const auto found = due_before(tokenise(words), 2025);
    return found ? iso(found->value) : std::string();
  };
  EXPECT_EQ(due("Trước ngày 15/6/2025, các đơn vị"), "2025-06-15");
  EXPECT_EQ(due("Chậm nhất là 17 giờ 00 phút ngày 20 tháng 6 năm 2025, các đơn vị"), "2025-06-20");
  EXPECT_EQ(due("Chậm nhất hết ngày 30/6, các đơn vị"), "2025-06-30");
  EXPECT_EQ(due("Không muộn hơn thứ Sáu ngày 20/6/2025 các đơn vị"), "2025-06-20");
  EXPECT_EQ(due("Các đơn vị trước ngày 15/6/2025"), "2025-06-15") << "right before the order";
  EXPECT_EQ(due("Rà soát tài khoản, trước ngày 15/6/2025, đơn vị"), "2025-06-15");
  EXPECT_EQ(due("Trước ngày 10/6 rà soát, trước ngày 15/6"), "2025-06-15") << "its own";
  EXPECT_EQ(due("Trước ngày 10/6/2025, rà soát; các đơn vị"), "") << "of another order";
  EXPECT_EQ(due("Rà soát tài khoản trước ngày 10/6/2025 và"), "") << "of the order before it";
  EXPECT_EQ(due("Hằng năm, trước ngày 15/12, các đơn vị"), "");
  EXPECT_EQ(due("Từ ngày 15/6/2025, các đơn vị"), "");
  EXPECT_EQ(due("Trước đây, ngày 15/6/2025, các đơn vị"), "");
  EXPECT_EQ(due("Trước ngày khai giảng, ngày 5/9 các đơn vị"), "");
}

}  // namespace
}  // namespace khien::letter
