#include "base/persistent_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <string>
#include <thread>

#include "base/persistent_lists.h"
#include "base/snapshot.h"

namespace khien {
namespace {

/// Few hashes, so that leaves at the bottom of the trie collide.
struct PoorHash {
  std::size_t operator()(int key) const { return static_cast<std::size_t>(key % 3); }
};

struct Step {
  bool erase = false;
  int key = 0;
  int value = 0;
};

}  // namespace
}  // namespace khien

namespace rc {
template <>
struct Arbitrary<khien::Step> {
  static Gen<khien::Step> arbitrary() {
    return gen::build<khien::Step>(gen::set(&khien::Step::erase, gen::weightedElement<bool>({{3, false}, {1, true}})),
                                   gen::set(&khien::Step::key, gen::inRange(0, 120)), gen::set(&khien::Step::value));
  }
};
}  // namespace rc

namespace khien {
namespace {

template <class Map>
std::map<int, int> contents(const Map& map) {
  std::map<int, int> out;
  map.for_each([&](int key, int value) { RC_ASSERT(out.emplace(key, value).second); });
  return out;
}

/// Plays the steps on the map and on std::map, keeping a copy of both at every fifth step.
template <class Map>
void behaves_like_std_map(const std::vector<Step>& steps) {
  Map map;
  std::map<int, int> model;
  std::vector<std::pair<Map, std::map<int, int>>> kept;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    if (step.erase) {
      RC_ASSERT(map.erase(step.key) == (model.erase(step.key) == 1));
    } else {
      map.set(step.key, step.value);
      model[step.key] = step.value;
    }
    RC_ASSERT(map.size() == model.size());
    if (i % 5 == 0) kept.emplace_back(map, model);
  }
  kept.emplace_back(map, model);
  for (const auto& [copy, expected] : kept) {
    RC_ASSERT(contents(copy) == expected);
    for (int key = 0; key < 120; ++key) {
      const int* found = copy.find(key);
      RC_ASSERT((found != nullptr) == expected.contains(key));
      if (found != nullptr) RC_ASSERT(*found == expected.at(key));
    }
  }
}

RC_GTEST_PROP(PersistentMap, HoldsWhatAStdMapHoldsAndEveryCopyKeepsWhatItHeld, (const std::vector<Step>& steps)) {
  behaves_like_std_map<PersistentMap<int, int>>(steps);
}
RC_GTEST_PROP(PersistentMap, StandsCollidingHashes, (const std::vector<Step>& steps)) {
  behaves_like_std_map<PersistentMap<int, int, PoorHash>>(steps);
}

template <class Map>
void is_built_as_if_set(const std::vector<std::pair<int, int>>& entries) {
  Map one_by_one;
  for (const auto& [key, value] : entries) one_by_one.set(key, value);
  Map at_once = Map::of(entries);
  RC_ASSERT(at_once.size() == one_by_one.size());
  one_by_one.for_each([&](int key, int value) {
    RC_ASSERT(at_once.find(key) != nullptr);
    RC_ASSERT(*at_once.find(key) == value);
  });
  const Map kept = at_once;
  for (const auto& entry : entries) at_once.erase(entry.first);
  RC_ASSERT(at_once.empty());
  RC_ASSERT(kept.size() == one_by_one.size());
  at_once.set(7, 7);
  RC_ASSERT(*at_once.find(7) == 7);
}

RC_GTEST_PROP(PersistentMap, BuiltAtOnceHoldsWhatSettingOneAfterTheOtherGives, ()) {
  const auto entries = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 60), rc::gen::arbitrary<int>()));
  is_built_as_if_set<PersistentMap<int, int>>(entries);
  is_built_as_if_set<PersistentMap<int, int, PoorHash>>(entries);
}

TEST(PersistentMap, BuiltAtOnceFromManyFindsEach) {
  std::vector<std::pair<int, int>> entries;
  for (int i = 0; i < 100000; ++i) entries.emplace_back(i * 7, i);
  const auto map = PersistentMap<int, int>::of(entries);
  ASSERT_EQ(map.size(), entries.size());
  for (const auto& [key, value] : entries) ASSERT_EQ(*map.find(key), value);
  EXPECT_EQ(map.find(1), nullptr);
  EXPECT_TRUE((PersistentMap<int, int>::of({}).empty()));
}

RC_GTEST_PROP(PersistentMap, ListsHoldEveryValueOfAKeyOnceAndAscending, ()) {
  const auto pairs = *rc::gen::container<std::vector<std::pair<int, int>>>(
      rc::gen::pair(rc::gen::inRange(0, 20), rc::gen::inRange(0, 20)));
  std::map<int, std::set<int>> expected;
  for (const auto& [key, value] : pairs) expected[key].insert(value);
  const auto lists = lists_of(pairs);
  RC_ASSERT(lists.size() == expected.size());
  for (const auto& [key, values] : expected)
    RC_ASSERT(*lists.find(key) == std::vector<int>(values.begin(), values.end()));
}

/// Counts how often it is copied.
struct Counted {
  static inline int copies = 0;
  Counted() = default;
  Counted(const Counted&) { ++copies; }
  Counted(Counted&&) noexcept = default;
  Counted& operator=(const Counted&) {
    ++copies;
    return *this;
  }
  Counted& operator=(Counted&&) noexcept = default;
};

TEST(PersistentMap, FillingAFreshMapCopiesNoValueAndAChangeOfACopyCopiesOneLeaf) {
  PersistentMap<int, Counted> map;
  Counted::copies = 0;
  for (int i = 0; i < 100000; ++i) map.set(i, Counted{});
  EXPECT_EQ(Counted::copies, 0);
  auto copy = map;
  EXPECT_EQ(Counted::copies, 0);
  copy.set(77, Counted{});
  EXPECT_GT(Counted::copies, 0);
  EXPECT_LE(Counted::copies, 16);
}

TEST(PersistentMap, ErasingTheLastEntryLeavesAnEmptyMapThatCanBeFilledAgain) {
  PersistentMap<std::string, int> map;
  for (int i = 0; i < 500; ++i) map.set(std::to_string(i), i);
  for (int i = 0; i < 500; ++i) EXPECT_TRUE(map.erase(std::to_string(i)));
  EXPECT_FALSE(map.erase("1"));
  EXPECT_TRUE(map.empty());
  map.set("again", 7);
  EXPECT_EQ(*map.find("again"), 7);
}

TEST(Snapshot, AReaderKeepsTheWholeThatItTookWhileNewOnesArePublished) {
  Snapshot<PersistentMap<int, int>> snapshot;
  const auto first = snapshot.get();
  std::thread writer([&] {
    for (int round = 1; round <= 200; ++round) {
      auto next = *snapshot.get();
      for (int key = 0; key < 50; ++key) next.set(key, round);
      snapshot.publish(std::move(next));
    }
  });
  for (int i = 0; i < 2000; ++i) {
    const auto seen = snapshot.get();
    if (seen->empty()) continue;
    const int round = *seen->find(0);
    seen->for_each([&](int, int value) { EXPECT_EQ(value, round); });
  }
  writer.join();
  EXPECT_TRUE(first->empty());
  EXPECT_EQ(*snapshot.get()->find(49), 200);
}

}  // namespace
}  // namespace khien
