#include "sheets/table.h"

#include <gtest/gtest.h>

#include "sheets/headings.h"
#include "sheets/testing.h"

namespace khien::sheets {
namespace {

using testing_support::sheet_of;

const std::vector<Column> kColumns{
    {.key = "name",
     .required = true,
     .synonyms = {"Họ và tên", "Họ tên", "Full name"},
     .parts = {{"Họ đệm", "Họ và đệm"}, {"Tên"}}},
    {.key = "identity", .required = true, .synonyms = {"Số CCCD", "CCCD", "Identity number"}},
    {.key = "born", .required = false, .synonyms = {"Ngày sinh"}},
    {.key = "email", .required = false, .synonyms = {"Email công vụ", "Email"}}};

std::string text(const Table& table, std::size_t row, std::string_view key) {
  return table.cell(table.rows.at(row), key).text;
}

TEST(Table, TitlesAboveTheHeadingsAreSkipped) {
  const auto found = table(sheet_of({{"ỦY BAN NHÂN DÂN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
                                     {},
                                     {"DANH SÁCH CÁN BỘ"},
                                     {"STT", "Họ và tên", "Số CCCD", "Ghi chú"},
                                     {"1", "Nguyễn Văn An", "012345678901", "x"}}),
                           kColumns);
  ASSERT_TRUE(found) << found.error().text().en;
  EXPECT_EQ(found->header_row, 4U);
  ASSERT_EQ(found->rows.size(), 1U);
  EXPECT_EQ(found->rows[0].number, 5U);
  EXPECT_EQ(text(*found, 0, "identity"), "012345678901");
  EXPECT_EQ(found->absent, (std::vector<std::string>{"born", "email"}));
  EXPECT_EQ(found->place(found->rows[0], "identity").column, 3U);
  EXPECT_EQ(found->place(found->rows[0], "identity").line, 5U);
  EXPECT_TRUE(found->cell(found->rows[0], "born").empty());
  EXPECT_FALSE(found->has("born"));
}

TEST(Table, HeadingsAreComparedWithoutMarksCaseAndPunctuation) {
  EXPECT_EQ(heading_key("  HỌ VÀ TÊN: (*)"), "hovaten");
  const auto found = table(sheet_of({{"ho va  ten *", "Số CCCD (12 số)", "E-mail"}, {"An", "1", "a@b.vn"}}), kColumns);
  ASSERT_TRUE(found) << found.error().text().en;
  EXPECT_EQ(text(*found, 0, "email"), "a@b.vn");
}

TEST(Table, FamilyAndGivenNameInTwoColumnsAreJoined) {
  const auto found =
      table(sheet_of({{"Họ đệm", "Tên", "CCCD"}, {"Nguyễn Văn ", "An", "1"}, {"", "Bình", "2"}}), kColumns);
  ASSERT_TRUE(found) << found.error().text().en;
  EXPECT_EQ(text(*found, 0, "name"), "Nguyễn Văn An");
  EXPECT_EQ(text(*found, 1, "name"), "Bình");
  EXPECT_TRUE(found->notes.empty());
}

TEST(Table, TheWholeNameIsPreferredToItsParts) {
  const auto found = table(sheet_of({{"Họ đệm", "Tên", "Họ tên", "CCCD"}, {"a", "b", "Lê Thị Cúc", "1"}}), kColumns);
  ASSERT_TRUE(found);
  EXPECT_EQ(text(*found, 0, "name"), "Lê Thị Cúc");
}

TEST(Table, HalfOfANameIsMissing) {
  const auto found = table(sheet_of({{"Họ đệm", "CCCD"}, {"a", "1"}}), kColumns);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().text().vi.find("thiếu cột bắt buộc «Họ và tên»"), std::string::npos);
}

TEST(Table, HalfOfAnOptionalNameIsPassedOver) {
  auto columns = kColumns;
  columns[0].required = false;
  const auto found = table(sheet_of({{"Họ đệm", "CCCD"}, {"a", "1"}}), columns);
  ASSERT_TRUE(found);
  EXPECT_EQ(text(*found, 0, "name"), "");
  ASSERT_EQ(found->notes.size(), 1U);
  EXPECT_NE(found->notes[0].text().vi.find("A «Họ đệm»"), std::string::npos);
}

TEST(Table, AMissingColumnSaysWhatWasFoundAndWhatIsExpected) {
  const auto found = table(sheet_of({{"Danh sách"}, {"Họ tên", "Điện thoại"}, {"An", "09"}}), kColumns);
  ASSERT_FALSE(found);
  const std::string& en = found.error().text().en;
  EXPECT_NE(en.find("missing: «Số CCCD»"), std::string::npos) << en;
  EXPECT_NE(en.find("found: «Họ tên», «Điện thoại»"), std::string::npos) << en;
  EXPECT_NE(en.find("«Identity number»"), std::string::npos) << en;
  EXPECT_EQ(found.error().place()->line, 2U);
  EXPECT_EQ(found.error().place()->file, "ds.xlsx");
}

TEST(Table, TwoHeadingsForOneColumnAreAnError) {
  const auto found = table(sheet_of({{"Họ tên", "CCCD", "Số CCCD"}, {"An", "1", "2"}}), kColumns);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().text().en.find("\"CCCD\" (column B) and \"Số CCCD\" (column C)"), std::string::npos)
      << found.error().text().en;
}

TEST(Table, RowsEmptyInEveryKnownColumnAreLeftOut) {
  const auto found =
      table(sheet_of({{"STT", "Họ tên", "CCCD"}, {"1", "An", "1"}, {"2", "  ", ""}, {"3", "", "3"}}), kColumns);
  ASSERT_TRUE(found);
  ASSERT_EQ(found->rows.size(), 2U);
  EXPECT_EQ(found->rows[1].number, 4U);
}

TEST(Table, HeadingsBelowTheTwentiethRowAreNotLookedFor) {
  std::vector<std::vector<std::string>> rows(20, {"chữ"});
  rows.push_back({"Họ tên", "CCCD"});
  EXPECT_FALSE(table(sheet_of(rows), kColumns));
  rows.erase(rows.begin());
  EXPECT_TRUE(table(sheet_of(rows), kColumns));
}

TEST(Table, AHeadingMergedOverTwoColumnsTakesBoth) {
  Sheet sheet = sheet_of({{"Họ và tên", "", "CCCD"}, {"Nguyễn Văn", "An", "1"}, {"", "Bình", "2"}});
  sheet.merges.push_back({1, 1, 1, 2});
  const auto found = table(sheet, kColumns);
  ASSERT_TRUE(found);
  EXPECT_EQ(text(*found, 0, "name"), "Nguyễn Văn An");
  EXPECT_EQ(text(*found, 1, "name"), "Bình");
}

TEST(Table, ACellMergedDownwardsHoldsForAllItsRows) {
  const std::vector<Column> columns{{.key = "name", .required = true, .synonyms = {"Họ tên"}},
                                    {.key = "unit", .required = true, .synonyms = {"Đơn vị"}}};
  Sheet sheet = sheet_of({{"Họ tên", "Đơn vị"}, {"An", "Sở Y tế"}, {"Bình", ""}, {"Cúc", ""}, {"Dũng", "Sở Nội vụ"}});
  sheet.merges.push_back({2, 3, 2, 2});
  const auto found = table(sheet, columns);
  ASSERT_TRUE(found);
  EXPECT_EQ(text(*found, 1, "unit"), "Sở Y tế");
  EXPECT_EQ(text(*found, 2, "unit"), "");
  EXPECT_EQ(text(*found, 3, "unit"), "Sở Nội vụ");
}

TEST(Table, TheFirstVisibleSheetWithATableIsTaken) {
  std::vector<Sheet> sheets{sheet_of({{"Họ tên", "CCCD"}, {"Ẩn", "0"}}), sheet_of({{"Hướng dẫn"}}),
                            sheet_of({{"Họ tên", "CCCD"}, {"An", "1"}})};
  sheets[0].hidden = true;
  sheets[1].name = "HD";
  const auto found = find_table(sheets, kColumns);
  ASSERT_TRUE(found);
  EXPECT_EQ(text(*found, 0, "name"), "An");
  sheets.pop_back();
  const auto none = find_table(sheets, kColumns);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().text().vi.find("«HD»"), std::string::npos);
  EXPECT_FALSE(find_table({}, kColumns));
}

TEST(Table, AnEmptySheetIsAnError) {
  EXPECT_FALSE(table(Sheet{}, kColumns));
}

}  // namespace
}  // namespace khien::sheets
