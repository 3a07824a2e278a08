// Accounts that are not one person's own work: mailboxes of units, administrators, programs.
#include "demo/maker.h"
#include "demo/system_codes.h"

namespace khien::demo {
namespace {

using policy::AccountKind;
using policy::LifecycleState;
using policy::PasswordState;

constexpr std::size_t kMostSharing = 4;  ///< a custodian and three named users

policy::PasswordFacts recent(const Maker& maker, std::uint64_t days) {
  return {.state = PasswordState::Own, .changed_at = maker.days_ago(days), .rule_min_length = 8, .rule_classes = 15};
}

/// Who works now below each department or commune: the first few.
std::vector<std::vector<Index>> staff_of_tops(const Maker& maker) {
  std::vector<std::vector<Index>> staff(maker.out.units.size());
  for (Index person = kKnownPeople; person < maker.out.people.size(); ++person) {
    auto& list = staff[maker.workplace_of(person).top];
    if (!maker.traits[person].is_leaver && list.size() < kMostSharing) list.push_back(person);
  }
  return staff;
}

void make_mailbox(Maker& maker, Index unit, const std::vector<Index>& staff) {
  const UnitVersion& version = maker.out.units[unit].versions.back();
  Account account{.system = kMail, .kind = AccountKind::Unit, .unit = unit, .wanted = LifecycleState::Suspended};
  account.user_name = maker.take_name("dv." + version.code);
  account.created_at = version.valid.from;
  if (!staff.empty()) {
    account.wanted = LifecycleState::Active;
    account.holder = staff.front();
    account.named_users.assign(staff.begin() + 1, staff.end());
    account.login = static_cast<Index>(maker.out.logins.size());
    maker.out.logins.push_back({account.user_name, account.holder, LifecycleState::Active, account.created_at,
                                recent(maker, 2 + maker.random.below(60))});
  }
  maker.out.accounts.push_back(std::move(account));
}

/// A login of their own for administrators, apart from the one for daily work.
void make_administrators(Maker& maker) {
  std::size_t made = 0;
  for (Index person = kKnownPeople; person < maker.out.people.size() && made < 4; ++person) {
    if (maker.workplace_of(person).work != Work::Technical || maker.traits[person].is_leaver) continue;
    const std::string name = maker.take_name(maker.out.people[person].user_name + ".qt");
    const Index login = static_cast<Index>(maker.out.logins.size());
    const Instant created_at = maker.traits[person].since;
    maker.out.logins.push_back({name, person, LifecycleState::Active, created_at, recent(maker, 3 + made)});
    for (const Index system : {kTthc, kQlvb, kMail})
      maker.out.accounts.push_back({.system = system,
                                    .kind = AccountKind::Administrator,
                                    .user_name = name,
                                    .holder = person,
                                    .unit = maker.places.it_centre,
                                    .login = login,
                                    .created_at = created_at});
    ++made;
  }
}

/// Programs sign in by themselves. Whom half of them belong to was never written down.
void make_programs(Maker& maker) {
  for (Index system = 0; system < kSystemCount; ++system)
    for (const bool is_kept : {true, false})
      maker.out.accounts.push_back(
          {.system = system,
           .kind = AccountKind::Service,
           .user_name = "svc." + maker.out.systems[system].code + (is_kept ? ".lienthong" : ".dongbo"),
           .holder = is_kept ? kKnownPeople - 1 : kNone,
           .unit = maker.places.it_centre,
           .created_at = maker.days_ago(1200)});
}

}  // namespace

void make_shared_accounts(Maker& maker) {
  const auto staff = staff_of_tops(maker);
  for (const Index unit : maker.places.with_mailbox) make_mailbox(maker, unit, staff[unit]);
  make_administrators(maker);
  make_programs(maker);
}

}  // namespace khien::demo
