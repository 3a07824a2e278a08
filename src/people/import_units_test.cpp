#include "people/import_units.h"

#include <gtest/gtest.h>

#include <set>

#include "people/rules.h"
#include "people/testing.h"

namespace khien::people {
namespace {

using sheets::PlannedAct;
using sheets::Table;
using testing_support::day;
using testing_support::must;
using testing_support::PeopleWorld;

class ImportUnits : public testing::Test, protected PeopleWorld {
 protected:
  /// Rows begin at 5, as below a letter head.
  static Table table(const std::vector<std::vector<std::string>>& rows) {
    return testing_support::text_table(
        "don-vi.xlsx", {"code", "name", "parent_code", "tree", "level", "from", "to", "merged_into"}, 5, rows);
  }
  sheets::ImportPlan import(const Table& rows) {
    auto plan = must(people->import_units(by, rows));
    sync();
    return plan;
  }
  std::string only_problem(const Table& rows) {
    const auto before = people->snapshot()->units().size();
    const auto plan = import(rows);
    EXPECT_EQ(people->snapshot()->units().size(), before);
    EXPECT_EQ(plan.problems.size(), 1) << printed(plan, Language::English, 20);
    return plan.problems.empty() ? "" : plan.problems[0].line(Language::English);
  }
  UnitId coded(const std::string& code, std::string_view at) {
    return UnitTree(*people->snapshot(), day(at)).unit_coded(code).value_or(UnitId{});
  }

