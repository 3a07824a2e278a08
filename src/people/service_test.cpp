#include "people/service.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "people/rules.h"
#include "people/search.h"
#include "people/testing.h"

namespace khien::people {
namespace {

using testing_support::day;
using testing_support::must;
using testing_support::PeopleWorld;

class PeopleService : public testing::Test, protected PeopleWorld {
 protected:
  UnitId add_unit(std::string code, std::string name, UnitId parent = {}, std::string_view from = "2020-01-01") {
    return must(people->add_unit(by, {{day(from), std::nullopt}, code, name, parent, Tree::State, "phòng"}));
  }
  PersonDetails details(std::string name, std::string identity_number = "") {
    return {std::move(name), "", "", Category::CivilServant, {std::nullopt, std::move(identity_number), ""}};
  }
  PersonId add_person(std::string name) { return must(people->add_person(by, details(std::move(name)))); }
  PostingId post(PersonId person, UnitId unit, std::string_view from, bool main = true) {
    return must(people->post(by, {{}, person, unit, "Chuyên viên", main, {day(from), std::nullopt}}));
  }
};

TEST_F(PeopleService, AHandoverEnteredLateDoesNotRewriteWhatWasDecidedBefore) {
  const auto office = add_unit("VP", "Văn phòng");
  const auto person = add_person("Nguyễn Văn An");
  const auto posting = post(person, office, "2022-03-01");
  sync();
  clock.set_wall(day("2025-06-15"));
  const Instant decided = clock.now();
  clock.set_wall(day("2025-08-20"));
  ASSERT_TRUE(people->unpost(by, posting, day("2025-06-10")));
  sync();

  const auto now = people->snapshot();
  EXPECT_TRUE(postings_of(*now, person, decided).empty());
  EXPECT_EQ(postings_of(*now, person, day("2025-06-09")).size(), 1);
  const Directory then = must(people->as_known_at(decided));
  ASSERT_EQ(postings_of(then, person, decided).size(), 1);
  EXPECT_FALSE(postings_of(then, person, decided).front().valid.to);
}

TEST_F(PeopleService, ACorrectedUnitIsStillFoundAsItWasKnown) {
  const auto office = add_unit("VP", "Văn phòng", {}, "2020-01-01");
  clock.set_wall(day("2025-07-01"));
  const Instant before = clock.now() - std::chrono::microseconds{1};
  ASSERT_TRUE(people->correct_unit(by, office, day("2020-01-01"),
                                   {{day("2019-05-01"), std::nullopt}, "VPUB", "Văn phòng", {}, Tree::State, ""}));
  sync();
  EXPECT_EQ(people->snapshot()->unit(office)->versions.front().code, "VPUB");
  EXPECT_EQ(people->snapshot()->unit(office)->versions.size(), 1);
  EXPECT_EQ(must(people->as_known_at(before)).unit(office)->versions.front().code, "VP");
}

TEST_F(PeopleService, WhoIsErasedIsInNoRowAndInNoFileOfTheDatabase) {
  const auto office = add_unit("VP", "Văn phòng");
  const auto id = must(people->add_person(by, {"Đoàn Thị Tường Vi",
                                               "tuongvi@mau.gov.vn",
                                               "CB777",
                                               Category::Worker,
                                               {parse_date("1980-02-03"), "001180007777", "0905000777"}}));
  const auto posting = must(people->post(by, {{}, id, office, "Thủ quỹ đặc biệt", true, {day("2024-01-01"), {}}}));
  sync();
  const auto erase = [&](const PersonId& who, const std::string& reason) {
    return store->write([&](store::Transaction& tx) -> Result<void> {
      return people->erase_person_in(tx, by, who, reason, clock.now());
    });
  };
  EXPECT_EQ(erase(id, "yêu cầu").error().kind(), ErrorKind::Refused) << "still posted";
  must(people->unpost(by, posting, day("2025-05-01")));
  sync();
  EXPECT_FALSE(erase(id, " "));
  must(erase(id, "yêu cầu"));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, audit::kPersonErased);
  const auto* record = people->snapshot()->person(id);
  EXPECT_EQ(record->person.name, kErasedName);
  EXPECT_EQ(record->postings.front().position, "");
  EXPECT_EQ(record->postings.front().unit, office) << "where and when stays";
  EXPECT_EQ(must(people->private_facts(id)), PrivateFacts{});
  EXPECT_EQ(must(people->find_person_by_identity("001180007777")), std::nullopt);
  EXPECT_EQ(erase(id, "yêu cầu").error().kind(), ErrorKind::Conflict);
  people.reset();
  store.reset();  // the write-ahead log goes with the last connection
  const std::string files = bytes_of_files();
  EXPECT_NE(files.find("VP"), std::string::npos) << "the files are the ones that held the person";
  for (const char* gone : {"Tường Vi", "tuongvi@", "CB777", "Thủ quỹ đặc biệt"})
    EXPECT_EQ(files.find(gone), std::string::npos) << gone;
}

TEST_F(PeopleService, PersonalColumnsAreNotReadableInTheFilesOfTheDatabase) {
  auto full = details("Trần Thị Bích", "048199012345");
  full.secret.birth_date = parse_date("1999-11-23");
  full.secret.phone = "0905123456";
  const auto person = must(people->add_person(by, full));
  const auto entries = sync();
  const std::string files = bytes_of_files();
  EXPECT_NE(files.find("Trần Thị Bích"), std::string::npos);  // the files are the ones that hold the person
  for (const auto* hidden : {"048199012345", "1999-11-23", "0905123456"}) {
    EXPECT_EQ(files.find(hidden), std::string::npos) << hidden;
    for (const auto& entry : entries)
      for (const auto* facts : {&entry.facts, &entry.personal})
        for (const auto& fact : *facts) EXPECT_EQ(fact.value.find(hidden), std::string::npos);
  }
  EXPECT_EQ(must(people->private_facts(person)), full.secret);
}

TEST_F(PeopleService, APersonIsFoundByTheIdentityNumberHoweverItIsWritten) {
  const auto person = must(people->add_person(by, details("Lê Văn Cường", "048099000111")));
  EXPECT_EQ(must(people->find_person_by_identity("0480 9900 0111")), person);
  EXPECT_EQ(must(people->find_person_by_identity("048099000112")), std::nullopt);
  const auto twice = people->add_person(by, details("Lê Văn Cương", "048099000111"));
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind(), ErrorKind::Conflict);
}

