// The laws of the join, on random controls of every kind.
#include "policy/join.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/testing.h"

namespace khien::policy {
namespace {

using namespace testing_support;

Demands random_demands(ClauseIndex first_clause) {
  Demands demands;
  const int count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i)
    demands.add(random_control(), first_clause + static_cast<ClauseIndex>(*rc::gen::inRange(0, 6)));
  return demands;
}

Demands joined(const Demands& a, const Demands& b) {
  Demands out = a;
  out.add(b);
  return out;
}

RC_GTEST_PROP(Join, IsCommutative, ()) {
  const Demands a = random_demands(0);
  const Demands b = random_demands(3);
  RC_ASSERT(joined(a, b) == joined(b, a));
}

RC_GTEST_PROP(Join, IsAssociative, ()) {
  const Demands a = random_demands(0);
  const Demands b = random_demands(3);
  const Demands c = random_demands(1);
  RC_ASSERT(joined(joined(a, b), c) == joined(a, joined(b, c)));
}

RC_GTEST_PROP(Join, IsIdempotent, ()) {
  const Demands a = random_demands(0);
  RC_ASSERT(joined(a, a) == a);
}

RC_GTEST_PROP(Join, NeverLoosens, ()) {
  const Demands a = random_demands(0);
  const Demands b = random_demands(3);
  RC_ASSERT(at_least_as_strict(joined(a, b), a));
  RC_ASSERT(at_least_as_strict(joined(a, b), b));
}

RC_GTEST_PROP(Join, OfControlsDoesNotDependOnTheirOrder, ()) {
  std::vector<std::pair<Control, ClauseIndex>> controls;
  const int count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i)
    controls.emplace_back(random_control(), static_cast<ClauseIndex>(*rc::gen::inRange(0, 6)));
  Demands forward;
  Demands backward;
  for (const auto& [control, clause] : controls) forward.add(control, clause);
  for (auto it = controls.rbegin(); it != controls.rend(); ++it) backward.add(it->first, it->second);
  RC_ASSERT(forward == backward);
}

RC_GTEST_PROP(Join, EveryValueNamesAClauseThatAskedForIt, ()) {
  std::vector<Control> controls;
  Demands demands;
  const int count = *rc::gen::inRange(1, 10);
  for (int i = 0; i < count; ++i) {
    controls.push_back(random_control());
    demands.add(controls.back(), static_cast<ClauseIndex>(i));
  }
  for (const auto& spec : catalogue())
    for (std::size_t p = 0; p < demands.of(spec.kind).values.size(); ++p)
      for (const Joined& value : demands.of(spec.kind).values[p]) {
        RC_ASSERT(!value.clauses.empty());
        for (const ClauseIndex clause : value.clauses) {
          RC_ASSERT(controls[clause].kind == spec.kind);
          RC_ASSERT(std::ranges::find(controls[clause].values[p], value.atom) != controls[clause].values[p].end());
        }
      }
}

Control control(Kind kind, const RawParameters& parameters, Force force = Force::Must) {
  auto made = make_control(kind, force, parameters);
  EXPECT_TRUE(made) << (made ? "" : made.error().text().en);
  return *made;
}

TEST(Join, TheLongerLengthWinsAndOnlyItsClausesStay) {
  Demands demands;
  demands.add(control(Kind::PasswordComposition, {{"min_length", 8}}), 1);
  demands.add(control(Kind::PasswordComposition, {{"min_length", 12}}), 2);
  demands.add(control(Kind::PasswordComposition, {{"min_length", 12}}), 5);
  const auto& lengths = demands.of(Kind::PasswordComposition).values[0];
  ASSERT_EQ(lengths.size(), 1U);
  EXPECT_EQ(lengths[0].atom.a, 12);
  EXPECT_EQ(lengths[0].clauses, (ClauseSet{2, 5}));
  EXPECT_EQ(demands.of(Kind::PasswordComposition).clauses, (ClauseSet{1, 2, 5}));
}

TEST(Join, DurationsAreAllKeptBecauseAMonthAndThirtyDaysTradePlaces) {
  Demands demands;
  demands.add(control(Kind::PasswordRotation, {{"max_age", "P1M"}}), 1);
  demands.add(control(Kind::PasswordRotation, {{"max_age", "P30D"}}), 2);
  EXPECT_EQ(demands.of(Kind::PasswordRotation).values[0].size(), 2U);
}

TEST(Join, TheShorterIdleTimeAndTheFewerRecipientsWin) {
  Demands demands;
  demands.add(control(Kind::SessionLogoutIdle, {{"after", "PT15M"}}), 1);
  demands.add(control(Kind::SessionLogoutIdle, {{"after", "PT10M"}}), 2);
  demands.add(control(Kind::MailBulkNotice, {{"recipients", 50}}), 1);
  demands.add(control(Kind::MailBulkNotice, {{"recipients", 20}}), 2);
  EXPECT_EQ(period_of(demands.of(Kind::SessionLogoutIdle).values[0].at(0).atom).seconds, 600);
  EXPECT_EQ(demands.of(Kind::MailBulkNotice).values[0].at(0).atom.a, 20);
}

TEST(Join, SetsAreUnitedEachElementWithItsClauses) {
  Demands demands;
  demands.add(control(Kind::PasswordComposition, {{"require", std::vector<std::string>{"upper", "digit"}}}), 1);
  demands.add(control(Kind::PasswordComposition, {{"require", std::vector<std::string>{"digit", "special"}}}), 2);
  const auto& classes = demands.of(Kind::PasswordComposition).values[1];
  ASSERT_EQ(classes.size(), 3U);
  EXPECT_EQ(classes[1].clauses, (ClauseSet{1, 2}));
  EXPECT_EQ(classes[2].clauses, (ClauseSet{2}));
}

}  // namespace
}  // namespace khien::policy
