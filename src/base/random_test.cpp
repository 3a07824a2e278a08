#include "base/random.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstring>
#include <vector>

namespace khien {
namespace {

std::vector<unsigned char> take(Random& random, std::size_t size) {
  std::vector<unsigned char> out(size);
  random.fill(out);
  return out;
}

/// Gives the numbers it was told to, as 8-byte draws.
class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(std::vector<std::uint64_t> draws) : draws_(std::move(draws)) {}
  void fill(std::span<unsigned char> out) override {
    const std::uint64_t value = draws_.at(used_++);
    ASSERT_EQ(out.size(), sizeof value);
    std::memcpy(out.data(), &value, sizeof value);
  }
  [[nodiscard]] std::size_t used() const { return used_; }

 private:
  std::vector<std::uint64_t> draws_;
  std::size_t used_ = 0;
};

TEST(SeededRandom, TheSameSeedGivesTheSameStream) {
  SeededRandom first(7);
  SeededRandom second(7);
  SeededRandom other(8);
  const auto stream = take(first, 5000);
  EXPECT_EQ(take(second, 5000), stream);
  EXPECT_NE(take(other, 5000), stream);
  EXPECT_NE(take(first, 5000), stream) << "it goes on";
}

RC_GTEST_PROP(SeededRandom, TheStreamDoesNotDependOnHowItIsCut, (std::uint64_t seed)) {
  SeededRandom whole(seed);
  const auto stream = take(whole, 4096);
  SeededRandom cut(seed);
  std::vector<unsigned char> pieces;
  while (pieces.size() < stream.size()) {
    const auto piece = take(cut, *rc::gen::inRange<std::size_t>(1, 1500));
    pieces.insert(pieces.end(), piece.begin(), piece.end());
  }
  pieces.resize(stream.size());
  RC_ASSERT(pieces == stream);
}

RC_GTEST_PROP(Random, BelowStaysBelow, (std::uint64_t seed)) {
  SeededRandom random(seed);
  const auto bound = *rc::gen::inRange<std::uint64_t>(1, UINT64_MAX);
  for (int i = 0; i < 20; ++i) RC_ASSERT(random.below(bound) < bound);
  RC_ASSERT(random.below(1) == 0U);
}

TEST(Random, BelowIsUniform) {
  SeededRandom random(42);
  constexpr int kBound = 7;
  constexpr int kDraws = 70'000;
  std::array<int, kBound> count{};
  for (int i = 0; i < kDraws; ++i) ++count[random.below(kBound)];
  double chi_squared = 0;
  for (const int n : count) chi_squared += (n - 10'000.0) * (n - 10'000.0) / 10'000.0;
  EXPECT_LT(chi_squared, 22.46);  // 6 degrees of freedom, one in a thousand; the seed makes it repeatable
}

TEST(Random, BelowDrawsAgainWhereAModuloWouldBeBiased) {
  // 2^64 mod 3 is 1: the draw 0 belongs to no whole round.
  ScriptedRandom random({0, 1, 5});
  EXPECT_EQ(random.below(3), 1U);
  EXPECT_EQ(random.used(), 2U);
  EXPECT_EQ(random.below(3), 2U);
}

TEST(SystemRandom, IsNotConstant) {
  SystemRandom random;
  EXPECT_NE(take(random, 32), take(random, 32));
}

}  // namespace
}  // namespace khien
