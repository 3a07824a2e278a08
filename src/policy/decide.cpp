#include "policy/decide.h"

#include <algorithm>

namespace khien::policy {
namespace {

bool is_open(const AccountFacts& account) {
  return account.state == LifecycleState::Active && account.policy != nullptr;
}

/// A step of that kind and directive; the same demand by several accounts is one step.
Step& step_of(Decision& decision, StepKind kind, std::size_t directive) {
  for (Step& step : decision.steps)
    if (step.kind == kind && step.directive == directive) return step;
  decision.steps.push_back({kind, std::nullopt, directive, std::nullopt, {}});
  return decision.steps.back();
}

/// One step for each reason and time until which it may wait: a clause stands beside its own day.
void owe_change(Decision& decision, ChangeReason reason, const ClauseSet& clauses,
                std::optional<Instant> due = std::nullopt) {
  for (Step& step : decision.steps)
    if (step.reason == reason && step.due == due) return unite(step.clauses, clauses);
  decision.steps.push_back({StepKind::ChangePassword, reason, std::nullopt, due, clauses});
}

void note(Decision& decision, ChangeReason reason, Instant at, const ClauseSet& clauses) {
  for (Notice& notice : decision.notices)
    if (notice.reason == reason && notice.at == at) return unite(notice.clauses, clauses);
  decision.notices.push_back({reason, at, clauses});
}

void refuse(Decision& decision, RefusalReason reason, const ClauseSet& clauses, std::optional<Date> cutoff) {
  if (decision.verdict == Verdict::Refused && decision.refusal.reason == RefusalReason::Cutoff) {
    unite(decision.refusal.clauses, clauses);
    if (cutoff && decision.refusal.cutoff && *cutoff < *decision.refusal.cutoff) decision.refusal.cutoff = cutoff;
    return;
  }
  decision.verdict = Verdict::Refused;
  decision.refusal = {reason, clauses, cutoff};
}

/// Everything about one login's password at one time; collects into the decision.
class PasswordDecision {
 public:
  PasswordDecision(Decision& decision, const PasswordFacts& password, const PolicySet& set,
                   const DecisionSettings& settings, const CutoffLeave& leave, Instant now)
      : decision_(decision), password_(password), set_(set), settings_(settings), leave_(leave), now_(now) {}

  void judge(const AccountFacts& account) {
    const Demands& must = account.policy->must;
    // Somebody else knows an issued password: it is changed even where no clause says so.
    if (password_.state == PasswordState::Issued)
      owe_change(decision_, ChangeReason::Issued, must.of(Kind::PasswordFirstChange).clauses);
    judge_suspicion(must);
    judge_rotation(must.of(Kind::PasswordRotation));
    for (const Cutoff& cutoff : account.policy->cutoffs)
      if (account.created_at < cutoff.begins()) judge_cutoff(cutoff, delay_of(cutoff, account.delays));
  }

  /// Once every account is judged: when the password expires under the shortest of its rotations, if it has not yet.
  void give_notice() {
    const auto& earliest = decision_.rotation;
    if (earliest && now_ < earliest->at && earliest->at <= add(now_, settings_.notice))
      note(decision_, ChangeReason::Expired, earliest->at, earliest->clauses);
  }

  [[nodiscard]] bool shut_out() const { return shut_out_; }

 private:
  void judge_suspicion(const Demands& must) {
    if (!password_.suspected_at || *password_.suspected_at > now_) return;
    if (password_.changed_at && *password_.changed_at > *password_.suspected_at) return;
    // Even where no clause says so a password known to others is not accepted.
    owe_change(decision_, ChangeReason::Suspected, must.of(Kind::PasswordChangeOnSuspicion).clauses);
  }

  void judge_rotation(const KindPolicy& rotation) {
    if (!rotation.asked()) return;
    if (!password_.changed_at) return owe_change(decision_, ChangeReason::UnknownAge, rotation.clauses);
    for (const Joined& age : rotation.values.front()) {
      const Instant due = add(*password_.changed_at, period_of(age.atom));
      if (!decision_.rotation || due < decision_.rotation->at)
        decision_.rotation = Notice{ChangeReason::Expired, due, age.clauses};
      else if (due == decision_.rotation->at)
        unite(decision_.rotation->clauses, age.clauses);
      if (due <= now_) owe_change(decision_, ChangeReason::Expired, age.clauses);
    }
  }

