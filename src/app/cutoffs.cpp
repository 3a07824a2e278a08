#include "app/cutoffs.h"

#include <algorithm>
#include <map>

#include "app/act.h"
#include "app/mass_effect.h"
#include "base/vietnamese.h"
#include "people/authority.h"
#include "people/rules.h"

namespace khien::app {
namespace {

using directives::CutoffKey;

std::map<Date, std::vector<std::string>> dates_of(const policy::Directive& directive) {
  std::map<Date, std::vector<std::string>> out;
  for (const auto& clause : directive.clauses)
    for (const auto& control : clause.controls)
      if (control.kind == policy::Kind::PasswordCutoff && control.force == policy::Force::Must)
        for (const auto& atom : control.values.front()) out[policy::date_of(atom)].push_back(clause.id);
  return out;
}

/// Logins whose password is not as the cutoff wants it, and that can sign in at all.
std::vector<LoginId> bound_by(const signin::View& view, const CutoffKey& key) {
  std::vector<LoginId> out;
  view.logins().all().for_each([&](const LoginId& id, const credentials::Login& login) {
    if (login.state != policy::LifecycleState::Active || !login.password.changed_at) return;
    const auto standing = view.standing_of(login);
    const bool is_bound = std::ranges::any_of(standing.account_facts, [&](const policy::AccountFacts& account) {
      return account.state == policy::LifecycleState::Active && account.policy != nullptr &&
             std::ranges::any_of(account.policy->cutoffs, [&](const policy::Cutoff& cutoff) {
               return cutoff.date == key.second && view.set().directives()[cutoff.directive].id == key.first &&
                      account.created_at < cutoff.begins() &&
                      !policy::conforms(login.password, cutoff, view.set(), view.at());
             });
    });
    if (is_bound) out.push_back(id);
  });
  return out;
}

bool waits(const directives::CutoffBook& book, const CutoffKey& key) {
  return std::ranges::any_of(book.delays(),
                             [&](const directives::CutoffDelay& delay) { return delay.cutoff == key && !delay.until; });
}

}  // namespace

std::vector<ComingCutoff> cutoffs_of(Installation& opened, const directives::Register& adopted,
                                     const policy::Directive& directive, Instant now) {
  std::vector<ComingCutoff> out;
  for (auto& [date, clauses] : dates_of(directive)) {
    ComingCutoff one{
        .key = {directive.id, date}, .code = directive.code, .clauses = std::move(clauses), .begins = start_of(date)};
    const Instant at = std::max({one.begins, now, directive.from});
    one.shut_out = bound_by(*opened.standings().view_with(adopted, at), one.key).size();
    one.confirmed = adopted.cutoffs().confirmed(one.key);
    one.waits = waits(adopted.cutoffs(), one.key);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<ComingCutoff> coming_cutoffs(Installation& opened, Instant now, Period back) {
  const auto adopted = opened.directives().snapshot();
  std::vector<ComingCutoff> out;
  for (const auto& directive : adopted->directives()) {
    if (directive.is_over(now)) continue;
    for (auto& one : cutoffs_of(opened, *adopted, directive, now))
      if (now < add(one.begins, back) || one.waits) out.push_back(std::move(one));
  }
  std::ranges::stable_sort(out, {}, &ComingCutoff::begins);
  return out;
}

Result<std::vector<ComingCutoff>> hold_back_mass_cutoffs(Installation& opened, Instant since) {
  std::vector<ComingCutoff> out;
  if (!TRY(opened.people().has_founded_roles())) return out;
  const Instant now = opened.clock.now();
  const std::size_t logins = opened.credentials().snapshot()->all().size();
  for (auto& one : coming_cutoffs(opened, now)) {
    if (one.waits || add(now, kMassEffectWithin) < one.begins || one.begins <= since) continue;
    const auto shown = static_cast<std::size_t>(one.confirmed.value_or(0));
    if (one.shut_out <= shown || !is_mass_effect(opened.config, one.shut_out - shown, logins)) continue;
    const Text why = Text::format("{0} tên đăng nhập sẽ bị dừng, chưa có hai người xác nhận con số này",
                                  "{0} logins would be shut out, and no two persons confirmed that", one.shut_out);
    TRY(opened.directives().delay_cutoff({audit::Actor::clock(), {}},
                                         {.cutoff = one.key, .unit = {}, .until = {}, .reason = why.vi}));
    out.push_back(std::move(one));
  }
  return out;
}

Result<void> reopen_after_cutoff(Installation& opened, const people::By& by, const credentials::Login& login,
                                 const std::string& reason) {
  const auto standing = opened.standings().view()->standing_of(login);
  if (standing.decision.verdict != policy::Verdict::Refused ||
      standing.decision.refusal.reason != policy::RefusalReason::Cutoff)
    return Failure(Error::conflict(
        Text::format("{0} không bị dừng bởi một mốc nào.", "No cutoff shuts {0} out.", login.user_name)));
  if (TRY(opened.people().has_founded_roles())) {
    const bool suspected = login.password.suspected_at && login.password.changed_at &&
                           *login.password.changed_at <= *login.password.suspected_at;
    const bool by_centre = suspected || opened.config.after_cutoff == "centre";
    const auto directory = opened.people().snapshot();
    const auto about = people::About::person(*directory, login.holder, opened.clock.now());
    TRY(people::require_authority(*directory, by.actor,
                                  by_centre ? people::Act::UnlockLogin : people::Act::ReopenAfterCutoff, about,
                                  opened.clock.now()));
    if (TRY(people::person_of(by.actor)) == login.holder)
      return Failure(Error::refused({"Không ai tự mở lại cho chính mình.", "Nobody reopens his own login."}));
  }
  return opened.directives().reopen_after_cutoff(by, login.id, reason);
}

std::vector<Chased> to_chase(Installation& opened, const directives::CutoffKey& cutoff, const UnitId& unit) {
  const auto view = opened.standings().view();
  const people::UnitTree tree(view->directory(), view->at());
  std::vector<Chased> out;
  for (const auto& id : bound_by(*view, cutoff)) {
    const auto* login = view->logins().find(id);
    Chased one{.login = id, .user_name = login->user_name, .name = {}, .unit = {}, .unit_name = {}};
    if (const auto* record = view->directory().person(login->holder)) one.name = record->person.name;
    if (const auto posting = people::main_posting(view->directory(), login->holder, view->at())) {
      one.unit = posting->unit;
      one.unit_name = tree.path_name(posting->unit);
    }
    if (unit.is_nil() || (!one.unit.is_nil() && tree.is_within(one.unit, unit))) out.push_back(std::move(one));
  }
  std::ranges::sort(out, {}, [](const Chased& one) { return std::pair(one.unit_name, name_sort_key(one.name)); });
  return out;
}

}  // namespace khien::app
