#include "base/english_date.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(EnglishDate, NamesTheMonthSoThatNobodyTakesItForTheDay) {
  EXPECT_EQ(english(*parse_date("2026-12-01")), "1 December 2026");
  EXPECT_EQ(english(*parse_date("2026-01-12")), "12 January 2026");
  EXPECT_EQ(english("2026-09-30"), "30 September 2026");
}

TEST(EnglishDate, ATimeIsThatOfVietNam) {
  EXPECT_EQ(english_time(*parse_instant("2024-10-25T17:05:59Z")), "00:05 on 26 October 2024");
}

TEST(EnglishDate, APartOfADateIsShownAsThatPart) {
  EXPECT_EQ(english("2026-12"), "December 2026");
  for (const char* as_it_is : {"2026", "2026-13", "2026-02-30", "", "tháng 5"}) EXPECT_EQ(english(as_it_is), as_it_is);
}

}  // namespace
}  // namespace khien