  const Table before_2025_ = table({{"20500", "Thị trấn Ái Nghĩa", "506", "", "Xã", "1/1/1997"},
                                    {"506", "Huyện Đại Lộc", "49", "", "Huyện", "01/01/1997"},
                                    {"49", "Tỉnh Quảng Nam", "", "Nhà nước", "Tỉnh", "1997-01-01"},
                                    {"VP506", "Văn phòng UBND huyện", "506", "", "Phòng", "1-1-1997"}});
  const Table reform_ = table({{"506", "Huyện Đại Lộc", "49", "", "Huyện", "", "1/7/2025", "20500; 20506"},
                               {"VP506", "Văn phòng UBND huyện", "506", "", "Phòng", "", "1/7/2025", "20500"},
                               {"20500", "Thị trấn Ái Nghĩa", "506", "", "Xã", "", "1/7/2025", "20500"},
                               {"20500", "Xã Đại Lộc", "49", "", "Xã", "1/7/2025"},
                               {"20506", "Xã Thượng Đức", "49", "", "Xã", "1/7/2025"}});
};

TEST_F(ImportUnits, AParentMayComeLaterInTheFile) {
  const auto plan = import(before_2025_);
  EXPECT_EQ(plan.count(PlannedAct::Add), 4);
  const auto known = people->snapshot();
  const UnitTree tree(*known, day("2010-05-05"));
  EXPECT_EQ(tree.path_name(coded("20500", "2010-05-05")), "Thị trấn Ái Nghĩa, Huyện Đại Lộc, Tỉnh Quảng Nam");
  EXPECT_EQ(tree.roots().size(), 1);
}

TEST_F(ImportUnits, TheReformOf2025AbolishesDistrictsAndReusesCodes) {
  import(before_2025_);
  const auto town = coded("20500", "2025-06-01");
  const auto plan = import(reform_);
  EXPECT_TRUE(plan.can_apply()) << printed(plan, Language::English, 20);
  const auto commune = coded("20500", "2025-07-01");
  EXPECT_NE(commune, town);
  EXPECT_EQ(coded("20500", "2025-06-30"), town);
  EXPECT_TRUE(coded("506", "2025-07-01").is_nil());
  const auto known = people->snapshot();
  const UnitTree after(*known, day("2025-07-01"));
  EXPECT_EQ(after.path_name(commune), "Xã Đại Lộc, Tỉnh Quảng Nam");
  EXPECT_EQ(after.living_successors(town), std::vector{commune});
  EXPECT_EQ(after.living_successors(coded("506", "2025-06-30")).size(), 2);
}

TEST_F(ImportUnits, PeopleOfAMergedUnitGoOnInItsSuccessor) {
  import(before_2025_);
  const auto person = must(people->add_person(by, {"Nguyễn Văn An", "", "", Category::Official, {}}));
  must(people->post(by, {{}, person, coded("VP506", "2020-01-01"), "", true, {day("2020-01-01"), std::nullopt}}));
  import(reform_);
  EXPECT_EQ(main_posting(*people->snapshot(), person, day("2025-07-01"))->unit, coded("20500", "2025-07-01"));
}

TEST_F(ImportUnits, AUnitThatEndsWithPeopleInItAndNoSuccessorIsPointedOut) {
  import(before_2025_);
  const auto person = must(people->add_person(by, {"Nguyễn Văn An", "", "", Category::Official, {}}));
  must(people->post(by, {{}, person, coded("VP506", "2020-01-01"), "", true, {day("2020-01-01"), std::nullopt}}));
  sync();
  const auto end = [&](const std::string& into) {
    const auto planned = must(people->plan_units(
        table({{"VP506", "Văn phòng UBND huyện", "506", "", "Phòng", "1/1/1997", "1/7/2025", into}})));
    EXPECT_TRUE(planned.plan.can_apply());
    return planned.plan.notes;
  };
  ASSERT_EQ(end("").size(), 1);
  EXPECT_NE(end("").front().text().en.find("(VP506) ends on 01/07/2025 with 1 people in it"), std::string::npos);
  EXPECT_NE(
      printed(must(people->plan_units(table({{"VP506", "Văn phòng UBND huyện", "506", "", "", "", "1/7/2025"}}))).plan,
              Language::Vietnamese, 9)
          .find("lưu ý: Văn phòng UBND huyện (VP506) kết thúc ngày 01/07/2025 mà còn 1 người"),
      std::string::npos);
  EXPECT_TRUE(end("506").empty());
}

TEST_F(ImportUnits, TheSameFileTwiceChangesNothing) {
  import(before_2025_);
  clock.advance(std::chrono::days{1});
  EXPECT_TRUE(import(before_2025_).changes_nothing());
  import(reform_);
  sync();
  clock.set_wall(day("2025-09-01"));
  const auto again = must(people->import_units(by, reform_));
  EXPECT_TRUE(again.changes_nothing()) << printed(again, Language::English, 20);
  EXPECT_TRUE(sync().empty());
  clock.set_wall(day("2025-06-02"));
}

TEST_F(ImportUnits, ANameWhoseToneMarkStandsElsewhereIsTheSame) {
  import(table({{"1", "Xã Hòa Tiến", "", "Nhà nước", "Xã", "1/1/2000"}}));
  for (const char* name : {"Xã Hoà Tiến", "Xa\u0303 Ho\u0300a Tie\u0302\u0301n"})
    EXPECT_TRUE(import(table({{"1", name, "", "Nhà nước", "Xã", ""}})).changes_nothing()) << name;
  EXPECT_EQ(import(table({{"1", "Xã Hóa Tiến", "", "Nhà nước", "Xã", ""}})).count(PlannedAct::Change), 1);
}

TEST_F(ImportUnits, ARowWithoutADateChangesTheUnitFromToday) {
  import(before_2025_);
  const auto plan = import(table({{"49", "Quảng Nam", "", "", "Tỉnh"}}));
  ASSERT_EQ(plan.items.size(), 1);
  EXPECT_EQ(plan.items[0].act, PlannedAct::Change);
  EXPECT_EQ(plan.items[0].changes[0].before, "Tỉnh Quảng Nam");
  const Unit* unit = people->snapshot()->unit(coded("49", "2025-06-01"));
  ASSERT_EQ(unit->versions.size(), 2);
  EXPECT_EQ(unit->versions[1].valid.from, day("2025-06-01"));
}

TEST_F(ImportUnits, ALaterRowOfTheSameCodeIsALaterNameOfTheSameUnit) {
  const auto rows =
      table({{"SNV", "Sở Nội vụ", "", "", "", "1/1/2000"}, {"SNV", "Sở Nội vụ mới", "", "", "", "1/3/2025"}});
  import(rows);
  EXPECT_EQ(people->snapshot()->units().size(), 1);
  EXPECT_EQ(people->snapshot()->unit(coded("SNV", "2025-03-01"))->versions.size(), 2);
  EXPECT_TRUE(import(rows).changes_nothing());
}

TEST_F(ImportUnits, MistakesAreToldWithTheirRowAndNothingIsApplied) {
  EXPECT_EQ(only_problem(table({{"A", "Phòng A", "B"}})),
            "don-vi.xlsx:5:3: No parent unit bears the code B on 01/06/2025.");
  EXPECT_NE(only_problem(table({{"A", "Phòng A"}, {"", "Không mã"}})).find(":6:1: The unit code is missing"),
            std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "Phòng A", "", "", "", "31/02/2020"}})).find(":5:6: There is no such day"),
            std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "Phòng A", "", "", "", "1/1/0203"}})).find("outside 1900"), std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "A", "", "", "", "1/1/2020", "1/1/2019"}})).find("end must lie after"),
            std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "A"}, {"A", "A hai"}})).find(":6: The unit code A stands in row 5 too"),
            std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "A", "", "", "", "1/1/2000", "1/1/2020"}, {"A", "B", "", "", "", "1/1/2015"}}))
                .find(":6: Unit code A: the time overlaps row 5"),
            std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "A", "", "", "", "1/1/2000", "1/7/2025", "Z"}})).find("No succeeding unit"),
            std::string::npos);
  EXPECT_NE(only_problem(table({{"A", "A", "", "", "", "", "", "B"}, {"B", "B"}})).find("needs the date"),
            std::string::npos);
}

