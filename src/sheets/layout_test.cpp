// Sheets as offices send them: titles, two rows of headings, units between the rows, sums, signatures.
#include "sheets/layout.h"

#include <gtest/gtest.h>

#include "sheets/table.h"
#include "sheets/testing.h"

namespace khien::sheets {
namespace {

using testing_support::sheet_of;
using Strings = std::vector<std::string>;

const std::vector<Column> kColumns{
    {.key = "name", .required = true, .synonyms = {"Họ và tên"}, .parts = {{"Họ đệm"}, {"Tên"}}},
    {.key = "born", .synonyms = {"Ngày sinh"}},
    {.key = "identity", .synonyms = {"Số CCCD"}},
    {.key = "phone", .synonyms = {"Điện thoại"}},
    {.key = "mail", .synonyms = {"Email"}},
    {.key = "unit", .synonyms = {"Đơn vị"}, .from_group = true}};

Table read(const Sheet& sheet) {
  auto found = table(sheet, kColumns);
  EXPECT_TRUE(found) << found.error().text().en;
  return found ? *found : Table{};
}

Strings column(const Table& table, std::string_view key) {
  Strings out;
  for (const auto& row : table.rows) out.push_back(table.cell(row, key).text);
  return out;
}

Strings notes(const Table& table) {
  Strings out;
  for (const auto& note : table.notes) out.push_back(note.line(Language::English));
  return out;
}

/// A whole list as an office makes it.
Sheet staff_list() {
  Sheet sheet = sheet_of({{"UBND TỈNH MẪU", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
                          {"SỞ NỘI VỤ", "", "", "Độc lập - Tự do - Hạnh phúc"},
                          {},
                          {"DANH SÁCH CÁN BỘ, CÔNG CHỨC"},
                          {"STT", "Họ và tên", "Ngày sinh", "", "Số CCCD", "Liên hệ", ""},
                          {"", "", "Nam", "Nữ", "", "Điện thoại", "Email"},
                          {"(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"},
                          {"I", "Phòng Nội vụ (2 người)"},
                          {"1", "Nguyễn Văn An", "05/01/1985", "", "001085012345", "0912345678", "a@b.vn"},
                          {"2", "Trần Thị Bình", "", "06/02/1990", "001190012346", "", ""},
                          {"", "Cộng:", "2"},
                          {"II. Văn phòng Sở"},
                          {"3", "Lê Văn Cường", "07/03/1970", "", "001070012347", "", ""},
                          {"", "Tổng cộng", "3"},
                          {},
                          {"", "", "", "", "Tỉnh Mẫu, ngày 05 tháng 01 năm 2026"},
                          {"", "Người lập biểu", "", "", "Thủ trưởng đơn vị"},
                          {"", "(Ký, ghi rõ họ tên)", "", "", "(Ký, đóng dấu)"},
                          {"", "Phạm Thị Dung", "", "", "Vũ Văn Em"}});
  for (const std::size_t one : {1, 2, 5}) sheet.merges.push_back({5, 6, one, one});
  sheet.merges.push_back({5, 5, 3, 4});
  sheet.merges.push_back({5, 5, 6, 7});
  return sheet;
}

TEST(Layout, AListAsAnOfficeSendsItIsReadWithWhatWasPassedOver) {
  const auto table = read(staff_list());
  EXPECT_EQ(column(table, "name"), (Strings{"Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"}));
  EXPECT_EQ(column(table, "born"), (Strings{"05/01/1985", "06/02/1990", "07/03/1970"})) << "one of two columns";
  EXPECT_EQ(column(table, "phone"), (Strings{"0912345678", "", ""})) << "a heading of the second row";
  EXPECT_EQ(column(table, "unit"), (Strings{"Phòng Nội vụ", "Phòng Nội vụ", "Văn phòng Sở"}));
  EXPECT_EQ(notes(table),
            (Strings{"ds.xlsx:8: Rows that name the unit of the rows below: 8 «Phòng Nội vụ», 12 «Văn "
                     "phòng Sở».",
                     "ds.xlsx:7: Rows not read: 7 (numbers of columns).", "ds.xlsx:11: Rows not read: 11, 14 (sums).",
                     "ds.xlsx:16: Rows not read: 16–19 (below the table, signatures)."}));
  ASSERT_TRUE(table.reading);
  EXPECT_EQ(table.reading->en,
            "sheet \"DS\", headings in row 5–6: B «Họ và tên»; C «Ngày sinh»; E «Số CCCD»; F «Điện thoại»; G «Email»");
  EXPECT_TRUE(table.problems.empty());
}

TEST(Layout, ACsvHasNoMergesAndIsReadAlike) {
  Sheet sheet = staff_list();
  sheet.merges.clear();
  const auto table = read(sheet);
  EXPECT_EQ(column(table, "born"), (Strings{"05/01/1985", "06/02/1990", "07/03/1970"}));
  EXPECT_EQ(column(table, "mail"), (Strings{"a@b.vn", "", ""}));
}

TEST(Layout, OnlyTheFirstOfSeveralColumnsUnderAHeadingIsItsValue) {
  const auto table = read(sheet_of({{"Họ và tên", "", "Số CCCD", "", ""},
                                    {"Họ đệm", "Tên", "Số", "Ngày cấp", "Nơi cấp"},
                                    {"Lê Thị", "An", "001085012345", "01/01/2020", "Cục"}}));
  EXPECT_EQ(column(table, "identity"), Strings{"001085012345"});
  EXPECT_EQ(column(table, "name"), Strings{"Lê Thị An"});
  EXPECT_EQ(
      notes(table),
      Strings{"ds.xlsx:1:4: Passed over, values not read: column D \"Số CCCD Ngày cấp\", E \"Số CCCD Nơi cấp\"."});
}

TEST(Layout, WhatIsNotRecognisedStaysARow) {
  const auto table = read(sheet_of({{"STT", "Họ và tên", "Số CCCD", "Đơn vị"},
                                    {"", "Nguyễn Văn An"},
                                    {"1", "Lê Thị Phòng", "1", "SYT"},
                                    {"2", "Trần Thị Tổng", "2", ""},
                                    {"1. Phạm Văn Ba"},
                                    {"", "Giám đốc", "", ""},
                                    {"3", "Đỗ Văn Tư", "4", "SYT"}}));
  EXPECT_EQ(column(table, "name"), (Strings{"Nguyễn Văn An", "Lê Thị Phòng", "Trần Thị Tổng", "Giám đốc", "Đỗ Văn Tư"}))
      << "a signature before full rows is none";
}

TEST(Layout, FamiliesThatAreSpeltLikeUnitsAreNoUnits) {
  const auto table = read(sheet_of({{"STT", "Họ và tên", "Số CCCD"},
                                    {"1", "Đoàn Văn An"},
                                    {"2", "Tô Thị Ba"},
                                    {"3", "Phương Văn Tư"},
                                    {"", "Tổ Một cửa"},
                                    {"4", "Lê Văn Sáu", "1"}}));
  EXPECT_EQ(column(table, "name"), (Strings{"Đoàn Văn An", "Tô Thị Ba", "Phương Văn Tư", "Lê Văn Sáu"}));
  EXPECT_EQ(table.cell(table.rows.back(), "unit").text, "Tổ Một cửa");
}

TEST(Layout, WhereNobodyAsksForTheUnitALoneNameStaysARow) {
  const std::vector<Column> units{{.key = "code", .required = true, .synonyms = {"Mã đơn vị"}},
                                  {.key = "name", .required = true, .synonyms = {"Tên đơn vị"}}};
  const auto found =
      table(sheet_of({{"Mã đơn vị", "Tên đơn vị"}, {"I. Khối sở"}, {"", "Phòng Không Mã"}, {"A", "B"}}), units);
  ASSERT_TRUE(found);
  EXPECT_EQ(column(*found, "name"), (Strings{"Phòng Không Mã", "B"}));
  EXPECT_EQ(notes(*found), Strings{"ds.xlsx:2: Rows not read: 2 (names of groups or units)."});
}

TEST(Layout, HeadingsPrintedAgainAreNoRow) {
  const auto table = read(sheet_of({{"Họ và tên", "Số CCCD"}, {"An", "1"}, {"Họ và tên", "Số CCCD"}, {"Ba", "2"}}));
  EXPECT_EQ(column(table, "name"), (Strings{"An", "Ba"}));
  EXPECT_EQ(notes(table), Strings{"ds.xlsx:3: Rows not read: 3 (the headings again)."});
}

TEST(Layout, ARowThatIsFullIsNeverPassedOver) {
  const auto table = read(sheet_of({{"Họ và tên", "Ngày sinh", "Số CCCD"},
                                    {"Tổng cộng", "1", "2"},
                                    {"Người lập biểu", "Thủ trưởng", "(Ký tên)"},
                                    {"1", "2", "3"}}));
  EXPECT_EQ(table.rows.size(), 3U);
}

TEST(Layout, WhatIsHiddenIsReadAndTold) {
  Sheet sheet = sheet_of({{"Họ và tên", "Số CCCD", "Ghi chú"}, {"An", "1", ""}, {"Ba", "2", ""}});
  sheet.hidden_columns = {2, 3};
  sheet.hidden_rows = {3};
  const auto table = read(sheet);
  EXPECT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(notes(table), (Strings{"ds.xlsx:1: Hidden columns are read too: B «Số CCCD».",
                                   "ds.xlsx:3: Hidden rows are read too: 3."}));
}

TEST(Layout, SeveralSheetsWithAListAreNeverChosenAmongInSilence) {
  std::vector<Sheet> sheets{sheet_of({{"Họ và tên"}, {"An"}}), sheet_of({{"Họ và tên"}, {"Ba"}}),
                            sheet_of({{"Họ và tên"}, {"Ẩn"}})};
  sheets[0].name = "Sở";
  sheets[1].name = "Xã";
  sheets[2].name = "Cũ";
  sheets[2].hidden = true;
  const auto both = find_table(sheets, kColumns);
  ASSERT_FALSE(both);
  EXPECT_NE(both.error().text().en.find("«Sở», «Xã»"), std::string::npos);
  const auto one = find_table(sheets, kColumns, "Xã");
  ASSERT_TRUE(one);
  EXPECT_EQ(column(*one, "name"), Strings{"Ba"});
  EXPECT_EQ(notes(*one), Strings{"ds.xlsx: Sheets not read: «Sở», «Cũ» (ẩn)."});
  EXPECT_FALSE(find_table(sheets, kColumns, "Không có"));
}

}  // namespace
}  // namespace khien::sheets
