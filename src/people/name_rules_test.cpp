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

TEST(CodesOfUnits, AreLettersDigitsAndAFewMarks) {
  for (const char* good : {"SNV", "000.00.01.H17", "49.1.vp", "20500", "P1-A_2/3", "UBNDTP.Huế", "Đ1", "x"})
    EXPECT_EQ(*clean_unit_code(good), good);
  EXPECT_EQ(*clean_unit_code(" Sđ "), "Sđ");
  EXPECT_EQ(*clean_unit_code("e\u0302"), "ê");
  EXPECT_EQ(*clean_unit_code(""), "") << "whether a code may be missing is asked elsewhere";
  EXPECT_TRUE(clean_unit_code(std::string(64, 'a')));
}

TEST(CodesOfUnits, AreNoFormulasMarkupSpacesOrHiddenCharacters) {
  for (const char* bad :
       {"=x",  "+1",  "-1",  "@x",   ".x",  "/x",  "_x",       "A B",      "A;B",  "A,B", "A\tB", "A\x1b[2J",
        "<b>", "A|B", "A&B", "A(1)", "A=1", "A+1", "A\u202eB", "A\u200bB", "A\"B", "A'B", "😀",   "A\xff"})
    EXPECT_FALSE(clean_unit_code(bad)) << bad;
  EXPECT_FALSE(clean_unit_code(std::string(65, 'a')));
}

TEST(FreeText, IsTakenUnlessItIsAFormulaTooLongOrSteersATerminal) {
  for (const char* good : {"", "Phó Trưởng phòng (phụ trách)", "- Văn thư", "-", "Tổ 1 + 2", "sở"}) {
    EXPECT_EQ(*clean_position(good), good);
    EXPECT_EQ(*clean_level(good), good);
  }
  for (const char* bad : {"=cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "+x", "＝1", "A\x1b[2J", "A\u202eB", "A\xff"}) {
    EXPECT_FALSE(clean_position(bad)) << bad;
    EXPECT_FALSE(clean_level(bad)) << bad;
    EXPECT_FALSE(clean_staff_code(bad)) << bad;
  }
  EXPECT_FALSE(clean_staff_code("CB 1"));
  EXPECT_TRUE(clean_level(std::string(60, 'a')));
  EXPECT_FALSE(clean_level(std::string(61, 'a')));
  EXPECT_NE(clean_position("=1").error().text().en.find("The position begins with = + - or @"), std::string::npos);
}

}  // namespace
}  // namespace khien::people
