#include "sheets/row_reader.h"

#include <gtest/gtest.h>

namespace khien::sheets {
namespace {

using Strings = std::vector<std::string>;

/// Row 7 of a table whose columns begin at B.
struct OneRow {
  explicit OneRow(std::vector<std::pair<std::string, Cell>> cells) {
    table.file = "ds.xlsx";
    row.number = 7;
    for (auto& [key, cell] : cells) {
      table.columns.push_back(table.keys.size() + 2);
      table.keys.push_back(key);
      row.cells.push_back(cell);
    }
  }
  [[nodiscard]] Strings told() const {
    Strings out;
    for (const auto& problem : problems) out.push_back(problem.line(Language::English));
    return out;
  }

  Table table;
  TableRow row;
  std::vector<Error> problems;
  RowReader reader{table, row, problems};
};

Cell said(std::string text) {
  return {std::move(text), CellKind::Text};
}

const Cell kFailed{"#N/A", CellKind::Error};

Result<std::string> short_word(std::string_view text) {
  if (text.size() > 4) return Failure(Error::invalid({"dài quá", "too long"}));
  return std::string(text);
}

TEST(RowReader, EveryProblemIsToldAtItsCellAndReadingGoesOn) {
  OneRow one({{"name", said(" Văn  phòng ")}, {"from", said("31/02/2025")}, {"code", said("ABCDE")}});
  EXPECT_EQ(one.reader.text("name"), "Văn phòng");
  EXPECT_EQ(one.reader.start_of_day("from"), std::nullopt);
  EXPECT_EQ(one.reader.text("code", short_word), "");
  ASSERT_EQ(one.problems.size(), 2U);
  EXPECT_TRUE(one.told()[0].starts_with("ds.xlsx:7:3: There is no such day.")) << one.told()[0];
  EXPECT_EQ(one.told()[1], "ds.xlsx:7:4: too long");
  EXPECT_EQ(one.problems[1].line(Language::Vietnamese), "ds.xlsx:7:4: dài quá");
}

TEST(RowReader, ItKnowsWhichCellsWereWrong) {
  OneRow one({{"a", said("ABCDE")}, {"b", said("x")}});
  EXPECT_TRUE(one.reader.is_right());
  one.reader.text("a", short_word);
  one.reader.text("b", short_word);
  EXPECT_FALSE(one.reader.is_right("a"));
  EXPECT_TRUE(one.reader.is_right("b"));
  EXPECT_FALSE(one.reader.is_right());
  one.reader.check("b", Result<void>(Failure(Error::invalid({"", "against a rule"}))));
  EXPECT_FALSE(one.reader.is_right("b"));
}

TEST(RowReader, ABlankCellSaysNothingAndIsAProblemOnlyWhereItIsRequired) {
  OneRow one({{"a", said(" \u00a0")}, {"b", {}}});
  for (const char* key : {"a", "b", "absent"}) {
    EXPECT_TRUE(one.reader.is_blank(key)) << key;
    EXPECT_EQ(one.reader.text(key, short_word), "");
    EXPECT_EQ(one.reader.start_of_day(key), std::nullopt);
    EXPECT_EQ(one.reader.list(key), Strings());
  }
  EXPECT_TRUE(one.problems.empty());
  EXPECT_FALSE(one.reader.has("absent"));
  one.reader.require("a", {"", "a is missing"});
  one.reader.require("absent", {"", "absent is missing"});
  EXPECT_EQ(one.told(), (Strings{"ds.xlsx:7:2: a is missing", "ds.xlsx:7: absent is missing"}));
}

TEST(RowReader, WhatAFormulaFailedWithIsToldOnceWhateverWasWanted) {
  const auto told = [](auto&& reading) {
    OneRow one({{"a", kFailed}});
    one.reader.require("a", {"", "missing"});
    reading(one.reader);
    EXPECT_EQ(one.problems.size(), 1U);
    return one.problems.empty() ? std::string() : one.problems[0].text().en;
  };
  EXPECT_NE(told([](auto& reader) { reader.text("a"); }).find("formula error"), std::string::npos);
  EXPECT_NE(told([](auto& reader) { reader.list("a"); }).find("formula error"), std::string::npos);
  EXPECT_NE(told([](auto& reader) { reader.text("a", short_word); }).find("formula error"), std::string::npos);
  EXPECT_FALSE(told([](auto& reader) { reader.start_of_day("a"); }).empty());
}

TEST(RowReader, AListIsSeparatedBySemicolonsCommasOrLineBreaks) {
  OneRow one({{"a", said("B1; B2,B1\r\n B  3 ;;")}, {"b", {"45853", CellKind::Date}}});
  EXPECT_EQ(one.reader.list("a"), (Strings{"B1", "B2", "B 3"}));
  EXPECT_EQ(one.reader.list("b"), (Strings{"15/07/2025"}));
}

TEST(RowReader, AWordOfAListMeansItsValueInAnySpelling) {
  static constexpr Word<int> kWords[] = {{"cong chuc", 1}, {"vien chuc", 2}};
  const auto meaning = [](const Cell& cell) { return word_value<int>(cell, kWords, {"", "one of these"}); };
  OneRow one({{"a", said("CÔNG  CHỨC")}, {"b", said("giáo viên")}, {"c", {}}});
  EXPECT_EQ(one.reader.read("a", meaning), 1);
  EXPECT_EQ(one.reader.read("b", meaning), std::nullopt);
  EXPECT_EQ(one.reader.read("c", meaning), std::nullopt);
  EXPECT_EQ(one.told(), Strings{"ds.xlsx:7:3: one of these"});
}

}  // namespace
}  // namespace khien::sheets
