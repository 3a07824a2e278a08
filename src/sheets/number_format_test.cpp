#include "sheets/number_format.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace khien::sheets {
namespace {

TEST(PlainNumber, ExponentsAreWrittenOut) {
  EXPECT_EQ(plain_number("1.23456789012E11"), "123456789012");
  EXPECT_EQ(plain_number("9.12E+8"), "912000000");
  EXPECT_EQ(plain_number("1e-3"), "0.001");
  EXPECT_EQ(plain_number("-2.5E-4"), "-0.00025");
  EXPECT_EQ(plain_number("1E20"), "100000000000000000000");
  EXPECT_EQ(plain_number("1E300"), "1E300");
}

TEST(PlainNumber, WholeNumbersKeepEveryDigit) {
  EXPECT_EQ(plain_number("123456789012345678"), "123456789012345678");
  EXPECT_EQ(plain_number("0"), "0");
  EXPECT_EQ(plain_number("-0.0"), "0");
  EXPECT_EQ(plain_number("007"), "7");
  EXPECT_EQ(plain_number("5.0"), "5");
}

TEST(PlainNumber, TheNoiseOfBinaryFractionsIsRoundedOff) {
  EXPECT_EQ(plain_number("0.30000000000000004"), "0.3");
  EXPECT_EQ(plain_number("1234.5600000000001"), "1234.56");
  EXPECT_EQ(plain_number("0.99999999999999989"), "1");
  EXPECT_EQ(plain_number("1234567890123456.7"), "1234567890123457");
}

TEST(PlainNumber, WhatIsNoNumberComesBack) {
  for (const char* text : {"", "abc", "1.2.3", "1E", "1Ex", "--1", ".", "1 2"}) EXPECT_EQ(plain_number(text), text);
}

RC_GTEST_PROP(PlainNumber, TheValueStaysTheSame, (double value)) {
  RC_PRE(std::isfinite(value));
  char raw[64];
  std::snprintf(raw, sizeof raw, "%.17G", value);
  const std::string plain = plain_number(raw);
  const double again = std::strtod(plain.c_str(), nullptr);
  RC_ASSERT(std::abs(again - value) <= std::abs(value) * 1e-14);
  if (plain.find('E') == std::string::npos) RC_ASSERT(plain_number(plain) == plain);
}

TEST(PaddedNumber, AFormatOfZerosKeepsTheZerosOfAnIdentityNumber) {
  EXPECT_EQ(form_of("000000000000").padded_to, 12U);
  EXPECT_EQ(padded_number("12345678901", 12), "012345678901");
  EXPECT_EQ(padded_number("1.2345678901E10", 12), "012345678901");
  EXPECT_EQ(padded_number("123456789012", 12), "123456789012");
  EXPECT_EQ(padded_number("1.5", 12), "1.5");
  EXPECT_EQ(form_of("0").padded_to, 0U);
  EXPECT_EQ(form_of("0.00").padded_to, 0U);
  EXPECT_EQ(padded_number("7", 1'000'000), "7");
}

TEST(NumberForm, DatesAreToldByTheirFormat) {
  for (const char* code : {"dd/mm/yyyy", "d/m/yy", "[$-42A]dd\\ mmmm\\ yyyy;@", "yyyy\\-mm\\-dd",
                           "\"ngày\" dd \"tháng\" mm", "mmm-yy", "h:mm", "[Red]d/m/yyyy", "General d"})
    EXPECT_TRUE(form_of(code).date) << code;
  for (const char* code : {"General", "0.00", "#,##0", "@", "0.00E+00", "\"ngày\" 0", "[Red]0", "#,##0\\ \\đ",
                           "_-* #,##0_d", "0;dd", "\"mở", "[mở", "\\"})
    EXPECT_FALSE(form_of(code).date) << code;
}

TEST(NumberForm, BuiltInDates) {
  for (const std::size_t id : {14U, 22U, 27U, 36U, 45U, 58U}) EXPECT_TRUE(form_of_builtin(id).date) << id;
  for (const std::size_t id : {0U, 1U, 13U, 23U, 37U, 48U, 49U, 59U}) EXPECT_FALSE(form_of_builtin(id).date) << id;
}

}  // namespace
}  // namespace khien::sheets
