#include "base/nearest.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

using Names = std::vector<std::string>;

TEST(Nearest, ComesFirstAndThreeAtMost) {
  EXPECT_EQ(nearest("LA-31", {"DL-09", "LA-30", "LA-13", "LA-1", "VB-02"}), (Names{"LA-1", "LA-13", "LA-30"}));
  EXPECT_EQ(nearest("tthc", {"qlvb", "thtc"}), (Names{"thtc", "qlvb"})) << "two letters swapped are one mistake";
}

TEST(Nearest, IgnoresCaseMarksAndRepetitions) {
  EXPECT_EQ(nearest("so y te", {"Sở Y tế", "Sở Tài chính", "Sở Y tế"}), (Names{"Sở Y tế", "Sở Tài chính"}));
}

TEST(Nearest, OfNothingIsSaidToBeNothing) {
  EXPECT_EQ(nearest("LA", {}), Names{});
  EXPECT_EQ(nearest_words("LA", {}).vi, " Ở đây chưa có cái nào.");
  EXPECT_EQ(nearest_words("LA", {"DL", "LB"}).en, " Nearest: LB, DL.");
}

TEST(Nearest, TakesALongNameWithoutGrowing) {
  EXPECT_EQ(nearest(std::string(1'000'000, 'a'), {std::string(1'000'000, 'b'), "a"}).size(), 2U);
}

}  // namespace
}  // namespace khien
