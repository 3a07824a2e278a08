#include "app/clock_guard.h"

#include <gtest/gtest.h>

#include "app/testing.h"

namespace khien::app {
namespace {

using namespace testing_support;

class ClockGuardTest : public ::testing::Test, protected AppWorld {
 protected:
  ClockGuardTest() {
    must(initialise());
    restart();
  }
  void restart() {
    guard.reset();
    opened.reset();
    opened = must(open(Installation::Mode::Change));
    guard = std::make_unique<ClockGuard>(*opened);
    must(guard->load());
  }
  std::optional<Instant> doubted() { return must(doubted_since(*opened)); }
  std::optional<Instant> decides_by() { return opened->standings().view()->settings().clock_trusted_until; }

  std::unique_ptr<Installation> opened;
  std::unique_ptr<ClockGuard> guard;
};

TEST_F(ClockGuardTest, TimeThatPassesIsNotDoubted) {
  for (int i = 0; i < 100; ++i) {
    clock.advance(std::chrono::hours(1));
    must(guard->look());
  }
  EXPECT_FALSE(doubted());
}

TEST_F(ClockGuardTest, AJumpIsDoubtedFromTheLastSureTimeOnUntilSomebodyConfirms) {
  const Instant sure = clock.now();
  clock.set_wall(sure + std::chrono::days(40));
  must(guard->look());
  EXPECT_EQ(doubted(), sure);
  EXPECT_EQ(decides_by(), sure);
  must(guard->look());
  restart();
  EXPECT_EQ(doubted(), sure);
  EXPECT_EQ(decides_by(), sure);
  must(confirm_clock(*opened, by));
  EXPECT_FALSE(doubted());
  EXPECT_FALSE(decides_by());
  EXPECT_FALSE(confirm_clock(*opened, by));
  must(guard->look());
  EXPECT_FALSE(doubted());
}

TEST_F(ClockGuardTest, AClockThatStepsBackDecidesByTheLastSureTime) {
  const Instant sure = clock.now();
  clock.set_wall(sure - std::chrono::days(400));
  must(guard->look());
  EXPECT_EQ(opened->standings().view()->at(), sure);
}

TEST_F(ClockGuardTest, ASmallStepIsLeft) {
  clock.set_wall(clock.now() + std::chrono::minutes(4));
  must(guard->look());
  EXPECT_FALSE(doubted());
}

TEST_F(ClockGuardTest, AStartLongAfterOrBeforeTheLastRunIsDoubted) {
  const Instant sure = clock.now();
  clock.advance(std::chrono::days(6));
  restart();
  EXPECT_FALSE(doubted());
  clock.advance(std::chrono::days(8));
  restart();
  EXPECT_EQ(doubted(), sure + std::chrono::days(6));
  must(confirm_clock(*opened, by));
  clock.set_wall(sure);
  restart();
  EXPECT_TRUE(doubted());
}

TEST_F(ClockGuardTest, AJumpIsAnEntry) {
  const auto before = opened->log().head().size;
  clock.set_wall(clock.now() + std::chrono::days(40));
  must(guard->look());
  EXPECT_EQ(opened->log().head().size, before + 1);
}

}  // namespace
}  // namespace khien::app