TEST_F(PeopleService, AColumnMovedToAnotherPersonCannotBeOpened) {
  const auto a = must(people->add_person(by, details("Lê Văn A", "048099000111")));
  const auto b = must(people->add_person(by, details("Lê Văn B", "048099000222")));
  must(store->write([&](store::Transaction& tx) -> Result<void> {
    static constexpr store::Sql kSwap{
        "update person set identity_number_sealed = (select identity_number_sealed from person where id = :1)"
        " where id = :2"};
    tx.execute(kSwap, a, b);
    return {};
  }));
  EXPECT_TRUE(people->private_facts(a));
  EXPECT_FALSE(people->private_facts(b));
}

TEST_F(PeopleService, AMergerMovesPeopleAndUnitsBelowAndEndsTheOld) {
  const auto province = add_unit("T", "Tỉnh");
  const auto labour = add_unit("LD", "Sở Lao động", province);
  const auto home = add_unit("NV", "Sở Nội vụ", province);
  const auto inspectors = add_unit("TT", "Thanh tra", labour);
  const auto an = add_person("Nguyễn Văn An");
  const auto binh = add_person("Lê Thị Bình");
  post(an, labour, "2021-01-01");
  post(binh, home, "2021-01-01");
  post(binh, labour, "2023-01-01", false);
  sync();
  ASSERT_TRUE(people->merge_units(by, {labour}, home, day("2025-07-01")));
  const auto entries = sync();
  EXPECT_EQ(std::ranges::count(entries, "posting.moved", &audit::Entry::type), 2);

  const auto known = people->snapshot();
  const Instant before = day("2025-06-30");
  const Instant after = day("2025-07-01");
  EXPECT_EQ(people_of(*known, labour, before).size(), 2);
  EXPECT_TRUE(people_of(*known, labour, after).empty());
  EXPECT_EQ(people_of(*known, home, after).size(), 2);
  EXPECT_EQ(main_posting(*known, an, after)->unit, home);
  EXPECT_EQ(main_posting(*known, an, after)->position, "Chuyên viên");
  EXPECT_EQ(UnitTree(*known, after).parent(inspectors), home);
  EXPECT_TRUE(stranded_postings(*known, after).empty());
}

