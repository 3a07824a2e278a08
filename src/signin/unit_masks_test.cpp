#include "signin/unit_masks.h"

#include <gtest/gtest.h>

#include "accounts/testing.h"

namespace khien::signin {
namespace {

using testing_support::day;
using testing_support::must;

/// Two letters, one for each of two units, and a merger to come.
class UnitMasksTest : public testing::Test, public testing_support::AccountsWorld {
 protected:
  static policy::Directive letter(unsigned char number, const UnitId& unit) {
    policy::Directive out;
    out.id.bytes.fill(number);
    out.code = "D" + std::to_string(number);
    out.from = day("2021-01-01");
    out.scope.units = {unit};
    return out;
  }

  void SetUp() override {
    must(people->merge_units(by, {engineers}, office, day("2026-01-01")));
    sync();
    directory = people->snapshot();
    set = policy::PolicySet::compile({letter(1, office), letter(2, engineers), letter(3, health)}, day("2025-06-01"));
  }
  [[nodiscard]] policy::ScopeMask fresh(const UnitId& unit, Instant at) const {
    auto units = people::units_above(*directory, unit, at);
    for (const auto& former : people::FormerUnits(*directory, set->scope_units(), at).speaking_for(unit))
      units.push_back(former);
    return set->unit_mask(units);
  }

  std::shared_ptr<const people::Directory> directory;
  std::shared_ptr<const policy::PolicySet> set;
};

TEST_F(UnitMasksTest, GiveWhatWorkingThemOutAnewGivesOverTheWholeSpanThatTheyServe) {
  for (const Instant made_at : {day("2025-06-01"), day("2026-06-01"), day("2019-01-01")}) {
    const UnitMasks masks(directory, set, made_at);
    int served = 0;
    for (Instant at = day("2018-01-01"); at < day("2028-01-01"); at += std::chrono::hours(24 * 10)) {
      if (!masks.serves(directory.get(), set.get(), at)) continue;
      ++served;
      for (const auto& unit : {province, health, office, engineers}) ASSERT_EQ(masks.of(unit), fresh(unit, at));
    }
    EXPECT_GT(served, 30);
  }
}

TEST_F(UnitMasksTest, ServeUntilTheInstantOfAMergerAndNotFromItOn) {
  const UnitMasks masks(directory, set, day("2025-06-01"));
  const Instant merged = day("2026-01-01");
  EXPECT_TRUE(masks.serves(directory.get(), set.get(), merged - std::chrono::microseconds(1)));
  EXPECT_FALSE(masks.serves(directory.get(), set.get(), merged));
  EXPECT_NE(masks.of(engineers), fresh(engineers, merged));
}

TEST_F(UnitMasksTest, DoNotServeAnotherDirectoryOrAnotherSet) {
  const UnitMasks masks(directory, set, day("2025-06-01"));
  const people::Directory other;
  const auto compiled_again = policy::PolicySet::compile({letter(1, office)}, day("2025-06-01"));
  EXPECT_FALSE(masks.serves(&other, set.get(), day("2025-06-01")));
  EXPECT_FALSE(masks.serves(directory.get(), compiled_again.get(), day("2025-06-01")));
}

}  // namespace
}  // namespace khien::signin
