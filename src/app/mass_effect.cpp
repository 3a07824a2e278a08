#include "app/mass_effect.h"

#include <algorithm>
#include <limits>
#include <set>

namespace khien::app {
namespace {

/// How much stands between a login and its systems: the steps that it owes at once, or more than any number of them.
std::size_t burden(const signin::View& view, const credentials::Login& login) {
  const auto standing = view.standing_of(login);
  if (standing.decision.verdict == policy::Verdict::Refused) return std::numeric_limits<std::size_t>::max();
  return static_cast<std::size_t>(std::ranges::count_if(
      standing.decision.steps, [&](const policy::Step& step) { return policy::is_due(step, view.at()); }));
}

/// Now, a week from now, and the beginnings of directives between: what is worse at any time of the week is worse at
/// one of these, because nobody is assumed to change a password meanwhile.
std::set<Instant> instants(const directives::Register& would_be, Instant now) {
  const Instant end = add(now, kMassEffectWithin);
  std::set<Instant> out{now, end};
  for (const auto& directive : would_be.directives())
    if (now < directive.from && directive.from < end) out.insert(directive.from);
  return out;
}

}  // namespace

Touched touched_by(const signin::Standings& standings, const directives::Register& adopted,
                   const directives::Register& would_be, Instant now) {
  Touched out;
  std::set<LoginId> worse;
  for (const Instant at : instants(would_be, now)) {
    const auto before = standings.view_with(adopted, at);
    const auto after = standings.view_with(would_be, at);
    out.logins = 0;
    before->logins().all().for_each([&](const LoginId& id, const credentials::Login& login) {
      if (login.state != policy::LifecycleState::Active) return;
      ++out.logins;
      if (burden(*before, login) < burden(*after, login)) worse.insert(id);
    });
  }
  out.worse = worse.size();
  return out;
}

}  // namespace khien::app
