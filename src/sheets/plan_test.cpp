#include "sheets/plan.h"

#include <gtest/gtest.h>

namespace khien::sheets {
namespace {

ImportPlan example() {
  ImportPlan plan{"can-bo.xlsx", {}, {}};
  plan.items.push_back({9, PlannedAct::Change, "Lê Bình", {{{"chức vụ", "position"}, "Chuyên viên", "Phó phòng"}}});
  plan.items.push_back({7, PlannedAct::Add, "Nguyễn An", {{{"số định danh", "identity number"}, "", ""}}});
  plan.items.push_back({8, PlannedAct::Unchanged, "Trần Cường", {}});
  plan.settle();
  return plan;
}

TEST(ImportPlan, IsPrintedInBothLanguagesInTheOrderOfTheRows) {
  EXPECT_EQ(printed(example(), Language::Vietnamese, 10),
            "can-bo.xlsx: thêm mới 1, thay đổi 1, kết thúc 0, giữ nguyên 1, lỗi 0\n"
            "  dòng 7: thêm mới Nguyễn An (số định danh)\n"
            "  dòng 9: thay đổi Lê Bình (chức vụ: Chuyên viên → Phó phòng)\n");
  EXPECT_EQ(printed(example(), Language::English, 1),
            "can-bo.xlsx: add 1, change 1, end 0, unchanged 1, problems 0\n"
            "  row 7: add Nguyễn An (identity number)\n"
            "  … and 1 more\n");
}

TEST(ImportPlan, WithAProblemItCannotBeAppliedAndTheProblemNamesItsRow) {
  ImportPlan plan = example();
  EXPECT_TRUE(plan.can_apply());
  plan.problems.push_back(Error::invalid({"sai", "wrong"}).at({"can-bo.xlsx", 8, 0}));
  EXPECT_FALSE(plan.can_apply());
  EXPECT_NE(printed(plan, Language::English, 10).find("can-bo.xlsx:8: wrong\n"), std::string::npos);
}

TEST(ImportPlan, ARowWithAProblemIsNotCountedAsDoingAnythingBesides) {
  ImportPlan plan = example();
  plan.problems.push_back(Error::invalid({"sai", "wrong"}).at({"can-bo.xlsx", 7, 2}));
  plan.settle();
  EXPECT_EQ(plan.count(PlannedAct::Add), 0U);
  EXPECT_EQ(plan.items.size(), 2U);
  EXPECT_EQ(plan.item_at(7), nullptr);
  EXPECT_EQ(plan.item_at(9)->label, "Lê Bình");
}

TEST(ImportPlan, OnlyUnchangedRowsChangeNothing) {
  ImportPlan plan = example();
  EXPECT_FALSE(plan.changes_nothing());
  std::erase_if(plan.items, [](const PlanItem& item) { return item.act != PlannedAct::Unchanged; });
  EXPECT_TRUE(plan.changes_nothing());
}

}  // namespace
}  // namespace khien::sheets
