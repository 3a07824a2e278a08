#include "credentials/secret_misses.h"

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

TEST(SecretMissLimit, AllowsSoManyMissesAWindow) {
  SecretMissLimit limit({.misses = 3});
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(limit.before_check(person(1), kStart + hours{i}));
    limit.after_check(person(1), true, kStart + hours{i});
  }
  EXPECT_FALSE(limit.before_check(person(1), kStart + hours{23}));
  EXPECT_TRUE(limit.before_check(person(2), kStart + hours{23}));
  EXPECT_TRUE(limit.before_check(person(1), kStart + hours{24}));
  EXPECT_FALSE(limit.before_check(person(1), kStart + hours{24}));
}

TEST(SecretMissLimit, DoesNotCountChecksThatTellNothing) {
  SecretMissLimit limit({.misses = 1});
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(limit.before_check(person(1), kStart));
    limit.after_check(person(1), false, kStart);
  }
  EXPECT_EQ(limit.holders(), 0U);
}

TEST(SecretMissLimit, CountsChecksThatRunAtTheSameTime) {
  SecretMissLimit limit({.misses = 2});
  EXPECT_TRUE(limit.before_check(person(1), kStart));
  EXPECT_TRUE(limit.before_check(person(1), kStart));
  EXPECT_FALSE(limit.before_check(person(1), kStart));
}

TEST(SecretMissLimit, HoldsBoundedRecordsAndRefusesRatherThanForgets) {
  SecretMissLimit limit({.misses = 1, .max_holders = 10});
  for (std::uint64_t i = 0; i < 10; ++i) {
    ASSERT_TRUE(limit.before_check(person(i), kStart));
    limit.after_check(person(i), true, kStart);
  }
  EXPECT_FALSE(limit.before_check(person(99), kStart + hours{1}));
  EXPECT_FALSE(limit.before_check(person(3), kStart + hours{1}));
  EXPECT_TRUE(limit.before_check(person(99), kStart + hours{25}));
  EXPECT_LE(limit.holders(), 10U);
}

RC_GTEST_PROP(SecretMissLimit, NeverAllowsMoreMissesInAnyWindow, (std::vector<std::uint16_t> steps)) {
  SecretMissLimit limit({.misses = 3, .window = hours{24}});
  std::vector<Instant> missed;
  Instant now = kStart;
  for (const auto step : steps) {
    now += minutes{step % 600};
    if (!limit.before_check(person(1), now)) continue;
    const bool miss = step % 3 != 0;
    limit.after_check(person(1), miss, now);
    if (miss) missed.push_back(now);
  }
  for (std::size_t i = 3; i < missed.size(); ++i) RC_ASSERT(missed[i] - missed[i - 3] >= hours{24});
}

}  // namespace
}  // namespace khien::credentials
