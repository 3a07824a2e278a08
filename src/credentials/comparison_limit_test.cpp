#include "credentials/comparison_limit.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien::credentials {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

PersonId person(std::uint64_t seed) {
  SeededRandom random(seed);
  return PersonId::make(random);
}
constexpr Instant kStart{};

TEST(ComparisonLimit, AllowsSoManyAWindow) {
  ComparisonLimit limit({.times = 3});
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(limit.take(person(1), kStart + hours{i}));
  EXPECT_FALSE(limit.take(person(1), kStart + hours{23}));
  EXPECT_TRUE(limit.take(person(2), kStart + hours{23}));
  EXPECT_TRUE(limit.take(person(1), kStart + hours{24}));
  EXPECT_FALSE(limit.take(person(1), kStart + hours{24}));
}

TEST(ComparisonLimit, HoldsBoundedRecordsAndRefusesRatherThanForgets) {
  ComparisonLimit limit({.times = 1, .max_counted = 10});
  for (std::uint64_t i = 0; i < 10; ++i) ASSERT_TRUE(limit.take(person(i), kStart));
  EXPECT_FALSE(limit.take(person(99), kStart + hours{1}));
  EXPECT_FALSE(limit.take(person(3), kStart + hours{1}));
  EXPECT_TRUE(limit.take(person(99), kStart + hours{25}));
  EXPECT_LE(limit.counted(), 10U);
}

RC_GTEST_PROP(ComparisonLimit, NeverAllowsMoreInAnyWindow, (std::vector<std::uint16_t> steps)) {
  ComparisonLimit limit({.times = 3, .window = hours{24}});
  std::vector<Instant> taken;
  Instant now = kStart;
  for (const auto step : steps) {
    now += minutes{step % 600};
    if (limit.take(person(1), now)) taken.push_back(now);
  }
  for (std::size_t i = 3; i < taken.size(); ++i) RC_ASSERT(taken[i] - taken[i - 3] >= hours{24});
}

}  // namespace
}  // namespace khien::credentials
