#include "sheets/surplus.h"

#include <gtest/gtest.h>

#include "sheets/table.h"
#include "sheets/testing.h"

namespace khien::sheets {
namespace {

using testing_support::sheet_of;
using Rows = std::vector<std::vector<std::string>>;
using Strings = std::vector<std::string>;

const std::vector<Column> kColumns{
    {.key = "name", .required = true, .synonyms = {"Họ tên"}},
    {.key = "identity", .required = true, .synonyms = {"CCCD"}},
    {.key = "born", .required = false, .synonyms = {"Ngày sinh", "Birth date"}},
    {.key = "whole", .required = false, .synonyms = {"Người dùng"}, .parts = {{"Họ đệm cũ"}, {"Tên"}}},
    {.key = "note", .required = false, .synonyms = {"Ghi chú"}, .ignored = true}};

/// `row:column` of each problem.
Strings problems(const Sheet& sheet) {
  Strings out;
  for (const auto& problem : table(sheet, kColumns)->problems)
    out.push_back(std::to_string(problem.place()->line) + ":" + std::to_string(problem.place()->column));
  return out;
}

Strings notes(const Sheet& sheet) {
  Strings out;
  for (const auto& note : table(sheet, kColumns)->notes) out.push_back(note.line(Language::English));
  return out;
}

TEST(Surplus, AColumnWithoutHeadingBeforeTheLastIsPassedOverWithOneNote) {
  const auto sheet = sheet_of({{"DANH SÁCH"},
                               {"", "Họ tên", "", "CCCD", "Ghi chú"},
                               {"1", "An", "", "1"},
                               {"2", "Bình", "048080000001", "2"},
                               {"3", "Cúc", "", "3"}});
  EXPECT_EQ(problems(sheet), Strings());
  EXPECT_EQ(notes(sheet), Strings{"ds.xlsx:2:1: Passed over, values not read: column A (no heading), C (no heading)."});
}

TEST(Surplus, AColumnAtTheEndIsAHelperIfThreeQuartersOfTheRowsHaveAValueInIt) {
  const Rows most{{"Họ tên", "CCCD"}, {"An", "1", "x"}, {"Bình", "2", "x"}, {"Cúc", "3"}, {"Dũng", "4", "x"}};
  EXPECT_EQ(problems(sheet_of(most)), Strings());
  EXPECT_EQ(notes(sheet_of(most)), Strings{"ds.xlsx:1:3: Passed over, values not read: column C (no heading)."});
  const Rows less{{"Họ tên", "CCCD"}, {"An", "1", "x"}, {"Bình", "2"}, {"Cúc", "3", "x"}};
  EXPECT_EQ(problems(sheet_of(less)), (Strings{"2:3", "4:3"}));
  EXPECT_EQ(notes(sheet_of(less)), Strings());
  EXPECT_EQ(problems(sheet_of({{"Họ tên", "CCCD"}, {"An", "1", "x"}})), Strings{"2:3"})
      << "one row alone may have slid";
}

TEST(Surplus, ARowThatSlidIsAProblemAlsoBesideAHelperColumn) {
  const auto sheet = sheet_of(
      {{"", "Họ tên", "CCCD", ""}, {"1", "An", "1", "x"}, {"2", "Bình", "", "2", "x"}, {"3", "Cúc", "3", "x"}});
  EXPECT_EQ(problems(sheet), Strings{"3:5"});
  EXPECT_EQ(notes(sheet).size(), 1U);
}

TEST(Surplus, ValuesOfRowsThatSlidAreNotShown) {
  const auto found = table(sheet_of({{"Họ tên", "CCCD", "Ghi chú"},
                                     {"An", "1", "x", "thừa", "048080000001"},
                                     {"Bình", "2"},
                                     {"Cúc", "3", "", "\u00a0"},
                                     {"", "", "", "chữ ký"}}),
                           kColumns);
  ASSERT_EQ(found->problems.size(), 1U);
  EXPECT_NE(found->problems[0].text().en.find("column D, E,"), std::string::npos) << found->problems[0].text().en;
  EXPECT_EQ(found->problems[0].text().en.find("048080000001"), std::string::npos) << "an identity number that slid";
  EXPECT_EQ(found->rows.size(), 3U) << "what stands below the table by itself is no row of it";
}

TEST(Surplus, ManyColumnsAreNotAllNamed) {
  std::vector<std::string> wide(200, "x");
  wide[1] = "1";
  const auto found = table(sheet_of({{"Họ tên", "CCCD"}, wide}), kColumns);
  ASSERT_EQ(found->problems.size(), 1U);
  EXPECT_NE(found->problems[0].text().vi.find("cột C, D, E, F, G, …,"), std::string::npos);
  const auto told = notes(sheet_of({{"Họ tên", "CCCD"}, wide, wide}));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(told[0].ends_with("U (no heading), V (no heading), ….")) << told[0];
}

TEST(Surplus, AHeadingThatIsMergedCoversItsColumns) {
  Sheet sheet = sheet_of({{"", "", "", "", "Mã"}, {"Họ tên", "CCCD", "Mức", "", ""}, {"An", "1", "a", "b", "c"}});
  EXPECT_EQ(problems(sheet), Strings{"3:4"});
  sheet.merges.push_back({2, 2, 3, 4});
  sheet.merges.push_back({1, 2, 5, 5});
  EXPECT_EQ(problems(sheet), Strings());
}

TEST(Surplus, HeadingsThatNobodyKnowsArePassedOverWithOneNoteIfTheyHaveValues) {
  const auto sheet = sheet_of({{"STT", "Họ tên", "CCCD", "Dân tộc", "Quê quán", "Ghi chú"},
                               {"1", "An", "1", "Kinh", "", "x"},
                               {"2", "Bình", "2", "Cơ Tu", "", ""}});
  EXPECT_EQ(problems(sheet), Strings());
  EXPECT_EQ(notes(sheet), Strings{"ds.xlsx:1:4: Passed over, values not read: column D \"Dân tộc\"."});
}

TEST(Surplus, AHeadingOneLetterAwayFromAColumnThatIsMissingIsAProblem) {
  const auto told = [](const std::string& heading) {
    return problems(sheet_of({{"Họ tên", "CCCD", heading}, {"An", "1", "x"}, {"Bình", "2", "y"}}));
  };
  for (const char* slip : {"Ngày sih", "Ngayf sinh", "NGÀY SNIH", "Ngày sinhh (dd/mm)", "Họ đệmm cũ"})
    EXPECT_EQ(told(slip), Strings{"1:3"}) << slip;
  for (const char* other : {"Nơi sinh", "Ngày sinh 2", "Ngày", "Tê", "Ghi chuú"})
    EXPECT_EQ(told(other), Strings()) << other;
  EXPECT_EQ(problems(sheet_of({{"Họ tên", "CCCD", "Ngày sinh", "Ngày sin"}, {"An", "1", "01/01/2000", "x"}})),
            Strings())
      << "a column that was found is not meant";
  EXPECT_EQ(problems(sheet_of({{"Họ tên", "CCCD", "Ngày sin"}, {"An", "1"}})), Strings()) << "nothing would be lost";
  const auto found = table(sheet_of({{"Họ tên", "CCCD", "Ngày sih"}, {"An", "1", "x"}}), kColumns);
  EXPECT_NE(found->problems.at(0).text().vi.find("«Ngày sih» (cột C) chỉ khác «Ngày sinh»"), std::string::npos);
}

}  // namespace
}  // namespace khien::sheets
