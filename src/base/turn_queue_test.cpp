#include "base/turn_queue.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace khien {
namespace {

using Queue = TurnQueue<std::string, std::unique_ptr<int>>;

bool put(Queue& queue, const std::string& source, int value) {
  return queue.push(source, std::make_unique<int>(value));
}

std::string order(Queue& queue) {
  std::string out;
  while (auto next = queue.pop()) out += next->first + std::to_string(*next->second) + " ";
  return out;
}

TEST(TurnQueue, KeepsTheOrderWithinASourceAndLetsSourcesTakeTurns) {
  Queue queue(16);
  for (int i = 1; i <= 3; ++i) EXPECT_TRUE(put(queue, "a", i));
  EXPECT_TRUE(put(queue, "b", 1));
  EXPECT_TRUE(put(queue, "c", 1));
  EXPECT_EQ(queue.size(), 5U);
  EXPECT_EQ(order(queue), "a1 b1 c1 a2 a3 ");
  EXPECT_EQ(queue.size(), 0U);
}

TEST(TurnQueue, KeepsTheTurnOfASourceThatMayNotBeServedYet) {
  Queue queue(16);
  for (int i = 1; i <= 2; ++i) {
    EXPECT_TRUE(put(queue, "a", i));
    EXPECT_TRUE(put(queue, "b", i));
  }
  const auto passed = queue.pop([](const std::string& source) { return source != "a"; });
  ASSERT_TRUE(passed);
  EXPECT_EQ(passed->first, "b");
  EXPECT_FALSE(queue.pop([](const std::string&) { return false; }));
  EXPECT_EQ(order(queue), "a1 b2 a2 ");
}

TEST(TurnQueue, LeavesWhatItRefusesAsItWas) {
  Queue queue(2);
  EXPECT_TRUE(put(queue, "a", 1));
  auto second = std::make_unique<int>(2);
  EXPECT_FALSE(queue.push("a", std::move(second)));
  EXPECT_TRUE(queue.push("b", std::move(second)));
  EXPECT_FALSE(put(queue, "c", 3));
}

}  // namespace
}  // namespace khien