TEST_F(ImportUnits, CyclesAreTold) {
  const auto plan = import(table({{"A", "A", "C"}, {"B", "B", "A"}, {"C", "C", "B"}}));
  ASSERT_EQ(plan.problems.size(), 3);
  EXPECT_EQ(plan.problems[0].place()->line, 5);
  EXPECT_NE(plan.problems[0].text().en.find("below itself"), std::string::npos);
  EXPECT_EQ(people->snapshot()->units().size(), 0);
}

TEST_F(ImportUnits, CyclesUnknownParentsAndDoublesAreToldInTheSameRoundAsWrongValues) {
  const auto plan = import(table({{"A", "A", "B"},
                                  {"B", "B", "A"},
                                  {"C", "C", "Z"},
                                  {"D", "D", "", "", "", "31/02/2020"},
                                  {"E", "E"},
                                  {"E", "E hai"}}));
  std::set<std::size_t> rows;
  for (const auto& problem : plan.problems) rows.insert(problem.place()->line);
  EXPECT_EQ(rows, (std::set<std::size_t>{5, 6, 7, 8, 10})) << printed(plan, Language::English, 20);
  EXPECT_EQ(people->snapshot()->units().size(), 0);
}

TEST_F(ImportUnits, APartyTreeIsInheritedFromTheParentThatSaysSo) {
  const auto plan = import(table({{"D3", "Tổ", "D2"}, {"D2", "Ban Tổ chức", "D1"}, {"D1", "Huyện ủy", "", "Đảng"}}));
  EXPECT_TRUE(plan.can_apply()) << printed(plan, Language::English, 20);
  EXPECT_EQ(UnitTree(*people->snapshot(), day("2025-06-01")).units_of(Tree::Party).size(), 3);
}

TEST_F(ImportUnits, APreviewThatIsOutOfDateIsRefused) {
  const auto planned = must(people->plan_units(before_2025_));
  must(people->add_group(by, "X", "Nhóm"));
  const auto refused = people->import_units(by, before_2025_, planned.generation);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Conflict);
  EXPECT_TRUE(people->import_units(by, before_2025_, must(people->plan_units(before_2025_)).generation));
}

}  // namespace
}  // namespace khien::people