TEST_F(PeopleService, ASplitLeavesPeopleForAPersonToPlace) {
  const auto district = add_unit("H", "Huyện");
  const auto east = add_unit("D", "Xã Đông");
  const auto west = add_unit("TY", "Xã Tây");
  const auto an = add_person("Nguyễn Văn An");
  post(an, district, "2021-01-01");
  ASSERT_TRUE(people->split_unit(by, district, {east, west}, day("2025-07-01")));
  sync();
  ASSERT_EQ(stranded_postings(*people->snapshot(), day("2025-07-02")).size(), 1);
  ASSERT_TRUE(people->transfer(by, an, west, "Công chức", day("2025-07-01")));
  sync();
  EXPECT_TRUE(stranded_postings(*people->snapshot(), day("2025-07-02")).empty());
  EXPECT_EQ(main_posting(*people->snapshot(), an, day("2025-07-02"))->unit, west);
  EXPECT_EQ(main_posting(*people->snapshot(), an, day("2025-06-30"))->unit, district);
}

TEST_F(PeopleService, ARefusedChangeLeavesNeitherRowsNorEvidence) {
  const auto office = add_unit("VP", "Văn phòng");
  const auto person = add_person("Nguyễn Văn An");
  post(person, office, "2022-03-01");
  sync();
  const auto second = people->post(by, {{}, person, office, "Phó phòng", true, {day("2023-01-01"), std::nullopt}});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind(), ErrorKind::Conflict);
  EXPECT_FALSE(people->post(by, {{}, person, UnitId{}, "", false, {day("2023-01-01"), std::nullopt}}));
  EXPECT_FALSE(people->add_unit(by, {{day("2024-01-01"), std::nullopt}, "VP", "Trùng mã", {}, Tree::State, ""}));
  EXPECT_TRUE(sync().empty());
  EXPECT_EQ(must(people->as_known_at(Instant::max())).person(person)->postings.size(), 1);
}

TEST_F(PeopleService, TheSnapshotAfterEveryChangeIsWhatALoadWouldGive) {
  const auto office = add_unit("VP", "Văn phòng");
  const auto bureau = add_unit("P1", "Phòng Một", office);
  const auto person = add_person("Nguyễn Văn An");
  const auto posting = post(person, office, "2022-03-01");
  sync();
  must(people->correct_posting(by, {posting, {}, bureau, "Trưởng phòng", true, {day("2022-04-01"), std::nullopt}}));
  must(people->correct_person(by, person, details("Nguyễn Văn Ân")));
  const auto group = must(people->add_group(by, "BGD", "Ban giám đốc"));
  must(people->join_group(by, group, person, {day("2024-01-01"), std::nullopt}));
  must(people->leave_group(by, group, person, day("2025-01-01")));
  sync();
  const auto known = people->snapshot();
  const Directory loaded = must(people->as_known_at(Instant::max()));
  EXPECT_EQ(known->person(person)->person, loaded.person(person)->person);
  EXPECT_EQ(known->person(person)->postings, loaded.person(person)->postings);
  EXPECT_EQ(known->person(person)->memberships, loaded.person(person)->memberships);
  EXPECT_EQ(known->people_posted_in(office), loaded.people_posted_in(office));
  EXPECT_EQ(known->people_posted_in(bureau), std::vector{person});
  EXPECT_TRUE(known->people_posted_in(office).empty());
  EXPECT_EQ(groups_of(*known, person, day("2024-06-01")), std::vector{group});
  EXPECT_TRUE(groups_of(*known, person, day("2025-01-01")).empty());
  EXPECT_EQ(known->person(person)->person.name, "Nguyễn Văn Ân");
  EXPECT_EQ(known->units_coded("P1"), std::vector{bureau});
}

