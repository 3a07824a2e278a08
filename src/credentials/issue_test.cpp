#include "credentials/issue.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "base/vietnamese.h"
#include "credentials/guessable.h"

namespace khien::credentials {
namespace {

constexpr Composition kUsual{.min_length = 8, .require = CharacterClasses::all()};

std::string issued(const Composition& composition, std::uint64_t seed) {
  SeededRandom random(seed);
  const auto password = issue_password(composition, random);
  EXPECT_TRUE(password.has_value());
  return std::string(password->reveal());
}

TEST(IssuedPassword, HasFourGroupsOfOneClassEach) {
  EXPECT_TRUE(issued(kUsual, 1).size() == 19) << issued(kUsual, 1);
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto password = issued(kUsual, seed);
    EXPECT_EQ(password[4], '-');
    EXPECT_EQ(classes_of(password.substr(0, 4)), (CharacterClasses{CharacterClass::Upper}));
    EXPECT_EQ(classes_of(password.substr(5, 4)), (CharacterClasses{CharacterClass::Lower}));
    EXPECT_EQ(classes_of(password.substr(10, 4)), (CharacterClasses{CharacterClass::Digit}));
  }
}

TEST(IssuedPassword, HoldsNothingThatAVietnameseKeyboardChangesOrThatLooksAlike) {
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    EXPECT_EQ(issued(kUsual, seed).find_first_of("aeiouyAEIOUYdDwWzZlLO01"), std::string::npos);
}

TEST(IssuedPassword, UsesEveryCharacterOfItsAlphabets) {
  std::array<std::set<char>, 19> seen;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const auto password = issued(kUsual, seed);
    for (std::size_t i = 0; i < password.size(); ++i) seen[i].insert(password[i]);
  }
  // 12 letters of 4 bits and 4 digits of 3 bits: 60 bits.
  for (std::size_t i = 0; i < 19; ++i) EXPECT_EQ(seen[i].size(), i % 5 == 4 ? 1U : (i >= 10 && i < 14 ? 8U : 16U)) << i;
}

TEST(IssuedPassword, FitsASystemThatTakesTwelveCharacters) {
  const Composition narrow{.min_length = 8, .require = CharacterClasses::all(), .max_length = 12};
  EXPECT_EQ(issued(narrow, 1).size(), 12U);
  SeededRandom random(1);
  EXPECT_FALSE(issue_password({.min_length = 8, .max_length = 11}, random));
}

TEST(IssuedPassword, IsNeverGuessable) {
  GuessContext context{.user_names = {"hungnv"}, .full_name = "Nguyễn Văn Hùng", .unit_names = {"Sở Y tế"}};
  for (std::uint64_t seed = 0; seed < 300; ++seed) EXPECT_FALSE(why_guessable(issued(kUsual, seed), context)) << seed;
}

RC_GTEST_PROP(IssuedPassword, ConformsToEveryComposition, (std::uint64_t seed)) {
  Composition composition{.min_length = *rc::gen::inRange(0, 120)};
  for (const auto each : {CharacterClass::Upper, CharacterClass::Lower, CharacterClass::Digit, CharacterClass::Special})
    if (*rc::gen::arbitrary<bool>()) composition.require.add(each);
  if (*rc::gen::arbitrary<bool>()) composition.max_length = *rc::gen::inRange(12, 130);
  const auto password = issued(composition, seed);
  RC_ASSERT(violations(password, composition).empty());
}

}  // namespace
}  // namespace khien::credentials
