#include "people/unit_changes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "people/rules.h"
#include "people/timeline.h"
#include "people/unit_testing.h"

namespace khien::people {
namespace {

using testing_support::day;
using testing_support::directory_of;
using testing_support::id_of;
using testing_support::version;
using How = UnitSuccession::How;

const UnitId kProvince = id_of(1);
const UnitId kDistrict = id_of(2);
const UnitId kTown = id_of(3);
const UnitId kAiNghia = id_of(4);
const UnitId kCommune = id_of(5);

/// Quảng Nam, its district Đại Lộc with the town Ái Nghĩa (20500), as before 1/7/2025.
UnitBook before_2025() {
  UnitBook book;
  EXPECT_TRUE(begin_unit(book, kProvince, version("49", "Tỉnh Quảng Nam", {}, "1997-01-01")));
  EXPECT_TRUE(begin_unit(book, kDistrict, version("506", "Huyện Đại Lộc", kProvince, "1997-01-01")));
  EXPECT_TRUE(begin_unit(book, kTown, version("20500", "Thị trấn Ái Nghĩa", kDistrict, "1997-01-01")));
  EXPECT_TRUE(begin_unit(book, kAiNghia, version("VP.20500", "Văn phòng", kTown, "1997-01-01")));
  EXPECT_TRUE(check(book));
  return book;
}

TEST(UnitChanges, ADistrictIsAbolishedAndItsTownsCodeGoesToTheNewCommune) {
  UnitBook book = before_2025();
  const Instant reform = day("2025-07-01");
  // The code 20500 is still the town's until the merge.
  ASSERT_TRUE(begin_unit(book, kCommune, version("20500", "Xã Đại Lộc", kProvince, "2025-07-01")));
  EXPECT_FALSE(check(book));
  ASSERT_TRUE(merge_units(book, std::array{kTown}, kCommune, reform, How::Merged));
  ASSERT_TRUE(split_unit(book, kDistrict, std::array{kCommune}, reform));
  const auto good = check(book);
  ASSERT_TRUE(good) << good.error().text().en;

  const Directory directory = directory_of(book);
  const UnitTree before(directory, reform - std::chrono::microseconds{1});
  const UnitTree after(directory, reform);
  EXPECT_EQ(before.unit_coded("20500"), kTown);
  EXPECT_EQ(after.unit_coded("20500"), kCommune);
  EXPECT_EQ(after.version(kDistrict), nullptr);
  EXPECT_EQ(before.path_name(kAiNghia), "Văn phòng, Thị trấn Ái Nghĩa, Huyện Đại Lộc, Tỉnh Quảng Nam");
  EXPECT_EQ(after.path_name(kAiNghia), "Văn phòng, Xã Đại Lộc, Tỉnh Quảng Nam");
  EXPECT_EQ(after.living_successors(kTown), std::vector{kCommune});
  EXPECT_EQ(after.living_successors(kDistrict), std::vector{kCommune});
  EXPECT_EQ(before.living_successors(kTown), std::vector{kTown});
}

TEST(UnitChanges, SuccessorsAreFollowedThroughSeveralReorganisations) {
  UnitBook book = before_2025();
  const UnitId ward = id_of(6);
  ASSERT_TRUE(begin_unit(book, kCommune, version("NEW", "Xã Đại Lộc", kProvince, "2025-07-01")));
  ASSERT_TRUE(merge_units(book, std::array{kTown}, kCommune, day("2025-07-01"), How::Merged));
  ASSERT_TRUE(begin_unit(book, ward, version("W", "Phường Đại Lộc", kProvince, "2026-03-01")));
  ASSERT_TRUE(merge_units(book, std::array{kCommune}, ward, day("2026-03-01"), How::Renamed));
  ASSERT_TRUE(check(book));
  const Directory directory = directory_of(book);
  EXPECT_EQ(UnitTree(directory, day("2026-04-01")).living_successors(kTown), std::vector{ward});
  EXPECT_EQ(UnitTree(directory, day("2025-12-01")).living_successors(kTown), std::vector{kCommune});
}

TEST(UnitChanges, AUnitWithUnitsBelowItCannotJustEnd) {
  UnitBook book = before_2025();
  ASSERT_TRUE(end_unit(book, kDistrict, day("2025-07-01")));
  const auto refused = check(book);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().vi.find("Thị trấn Ái Nghĩa"), std::string::npos);
}

TEST(UnitChanges, AUnitCannotHangBelowItself) {
  UnitBook book = before_2025();
  ASSERT_TRUE(change_unit(book, kProvince, version("49", "Tỉnh Quảng Nam", kAiNghia, "2020-01-01")));
  const auto refused = check(book);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Conflict);
  EXPECT_NE(refused.error().text().en.find("below itself"), std::string::npos);
}

