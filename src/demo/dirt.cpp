// Counting what is wrong in a demonstration province.
#include <algorithm>
#include <set>

#include "base/vietnamese.h"
#include "demo/province.h"

namespace khien::demo {
namespace {

bool is_open(const Account& account) {
  return account.wanted != policy::LifecycleState::Closed;
}

class Counter {
 public:
  explicit Counter(const Province& province) : province_(province), now_(start_of(province.today)) {}

  Dirt count() {
    for (const Person& person : province_.people) count_person(person);
    for (const Account& account : province_.accounts)
      if (is_open(account)) count_account(account);
    return dirt_;
  }

 private:
  void count_person(const Person& person) {
    if (person.details.secret.identity_number.empty()) ++dirt_.without_identity_number;
    const std::string capitals = upper(person.details.name);
    if (capitals == person.details.name) ++dirt_.names_in_capitals;
    const Posting& last = person.postings.back();
    if (last.valid.contains(now_) && !names_.emplace(last.unit, capitals).second) ++dirt_.namesakes_in_one_unit;
  }

  void count_account(const Account& account) {
    if (account.holder == kNone) {
      ++dirt_.accounts_of_nobody;
    } else {
      const auto& postings = province_.people[account.holder].postings;
      if (!postings.back().valid.contains(now_)) ++dirt_.leavers_with_open_accounts;
    }
    if (province_.units[account.unit].versions.back().valid.end() <= now_) ++dirt_.accounts_in_abolished_units;
    if (account.kind == policy::AccountKind::Personal && !held_.emplace(account.holder, account.system).second)
      ++dirt_.second_accounts;
  }

  const Province& province_;
  Instant now_;
  Dirt dirt_;
  std::set<std::pair<Index, std::string>> names_;
  std::set<std::pair<Index, Index>> held_;
};

}  // namespace

Dirt dirt_of(const Province& province) {
  return Counter(province).count();
}

}  // namespace khien::demo
