#include "people/name_rules.h"

#include <gtest/gtest.h>

#include "people/person_rules.h"

namespace khien::people {
namespace {

TEST(NamesOfPeople, AreLettersOfAnyScriptWithWhatNamesHaveBetweenThem) {
  for (const char* good : {"Nguyễn Văn An", "Le\u0302 Thi\u0323 Bi\u0300nh", "H'Hen Niê", "Y-Bhăm Êban", "K’Sor H’Ra",
                           "Lê T. Ba", "李小龙", "Анна", "ส้มโอ", "Ê"})
    EXPECT_TRUE(is_name_of_person(good)) << good;
}

TEST(NamesOfPeople, AreNoFormulasMarkupDigitsOrHiddenCharacters) {
  for (const char* bad : {"",          "=cmd|calc",  "+84",        "-An",    "@An",   ".An",   "'An",  " An",
                          "<b>Lê</b>", "Lê; An",     "Lê, An",     "An (A)", "An/Ba", "An 2",  "An ٣", "Lê\tAn",
                          "Lê\nAn",    "Lê\u202eAn", "Lê\u200bAn", "An\"",   "An&Ba", "An_Ba", "😀",   "A\xff"})
    EXPECT_FALSE(is_name_of_person(bad)) << bad;
  EXPECT_FALSE(clean_name("=HYPERLINK(\"http://x\")"));
  EXPECT_EQ(*clean_name("  H'Hen  Niê "), "H'Hen Niê");
}

TEST(NamesOfUnits, HaveDigitsQuotesAndBracketsToo) {
  for (const char* good :
       {"Sở Y tế", "Văn phòng HĐND – UBND", "Trường THCS \"Lê Lợi\" (cơ sở 2)", "“Một cửa”", "Tổ 1/3, Phòng A & B",
        "(cũ) Phòng 1", "115", "Đội Cảnh sát PCCC - CNCH", "TP. Huế", "Xã K'Dang"})
    EXPECT_TRUE(clean_unit_name(good)) << good;
  EXPECT_TRUE(clean_unit_name("")) << "whether a name may be missing is asked elsewhere";
}

TEST(NamesOfUnits, AreNoFormulasOrMarkup) {
  for (const char* bad : {"=cmd|calc", "+Phòng", "-Phòng", "– Phòng", "@Phòng", "<i>Phòng</i>", "Phòng; Ban", "Phòng|1",
                          "Phòng\t1", "Phòng\u202e", "()", "\"=1\"", "Phòng = 1", "Phòng %", "Phòng\xff"})
    EXPECT_FALSE(clean_unit_name(bad)) << bad;
}

}  // namespace
}  // namespace khien::people
