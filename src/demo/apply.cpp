#include "demo/apply.h"

#include <algorithm>

namespace khien::demo {
namespace {

/// Rows in one transaction: snapshots that follow the log are read anew after each.
constexpr std::size_t kBatch = 60'000;

/// In order, so that the tables grow at their end and not everywhere at once.
template <class IdType>
std::vector<IdType> draw_ids(std::size_t count, Random& random) {
  std::vector<IdType> ids(count);
  for (auto& id : ids) id = IdType::make(random);
  std::ranges::sort(ids);
  return ids;
}

template <class IdType>
IdType at(const std::vector<IdType>& ids, Index index) {
  return index == kNone ? IdType{} : ids[index];
}

class Writer {
 public:
  Writer(const Province& province, const Services& services, const people::By& by)
      : province_(province),
        services_(services),
        by_(by),
        units_(draw_ids<UnitId>(province.units.size(), services.random)),
        people_(draw_ids<PersonId>(province.people.size(), services.random)) {}

  Result<void> write() {
    TRY(services_.people.found(by_, founding()));
    TRY(write_systems());
    TRY(write_logins());
    TRY(write_accounts());
    for (const KnownLogin& known : province_.known)
      TRY(services_.credentials.set_password(by_, logins_[known.login], Secret(known.password), known.facts));
    return {};
  }

 private:
  people::Founding founding() const {
    people::Founding out;
    out.units = unit_book();
    people::Group desks = province_.desk_group;
    desks.id = GroupId::make(services_.random);
    out.groups.push_back(desks);
    out.people.reserve(province_.people.size());
    for (std::size_t i = 0; i < province_.people.size(); ++i) out.people.push_back(person(i, desks.id));
    return out;
  }

  people::UnitBook unit_book() const {
    people::UnitBook book;
    for (std::size_t i = 0; i < units_.size(); ++i) {
      people::Unit& unit = book.units[units_[i]];
      unit.id = units_[i];
      for (const UnitVersion& version : province_.units[i].versions)
        unit.versions.push_back(
            {version.valid, version.code, version.name, at(units_, version.parent), version.tree, version.level});
    }
    for (const Succession& one : province_.successions)
      book.successions.push_back({units_[one.old], units_[one.successor], one.at, one.how});
    return book;
  }

  people::FoundingPerson person(std::size_t number, const GroupId& desks) const {
    const Person& from = province_.people[number];
    people::FoundingPerson out;
    out.details = from.details;
    out.record.person.id = people_[number];
    for (const Posting& posting : from.postings)
      out.record.postings.push_back({PostingId::make(services_.random), people_[number], units_[posting.unit],
                                     posting.position, true, posting.valid});
    if (from.at_a_desk) out.record.memberships.push_back({desks, people_[number], *from.at_a_desk});
    return out;
  }

  Result<void> write_systems() {
    for (const System& system : province_.systems)
      systems_.push_back(TRY(services_.accounts.add_system(by_, {{},
                                                                 system.code,
                                                                 system.name,
                                                                 at(units_, system.owner),
                                                                 system.operator_name,
                                                                 system.behind_gate,
                                                                 system.login_is_ours})));
    return {};
  }

  /// Of the right form; as no hash led to it, no password meets it.
  std::string verifier_of_nobody() const {
    credentials::Verifier verifier{services_.keys.current(store::Purpose::Pepper).id, {}, {}};
    services_.random.fill(verifier.tag);
    return verifier.text();
  }

  Result<void> write_logins() {
    std::vector<credentials::NewLogin> wanted;
    wanted.reserve(province_.logins.size());
    for (const Login& login : province_.logins)
      wanted.push_back({login.user_name, people_[login.holder], login.state, login.created_at, login.password,
                        verifier_of_nobody()});
    for (const KnownLogin& known : province_.known) wanted[known.login].verifier.reset();
    for (std::size_t from = 0; from < wanted.size(); from += kBatch) {
      const std::span some(wanted.data() + from, std::min(kBatch, wanted.size() - from));
      std::ranges::copy(TRY(services_.credentials.create_all(by_, some)), std::back_inserter(logins_));
    }
    return {};
  }

  accounts::NewAccount account(const Account& from) const {
    accounts::NewAccount out{.system = systems_[from.system],
                             .kind = from.kind,
                             .user_name = from.user_name,
                             .holder = at(people_, from.holder),
                             .unit = units_[from.unit],
                             .login = at(logins_, from.login),
                             .wanted = from.wanted,
                             .observed = from.observed,
                             .created_at = from.created_at,
                             .closed_at = from.closed_at};
    for (const Index user : from.named_users) out.named_users.push_back(people_[user]);
    return out;
  }

  Result<void> write_accounts() {
    const auto& all = province_.accounts;
    for (std::size_t from = 0; from < all.size(); from += kBatch) {
      std::vector<accounts::NewAccount> wanted;
      for (std::size_t i = from; i < std::min(all.size(), from + kBatch); ++i) wanted.push_back(account(all[i]));
      TRY(services_.accounts.open_accounts(by_, wanted));
    }
    return {};
  }

  const Province& province_;
  const Services& services_;
  const people::By& by_;
  std::vector<UnitId> units_;
  std::vector<PersonId> people_;
  std::vector<SystemId> systems_;
  std::vector<LoginId> logins_;
};

}  // namespace

Result<void> apply(const Province& province, const Services& services, const people::By& by) {
  return Writer(province, services, by).write();
}

}  // namespace khien::demo
