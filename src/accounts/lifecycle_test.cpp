#include "accounts/lifecycle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

namespace khien::accounts {
namespace {

using State = LifecycleState;

constexpr std::array kActs{Act::Issue, Act::Lock, Act::Unlock, Act::Close, Act::RevokeRights, Act::Delete};
constexpr std::array kStates{State::Invited, State::Active, State::Suspended, State::Closed};

template <class IdType>
IdType some_id(unsigned char n) {
  IdType id;
  id.bytes[0] = n;
  return id;
}

Account personal(State state = State::Invited) {
  Account account;
  account.id = some_id<AccountId>(1);
  account.system = some_id<SystemId>(2);
  account.holder = some_id<PersonId>(3);
  account.user_name = "hungnv";
  account.wanted = state;
  account.created_at = instant_of(1000);
  if (state == State::Closed) account.closed_at = instant_of(2000);
  return account;
}

std::optional<State> next(Act act, State state) {
  const auto result = state_after(act, state);
  return result ? std::optional(*result) : std::nullopt;
}

TEST(Lifecycle, GoesFromInvitedToActiveToSuspendedAndBackAndEndsClosed) {
  EXPECT_EQ(next(Act::Issue, State::Invited), State::Active);
  EXPECT_EQ(next(Act::Lock, State::Active), State::Suspended);
  EXPECT_EQ(next(Act::Unlock, State::Suspended), State::Active);
  for (const auto state : {State::Invited, State::Active, State::Suspended})
    EXPECT_EQ(next(Act::Close, state), State::Closed);
}

TEST(Lifecycle, RefusesWhatTheStateDoesNotAllow) {
  EXPECT_FALSE(next(Act::Issue, State::Active));
  EXPECT_FALSE(next(Act::Issue, State::Suspended));
  EXPECT_FALSE(next(Act::Lock, State::Invited));
  EXPECT_FALSE(next(Act::Lock, State::Suspended));
  EXPECT_FALSE(next(Act::Unlock, State::Invited));
  EXPECT_FALSE(next(Act::Unlock, State::Active));
  EXPECT_FALSE(next(Act::RevokeRights, State::Invited));
  for (const auto state : {State::Invited, State::Active, State::Suspended}) EXPECT_FALSE(next(Act::Delete, state));
}

TEST(Lifecycle, NothingLeadsOutOfClosed) {
  for (const auto act : kActs) {
    const auto state = next(act, State::Closed);
    EXPECT_TRUE(!state || (act == Act::Delete && state == State::Closed)) << code_of(act);
  }
}

TEST(Lifecycle, ThereIsAWayExactlyToWhereTheActsLead) {
  for (const auto from : kStates)
    for (const auto to : kStates) {
      const auto acts = acts_between(from, to);
      const bool possible = from == to || (from != State::Closed && to != State::Invited);
      ASSERT_EQ(acts.has_value(), possible) << code_of(from) << " to " << code_of(to);
      auto state = from;
      if (acts)
        for (const auto act : *acts) state = state_after(act, state).value_or(State::Invited);
      EXPECT_TRUE(!acts || state == to) << code_of(from) << " to " << code_of(to);
    }
}

TEST(Lifecycle, EveryRefusalSaysWhyInBothLanguages) {
  for (const auto act : kActs)
    for (const auto state : kStates) {
      const auto result = state_after(act, state);
      if (result) continue;
      EXPECT_EQ(result.error().kind(), ErrorKind::Refused);
      EXPECT_FALSE(result.error().text().vi.empty());
      EXPECT_FALSE(result.error().text().en.empty());
      EXPECT_NE(result.error().text().vi, result.error().text().en);
    }
}

TEST(Lifecycle, TheSixActsHaveSixNames) {
  std::vector<std::string> names;
  for (const auto act : kActs) names.push_back(name_of(act).vi);
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::unique(names).size(), 0U);
}

TEST(Lifecycle, AnActiveUnitMailboxNeedsACustodian) {
  Account mailbox = personal();
  mailbox.kind = AccountKind::Unit;
  mailbox.holder = {};
  mailbox.named_users = {some_id<PersonId>(7)};
  EXPECT_TRUE(check(mailbox)) << "without a custodian it may still be prepared";
  EXPECT_FALSE(after(Act::Issue, mailbox, instant_of(5000)));
  mailbox.holder = some_id<PersonId>(8);
  EXPECT_TRUE(after(Act::Issue, mailbox, instant_of(5000)));
}

TEST(Lifecycle, OnesOwnAccountHasOneHolderAndNobodyElse) {
  for (const auto kind : {AccountKind::Personal, AccountKind::Administrator}) {
    Account account = personal();
    account.kind = kind;
    EXPECT_TRUE(check(account));
    account.named_users = {some_id<PersonId>(7)};
    EXPECT_FALSE(check(account));
    account.named_users.clear();
    account.holder = {};
    EXPECT_FALSE(check(account));
  }
}

TEST(Lifecycle, ClosingSetsTheTimeOfClosing) {
  const auto closed = after(Act::Close, personal(State::Active), instant_of(9000));
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->closed_at, instant_of(9000));
}