  [[nodiscard]] const CutoffDelay* delay_of(const Cutoff& cutoff, std::span<const CutoffDelay> delays) const {
    const CutoffDelay* found = nullptr;
    for (const CutoffDelay& delay : delays)
      if (delay.date == cutoff.date && delay.directive == set_.directives()[cutoff.directive].id) found = &delay;
    return found;
  }

  [[nodiscard]] bool is_doubted(Instant begins) const {
    return settings_.clock_trusted_until && *settings_.clock_trusted_until < begins;
  }

  void judge_cutoff(const Cutoff& cutoff, const CutoffDelay* delay) {
    if (conforms(password_, cutoff, set_, now_)) return;
    const Instant begins =
        delay != nullptr && delay->until ? std::max(cutoff.begins(), *delay->until) : cutoff.begins();
    if (!password_.changed_at) return owe_change(decision_, ChangeReason::UnknownAge, cutoff.clauses);
    if (now_ < begins) {
      if (begins <= add(now_, settings_.notice)) {
        owe_change(decision_, ChangeReason::BeforeCutoff, cutoff.clauses, begins);
        note(decision_, ChangeReason::BeforeCutoff, begins, cutoff.clauses);
      }
      return;
    }
    if (leave_.continued_until && now_ < *leave_.continued_until)
      return owe_change(decision_, ChangeReason::AfterCutoff, cutoff.clauses, leave_.continued_until);
    // Somebody with the right to do so let the holder in again after the cutoff, to change it.
    const bool reopened = (password_.state == PasswordState::Issued && *password_.changed_at >= begins) ||
                          (leave_.reopened_at && *leave_.reopened_at >= begins);
    const bool waits_for_confirmation = delay != nullptr && !delay->until;
    if (reopened || waits_for_confirmation || is_doubted(begins) || settings_.change_at_gate_after_cutoff)
      return owe_change(decision_, ChangeReason::AfterCutoff, cutoff.clauses);
    refuse(decision_, RefusalReason::Cutoff, cutoff.clauses, khien::date_of(begins));
    shut_out_ = true;
  }

