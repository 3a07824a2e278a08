#include "policy/decide.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/testing.h"

namespace khien::policy {
namespace {

using namespace testing_support;
using std::chrono::hours;

constexpr hours kDay{24};
const Instant kCutoff = start_of(*parse_date("2024-10-26"));

/// One directive over everybody, and one login with one account.
class Decide : public testing::Test {
 protected:
  void ask(Kind kind, const RawParameters& parameters = {}, Force force = Force::Must) {
    Clause clause{"C" + std::to_string(directive_.clauses.size()), {}, std::nullopt, {}};
    clause.controls.push_back(*make_control(kind, force, parameters));
    directive_.clauses.push_back(std::move(clause));
  }

  Decision at(Instant now) {
    directive_.id = small_id<DirectiveId>(0);
    directive_.from = kCutoff - 30 * kDay;
    set_ = PolicySet::compile({directive_}, now);
    accounts_ = {{set_->effective(Subject{}), created_, account_state_, delays_}};
    return decide({password_, login_state_, accounts_, read_, signed_, true, leave_}, *set_, settings_, now);
  }

  Directive directive_;
  std::shared_ptr<const PolicySet> set_;
  std::vector<AccountFacts> accounts_;
  std::vector<DirectiveId> read_;
  std::vector<DirectiveId> signed_;
  Instant created_ = kCutoff - 300 * kDay;
  LifecycleState account_state_ = LifecycleState::Active;
  LifecycleState login_state_ = LifecycleState::Active;
  DecisionSettings settings_;
  std::vector<CutoffDelay> delays_;
  CutoffLeave leave_;
  PasswordFacts password_{
      .state = PasswordState::Own, .changed_at = kCutoff - 100 * kDay, .rule_min_length = 8, .rule_classes = 0b1111};
};

TEST_F(Decide, ALoginThatOwesNothingIsAllowed) {
  EXPECT_EQ(at(kCutoff).verdict, Verdict::Allowed);
}

TEST_F(Decide, TheDefaultDecisionIsToRefuse) {
  EXPECT_EQ(Decision{}.verdict, Verdict::Refused);
}

TEST_F(Decide, AnIssuedPasswordMustBeChangedAtTheFirstSignIn) {
  ask(Kind::PasswordFirstChange);
  password_.state = PasswordState::Issued;
  const auto decision = at(kCutoff);
  EXPECT_EQ(decision.verdict, Verdict::StepsOwed);
  EXPECT_TRUE(decision.must_change_password());
  EXPECT_EQ(decision.steps.at(0).reason, ChangeReason::Issued);
  EXPECT_EQ(decision.steps.at(0).clauses, ClauseSet{0});
}

TEST_F(Decide, AnIssuedPasswordIsChangedEvenWhereNoClauseSaysSo) {
  password_.state = PasswordState::Issued;
  const auto decision = at(kCutoff);
  EXPECT_TRUE(decision.must_change_password());
  EXPECT_TRUE(decision.steps.at(0).clauses.empty());
}

TEST_F(Decide, RotationCountsFromTheLastChangeAndFallsDueOnTheDay) {
  ask(Kind::PasswordRotation, {{"max_age", "P45D"}});
  password_.changed_at = kCutoff;
  EXPECT_EQ(at(kCutoff + 45 * kDay - std::chrono::seconds(1)).verdict, Verdict::Allowed);
  EXPECT_EQ(at(kCutoff + 45 * kDay).steps.at(0).reason, ChangeReason::Expired);
}

TEST_F(Decide, OfTwoRotationsTheEarlierDueDateWinsInEveryMonth) {
  ask(Kind::PasswordRotation, {{"max_age", "P1M"}});
  ask(Kind::PasswordRotation, {{"max_age", "P30D"}});
  password_.changed_at = start_of(*parse_date("2025-02-01"));  // February: P1M ends first
  EXPECT_EQ(at(start_of(*parse_date("2025-03-01"))).steps.at(0).clauses, ClauseSet{0});
  password_.changed_at = start_of(*parse_date("2025-07-01"));  // July: P30D ends first
  EXPECT_EQ(at(start_of(*parse_date("2025-07-31"))).steps.at(0).clauses, ClauseSet{1});
}

TEST_F(Decide, OfTwoRotationsOnlyTheEarlierIsAnnouncedAndNoneOnceItIsPast) {
  ask(Kind::PasswordRotation, {{"max_age", "P30D"}});
  ask(Kind::PasswordRotation, {{"max_age", "P45D"}});
  password_.changed_at = kCutoff;
  const auto before = at(kCutoff + 29 * kDay);
  ASSERT_EQ(before.notices.size(), 1U);
  EXPECT_EQ(before.notices.at(0).at, kCutoff + 30 * kDay);
  EXPECT_EQ(before.notices.at(0).clauses, ClauseSet{0});
  const auto after = at(kCutoff + 40 * kDay);
  EXPECT_EQ(after.steps.at(0).reason, ChangeReason::Expired);
  EXPECT_TRUE(after.notices.empty()) << "expired, and yet to expire";
}

TEST_F(Decide, AnAdvisedRotationChangesNothing) {
  ask(Kind::PasswordRotation, {{"max_age", "P1M"}}, Force::Should);
  EXPECT_EQ(at(kCutoff + 300 * kDay).verdict, Verdict::Allowed);
}

TEST_F(Decide, ACutoffShutsOutWhoDidNotChangeAndNamesItsClause) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  EXPECT_NE(at(kCutoff - std::chrono::seconds(1)).verdict, Verdict::Refused);
  const auto decision = at(kCutoff);
  EXPECT_EQ(decision.verdict, Verdict::Refused);
  EXPECT_EQ(decision.refusal.reason, RefusalReason::Cutoff);
  EXPECT_EQ(decision.refusal.clauses, ClauseSet{0});
  EXPECT_EQ(decision.refusal.cutoff, parse_date("2024-10-26"));
}

TEST_F(Decide, WhoChangedInTimeUnderTheRulePassesTheCutoff) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  ask(Kind::PasswordComposition, {{"min_length", 8}});
  password_.changed_at = kCutoff - kDay;
  EXPECT_EQ(at(kCutoff).verdict, Verdict::Allowed);
  password_.rule_min_length = 6;
  EXPECT_EQ(at(kCutoff).verdict, Verdict::Refused);
}

