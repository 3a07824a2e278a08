// The one pure function that every gate asks: may this login go on, what does it still owe, or why not, by which
// clause.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "policy/facts.h"

namespace khien::policy {

/// Settings of an installation that clauses leave open.
struct DecisionSettings {
  /// How long "later" may be chosen for reading a directive, from its start or the account's, whichever is later.
  Period reading_grace{.days = 10};
  /// How long "later" may be chosen for signing the statement of responsibility.
  Period signing_grace{.days = 10};
  /// Whether a login that a cutoff shut out may change its password at the gate, with the current one, or must be
  /// reopened by an administrator.
  bool change_at_gate_after_cutoff = false;
  /// While the wall clock is doubted: the last time that it was sure of. What begins after it shuts nobody out.
  std::optional<Instant> clock_trusted_until{};
  /// How long before a rotation or cutoff the holder is told.
  Period notice{.days = 14};
};

enum class StepKind : std::uint8_t { ChangePassword, ReadDirective, SignStatement, KnowMonitoring };

/// Why a password must be changed.
enum class ChangeReason : std::uint8_t { Issued, Expired, Suspected, UnknownAge, BeforeCutoff, AfterCutoff };

struct Step {
  StepKind kind = StepKind::ChangePassword;
  std::optional<ChangeReason> reason;    ///< of ChangePassword
  std::optional<std::size_t> directive;  ///< of ReadDirective and SignStatement: index into the set
  std::optional<Instant> due;            ///< "later" is possible until then
  ClauseSet clauses;

  bool operator==(const Step&) const = default;
};

/// True if the step cannot be left for later any more.
[[nodiscard]] inline bool is_due(const Step& step, Instant now) {
  return !step.due || *step.due <= now;
}

enum class RefusalReason : std::uint8_t {
  NoAccount,  ///< nothing is opened by this login
  Invited,    ///< not active yet
  Suspended,
  Closed,
  NoPassword,  ///< no password was ever issued
  Cutoff,      ///< shut out by clause
};

struct Refusal {
  RefusalReason reason = RefusalReason::NoAccount;
  ClauseSet clauses;
  std::optional<Date> cutoff;

  bool operator==(const Refusal&) const = default;
};

/// A clock that will fire: shown before it does.
struct Notice {
  ChangeReason reason = ChangeReason::Expired;
  Instant at;
  ClauseSet clauses;

  bool operator==(const Notice&) const = default;
};

enum class Verdict : std::uint8_t { Refused, StepsOwed, Allowed };

/// Refused unless decided otherwise.
struct Decision {
  Verdict verdict = Verdict::Refused;
  Refusal refusal;              ///< if refused
  std::vector<Step> steps;      ///< owed now; those with a `due` in the future may wait
  std::vector<Notice> notices;  ///< clocks within the notice period, soonest first
  /// The earliest rotation date, whether near or not.
  std::optional<Notice> rotation;

  [[nodiscard]] bool must_change_password() const;
  bool operator==(const Decision&) const = default;
};

/// Decides at `now`. Total: every combination of facts has an answer, and what is not known never shuts anybody out.
Decision decide(const LoginFacts& facts, const PolicySet& set, const DecisionSettings& settings, Instant now);

/// The password rule of a login: the join over its accounts.
struct PasswordRule {
  std::int64_t min_length = 0;
  std::uint8_t classes = 0;
  std::optional<std::int64_t> max_length;  ///< raised to `min_length` where directives contradict: min_length wins
  std::int64_t history = 0;
  bool distinct = false;
  bool not_guessable = false;
  ClauseSet length_clauses, classes_clauses, history_clauses, distinct_clauses, not_guessable_clauses;
};
PasswordRule password_rule(std::span<const AccountFacts> accounts);

/// The shortest idle time that a clause orders, and the clauses; absent if none names one.
struct IdleRule {
  bool asked = false;
  std::optional<Period> after;
  ClauseSet clauses;
};
IdleRule idle_rule(std::span<const AccountFacts> accounts);

/// True if the password was set under the cutoff's rule, after its directive began, and not later than `now`.
bool conforms(const PasswordFacts& password, const Cutoff& cutoff, const PolicySet& set, Instant now);

}  // namespace khien::policy
