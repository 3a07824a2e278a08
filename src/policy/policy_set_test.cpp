#include "policy/policy_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/testing.h"

namespace khien::policy {
namespace {

using namespace testing_support;

Directive directive(int n, std::vector<Clause> clauses, Scope scope = {}) {
  Directive out;
  out.id = small_id<DirectiveId>(n);
  out.code = "D" + std::to_string(n);
  out.from = kStart;
  out.scope = std::move(scope);
  out.clauses = std::move(clauses);
  return out;
}

Clause clause(std::string id, Kind kind, const RawParameters& parameters, Force force = Force::Must) {
  return {std::move(id), {}, std::nullopt, {*make_control(kind, force, parameters)}};
}

RC_GTEST_PROP(PolicySet, LookingUpGivesWhatJoiningAnewGives, ()) {
  const auto set = PolicySet::compile(random_directives(6), kStart);
  const OwnedSubject subject;
  const auto mask = set->unit_mask(subject.units) & set->group_mask(subject.groups) & set->system_mask(subject.system) &
                    set->kind_mask(subject.kind);
  const auto first = set->effective(subject.view());
  RC_ASSERT(*first == set->join_for(mask, {}));
  RC_ASSERT(set->effective(subject.view()) == first);
}

RC_GTEST_PROP(PolicySet, WhatIsAdvisedIsWhatWouldBeOrderedIfEveryControlWere, ()) {
  auto directives = random_directives(6);
  const OwnedSubject subject;
  const auto policy = PolicySet::compile(directives, kStart)->effective(subject.view());
  for (auto& directive : directives)
    for (auto& one : directive.clauses)
      for (auto& control : one.controls) control.force = Force::Must;
  const auto ordered = PolicySet::compile(directives, kStart)->effective(subject.view());
  RC_ASSERT(policy->advised == ordered->must);
  RC_ASSERT(policy->directives == ordered->directives);
}

RC_GTEST_PROP(PolicySet, AddingADirectiveNeverLoosensAnything, ()) {
  auto directives = random_directives(5);
  const OwnedSubject subject;
  const auto before = PolicySet::compile(directives, kStart)->effective(subject.view());
  directives.push_back(random_directive(9));
  const auto after = PolicySet::compile(directives, kStart)->effective(subject.view());
  RC_ASSERT(at_least_as_strict(after->must, before->must));
  RC_ASSERT(at_least_as_strict(after->advised, before->advised));
  RC_ASSERT(after->cutoffs.size() >= before->cutoffs.size());
}

RC_GTEST_PROP(PolicySet, WhatIsAdvisedIncludesWhatIsOrdered, ()) {
  const auto policy = PolicySet::compile(random_directives(5), kStart)->effective(OwnedSubject{}.view());
  RC_ASSERT(at_least_as_strict(policy->advised, policy->must));
}

RC_GTEST_PROP(PolicySet, JoiningPoliciesOfALoginIsCommutativeAssociativeAndIdempotent, ()) {
  const auto set = PolicySet::compile(random_directives(6), kStart);
  const auto a = set->effective(OwnedSubject{}.view());
  const auto b = set->effective(OwnedSubject{}.view());
  const auto c = set->effective(OwnedSubject{}.view());
  RC_ASSERT(join(*a, *b) == join(*b, *a));
  RC_ASSERT(join(join(*a, *b), *c) == join(*a, join(*b, *c)));
  RC_ASSERT(join(*a, *a) == *a);
}

RC_GTEST_PROP(PolicySet, ADirectiveBindsExactlyTheSubjectsOfItsScope, ()) {
  const Directive one = directive(0, {clause("D0-1", Kind::PasswordDistinct, {})}, random_scope());
  const OwnedSubject subject;
  const auto within = [](const auto& wanted, const auto& there) {
    return wanted.empty() ||
           std::ranges::any_of(wanted, [&](const auto& x) { return std::ranges::find(there, x) != there.end(); });
  };
  const bool expected = within(one.scope.units, subject.units) && within(one.scope.groups, subject.groups) &&
                        within(one.scope.systems, std::array{subject.system}) &&
                        within(one.scope.kinds, std::array{subject.kind});
  const auto set = PolicySet::compile({one}, kStart);
  RC_ASSERT(set->effective(subject.view())->must.of(Kind::PasswordDistinct).asked() == expected);
}

TEST(PolicySet, AClauseCanNarrowTheScopeOfItsDirective) {
  Clause narrow = clause("D0-2", Kind::PasswordRotation, {{"max_age", "P1M"}});
  narrow.scope = Scope{.groups = {small_id<GroupId>(0)}};
  const auto set = PolicySet::compile({directive(0, {clause("D0-1", Kind::PasswordDistinct, {}), narrow})}, kStart);
  const std::array group{small_id<GroupId>(0)};
  const Subject desk{.groups = group};
  EXPECT_TRUE(set->effective(desk)->must.of(Kind::PasswordRotation).asked());
  EXPECT_FALSE(set->effective(Subject{})->must.of(Kind::PasswordRotation).asked());
  EXPECT_TRUE(set->effective(Subject{})->must.of(Kind::PasswordDistinct).asked());
}

TEST(PolicySet, AnAdvisedClassIsNotOrdered) {
  const auto set =
      PolicySet::compile({directive(0, {clause("1", Kind::PasswordComposition, {{"min_length", 8}}),
                                        clause("2", Kind::PasswordComposition,
                                               {{"require", std::vector<std::string>{"special"}}}, Force::Should)})},
                         kStart);
  const auto policy = set->effective(Subject{});
  EXPECT_TRUE(policy->must.of(Kind::PasswordComposition).values[1].empty());
  EXPECT_EQ(policy->advised.of(Kind::PasswordComposition).values[1].size(), 1U);
}

TEST(PolicySet, AWaivedClauseIsLeftOutAndALaterDirectiveWithTheSameIdIsNot) {
  const Directive first = directive(0, {clause("X", Kind::PasswordDistinct, {})});
  const Directive later = directive(1, {clause("X", Kind::PasswordDistinct, {})});
  const std::vector<std::pair<DirectiveId, std::string>> waived{{first.id, "X"}};
  const Subject subject{.waived = waived};
  EXPECT_FALSE(PolicySet::compile({first}, kStart)->effective(subject)->must.of(Kind::PasswordDistinct).asked());
  EXPECT_TRUE(PolicySet::compile({first, later}, kStart)->effective(subject)->must.of(Kind::PasswordDistinct).asked());
}

TEST(PolicySet, EveryDirectiveImpliesThatItIsCarriedOut) {
  const auto policy =
      PolicySet::compile({directive(0, {clause("1", Kind::DeviceScan, {})})}, kStart)->effective(Subject{});
  EXPECT_TRUE(policy->must.of(Kind::DirectiveCarryOut).asked());
}

TEST(PolicySet, KnowsWhenItChangesAndWhoIsNotInForce) {
  Directive soon = directive(0, {clause("1", Kind::DeviceScan, {})});
  soon.from = kStart + std::chrono::hours(5);
  Directive ending = directive(1, {clause("1", Kind::DeviceUpdates, {})});
  ending.until = kStart + std::chrono::hours(3);
  Directive over = directive(2, {clause("1", Kind::DeviceScan, {})});
  over.until = kStart;
  const auto set = PolicySet::compile({soon, ending, over}, kStart);
  EXPECT_EQ(set->directives().size(), 1U);
  EXPECT_EQ(set->changes_at(), kStart + std::chrono::hours(3));
}

TEST(PolicySet, EachCutoffIsJudgedByTheCompositionOfItsOwnDirective) {
  const auto set = PolicySet::compile({directive(0, {clause("1", Kind::PasswordCutoff, {{"date", "2024-10-26"}}),
                                                     clause("2", Kind::PasswordComposition, {{"min_length", 8}})}),
                                       directive(1, {clause("3", Kind::PasswordCutoff, {{"date", "2025-01-05"}}),
                                                     clause("4", Kind::PasswordComposition, {{"min_length", 12}})})},
                                      kStart);
  const auto policy = set->effective(Subject{});
  ASSERT_EQ(policy->cutoffs.size(), 2U);
  EXPECT_EQ(policy->cutoffs[0].min_length, 8);
  EXPECT_EQ(policy->cutoffs[1].min_length, 12);
}

}  // namespace
}  // namespace khien::policy