TEST_F(Decide, AChangeBeforeTheDirectiveBeganDoesNotCountForItsCutoff) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  password_.changed_at = kCutoff - 31 * kDay;
  EXPECT_EQ(at(kCutoff).verdict, Verdict::Refused);
}

TEST_F(Decide, ACutoffDoesNotBindAnAccountCreatedAfterIt) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  created_ = kCutoff;
  EXPECT_EQ(at(kCutoff + kDay).verdict, Verdict::Allowed);
}

TEST_F(Decide, APasswordOfUnknownAgeIsChangedAtTheFirstSignInAndNeverShutOut) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  ask(Kind::PasswordRotation, {{"max_age", "P6M"}});
  password_.changed_at.reset();
  const auto decision = at(kCutoff + 500 * kDay);
  EXPECT_EQ(decision.verdict, Verdict::StepsOwed);
  EXPECT_EQ(decision.steps.at(0).reason, ChangeReason::UnknownAge);
}

TEST_F(Decide, APasswordIssuedAfterTheCutoffLetsTheHolderInToChangeIt) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  password_ = {.state = PasswordState::Issued, .changed_at = kCutoff + kDay};
  EXPECT_EQ(at(kCutoff + 2 * kDay).steps.at(1).reason, ChangeReason::AfterCutoff);
  password_.changed_at = kCutoff - kDay;
  EXPECT_EQ(at(kCutoff + 2 * kDay).verdict, Verdict::Refused);
}

TEST_F(Decide, ASettingLetsTheHolderChangeAtTheGateAfterACutoff) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  settings_.change_at_gate_after_cutoff = true;
  EXPECT_EQ(at(kCutoff).steps.at(0).reason, ChangeReason::AfterCutoff);
}

TEST_F(Decide, ACutoffThatWasPutOffActsOnItsNewDay) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  delays_ = {{small_id<DirectiveId>(0), *parse_date("2024-10-26"), kCutoff + 5 * kDay}};
  const auto before = at(kCutoff + kDay);
  EXPECT_EQ(before.steps.at(0).reason, ChangeReason::BeforeCutoff);
  EXPECT_EQ(before.steps.at(0).due, kCutoff + 5 * kDay);
  const auto after = at(kCutoff + 5 * kDay);
  EXPECT_EQ(after.verdict, Verdict::Refused);
  EXPECT_EQ(after.refusal.cutoff, parse_date("2024-10-31"));
}