/// Random changes, some of them refused; whatever was known at a time stays known for that time.
TEST_F(PeopleService, WhatWasKnownAtATimeIsNeverRewritten) {
  const auto office = add_unit("VP", "Văn phòng");
  const auto bureau = add_unit("P1", "Phòng Một");
  const std::array group{must(people->add_group(by, "G", "Nhóm"))};
  const std::array persons{add_person("Nguyễn Văn An"), add_person("Lê Thị Bình")};
  sync();
  SeededRandom dice(7);
  const auto some_day = [&] { return day("2020-01-01") + std::chrono::days{dice.below(2000)}; };
  std::vector<std::pair<Instant, std::shared_ptr<const Directory>>> remembered;
  for (int step = 0; step < 60; ++step) {
    clock.advance(std::chrono::hours{1});
    const auto person = persons[dice.below(2)];
    const auto& postings = people->snapshot()->person(person)->postings;
    const auto unit = dice.below(2) == 0 ? office : bureau;
    const auto kind = dice.below(5);
    if (kind == 0 || postings.empty())
      (void)people->transfer(by, person, unit, "Chuyên viên", some_day());
    else if (kind == 1)
      (void)people->unpost(by, postings[dice.below(postings.size())].id, some_day());
    else if (kind == 2)
      (void)people->correct_posting(by, {postings.front().id, person, unit, "Khác", true, {some_day(), std::nullopt}});
    else if (kind == 3)
      (void)people->join_group(by, group[0], person, {some_day(), std::nullopt});
    else
      (void)people->leave_group(by, group[0], person, some_day());
    sync();
    remembered.emplace_back(clock.now(), people->snapshot());
  }
  for (const auto& [at, known] : remembered) {
    const Directory then = must(people->as_known_at(at));
    for (const auto& person : persons) {
      ASSERT_EQ(then.person(person)->postings, known->person(person)->postings);
      ASSERT_EQ(then.person(person)->memberships, known->person(person)->memberships);
    }
  }
  EXPECT_NE(remembered.front().second->person(persons[0])->postings,
            remembered.back().second->person(persons[0])->postings);
}

TEST_F(PeopleService, ABulkEntryReloadsEverything) {
  add_unit("VP", "Văn phòng");
  const audit::Change bulk{1, "people.imported", "people/*"};
  ASSERT_TRUE(people->apply(std::span(&bulk, 1)));
  EXPECT_EQ(people->snapshot()->units().size(), 1);
}

TEST_F(PeopleService, NamesAreStoredInOneNormalFormAndCorrectionsSayWhatChanged) {
  const auto person = add_person("Nguye\u0302\u0303n  Va\u0306n \u0110u\u031b\u0301c");  // NFD, two spaces
  sync();
  EXPECT_EQ(people->snapshot()->person(person)->person.name, "Nguyễn Văn Đức");
  auto corrected = details("Nguyễn Văn Đức", "048099000111");
  corrected.work_mail = "DucNV@DaNang.gov.vn";
  must(people->correct_person(by, person, corrected));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1);
  EXPECT_EQ(entries[0].person, person);
  ASSERT_EQ(entries[0].facts.size(), 1);
  EXPECT_EQ(entries[0].facts[0].value, "identity_number");
  ASSERT_EQ(entries[0].personal.size(), 1);
  EXPECT_EQ(entries[0].personal[0].value, "ducnv@danang.gov.vn");
}

TEST_F(PeopleService, PeopleAreFoundWithAndWithoutMarksAndSortedByGivenName) {
  std::vector<PersonId> ids;
  for (const auto* name : {"Nguyễn Thị Hòa", "Lê Văn Hoa", "Trần Hóa", "Đỗ Anh Hoàng", "Phạm Thị Ánh"})
    ids.push_back(add_person(name));
  sync();
  const auto known = people->snapshot();
  EXPECT_EQ(search(*known, "hoa", 10), (std::vector{ids[1], ids[0], ids[2], ids[3]}));
  EXPECT_EQ(search(*known, "hoà", 10), std::vector{ids[0]});
  EXPECT_EQ(search(*known, "Hoá", 10), std::vector{ids[2]});
  EXPECT_EQ(search(*known, "do hoang", 10), std::vector{ids[3]});
  EXPECT_EQ(search(*known, "hoa", 1).size(), 1);
  EXPECT_TRUE(search(*known, "  ", 10).empty());
  std::vector<PersonId> all = ids;
  sort_by_name(*known, all);
  EXPECT_EQ(all.front(), ids[4]);
}

}  // namespace
}  // namespace khien::people
