#include "people/import_people.h"

#include <gtest/gtest.h>

#include <thread>

#include "people/rules.h"
#include "people/testing.h"
#include "sheets/read.h"

namespace khien::people {
namespace {

using sheets::PlannedAct;
using sheets::Table;
using testing_support::day;
using testing_support::must;
using testing_support::PeopleWorld;

class ImportPeople : public testing::Test, protected PeopleWorld {
 protected:
  using Cells = std::vector<std::pair<std::string, std::string>>;

  void SetUp() override {
    office_ = add_unit("VP", "Văn phòng");
    bureau_ = add_unit("P1", "Phòng Một");
    add_unit("T1", "Tổ công tác");
    add_unit("T2", "Tổ công tác");
    group_ = must(people->add_group(by, "BGD", "Ban giám đốc"));
    sync();
  }
  UnitId add_unit(std::string code, std::string name) {
    return must(people->add_unit(by, {{day("2000-01-01"), std::nullopt}, code, name, {}, Tree::State, ""}));
  }
  /// Rows begin at 7.
  static Table table(const std::vector<Cells>& rows) {
    const std::vector<std::string> keys{
        "name",     "birth_date", "identity_number", "staff_code", "unit_code", "unit_name", "position",
        "category", "phone",      "work_mail",       "groups",     "from",      "to"};
    std::vector<std::vector<std::string>> texts;
    for (const auto& row : rows) {
      texts.emplace_back(keys.size());
      for (const auto& [key, text] : row)
        texts.back()[static_cast<std::size_t>(std::ranges::find(keys, key) - keys.begin())] = text;
    }
    return testing_support::text_table("can-bo.xlsx", keys, 7, texts);
  }
  sheets::ImportPlan import(const Table& rows) {
    auto plan = must(people->import_people(by, rows));
    sync();
    return plan;
  }
  std::string only_problem(std::vector<Cells> rows) {
    const auto before = people->snapshot()->people().size();
    const auto plan = import(table(std::move(rows)));
    EXPECT_EQ(people->snapshot()->people().size(), before);
    EXPECT_EQ(plan.problems.size(), 1) << printed(plan, Language::English, 20);
    return plan.problems.empty() ? "" : plan.problems[0].line(Language::English);
  }
  void expect_problem(std::vector<Cells> rows, const std::string& part) {
    const std::string problem = only_problem(std::move(rows));
    EXPECT_NE(problem.find(part), std::string::npos) << problem;
  }
  std::size_t count() { return people->snapshot()->people().size(); }
  PersonId by_number(const std::string& number) {
    return must(people->find_person_by_identity(number)).value_or(PersonId{});
  }

