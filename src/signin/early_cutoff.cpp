#include "signin/early_cutoff.h"

#include <algorithm>
#include <map>

namespace khien::signin {
namespace {

std::map<Date, std::vector<std::string>> cutoffs_of(const policy::Directive& directive) {
  std::map<Date, std::vector<std::string>> out;
  for (const auto& clause : directive.clauses)
    for (const auto& control : clause.controls)
      if (control.kind == policy::Kind::PasswordCutoff && control.force == policy::Force::Must)
        for (const auto& atom : control.values.front()) out[policy::date_of(atom)].push_back(clause.id);
  return out;
}

/// Logins that a cutoff of that directive refuses.
std::size_t shut_out(const View& view, const DirectiveId& directive) {
  std::size_t count = 0;
  view.logins().all().for_each([&](const LoginId&, const credentials::Login& login) {
    const auto standing = view.standing_of(login);
    const auto& decision = standing.decision;
    if (decision.verdict == policy::Verdict::Refused && decision.refusal.reason == policy::RefusalReason::Cutoff &&
        std::ranges::any_of(decision.refusal.clauses,
                            [&](const auto clause) { return view.set().directive_of(clause).id == directive; }))
      ++count;
  });
  return count;
}

}  // namespace

std::vector<EarlyCutoff> early_cutoffs(const Standings& standings, const directives::Register& adopted,
                                       const policy::Directive& wanted, std::span<const DirectiveId> replaced,
                                       Instant now) {
  std::vector<EarlyCutoff> out;
  const Date first_day = std::max(date_of(now), date_of(wanted.from));
  for (auto& [date, clauses] : cutoffs_of(wanted))
    if (date < date_of(now) || date < date_of(wanted.from))
      out.push_back({.date = date, .clauses = std::move(clauses), .acts_on = first_day});
  if (out.empty()) return out;
  auto together = adopted.directives();
  for (auto& directive : together)
    if (std::ranges::find(replaced, directive.id) != replaced.end())
      directive.until = std::max(wanted.from, directive.from);
  together.push_back(wanted);
  directives::Register would_be = adopted;
  would_be.put(std::move(together));
  const auto count_at = [&](Instant at) { return shut_out(*standings.view_with(would_be, at), wanted.id); };
  const std::size_t today = count_at(now);
  const std::size_t then = first_day == date_of(now) ? today : count_at(start_of(first_day));
  for (auto& cutoff : out) {
    cutoff.shut_out_today = today;
    cutoff.shut_out_then = then;
  }
  return out;
}

}  // namespace khien::signin