TEST(UnitChanges, ACycleThatExistsOnlyForAWhileIsFound) {
  UnitBook book;
  ASSERT_TRUE(begin_unit(book, id_of(1), version("A", "A", {}, "2000-01-01")));
  ASSERT_TRUE(begin_unit(book, id_of(2), version("B", "B", id_of(1), "2000-01-01")));
  ASSERT_TRUE(change_unit(book, id_of(2), version("B", "B", {}, "2020-01-01")));
  ASSERT_TRUE(change_unit(book, id_of(1), version("A", "A", id_of(2), "2020-01-01")));
  EXPECT_TRUE(check(book));
  ASSERT_TRUE(correct_unit(book, id_of(1), day("2020-01-01"), version("A", "A", id_of(2), "2020-01-01")));
  ASSERT_TRUE(change_unit(book, id_of(2), version("B", "B", id_of(1), "2021-01-01")));
  EXPECT_FALSE(check(book));
}

TEST(UnitChanges, StateAndPartyAreSeparateRoots) {
  UnitBook book = before_2025();
  UnitVersion party = version("VPHU", "Văn phòng Huyện ủy", kDistrict, "2010-01-01");
  party.tree = Tree::Party;
  ASSERT_TRUE(begin_unit(book, id_of(9), party));
  EXPECT_FALSE(check(book));
  book.units.erase(id_of(9));
  party.parent = {};
  ASSERT_TRUE(begin_unit(book, id_of(9), party));
  EXPECT_TRUE(check(book));
  const Directory directory = directory_of(book);
  const UnitTree tree(directory, day("2020-01-01"));
  EXPECT_EQ(tree.roots().size(), 2);
  EXPECT_EQ(tree.units_of(Tree::Party), std::vector{id_of(9)});
}

TEST(UnitChanges, ARefusedMergeLeavesTheBookAsItWas) {
  UnitBook book = before_2025();
  const auto refused = merge_units(book, std::array{kTown, id_of(77)}, kDistrict, day("2025-07-01"), How::Merged);
  ASSERT_FALSE(refused);
  EXPECT_EQ(book.units.at(kTown).versions, before_2025().units.at(kTown).versions);
  EXPECT_TRUE(book.successions.empty());
}

TEST(UnitChanges, AChangeHoldsFromItsDayAndWhatWasBeforeStays) {
  UnitBook book = before_2025();
  ASSERT_TRUE(change_unit(book, kProvince, version("49", "Quảng Nam mới", {}, "2020-01-01")));
  const auto& versions = book.units.at(kProvince).versions;
  ASSERT_EQ(versions.size(), 2);
  EXPECT_EQ(item_at(versions, day("2019-12-31"))->name, "Tỉnh Quảng Nam");
  EXPECT_EQ(item_at(versions, day("2020-01-01"))->name, "Quảng Nam mới");
}

// Laws of trees, over random forests that change over time.