  UnitId office_;
  UnitId bureau_;
  GroupId group_;
  const Cells an_{{"name", "Nguyễn Văn An"}, {"birth_date", "5/1/1980"},     {"identity_number", "048080000001"},
                  {"unit_code", "VP"},       {"position", "Chuyên viên"},    {"category", "Công chức"},
                  {"phone", "0905 123 456"}, {"work_mail", "AnNV@x.gov.vn"}, {"groups", "bgd"},
                  {"from", "1/3/2020"}};
  const Cells binh_{{"name", "Lê Thị Bình"}, {"birth_date", "1985-02-03"}, {"unit_name", "phòng một"}};
};

TEST_F(ImportPeople, NewPeopleComeWithPostingGroupsAndSealedColumns) {
  const auto plan = import(table({an_, binh_}));
  EXPECT_TRUE(plan.can_apply()) << printed(plan, Language::English, 20);
  EXPECT_EQ(plan.count(PlannedAct::Add), 2);
  const auto an = by_number("048080000001");
  const auto known = people->snapshot();
  const Person& person = known->person(an)->person;
  EXPECT_EQ(person.name, "Nguyễn Văn An");
  EXPECT_EQ(person.work_mail, "annv@x.gov.vn");
  EXPECT_EQ(person.category, Category::CivilServant);
  EXPECT_EQ(main_posting(*known, an, day("2020-03-01"))->unit, office_);
  EXPECT_EQ(groups_of(*known, an, day("2025-01-01")), std::vector{group_});
  EXPECT_EQ(must(people->private_facts(an)), (PrivateFacts{parse_date("1980-01-05"), "048080000001", "0905123456"}));
  ASSERT_EQ(people_of(*known, bureau_, day("2025-06-01")).size(), 1);
}

TEST_F(ImportPeople, TheSameFileTwiceChangesNothing) {
  import(table({an_, binh_}));
  clock.advance(std::chrono::days{30});
  const auto again = must(people->import_people(by, table({an_, binh_})));
  EXPECT_TRUE(again.changes_nothing()) << printed(again, Language::English, 20);
  EXPECT_TRUE(sync().empty());
}

TEST_F(ImportPeople, WithOneWrongRowNothingIsApplied) {
  Cells wrong = binh_;
  wrong[1].second = "30/02/1985";
  const auto plan = import(table({an_, wrong}));
  ASSERT_EQ(plan.problems.size(), 1);
  EXPECT_EQ(plan.problems[0].place()->line, 8);
  EXPECT_EQ(count(), 0);
}

TEST_F(ImportPeople, ATransferEndsTheOldPostingOnTheDayThatTheNewOneBegins) {
  import(table({an_}));
  Cells moved{{"name", "NGUYỄN VĂN AN"},
              {"identity_number", "048080000001"},
              {"unit_code", "P1"},
              {"position", "Phó phòng"},
              {"from", "15/04/2025"}};
  const auto plan = import(table({moved}));
  ASSERT_TRUE(plan.can_apply()) << printed(plan, Language::English, 20);
  EXPECT_EQ(plan.count(PlannedAct::Change), 1);
  const auto an = by_number("048080000001");
  EXPECT_EQ(main_posting(*people->snapshot(), an, day("2025-04-14"))->unit, office_);
  EXPECT_EQ(main_posting(*people->snapshot(), an, day("2025-04-15"))->unit, bureau_);
  EXPECT_EQ(must(people->private_facts(an)).phone, "0905123456");  // what the row leaves empty stays
}

TEST_F(ImportPeople, ALeaversRowEndsThePosting) {
  import(table({an_}));
  Cells leaves{{"name", "Nguyễn Văn An"}, {"identity_number", "048080000001"}, {"unit_code", "VP"}, {"to", "1/5/2025"}};
  const auto plan = import(table({leaves}));
  EXPECT_EQ(plan.count(PlannedAct::End), 1) << printed(plan, Language::English, 20);
  const auto an = by_number("048080000001");
  EXPECT_TRUE(postings_of(*people->snapshot(), an, day("2025-05-01")).empty());
  EXPECT_TRUE(import(table({leaves})).changes_nothing());
}

TEST_F(ImportPeople, PlansShowNoPersonalValues) {
  import(table({an_}));
  Cells changed = an_;
  changed[6].second = "0911222333";
  const auto planned = must(people->plan_people(table({changed})));
  const std::string shown = printed(planned.plan, Language::Vietnamese, 50);
  EXPECT_NE(shown.find("điện thoại"), std::string::npos);
  EXPECT_EQ(shown.find("0911222333"), std::string::npos);
  EXPECT_EQ(shown.find("0905123456"), std::string::npos);
}

TEST_F(ImportPeople, ADecomposedNameIsTheSamePerson) {
  import(table({binh_}));
  Cells decomposed = binh_;
  decomposed[0].second = "Le\u0302 Thi\u0323 Bi\u0300nh";
  EXPECT_TRUE(import(table({decomposed})).changes_nothing());
}

TEST_F(ImportPeople, ANameOrPositionWhoseToneMarkStandsElsewhereIsTheSame) {
  Cells hoa = an_;
  hoa[0].second = "Nguyễn Thị Hòa";
  hoa[4].second = "Hòa giải viên";
  import(table({hoa}));
  Cells other = hoa;
  other[0].second = "Nguyễn Thị Hoà";
  other[4].second = "Hoà giải viên";
  const auto size = people->snapshot()->person(by_number("048080000001"))->postings.size();
  EXPECT_TRUE(import(table({other})).changes_nothing()) << printed(import(table({other})), Language::English, 20);
  EXPECT_EQ(people->snapshot()->person(by_number("048080000001"))->person.name, "Nguyễn Thị Hòa");
  EXPECT_EQ(people->snapshot()->person(by_number("048080000001"))->postings.size(), size);
  other[0].second = "Nguyễn Thị Hóa";
  const auto tone = import(table({other}));
  EXPECT_TRUE(tone.changes_nothing()) << "a name on record is changed by nobody's list";
  EXPECT_EQ(tone.notes.size(), 1);
}

TEST_F(ImportPeople, PeopleAreNeverMatchedByNameAlone) {
  expect_problem({{{"name", "Nguyễn Văn An"}, {"unit_code", "VP"}}}, "can-bo.xlsx:7:3: An identity number");
  import(table({an_}));
  Cells other = an_;
  other[1].second = "7/7/1990";
  other[2].second = "048080000999";
  EXPECT_EQ(import(table({other})).count(PlannedAct::Add), 1);
  EXPECT_EQ(count(), 2);
}

TEST_F(ImportPeople, TheSamePersonTwiceInTheFileIsToldWithBothRows) {
  expect_problem({an_, binh_, an_}, "can-bo.xlsx:9: This person stands in row 7 already");
  expect_problem({binh_, binh_}, "can-bo.xlsx:8: This person stands in row 7 already");
}

TEST_F(ImportPeople, SomebodyOfThatNameAndBirthDateElsewhereNeedsAnIdentityNumber) {
  import(table({binh_}));
  Cells elsewhere = binh_;
  elsewhere[2] = {"unit_code", "VP"};
  expect_problem({elsewhere}, "is in another unit: Lê Thị Bình – Phòng Một");
}

TEST_F(ImportPeople, ANumberThatBelongsToAnotherNameIsNotARenaming) {
  import(table({an_}));
  Cells other = an_;
  other[0].second = "Trần Thị Cúc";
  expect_problem({other}, "belongs to “Nguyễn Văn An – Văn phòng”");
}

TEST_F(ImportPeople, AnIdentityNumberFoundLaterIsFilledInForTheSamePerson) {
  import(table({binh_}));
  Cells with_number = binh_;
  with_number.emplace_back("identity_number", "048185000002");
  const auto plan = import(table({with_number}));
  EXPECT_EQ(plan.count(PlannedAct::Change), 1);
  EXPECT_EQ(count(), 1);
  EXPECT_FALSE(by_number("048185000002").is_nil());
}

TEST_F(ImportPeople, MistakesAreToldWithTheirRow) {
  const auto with = [&](std::string key, std::string text) {
    Cells cells = binh_;
    std::erase_if(cells, [&](const auto& cell) { return cell.first == key; });
    cells.emplace_back(std::move(key), std::move(text));
    return std::vector<Cells>{cells};
  };
  expect_problem(with("identity_number", "48080000001"), "dropped leading zeros");
  expect_problem(with("birth_date", "01/01/2020"), "out of range");
  expect_problem(with("birth_date", "01/01/1850"), "outside 1900");
  expect_problem(with("work_mail", "binh.x.gov.vn"), "e-mail");
  expect_problem(with("phone", "12"), "telephone");
  expect_problem(with("category", "giám đốc"), "category");
  expect_problem(with("groups", "BGD; XYZ"), "No group has the code XYZ");
  expect_problem(with("unit_name", "Phòng Hai"), "No unit is called");
  expect_problem(with("unit_name", "Tổ công tác"), "Several units are called");
  expect_problem(with("unit_code", "P9"), "No unit bears the code P9");
  expect_problem(with("from", "1/1/1900"), "1945");
  expect_problem(with("name", "Bình 2"), "begins with a letter and has letters");
}

TEST_F(ImportPeople, OfTwoImportsAtOnceTheSecondIsRefusedOrSeesTheFirst) {
  const auto first = must(people->prepare_people(table({an_})));
  const auto second = must(people->prepare_people(table({an_, binh_})));
  must(people->store_people(by, first));
  sync();
  const auto late = people->store_people(by, second);
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(count(), 1U) << "nothing of the second";
  EXPECT_EQ(import(table({an_, binh_})).count(PlannedAct::Add), 1) << "planned anew it sees the first";
}

TEST_F(ImportPeople, TwoImportsInTwoThreadsNeverMakeOnePersonTwice) {
  std::vector<std::thread> threads;
  const auto rows = table({an_, binh_});
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      const auto done = people->import_people(by, rows);
      if (!done) EXPECT_EQ(done.error().kind(), ErrorKind::Conflict);
    });
  for (auto& thread : threads) thread.join();
  sync();
  EXPECT_EQ(count(), 2U);
}

