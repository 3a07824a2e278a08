#include "policy/assess.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/decide.h"
#include "policy/testing.h"

namespace khien::policy {
namespace {

using namespace testing_support;
using std::chrono::hours;

constexpr hours kDay{24};

struct Asked {
  std::shared_ptr<const PolicySet> set;
  AccountFacts account;
};

Asked ask(Kind kind, const RawParameters& parameters = {}) {
  Directive directive;
  directive.id = small_id<DirectiveId>(0);
  directive.code = "D";
  directive.from = kStart - 30 * kDay;
  directive.clauses.push_back({"D-1", {}, std::nullopt, {*make_control(kind, Force::Must, parameters)}});
  Asked out;
  out.set = PolicySet::compile({directive}, kStart);
  out.account = {out.set->effective(Subject{}), kStart - 300 * kDay};
  return out;
}

Compliance judged(const Asked& asked, Kind kind, const PasswordFacts* password) {
  return assess(asked.account, password, {}, {}, Holds{}, *asked.set, kStart)[static_cast<std::size_t>(kind)]
      .compliance;
}

TEST(Assess, WhatIsNotAskedIsNotAssessed) {
  const PasswordFacts password{.state = PasswordState::Own};
  EXPECT_EQ(judged(ask(Kind::PasswordRotation, {{"max_age", "P45D"}}), Kind::DeviceScan, &password),
            Compliance::NotAsked);
}

TEST(Assess, AnUnknownAgeIsUnknownAndNeitherConformsNorViolates) {
  const PasswordFacts password{.state = PasswordState::Own};
  EXPECT_EQ(judged(ask(Kind::PasswordRotation, {{"max_age", "P45D"}}), Kind::PasswordRotation, &password),
            Compliance::Unknown);
}

TEST(Assess, APasswordOlderThanTheRuleViolatesRotation) {
  PasswordFacts password{.state = PasswordState::Own, .changed_at = kStart - 45 * kDay};
  const auto asked = ask(Kind::PasswordRotation, {{"max_age", "P45D"}});
  EXPECT_EQ(judged(asked, Kind::PasswordRotation, &password), Compliance::Violates);
  password.changed_at = kStart - 44 * kDay;
  EXPECT_EQ(judged(asked, Kind::PasswordRotation, &password), Compliance::Conforms);
}

TEST(Assess, AnAccountThatAVendorsLoginOpensIsUnknownInEverything) {
  EXPECT_EQ(judged(ask(Kind::PasswordFirstChange), Kind::PasswordFirstChange, nullptr), Compliance::Unknown);
}

TEST(Assess, AControlThatNothingHereKnowsAboutIsUnknown) {
  const PasswordFacts password{.state = PasswordState::Own};
  EXPECT_EQ(judged(ask(Kind::DeviceAntivirus), Kind::DeviceAntivirus, &password), Compliance::Unknown);
}

TEST(Assess, APasswordSetBeforeTheDirectiveSaysNothingAboutRulesOfSetting) {
  PasswordFacts password{.state = PasswordState::Own, .changed_at = kStart - 31 * kDay};
  EXPECT_EQ(judged(ask(Kind::PasswordDistinct), Kind::PasswordDistinct, &password), Compliance::Unknown);
  password.changed_at = kStart - 29 * kDay;
  EXPECT_EQ(judged(ask(Kind::PasswordDistinct), Kind::PasswordDistinct, &password), Compliance::Conforms);
}

RC_GTEST_PROP(AssessLaws, WhoViolatesRotationOrTheFirstChangeOwesAChange, ()) {
  const auto set = PolicySet::compile(random_directives(5), kStart);
  PasswordFacts password{.state = *rc::gen::element(PasswordState::Issued, PasswordState::Own)};
  if (*rc::gen::arbitrary<bool>()) password.changed_at = kStart + kDay * *rc::gen::inRange(-900, 0);
  const AccountFacts account{set->effective(OwnedSubject{}.view()), kStart - 800 * kDay};
  const auto assessed = assess(account, &password, {}, {}, Holds{}, *set, kStart);
  const std::array accounts{account};
  const auto decision = decide({password, LifecycleState::Active, accounts, {}, {}, true}, *set, {}, kStart);
  const auto violates = [&](Kind kind) {
    return assessed[static_cast<std::size_t>(kind)].compliance == Compliance::Violates;
  };
  if (violates(Kind::PasswordRotation) || violates(Kind::PasswordFirstChange))
    RC_ASSERT(decision.verdict == Verdict::Refused || decision.must_change_password());
}

}  // namespace
}  // namespace khien::policy