TEST_F(Decide, ADelayOfAnotherDateOrDirectiveChangesNothing) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  delays_ = {{small_id<DirectiveId>(0), *parse_date("2024-10-27"), kCutoff + 5 * kDay},
             {small_id<DirectiveId>(1), *parse_date("2024-10-26"), kCutoff + 5 * kDay}};
  EXPECT_EQ(at(kCutoff).verdict, Verdict::Refused);
}

TEST_F(Decide, ACutoffThatWaitsForConfirmationShutsNobodyOutAndIsChangedAtTheGate) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  delays_ = {{small_id<DirectiveId>(0), *parse_date("2024-10-26"), std::nullopt}};
  EXPECT_EQ(at(kCutoff + 100 * kDay).steps.at(0).reason, ChangeReason::AfterCutoff);
}

TEST_F(Decide, WhoWasReopenedAfterTheCutoffChangesAtTheGate) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  leave_.reopened_at = kCutoff + kDay;
  EXPECT_EQ(at(kCutoff + 2 * kDay).steps.at(0).reason, ChangeReason::AfterCutoff);
  EXPECT_TRUE(at(kCutoff + 2 * kDay).must_change_password());
  leave_.reopened_at = kCutoff - kDay;
  EXPECT_EQ(at(kCutoff + 2 * kDay).verdict, Verdict::Refused);
}

TEST_F(Decide, ADeskGoesOnUntilItsTimeAndIsShutOutThen) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  leave_.continued_until = kCutoff + kDay;
  const auto decision = at(kCutoff);
  EXPECT_EQ(decision.steps.at(0).due, kCutoff + kDay);
  EXPECT_FALSE(decision.must_change_password());
  EXPECT_EQ(at(kCutoff + kDay).verdict, Verdict::Refused);
}

TEST_F(Decide, WhileTheClockIsDoubtedNothingNewShutsOut) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  settings_.clock_trusted_until = kCutoff - kDay;
  EXPECT_EQ(at(kCutoff + 300 * kDay).steps.at(0).reason, ChangeReason::AfterCutoff);
  settings_.clock_trusted_until = kCutoff;
  EXPECT_EQ(at(kCutoff + 300 * kDay).verdict, Verdict::Refused);
}

TEST_F(Decide, ACutoffThatComesIsShownBeforeAndTheChangeCanWaitUntilThen) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  const auto decision = at(kCutoff - 10 * kDay);
  EXPECT_EQ(decision.steps.at(0).due, kCutoff);
  EXPECT_FALSE(decision.must_change_password());
  EXPECT_EQ(decision.notices.at(0).at, kCutoff);
  EXPECT_TRUE(at(kCutoff - 20 * kDay).steps.empty());
}