TEST_F(ImportPeople, APlanWithProblemsIsNotStored) {
  const auto planned = must(people->prepare_people(table({an_, an_})));
  EXPECT_EQ(people->store_people(by, planned).error().kind(), ErrorKind::Refused);
}

TEST_F(ImportPeople, ARenamedPersonIsFoundByTheNewNameAndTheEntrySaysWhy) {
  Cells wrong = binh_;
  wrong[0].second = "Lê Thị Binhh";
  import(table({wrong}));
  PersonId id;
  people->snapshot()->people().for_each([&](const PersonId& one, const PersonRecord&) { id = one; });
  EXPECT_EQ(must(people->rename_person(by, id, " Lê Thị  Bình ", "gõ sai")), "Lê Thị Binhh");
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "person.renamed");
  EXPECT_EQ(std::ranges::count(entries[0].facts, "gõ sai", &audit::Fact::value), 1);
  for (const auto& fact : entries[0].facts) EXPECT_EQ(fact.value.find("Bình"), std::string::npos) << "personal";
  EXPECT_TRUE(import(table({binh_})).changes_nothing()) << "found by name and birth date";
  EXPECT_FALSE(people->rename_person(by, id, "Lê Thị Bình", "gõ sai"));
  EXPECT_FALSE(people->rename_person(by, id, "Bình 2", "gõ sai"));
  EXPECT_FALSE(people->rename_person(by, id, "Lê Thị Bính", " "));
}