UnitBook random_book() {
  UnitBook book;
  const int count = *rc::gen::inRange(1, 25);
  for (int i = 0; i < count; ++i) {
    const int parent = *rc::gen::inRange(-1, i);
    auto first =
        version("C" + std::to_string(i), "U" + std::to_string(i), parent < 0 ? UnitId{} : id_of(parent), "2000-01-01");
    RC_ASSERT(begin_unit(book, id_of(i), first).has_value());
    if (*rc::gen::arbitrary<bool>()) {
      first.parent = {};
      first.valid.from = day("2010-01-01");
      RC_ASSERT(change_unit(book, id_of(i), first).has_value());
    }
  }
  RC_ASSERT(check(book).has_value());
  return book;
}

RC_GTEST_PROP(UnitTreeLaws, AUnitIsWithinExactlyItsAncestors, ()) {
  const Directory directory = directory_of(random_book());
  const UnitTree tree(directory, day(*rc::gen::element("2005-01-01", "2010-01-01", "2015-06-30")));
  directory.units().for_each([&](const UnitId& unit, const Unit&) {
    const auto above = tree.ancestors(unit);
    RC_ASSERT(above.front() == unit);
    RC_ASSERT(!tree.parent(above.back()).has_value());
    directory.units().for_each([&](const UnitId& other, const Unit&) {
      RC_ASSERT(tree.is_within(unit, other) == (std::ranges::find(above, other) != above.end()));
    });
  });
}

RC_GTEST_PROP(UnitTreeLaws, TheSubtreesOfTheRootsPartitionTheUnits, ()) {
  const Directory directory = directory_of(random_book());
  const UnitTree tree(directory, day("2012-01-01"));
  std::size_t total = 0;
  for (const auto& root : tree.roots()) total += tree.units_within(root).size();
  RC_ASSERT(total == directory.units().size());
}

RC_GTEST_PROP(UnitTreeLaws, ASubtreeIsItsRootAndTheSubtreesOfItsChildren, ()) {
  const Directory directory = directory_of(random_book());
  const UnitTree tree(directory, day("2005-01-01"));
  directory.units().for_each([&](const UnitId& unit, const Unit&) {
    std::size_t below = 1;
    for (const auto& child : tree.children(unit)) below += tree.units_within(child).size();
    RC_ASSERT(tree.units_within(unit).size() == below);
  });
}

// Laws of timelines.

struct Piece {
  Validity valid;
  int value = 0;
  bool operator==(const Piece&) const = default;
};

RC_GTEST_PROP(TimelineLaws, WhatIsAssignedHoldsInItsSpanAndNothingChangesAroundIt, ()) {
  std::vector<Piece> timeline;
  std::array<int, 40> model{};
  const int steps = *rc::gen::inRange(1, 20);
  for (int step = 1; step <= steps; ++step) {
    const int from = *rc::gen::inRange(0, 39);
    const int to = *rc::gen::inRange(from + 1, 41);  // 40: until further notice
    const Validity span{instant_of(from), to == 40 ? std::nullopt : std::optional(instant_of(to))};
    const bool take_out = *rc::gen::weightedElement<bool>({{1, true}, {3, false}});
    if (take_out)
      carve(timeline, span);
    else
      assign(timeline, Piece{span, step});
    for (int at = from; at < std::min(to, 40); ++at) model[at] = take_out ? 0 : step;
    RC_ASSERT(is_disjoint(timeline));
    for (int at = 0; at < 40; ++at) {
      const Piece* piece = item_at(timeline, instant_of(at));
      RC_ASSERT((piece == nullptr ? 0 : piece->value) == model[at]);
    }
  }
  const int from = *rc::gen::inRange(0, 39);
  const int to = *rc::gen::inRange(from + 1, 40);
  const bool all = std::all_of(model.begin() + from, model.begin() + to, [](int value) { return value != 0; });
  RC_ASSERT(covers(timeline, {instant_of(from), instant_of(to)}) == all);
}

}  // namespace
}  // namespace khien::people
