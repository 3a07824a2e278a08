#include "signin/standing.h"

#include <algorithm>
#include <utility>

#include "people/rules.h"

namespace khien::signin {
namespace {

/// Reading, signing and knowing of the monitoring are a person's, who is asked in a login of his own.
void ask_no_person(policy::Decision& decision) {
  std::erase_if(decision.steps, [](const policy::Step& step) { return step.kind != policy::StepKind::ChangePassword; });
  if (decision.verdict == policy::Verdict::StepsOwed && decision.steps.empty())
    decision.verdict = policy::Verdict::Allowed;
}

}  // namespace

bool is_shared(const accounts::Register& accounts, const LoginId& login) {
  bool shared = false;
  for (const AccountId& id : accounts.opened_by(login)) {
    const auto account = accounts.account(id);
    if (!account) continue;
    const bool own = accounts::is_ones_own(account->kind);
    if (own && account->wanted != policy::LifecycleState::Closed) return false;
    shared = shared || !own;
  }
  return shared;
}

std::vector<std::string> Standing::clause_ids(const policy::ClauseSet& clauses) const {
  std::vector<std::string> out;
  out.reserve(clauses.size());
  for (const policy::ClauseIndex clause : clauses) out.push_back(set->clauses()[clause].name);
  return out;
}

View::View(std::shared_ptr<const people::Directory> directory, std::shared_ptr<const accounts::Register> accounts,
           std::shared_ptr<const directives::Register> directives, std::shared_ptr<const credentials::Logins> logins,
           std::shared_ptr<const policy::PolicySet> set, std::shared_ptr<const UnitMasks> unit_masks,
           policy::DecisionSettings settings, Instant at)
    : directory_(std::move(directory)),
      accounts_(std::move(accounts)),
      directives_(std::move(directives)),
      logins_(std::move(logins)),
      set_(std::move(set)),
      unit_masks_(std::move(unit_masks)),
      settings_(settings),
      at_(at) {}

policy::ScopeMask View::other_mask(const accounts::Account& account) const {
  using policy::operator&;
  const auto groups =
      account.holder.is_nil() ? std::vector<GroupId>{} : people::groups_of(*directory_, account.holder, at_);
  return set_->system_mask(account.system) & set_->kind_mask(account.kind) & set_->group_mask(groups);
}

std::shared_ptr<const policy::EffectivePolicy> View::policy_of(const accounts::Account& account) const {
  using policy::operator&;
  const auto mask = unit_masks_->of(accounts::unit_at(account, *directory_, at_)) & other_mask(account);
  const auto waived = set_->indices_of(accounts::waived_for(account, *accounts_, at_));
  if (!waived.empty()) return std::make_shared<const policy::EffectivePolicy>(set_->join_for(mask, waived));
  return set_->shared(mask);
}

std::vector<policy::CutoffDelay> View::delays_of(const accounts::Account& account) const {
  const auto& all = directives_->cutoffs().delays();
  if (all.empty()) return {};
  const people::UnitTree tree(*directory_, at_);
  const auto unit = accounts::unit_at(account, *directory_, at_);
  std::vector<policy::CutoffDelay> out;
  for (const auto& delay : all) {
    if (!delay.unit.is_nil() && !tree.is_within(unit, delay.unit)) continue;
    const auto same = std::ranges::find_if(out, [&](const policy::CutoffDelay& other) {
      return other.directive == delay.cutoff.first && other.date == delay.cutoff.second;
    });
    if (same == out.end())
      out.push_back({delay.cutoff.first, delay.cutoff.second, delay.until});
    else if (same->until && (!delay.until || *same->until < *delay.until))
      same->until = delay.until;
  }
  return out;
}

Standing View::standing_of(const credentials::Login& login) const {
  Standing out;
  out.set = set_;
  out.login = login;
  for (const AccountId& id : accounts_->opened_by(login.id)) {
    auto account = accounts_->account(id);
    if (!account) continue;
    out.account_facts.push_back({policy_of(*account), account->created_at, account->wanted, delays_of(*account)});
    out.accounts.push_back(std::move(*account));
  }
  out.confirmed = directives_->confirmations_of(login.holder);
  out.leave = directives_->cutoffs().leave_of(login.id);
  out.decision = policy::decide(out.facts(), *set_, settings_, at_);
  out.is_shared = is_shared(*accounts_, login.id);
  if (out.is_shared) ask_no_person(out.decision);
  return out;
}

std::shared_ptr<const UnitMasks> Standings::unit_masks(const std::shared_ptr<const people::Directory>& directory,
                                                       const std::shared_ptr<const policy::PolicySet>& set,
                                                       Instant at) const {
  {
    const std::lock_guard lock(mutex_);
    if (present_ && present_->serves(directory.get(), set.get(), at)) return present_;
  }
  auto made = std::make_shared<const UnitMasks>(directory, set, at);
  const std::lock_guard lock(mutex_);
  if (made->serves(directory.get(), set.get(), clock_.now())) present_ = made;
  return made;
}

void Standings::trust_clock_until(std::optional<Instant> until) {
  const std::lock_guard lock(mutex_);
  clock_trusted_until_ = until;
}

Instant Standings::present() const {
  const std::lock_guard lock(mutex_);
  return std::max(clock_.now(), clock_trusted_until_.value_or(Instant::min()));
}

policy::DecisionSettings Standings::settings_now() const {
  const std::lock_guard lock(mutex_);
  policy::DecisionSettings settings = settings_;
  settings.clock_trusted_until = clock_trusted_until_;
  return settings;
}

std::shared_ptr<const View> Standings::view(Instant at) const {
  auto directory = people_.snapshot();
  auto set = directives_.policies(at);
  auto masks = unit_masks(directory, set, at);
  return std::make_shared<const View>(std::move(directory), accounts_.snapshot(), directives_.snapshot(),
                                      credentials_.snapshot(), std::move(set), std::move(masks), settings_now(), at);
}

std::shared_ptr<const View> Standings::view_with(const directives::Register& directives, Instant at) const {
  auto directory = people_.snapshot();
  auto set = policy::PolicySet::compile(directives.directives(), at);
  auto masks = std::make_shared<const UnitMasks>(directory, set, at);  // never those of the present
  return std::make_shared<const View>(std::move(directory), accounts_.snapshot(),
                                      std::make_shared<const directives::Register>(directives), credentials_.snapshot(),
                                      std::move(set), std::move(masks), settings_now(), at);
}

Result<std::shared_ptr<const View>> Standings::view_as_known(Instant at, Instant known_at) const {
  auto directory = std::make_shared<const people::Directory>(TRY(people_.as_known_at(known_at)));
  auto accounts = std::make_shared<const accounts::Register>(TRY(accounts_.as_known_at(known_at)));
  auto directives = std::make_shared<const directives::Register>(TRY(directives_.as_known_at(known_at)));
  auto set = policy::PolicySet::compile(directives->directives(), at);
  auto masks = std::make_shared<const UnitMasks>(directory, set, at);  // never those of the present
  return std::make_shared<const View>(std::move(directory), std::move(accounts), std::move(directives),
                                      credentials_.snapshot(), std::move(set), std::move(masks), settings_now(), at);
}

}  // namespace khien::signin