TEST_F(ImportPeople, CapitalsOfANameChangeNothingAndAreTold) {
  import(table({an_}));
  Cells loud = an_;
  loud[0].second = "NGUYỄN VĂN AN";
  const auto plan = import(table({loud}));
  EXPECT_TRUE(plan.changes_nothing());
  ASSERT_EQ(plan.notes.size(), 1);
  EXPECT_EQ(
      plan.notes[0].line(Language::English),
      "can-bo.xlsx:7:1: The name \"NGUYỄN VĂN AN\" differs from \"Nguyễn Văn An\" on record in capitals or marks; "
      "the record stays. To correct it: khien person rename.");
}

TEST_F(ImportPeople, AYearOfBirthIsKeptAsAYearAndTellsNobodyApartByItself) {
  const Cells year{{"name", "Lê Thị Bình"}, {"birth_date", "1985"}, {"unit_code", "P1"}};
  const auto plan = import(table({year}));
  EXPECT_EQ(plan.count(PlannedAct::Add), 1) << printed(plan, Language::English, 20);
  ASSERT_EQ(plan.notes.size(), 1);
  const PersonId id = [&] {
    PersonId found;
    people->snapshot()->people().for_each([&](const PersonId& one, const PersonRecord&) { found = one; });
    return found;
  }();
  const auto born = must(people->private_facts(id)).birth_date;
  ASSERT_TRUE(born);
  EXPECT_EQ(born->text(), "1985");
  EXPECT_FALSE(born->date());
  EXPECT_TRUE(import(table({year})).changes_nothing()) << "the same file again";
  expect_problem({binh_}, "one of the two has the year only");
}

