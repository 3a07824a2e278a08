#include "base/ids.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <unordered_set>

namespace khien {
namespace {

RC_GTEST_PROP(Ids, AnIdReadsBackAsWritten, (std::uint64_t seed)) {
  SeededRandom random(seed);
  const auto id = PersonId::make(random);
  RC_ASSERT(id.text().size() == 22U);
  RC_ASSERT(PersonId::parse(id.text()) == id);
  RC_ASSERT(!id.is_nil());
}

TEST(Ids, OnlyTheOneFormIsRead) {
  SeededRandom random(1);
  const std::string good = UnitId::make(random).text();
  for (const std::string& bad : {std::string(), good.substr(1), good + "A", good + "==", " " + good,
                                 std::string(22, '_'), std::string("AAAAAAAAAAAAAAAAAAAAAB")})
    EXPECT_FALSE(UnitId::parse(bad)) << bad;
  EXPECT_TRUE(UnitId::parse("AAAAAAAAAAAAAAAAAAAAAA")->is_nil());
  EXPECT_TRUE(UnitId{}.is_nil());
}

TEST(Ids, NoneBeginsLikeAnOption) {
  SeededRandom random(1);
  std::set<char> first;
  for (int i = 0; i < 5000; ++i) first.insert(PersonId::make(random).text().front());
  EXPECT_EQ(first.size(), 63U);
  EXPECT_FALSE(first.contains('-'));
}

TEST(Ids, IdsAreDistinctAndHashed) {
  SeededRandom random(1);
  std::unordered_set<PersonId> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(PersonId::make(random));
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Ids, KindsOfThingsAreDifferentTypes) {
  EXPECT_FALSE((std::is_convertible_v<PersonId, UnitId>));
  EXPECT_FALSE((std::is_assignable_v<UnitId&, PersonId>));
}

}  // namespace
}  // namespace khien
