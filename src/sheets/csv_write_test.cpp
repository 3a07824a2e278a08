#include "sheets/csv_write.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "sheets/read.h"

namespace khien::sheets {
namespace {

TEST(CsvWrite, ACellThatCouldBeAFormulaGetsAnApostrophe) {
  for (const char* bad : {"=1+1", "  @SUM(A1)", "\tx", "- x", "＝1"})
    EXPECT_EQ(without_formula(bad), "'" + std::string(bad));
  for (const char* good : {"", "  ", "a=b", "An", "'=1"}) EXPECT_EQ(without_formula(good), good);
}

TEST(CsvWrite, CellsAreQuotedWhereTheyMustBe) {
  const std::vector<std::string> row{"STT", "Nguyễn Văn An", "a,b", "nói \"có\"", "1\r\n2", "x;y"};
  EXPECT_EQ(csv_record(row), "STT,Nguyễn Văn An,\"a,b\",\"nói \"\"có\"\"\",\"1\r\n2\",\"x;y\"\r\n");
  EXPECT_EQ(csv_record(std::vector<std::string>{""}), "\"\"\r\n");
  EXPECT_EQ(csv_record(std::vector<std::string>{"  "}), "\"  \"\r\n");
}

TEST(CsvWrite, AFileBeginsWithAByteOrderMark) {
  EXPECT_EQ(csv_file(std::vector<std::vector<std::string>>{{"a", "b"}}),
            "\xEF\xBB\xBF"
            "a,b\r\n");
}

rc::Gen<std::string> any_cell() {
  const auto piece = rc::gen::element<std::string>("a", "Đ", "ễ", ",", ";", "\t", "\"", "\n", "\r", "\r\n", " ", "=",
                                                   "+", "-", "@", "'", "0", "sep=", "𝄞", "<html", "%PDF-");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string out;
    for (const auto& one : pieces) out += one;
    return out;
  });
}

RC_GTEST_PROP(CsvWrite, WhatWasWrittenReadsBackEqual, ()) {
  const auto rows = *rc::gen::container<std::vector<std::vector<std::string>>>(
      rc::gen::container<std::vector<std::string>>(any_cell()));
  std::vector<std::vector<std::string>> wanted;
  for (auto row : rows) {
    for (auto& cell : row) cell = without_formula(cell);
    while (!row.empty() && row.back().empty()) row.pop_back();
    if (!row.empty()) wanted.push_back(row);
  }
  std::vector<std::vector<std::string>> got;
  const auto sheets = read(bytes_of(csv_file(rows)), "again.csv");
  RC_ASSERT(sheets.has_value() == std::ranges::any_of(rows, [](const auto& row) { return !row.empty(); }));
  if (!sheets) return;
  for (const auto& row : sheets->front().rows) {
    auto& cells = got.emplace_back();
    for (const auto& cell : row.cells) cells.push_back(cell.text);
  }
  RC_ASSERT(got == wanted);
}

}  // namespace
}  // namespace khien::sheets
