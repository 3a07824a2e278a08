#include "sheets/values.h"

#include "sheets/identity_number.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien::sheets {
namespace {

Cell text_cell(std::string text) {
  return {std::move(text), CellKind::Text};
}
Cell number_cell(std::string text) {
  return {std::move(text), CellKind::Number};
}
Cell date_cell(std::string text) {
  return {std::move(text), CellKind::Date};
}

std::string date_of_cell(const Cell& cell) {
  const auto date = date_value(cell);
  return date ? iso(*date) : "refused";
}

template <class T>
std::string hint(const Result<T>& result) {
  return result ? "accepted" : result.error().text().vi;
}

TEST(DateValue, TheFormsOfOurUsers) {
  for (const char* form : {"05/01/2026", "5/1/2026", "05-01-2026", "5.1.2026", "2026-01-05", " 05/01/2026 ",
                           "ngày 05 tháng 01 năm 2026", "Ngày 5 tháng 1 năm 2026", "05 THÁNG 01 NĂM 2026",
                           "2026-01-05T00:00:00", "05/01/2026 00:00:00", "2026-01-05 00:00:00"})
    EXPECT_EQ(date_of_cell(text_cell(form)), "2026-01-05") << form;
}

TEST(DateValue, WhatCannotBeADateIsRefusedWithTheForm) {
  for (const char* form : {"",           "5/1/26",           "26-01-05",
                           "1975",       "00/00/1970",       "31/02/2026",
                           "29/02/2025", "01/13/2026",       "05/01/2026 13:30:00",
                           "5/1",        "5/1-2026",         "a/b/2026",
                           "-5/01/2026", "05/01/02026",      "01/01/1899",
                           "45292",      "ngày 05 tháng 01", "2026/01/05/01",
                           "5//2026",    "+5/1/2026"}) {
    const auto date = date_value(text_cell(form));
    EXPECT_FALSE(date) << form;
  }
  EXPECT_NE(hint(date_value(text_cell("5/1/26"))).find("hai chữ số"), std::string::npos);
  EXPECT_NE(hint(date_value(text_cell("1975"))).find("chỉ có năm"), std::string::npos);
  EXPECT_NE(hint(date_value(text_cell("01/13/2026"))).find("bị đảo"), std::string::npos);
}

TEST(DateValue, SerialsOfASpreadsheet) {
  EXPECT_EQ(date_of_cell(date_cell("46027")), "2026-01-05");
  EXPECT_EQ(date_of_cell(date_cell("46027.75")), "2026-01-05");
  EXPECT_EQ(date_of_cell(number_cell("46027")), "2026-01-05");
  EXPECT_EQ(date_of_cell(date_cell("1")), "1900-01-01");
  EXPECT_EQ(date_of_cell(date_cell("59")), "1900-02-28");
  EXPECT_EQ(date_of_cell(date_cell("60")), "refused");
  EXPECT_EQ(date_of_cell(date_cell("61")), "1900-03-01");
  EXPECT_EQ(date_of_cell(date_cell("0.5")), "refused");
  EXPECT_NE(hint(date_value(number_cell("1975"))).find("chỉ có năm"), std::string::npos);
  EXPECT_EQ(date_of_cell(number_cell("9999")), "refused");
  EXPECT_EQ(date_of_cell(date_cell("1975")), "1905-05-28");
  EXPECT_EQ(date_of_cell(number_cell("20260105")), "refused");
  EXPECT_EQ(date_of_cell(number_cell("-5")), "refused");
}

RC_GTEST_PROP(DateValue, EveryDayReadsBackInEveryForm, ()) {
  const auto date =
      Date{std::chrono::sys_days{std::chrono::year{1900} / 1 / 1} + std::chrono::days{*rc::gen::inRange(0, 109'571)}};
  RC_ASSERT(date_value(text_cell(dmy(date))).value() == date);
  RC_ASSERT(date_value(text_cell(iso(date))).value() == date);
}

TEST(YearAlone, IsNoDate) {
  EXPECT_EQ(year_alone(text_cell(" 1985 ")), 1985);
  EXPECT_EQ(year_alone(number_cell("1985")), 1985);
  EXPECT_EQ(year_alone(text_cell("00/00/1985")), 1985);
  for (const char* other : {"", "05/01/1985", "01/00/1985", "85", "1899", "19850", "abcd"})
    EXPECT_FALSE(year_alone(text_cell(other))) << other;
}

TEST(IdentityValue, NineOrTwelveDigitsAsText) {
  EXPECT_EQ(identity_value(text_cell(" 012345678901 ")).value().digits, "012345678901");
  EXPECT_EQ(identity_value(text_cell("012 345 678 901")).value().digits, "012345678901");
  EXPECT_EQ(identity_value(number_cell("123456789")).value().digits, "123456789");
}

TEST(IdentityValue, LostZerosComeBackWhereTheRuleBearsThemOut) {
  for (const char* eaten : {"79085012345", "1085012345"}) {
    const auto back = identity_value(number_cell(eaten), 1985);
    ASSERT_TRUE(back) << eaten;
    EXPECT_EQ(back->digits, std::string(12 - std::string_view(eaten).size(), '0') + eaten);
    EXPECT_TRUE(back->restored);
  }
  EXPECT_TRUE(identity_value(text_cell("79185012345"), 1985)) << "a woman";
  EXPECT_TRUE(identity_value(text_cell("79305012345"), 2005)) << "of this century";
  EXPECT_FALSE(identity_value(number_cell("79085012345"), 1986)) << "another year";
  EXPECT_FALSE(identity_value(number_cell("79085012345"), 2085)) << "another century";
  EXPECT_FALSE(identity_value(number_cell("3085012345"), 1985)) << "no province";
  EXPECT_FALSE(identity_value(number_cell("85012345"), 1985)) << "eight digits may be an old card's";
  EXPECT_FALSE(identity_value(number_cell("123456789"), 1985).value().restored);
  EXPECT_TRUE(follows_cccd_rule("001085012345", std::nullopt));
  EXPECT_FALSE(follows_cccd_rule("001985012345", std::nullopt)) << "a century to come";
}

TEST(IdentityValue, ScientificNotationHasLostDigitsAndSaysSo) {
  for (const char* lost : {"1.08501E+11", "1,08501E+09", "1E11"}) {
    const auto refused = identity_value(text_cell(lost), 1985);
    ASSERT_FALSE(refused);
    EXPECT_NE(hint(refused).find("đã mất các chữ số cuối"), std::string::npos) << lost;
  }
  EXPECT_NE(hint(phone_value(text_cell("9.12E+08"))).find("đã mất"), std::string::npos);
}

TEST(IdentityValue, LostZerosAreAnErrorWithAHintThatDoesNotRepeatTheNumber) {
  const auto lost = identity_value(number_cell("33945678901"));
  ASSERT_FALSE(lost);
  EXPECT_NE(hint(lost).find("số 0 ở đầu"), std::string::npos);
  EXPECT_EQ(hint(lost).find("33945678901"), std::string::npos);
  EXPECT_EQ(lost.error().detail().find("33945678901"), std::string::npos);
}

TEST(IdentityValue, AnythingElseIsRefused) {
  for (const char* bad : {"", "1234567", "0339456789012", "01234567890a", "không có", "1.2E+10"})
    EXPECT_FALSE(identity_value(text_cell(bad))) << bad;
}

TEST(PhoneValue, CommonWritingsBecomeOne) {
  for (const char* form :
       {"0912345678", "0912 345 678", "0912.345.678", "+84912345678", "84912345678", "(0912) 345-678"})
    EXPECT_EQ(phone_value(text_cell(form)).value(), "0912345678") << form;
  EXPECT_EQ(phone_value(number_cell("912345678")).value(), "0912345678");
  EXPECT_EQ(phone_value(text_cell("912345678")).value(), "0912345678") << "the zero is lost in CSV too";
  EXPECT_EQ(phone_value(number_cell("2363123456")).value(), "02363123456");
  EXPECT_EQ(phone_value(text_cell("02363123456")).value(), "02363123456");
  for (const char* bad : {"", "112345678", "113", "09339456789012", "0912/345678", "abc"})
    EXPECT_FALSE(phone_value(text_cell(bad))) << bad;
}

TEST(EmailValue, FormOnly) {
  EXPECT_EQ(email_value(text_cell(" annv.sytt@TayNinh.gov.vn ")).value(), "annv.sytt@tayninh.gov.vn");
  for (const char* bad : {"", "annv", "annv@", "@x.vn", "a@b", "a@b..vn", "a@@b.vn", "a b@c.vn", ".a@b.vn", "a.@b.vn",
                          "a..b@c.vn", "a@-b.vn", "a@b-.vn", "đức@b.vn", "a@b_c.vn", "a@b.vn,c@d.vn"})
    EXPECT_FALSE(email_value(text_cell(bad))) << bad;
  EXPECT_FALSE(email_value(text_cell(std::string(65, 'a') + "@b.vn")));
}

TEST(TextValue, DatesAreShownAsDatesAndErrorsAreRefused) {
  EXPECT_EQ(text_value(date_cell("46027")).value(), "05/01/2026");
  EXPECT_EQ(text_value(text_cell(" a  b ")).value(), "a b");
  EXPECT_FALSE(text_value({"#N/A", CellKind::Error}));
  EXPECT_FALSE(text_value({}));
}

}  // namespace
}  // namespace khien::sheets
