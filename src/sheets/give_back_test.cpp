#include "sheets/give_back.h"

#include <gtest/gtest.h>

#include "sheets/read.h"
#include "sheets/testing.h"

namespace khien::sheets {
namespace {

using testing_support::sheet_of;

const std::vector<Column> kColumns{{.key = "name", .required = true, .synonyms = {"Họ và tên"}},
                                   {.key = "identity", .synonyms = {"Số CCCD"}}};

std::vector<Sheet> list() {
  std::vector<Sheet> sheets{sheet_of({{"DANH SÁCH CÁN BỘ"},
                                      {"STT", "Họ và tên", "Số CCCD", "Ngày sinh", "Mật"},
                                      {"1", "Nguyễn Văn An", "001085012345", "31052", "=1+1"},
                                      {"2", "Lê Thị Bình", "", "", "x"}}),
                            sheet_of({{"nháp"}})};
  sheets[0].rows[2].cells[3].kind = CellKind::Date;
  sheets[0].rows[2].cells[2].kind = CellKind::Number;
  sheets[0].rows[2].cells[0].kind = CellKind::Number;
  sheets[0].merges.push_back({1, 1, 1, 5});
  sheets[0].hidden_columns = {5};
  sheets[0].hidden_rows = {4};
  sheets[1].name = "Nháp";
  sheets[1].hidden = true;
  return sheets;
}

ImportPlan plan_of(const Table& table) {
  ImportPlan plan;
  plan.begin(table);
  plan.problems.push_back(Error::invalid({"sai tên", "wrong name"}).at({"ds.xlsx", 4, 2}));
  plan.problems.push_back(Error::invalid({"thiếu số", "no number"}).at({"ds.xlsx", 4, 3}));
  return plan;
}

std::vector<Sheet> returned(const std::vector<Sheet>& sheets, const ImportPlan& plan, const Table& table) {
  const auto bytes = give_back(sheets, table, plan, Language::English);
  EXPECT_TRUE(bytes);
  auto read_again = read(bytes_of(*bytes), "ds.xlsx");
  EXPECT_TRUE(read_again) << read_again.error().detail();
  return read_again ? *read_again : std::vector<Sheet>{};
}

TEST(GiveBack, TheWholeFileComesBackWithErrorsBesideTheWrongRows) {
  const auto sheets = list();
  const auto table = find_table(sheets, kColumns).value();
  const auto back = returned(sheets, plan_of(table), table);
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(back[0].name, "DS");
  EXPECT_EQ(back[0].rows[0].cells[0].text, "DANH SÁCH CÁN BỘ");
  EXPECT_EQ(back[0].rows[1].cells.at(5).text, "Lỗi");
  EXPECT_EQ(back[0].rows[2].cells, (std::vector<Cell>{{"1", CellKind::Number},
                                                      {"Nguyễn Văn An", CellKind::Text},
                                                      {"001085012345", CellKind::Text},
                                                      {"31052", CellKind::Date},
                                                      {"=1+1", CellKind::Text}}))
      << "a number that names somebody is text, and a formula none";
  EXPECT_EQ(back[0].rows[3].cells.at(5).text, "Column B: wrong name\nColumn C: no number");
  EXPECT_EQ(back[0].merges, sheets[0].merges);
  EXPECT_EQ(back[0].hidden_columns, sheets[0].hidden_columns);
  EXPECT_EQ(back[0].hidden_rows, sheets[0].hidden_rows);
  EXPECT_TRUE(back[1].hidden);
  EXPECT_EQ(back[2].name, kNotesSheet);
}

TEST(GiveBack, TheSameFileIsReadAgainPastItsErrorsAndKeepsOneColumnOfThem) {
  const auto sheets = list();
  const auto table = find_table(sheets, kColumns).value();
  const auto back = returned(sheets, plan_of(table), table);
  const auto again = find_table(back, kColumns);
  ASSERT_TRUE(again) << again.error().text().en;
  EXPECT_EQ(again->rows.size(), table.rows.size());
  EXPECT_TRUE(again->problems.empty());
  for (const auto& note : again->notes) {
    EXPECT_EQ(note.text().vi.find("Lỗi"), std::string::npos) << note.text().vi;
    EXPECT_EQ(note.text().vi.find(kNotesSheet), std::string::npos) << note.text().vi;
  }
  auto plan = plan_of(*again);
  plan.problems.pop_back();
  const auto twice = returned(back, plan, *again);
  ASSERT_EQ(twice.size(), 3U);
  EXPECT_EQ(twice[0].rows[1].cells.size(), 6U);
  EXPECT_EQ(twice[0].rows[3].cells.at(5).text, "Column B: wrong name");
}

TEST(GiveBack, AnErrorOfTheHeadingsStandsInTheHeadingOfErrors) {
  const auto sheets = list();
  const auto table = find_table(sheets, kColumns).value();
  ImportPlan plan;
  plan.problems.push_back(Error::invalid({"sai", "misspelt"}).at({"ds.xlsx", 2, 4}));
  const auto back = returned(sheets, plan, table);
  EXPECT_EQ(back[0].rows[1].cells.at(5).text, "Lỗi (Column D: misspelt)");
  const auto again = find_table(back, kColumns);
  ASSERT_TRUE(again);
  for (const auto& note : again->notes) EXPECT_EQ(note.text().vi.find("Lỗi"), std::string::npos) << note.text().vi;
}

}  // namespace
}  // namespace khien::sheets
