#include "signin/standing.h"

#include <utility>

#include "people/rules.h"

namespace khien::signin {

std::vector<std::string> Standing::clause_ids(const policy::ClauseSet& clauses) const {
  std::vector<std::string> out;
  out.reserve(clauses.size());
  for (const policy::ClauseIndex clause : clauses) out.push_back(set->clauses()[clause].id);
  return out;
}

View::View(std::shared_ptr<const people::Directory> directory, std::shared_ptr<const accounts::Register> accounts,
           std::shared_ptr<const directives::Register> directives, std::shared_ptr<const credentials::Logins> logins,
           std::shared_ptr<const policy::PolicySet> set, policy::DecisionSettings settings, Instant at)
    : directory_(std::move(directory)),
      accounts_(std::move(accounts)),
      directives_(std::move(directives)),
      logins_(std::move(logins)),
      set_(std::move(set)),
      settings_(settings),
      at_(at) {}

policy::ScopeMask View::mask_of_unit(const UnitId& unit) const {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = unit_masks_.find(unit); found != unit_masks_.end()) return found->second;
  }
  auto mask = set_->unit_mask(accounts::units_above(*directory_, unit, at_));
  const std::lock_guard lock(mutex_);
  return unit_masks_.try_emplace(unit, std::move(mask)).first->second;
}

std::shared_ptr<const policy::EffectivePolicy> View::policy_of(const accounts::Account& account) const {
  using policy::operator&;
  auto mask = mask_of_unit(accounts::unit_at(account, *directory_, at_));
  mask = mask & set_->system_mask(account.system);
  mask = mask & set_->kind_mask(account.kind);
  const auto groups =
      account.holder.is_nil() ? std::vector<GroupId>{} : people::groups_of(*directory_, account.holder, at_);
  mask = mask & set_->group_mask(groups);
  const auto waived = set_->indices_of(accounts::waived_for(account, *accounts_, at_));
  if (!waived.empty()) return std::make_shared<const policy::EffectivePolicy>(set_->join_for(mask, waived));
  return set_->shared(mask);
}

Standing View::standing_of(const credentials::Login& login) const {
  Standing out;
  out.set = set_;
  out.login = login;
  for (const AccountId& id : accounts_->opened_by(login.id)) {
    auto account = accounts_->account(id);
    if (!account) continue;
    out.account_facts.push_back({policy_of(*account), account->created_at, account->wanted});
    out.accounts.push_back(std::move(*account));
  }
  out.confirmed = directives_->confirmations_of(login.holder);
  out.decision = policy::decide(out.facts(), *set_, settings_, at_);
  return out;
}

std::shared_ptr<const View> Standings::view(Instant at) const {
  return std::make_shared<const View>(people_.snapshot(), accounts_.snapshot(), directives_.snapshot(),
                                      credentials_.snapshot(), directives_.policies(at), settings_, at);
}

}  // namespace khien::signin