RC_GTEST_PROP(Lifecycle, NoSequenceOfActsLeavesAnImpossibleState, ()) {
  Account account = personal(*rc::gen::elementOf(std::vector(kStates.begin(), kStates.end())));
  account.kind = *rc::gen::element(AccountKind::Personal, AccountKind::Unit, AccountKind::Service);
  if (account.kind == AccountKind::Unit && account.wanted != State::Active && *rc::gen::arbitrary<bool>())
    account.holder = {};
  RC_ASSERT(check(account).has_value());
  bool was_closed = account.wanted == State::Closed;
  std::int64_t now = 3000;
  for (const auto act :
       *rc::gen::container<std::vector<Act>>(rc::gen::elementOf(std::vector(kActs.begin(), kActs.end())))) {
    const Account before = account;
    auto next_account = after(act, account, instant_of(++now));
    if (!next_account) continue;
    account = *next_account;
    RC_ASSERT(check(account).has_value());
    RC_ASSERT((account.wanted == State::Closed) == account.closed_at.has_value());
    RC_ASSERT(!was_closed || account == before);  // closed is final, and keeps its date
    RC_ASSERT(account.holder == before.holder && account.created_at == before.created_at);
    was_closed = was_closed || account.wanted == State::Closed;
  }
}

RC_GTEST_PROP(Observation, OnlyTheNewestIsKeptWhateverTheOrder, ()) {
  const auto days = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 50));
  Account account = personal();
  int newest = -1;
  for (const int on : days) {
    take(account, {static_cast<ObservedState>(on % 4 + 1), instant_of(on)});
    newest = std::max(newest, on);
  }
  if (newest < 0) {
    RC_ASSERT(account.observed == Observation{});
  } else {
    RC_ASSERT((account.observed == Observation{static_cast<ObservedState>(newest % 4 + 1), instant_of(newest)}));
  }
}

TEST(Observation, WithoutADateNeverUndoesOneThatHasADate) {
  Account account = personal();
  ASSERT_TRUE(take(account, {ObservedState::Closed, instant_of(5)}));
  EXPECT_FALSE(take(account, {ObservedState::Active, std::nullopt}));
  EXPECT_EQ(account.observed.state, ObservedState::Closed);
}

TEST(Observation, WhatIsNotSeenIsUnknownAndNeverAgrees) {
  Account account = personal(State::Closed);
  EXPECT_EQ(agreement(account), Agreement::Unknown);
  account.observed = {ObservedState::Active, instant_of(1)};
  EXPECT_EQ(agreement(account), Agreement::Differs);
  account.observed = {ObservedState::Absent, instant_of(2)};
  EXPECT_EQ(agreement(account), Agreement::Agrees);
  account = personal(State::Suspended);
  account.observed = {ObservedState::Active, instant_of(1)};
  EXPECT_EQ(agreement(account), Agreement::Differs);
}

}  // namespace
}  // namespace khien::accounts