TEST_F(Decide, EachCutoffThatComesStandsBesideItsOwnDay) {
  ask(Kind::PasswordCutoff, {{"date", "2024-10-28"}});
  ask(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  auto steps = at(kCutoff - 10 * kDay).steps;
  std::ranges::sort(steps, {}, &Step::due);
  ASSERT_EQ(steps.size(), 2U);
  EXPECT_EQ(steps[0].due, kCutoff);
  EXPECT_EQ(steps[0].clauses, ClauseSet{1});
  EXPECT_EQ(steps[1].due, kCutoff + 2 * kDay);
  EXPECT_EQ(steps[1].clauses, ClauseSet{0});
}

TEST_F(Decide, ASuspectedPasswordIsChangedEvenWhereNoClauseSaysSo) {
  password_.suspected_at = kCutoff;
  EXPECT_EQ(at(kCutoff + kDay).steps.at(0).reason, ChangeReason::Suspected);
  password_.changed_at = kCutoff + kDay;
  EXPECT_EQ(at(kCutoff + 2 * kDay).verdict, Verdict::Allowed);
}

TEST_F(Decide, ReadingAndSigningCanWaitUntilTheirDueDateOnly) {
  ask(Kind::DirectiveDisseminate);
  ask(Kind::AccountAccountability);
  const auto decision = at(kCutoff);
  ASSERT_EQ(decision.steps.size(), 2U);
  EXPECT_EQ(decision.steps[0].due, kCutoff - 20 * kDay);  // ten days from the start of the directive
  read_ = {small_id<DirectiveId>(0)};
  signed_ = read_;
  EXPECT_EQ(at(kCutoff).verdict, Verdict::Allowed);
}

TEST_F(Decide, ALockedLoginOrOneWithoutAnOpenAccountIsRefusedBeforeAnythingElse) {
  login_state_ = LifecycleState::Suspended;
  EXPECT_EQ(at(kCutoff).refusal.reason, RefusalReason::Suspended);
  login_state_ = LifecycleState::Active;
  account_state_ = LifecycleState::Closed;
  EXPECT_EQ(at(kCutoff).refusal.reason, RefusalReason::Closed);
  EXPECT_EQ(decide({}, *set_, settings_, kCutoff).refusal.reason, RefusalReason::NoAccount);
}

TEST_F(Decide, WhereLengthsContradictTheMinimumWins) {
  ask(Kind::PasswordComposition, {{"min_length", 20}});
  ask(Kind::PasswordComposition, {{"max_length", 16}});
  at(kCutoff);
  EXPECT_EQ(password_rule(accounts_).max_length, 20);
}

PasswordFacts random_password() {
  PasswordFacts facts;
  facts.state = *rc::gen::element(PasswordState::Issued, PasswordState::Own);
  if (*rc::gen::arbitrary<bool>()) facts.changed_at = kStart + kDay * *rc::gen::inRange(-900, 0);
  if (*rc::gen::inRange(0, 3) == 0) facts.suspected_at = kStart + kDay * *rc::gen::inRange(-900, 10);
  facts.rule_min_length = *rc::gen::inRange(0, 16);
  facts.rule_classes = static_cast<std::uint8_t>(*rc::gen::inRange(0, 16));
  return facts;
}

/// How far a decision lets a login go: a stricter policy never gives more.
int freedom(const Decision& decision) {
  if (decision.verdict == Verdict::Refused) return 0;
  if (decision.must_change_password()) return 1;
  return decision.verdict == Verdict::StepsOwed ? 2 : 3;
}

RC_GTEST_PROP(DecideLaws, AddingADirectiveNeverGivesMoreFreedom, ()) {
  auto directives = random_directives(4);
  const OwnedSubject subject;
  const auto password = random_password();
  const auto decide_with = [&](const std::vector<Directive>& all) {
    const auto set = PolicySet::compile(all, kStart);
    const std::array accounts{AccountFacts{set->effective(subject.view()), kStart - 800 * kDay}};
    return decide({password, LifecycleState::Active, accounts, {}, {}, true}, *set, {}, kStart);
  };
  const int before = freedom(decide_with(directives));
  directives.push_back(random_directive(9));
  RC_ASSERT(freedom(decide_with(directives)) <= before);
}

RC_GTEST_PROP(DecideLaws, DecidingOverAccountsIsDecidingOverTheirJoin, ()) {
  const auto set = PolicySet::compile(random_directives(5), kStart);
  const auto a = set->effective(OwnedSubject{}.view());
  const auto b = set->effective(OwnedSubject{}.view());
  const auto password = random_password();
  const Instant created = kStart - 800 * kDay;
  const std::array both{AccountFacts{a, created}, AccountFacts{b, created}};
  const std::array one{AccountFacts{std::make_shared<const EffectivePolicy>(join(*a, *b)), created}};
  const auto apart = decide({password, LifecycleState::Active, both, {}, {}, true}, *set, {}, kStart);
  const auto joined = decide({password, LifecycleState::Active, one, {}, {}, true}, *set, {}, kStart);
  RC_ASSERT(apart.verdict == joined.verdict);
  RC_ASSERT(apart.refusal == joined.refusal);
  RC_ASSERT(apart.steps.size() == joined.steps.size());
}

RC_GTEST_PROP(DecideLaws, AnUnknownAgeIsNeverShutOut, ()) {
  const auto set = PolicySet::compile(random_directives(5), kStart);
  auto password = random_password();
  password.changed_at.reset();
  const std::array accounts{AccountFacts{set->effective(OwnedSubject{}.view()), kStart - 800 * kDay}};
  RC_ASSERT(decide({password, LifecycleState::Active, accounts, {}, {}, true}, *set, {}, kStart).verdict !=
            Verdict::Refused);
}

}  // namespace
}  // namespace khien::policy