TEST_F(ImportPeople, AYearNeverTakesTheKnownDayAway) {
  import(table({an_}));
  Cells year = an_;
  year[1].second = "1980";
  EXPECT_TRUE(import(table({year})).changes_nothing());
  expect_problem({{{"name", "Nguyễn Văn An"}, {"birth_date", "1980"}, {"unit_code", "VP"}}}, "year only");
  EXPECT_EQ(must(people->private_facts(by_number("048080000001"))).birth_date->text(), "1980-01-05");
}

TEST_F(ImportPeople, LostZerosOfNumbersComeBackByTheBirthDateOfTheRowOnly) {
  Cells eaten = an_;
  eaten[2].second = "48080000001";
  const auto plan = import(table({eaten}));
  EXPECT_EQ(plan.count(PlannedAct::Add), 1) << printed(plan, Language::English, 20);
  EXPECT_EQ(plan.notes.size(), 1);
  EXPECT_FALSE(by_number("048080000001").is_nil());
  std::erase_if(eaten, [](const auto& cell) { return cell.first == "birth_date"; });
  expect_problem({eaten}, "no birth date to check it against");
}

TEST_F(ImportPeople, AUnitThatMergedIsToldWithItsSuccessor) {
  must(people->merge_units(by, {bureau_}, office_, day("2025-05-01")));
  sync();
  expect_problem({{{"name", "Lê Thị Bình"}, {"birth_date", "3/2/1985"}, {"unit_code", "P1"}}},
                 "its successors: Văn phòng (VP)");
}

TEST_F(ImportPeople, AStaffListAsOfficesWriteItIsReadToTheEnd) {
  const std::string csv =
      "UBND TỈNH;;;;;;;;\n"
      "DANH SÁCH CÁN BỘ, CÔNG CHỨC;;;;;;;;\n"
      "STT;Họ đệm;Tên;Ngày, tháng, năm sinh;Số CCCD (12 số);Chức vụ/Chức danh;Phòng, ban;SĐT;Giới tính\n"
      "1;Nguyễn Văn;An;05/01/1980;048080000001;Chuyên viên;Văn phòng;0905.123.456;Nam\n"
      "2;Lê Thị;Bình;3/2/1985;048185000002;;Phòng Một;;Nữ\n";
  const auto sheets = must(sheets::read(bytes_of(csv), "ds.csv"));
  const auto table = must(sheets::find_table(sheets, people_columns()));
  EXPECT_TRUE(table.notes.empty()) << "STT says nothing that would be missed";
  const auto plan = import(table);
  EXPECT_TRUE(plan.can_apply()) << printed(plan, Language::English, 20);
  EXPECT_EQ(plan.count(PlannedAct::Add), 2);
  EXPECT_EQ(people->snapshot()->person(by_number("048185000002"))->person.name, "Lê Thị Bình");
}

TEST_F(ImportPeople, EveryPersonOfAnImportHasAnEntryWithoutPersonalNumbers) {
  must(people->import_people(by, table({an_, binh_})));
  const auto entries = sync();
  EXPECT_EQ(std::ranges::count(entries, "person.added", &audit::Entry::type), 2);
  EXPECT_EQ(entries.back().type, "people.imported");
  for (const auto& entry : entries)
    for (const auto* facts : {&entry.facts, &entry.personal})
      for (const auto& fact : *facts) {
        EXPECT_EQ(fact.value.find("048080000001"), std::string::npos);
        EXPECT_EQ(fact.value.find("0905123456"), std::string::npos);
      }
}

}  // namespace
}  // namespace khien::people