  Decision& decision_;
  const PasswordFacts& password_;
  const PolicySet& set_;
  const DecisionSettings& settings_;
  const CutoffLeave& leave_;
  const Instant now_;
  bool shut_out_ = false;
};

/// The midnight in Viet Nam that ends the day of that instant, or the instant if it is a midnight: who has until a day
/// has the whole of it.
Instant day_after(Instant instant) {
  const Date date = khien::date_of(instant);
  const Instant begins = start_of(date);
  return begins == instant ? instant : start_of(Date{std::chrono::sys_days{date} + std::chrono::days{1}});
}

bool contains(std::span<const DirectiveId> ids, const DirectiveId& id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// A step for every directive that asks for the kind and that the holder has not done yet.
void owe_each_directive(Decision& decision, const PolicySet& set, const AccountFacts& account, Kind kind, StepKind step,
                        std::span<const DirectiveId> done, const Period& grace) {
  for (const ClauseIndex clause : account.policy->must.of(kind).clauses) {
    const std::size_t index = set.clauses()[clause].directive;
    const Directive& directive = set.directives()[index];
    if (contains(done, directive.id)) continue;
    Step& owed = step_of(decision, step, index);
    const std::array one{clause};
    unite(owed.clauses, one);
    const Instant due = day_after(add(std::max({directive.from, directive.recorded, account.created_at}), grace));
    if (!owed.due || due < *owed.due) owed.due = due;
  }
}

std::optional<RefusalReason> lifecycle_refusal(const LoginFacts& facts) {
  switch (facts.state) {
    case LifecycleState::Invited:
      return RefusalReason::Invited;
    case LifecycleState::Suspended:
      return RefusalReason::Suspended;
    case LifecycleState::Closed:
      return RefusalReason::Closed;
    case LifecycleState::Active:
      break;
  }
  if (std::ranges::any_of(facts.accounts, is_open)) return std::nullopt;
  const auto all = [&](LifecycleState state) {
    return !facts.accounts.empty() &&
           std::ranges::all_of(facts.accounts, [&](const AccountFacts& account) { return account.state == state; });
  };
  if (all(LifecycleState::Suspended)) return RefusalReason::Suspended;
  if (all(LifecycleState::Closed)) return RefusalReason::Closed;
  if (all(LifecycleState::Invited)) return RefusalReason::Invited;
  return RefusalReason::NoAccount;
}

}  // namespace

bool Decision::must_change_password() const {
  return std::ranges::any_of(steps,
                             [](const Step& step) { return step.kind == StepKind::ChangePassword && !step.due; });
}

bool conforms(const PasswordFacts& password, const Cutoff& cutoff, const PolicySet& set, Instant now) {
  return password.state == PasswordState::Own && password.changed_at &&
         *password.changed_at >= set.directives()[cutoff.directive].from && *password.changed_at <= now &&
         password.rule_min_length >= cutoff.min_length && (cutoff.classes & ~password.rule_classes) == 0;
}

Decision decide(const LoginFacts& facts, const PolicySet& set, const DecisionSettings& settings, Instant now) {
  Decision decision;
  if (const auto reason = lifecycle_refusal(facts)) {
    decision.refusal.reason = *reason;
    return decision;
  }
  if (facts.password.state == PasswordState::None) {
    decision.refusal.reason = RefusalReason::NoPassword;
    return decision;
  }
  PasswordDecision password(decision, facts.password, set, settings, facts.leave, now);
  for (const AccountFacts& account : facts.accounts) {
    if (!is_open(account)) continue;
    password.judge(account);
    owe_each_directive(decision, set, account, Kind::DirectiveDisseminate, StepKind::ReadDirective, facts.read,
                       settings.reading_grace);
    owe_each_directive(decision, set, account, Kind::AccountAccountability, StepKind::SignStatement,
                       facts.signed_statements, settings.signing_grace);
  }
  password.give_notice();
  std::ranges::sort(decision.notices, {}, &Notice::at);
  if (password.shut_out()) {
    decision.steps.clear();
    return decision;
  }
  if (!facts.knows_of_monitoring) decision.steps.push_back({StepKind::KnowMonitoring, {}, {}, {}, {}});
  decision.verdict = decision.steps.empty() ? Verdict::Allowed : Verdict::StepsOwed;
  return decision;
}

namespace {

/// The one value of a Max or Min parameter, if any.
const Joined* single(const KindPolicy& kind, std::size_t parameter) {
  return kind.asked() && !kind.values[parameter].empty() ? &kind.values[parameter].front() : nullptr;
}

template <class T>
void take_max(T& into, ClauseSet& clauses, const Joined* value) {
  if (value == nullptr || value->atom.a < into) return;
  if (value->atom.a > into) clauses.clear();
  into = value->atom.a;
  unite(clauses, value->clauses);
}

void take_flag(bool& into, ClauseSet& clauses, const KindPolicy& kind) {
  into |= kind.asked();
  unite(clauses, kind.clauses);
}

}  // namespace

PasswordRule password_rule(std::span<const AccountFacts> accounts) {
  PasswordRule rule;
  for (const AccountFacts& account : accounts) {
    if (account.state == LifecycleState::Closed || account.policy == nullptr) continue;
    const Demands& must = account.policy->must;
    const KindPolicy& composition = must.of(Kind::PasswordComposition);
    take_max(rule.min_length, rule.length_clauses, single(composition, 0));
    if (composition.asked())
      for (const Joined& value : composition.values[1]) {
        rule.classes |= static_cast<std::uint8_t>(1U << value.atom.a);
        unite(rule.classes_clauses, value.clauses);
      }
    if (const Joined* most = single(composition, 2))
      rule.max_length = rule.max_length ? std::min(*rule.max_length, most->atom.a) : most->atom.a;
    take_max(rule.history, rule.history_clauses, single(must.of(Kind::PasswordHistory), 0));
    take_flag(rule.distinct, rule.distinct_clauses, must.of(Kind::PasswordDistinct));
    take_flag(rule.not_guessable, rule.not_guessable_clauses, must.of(Kind::PasswordNotGuessable));
  }
  if (rule.max_length) rule.max_length = std::max(*rule.max_length, rule.min_length);
  return rule;
}

IdleRule idle_rule(std::span<const AccountFacts> accounts) {
  IdleRule rule;
  for (const AccountFacts& account : accounts) {
    if (account.state == LifecycleState::Closed || account.policy == nullptr) continue;
    const KindPolicy& idle = account.policy->must.of(Kind::SessionLogoutIdle);
    if (!idle.asked()) continue;
    rule.asked = true;
    const Joined* after = single(idle, 0);
    if (after == nullptr) {
      if (!rule.after) unite(rule.clauses, idle.clauses);
      continue;
    }
    const Period period = period_of(after->atom);
    if (rule.after && nominal_seconds(*rule.after) < nominal_seconds(period)) continue;
    if (!rule.after || *rule.after != period) rule.clauses.clear();
    rule.after = period;
    unite(rule.clauses, after->clauses);
  }
  return rule;
}

}  // namespace khien::policy
