#include "base/window_counter.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(WindowCounterTest, CountsWithinAWindowAndForgetsAfterIt) {
  WindowCounter counter(std::chrono::seconds{10}, 100);
  EXPECT_EQ(counter.add("a", std::chrono::seconds{0}), 1);
  EXPECT_EQ(counter.add("a", std::chrono::seconds{9}), 2);
  EXPECT_EQ(counter.count("b", std::chrono::seconds{9}), 0);
  EXPECT_EQ(counter.count("a", std::chrono::seconds{10}), 0);
  EXPECT_EQ(counter.add("a", std::chrono::seconds{10}), 1);
}

TEST(WindowCounterTest, AFloodOfKeysDropsTheOldestAndNeverGrows) {
  WindowCounter counter(std::chrono::hours{1}, 100);
  for (int i = 0; i < 1000; ++i) counter.add(std::to_string(i), std::chrono::microseconds{i});
  std::size_t held = 0;
  for (int i = 0; i < 1000; ++i) held += counter.count(std::to_string(i), std::chrono::microseconds{1000});
  EXPECT_LE(held, 100);
  EXPECT_EQ(counter.count("999", std::chrono::microseconds{1000}), 1);
  EXPECT_EQ(counter.count("0", std::chrono::microseconds{1000}), 0);
}

}  // namespace
}  // namespace khien
