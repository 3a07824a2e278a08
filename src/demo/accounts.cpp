// Logins and personal accounts of a demonstration province, with the facts of their passwords.
#include <algorithm>
#include <array>

#include "demo/maker.h"
#include "demo/system_codes.h"

namespace khien::demo {
namespace {

using accounts::Observation;
using accounts::ObservedState;
using policy::AccountKind;
using policy::LifecycleState;
using policy::PasswordFacts;
using policy::PasswordState;

constexpr std::size_t kOpenLeaverEvery = 6;  ///< of the leavers
constexpr std::size_t kSecondAccountEvery = 131;
constexpr std::size_t kOldUnitEvery = 61;

/// In percent, by System and in the order of Work: office, desk, commune, school, health, party, technical.
constexpr std::array<std::array<unsigned, 7>, kSystemCount> kUse{{{45, 100, 60, 8, 10, 0, 60},
                                                                  {97, 95, 97, 60, 65, 40, 100},
                                                                  {92, 95, 92, 95, 92, 15, 95},
                                                                  {97, 97, 95, 90, 88, 97, 100},
                                                                  {6, 65, 15, 1, 2, 0, 12},
                                                                  {5, 3, 4, 2, 1, 4, 30},
                                                                  {3, 0, 12, 0, 0, 100, 15}}};

/// How many days ago a password was changed: most of late, some before each of 30 days, 45 days and 6 months.
std::uint64_t password_age(Maker& maker) {
  const auto draw = maker.random.below(100);
  if (draw < 68) return 1 + maker.random.below(28);
  if (draw < 78) return 31 + maker.random.below(14);
  if (draw < 90) return 46 + maker.random.below(135);
  return 185 + maker.random.below(700);
}

PasswordFacts password_of(Maker& maker, Instant created_at) {
  PasswordFacts facts{.state = PasswordState::Own};
  const auto age = password_age(maker);
  facts.changed_at = std::max(maker.days_ago(age) + std::chrono::hours(8), created_at);
  const bool is_old_rule = age > 45 && maker.chance(60);
  facts.rule_min_length = is_old_rule ? 6 : 8;
  facts.rule_classes = is_old_rule ? 0 : 15;
  const auto kind = maker.random.below(1000);
  if (kind < 60) {
    facts.state = PasswordState::Issued;
    facts.rule_min_length = 0;
    facts.rule_classes = 0;
  } else if (kind < 110) {
    facts.changed_at.reset();  // the hash was taken over from another system
    facts.rule_min_length = 0;
    facts.rule_classes = 0;
  } else if (kind < 116) {
    facts.suspected_at = maker.days_ago(maker.random.below(20));
  }
  return facts;
}

class PersonalAccounts {
 public:
  PersonalAccounts(Maker& maker, Index person)
      : maker_(maker), person_(person), trait_(maker.traits[person]), who_(maker.out.people[person]) {}

  void make() {
    const auto work = static_cast<std::size_t>(maker_.workplace_of(person_).work);
    const LifecycleState state = draw_state();
    for (Index system = 0; system < kSystemCount; ++system)
      if (maker_.chance(kUse[system][work])) open(system, who_.user_name, state);
    if (person_ % kSecondAccountEvery == 30 && !trait_.is_leaver)
      open(kQlvb, who_.user_name + ".cu", LifecycleState::Active);
  }

 private:
  LifecycleState draw_state() {
    if (trait_.is_leaver) return person_ / 25 % kOpenLeaverEvery == 2 ? LifecycleState::Active : LifecycleState::Closed;
    const auto draw = maker_.random.below(1000);
    return draw < 15 ? LifecycleState::Suspended : draw < 25 ? LifecycleState::Invited : LifecycleState::Active;
  }

  void open(Index system, const std::string& user_name, LifecycleState state) {
    Account account{.system = system, .user_name = user_name, .holder = person_, .unit = unit(), .wanted = state};
    account.created_at = std::min(trait_.since + std::chrono::days(maker_.random.below(20)), maker_.days_ago(1));
    if (state == LifecycleState::Closed)
      account.closed_at = std::max(account.created_at, *trait_.until + std::chrono::days(maker_.random.below(9)));
    if (system != kTthc && system != kQlvb && maker_.chance(70)) account.observed = observed(state);
    if (maker_.out.systems[system].login_is_ours) account.login = login(account.created_at);
    maker_.out.accounts.push_back(std::move(account));
  }

  /// Some accounts were never moved out of the unit that was abolished.
  Index unit() const { return who_.postings[person_ % kOldUnitEvery == 12 ? 0 : who_.postings.size() - 1].unit; }

  Observation observed(LifecycleState state) {
    const bool agrees = maker_.chance(98);
    const bool is_closed = state == LifecycleState::Closed;
    const auto seen = is_closed == agrees ? ObservedState::Closed : ObservedState::Active;
    return {state == LifecycleState::Suspended && agrees ? ObservedState::Suspended : seen, maker_.days_ago(5)};
  }

  Index login(Instant created_at) {
    if (login_ != kNone) return login_;
    login_ = static_cast<Index>(maker_.out.logins.size());
    Login made{who_.user_name, person_, LifecycleState::Active, created_at, password_of(maker_, created_at)};
    if (trait_.is_leaver && person_ / 25 % kOpenLeaverEvery != 2)
      made.state = LifecycleState::Closed;
    else if (maker_.chance(1))
      made.state = LifecycleState::Suspended;
    maker_.out.logins.push_back(std::move(made));
    return login_;
  }

  Maker& maker_;
  Index person_;
  const Trait& trait_;
  const Person& who_;
  Index login_ = kNone;
};

}  // namespace

void make_accounts(Maker& maker) {
  maker.out.accounts.reserve(maker.out.people.size() * 4);
  maker.out.logins.reserve(maker.out.people.size() * 11 / 10);
  for (Index person = kKnownPeople; person < maker.out.people.size(); ++person) PersonalAccounts(maker, person).make();
}

}  // namespace khien::demo
