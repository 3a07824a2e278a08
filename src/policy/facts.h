// What a decision needs to know about a login: plain values that a snapshot fills and an entry of the log can repeat.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "policy/policy_set.h"

namespace khien::policy {

/// Where a password came from.
enum class PasswordState : std::uint8_t {
  None,    ///< there is none: sign-in with a password is impossible
  Issued,  ///< somebody else chose it: an administrator, a printed slip, an import
  Own,     ///< the holder set it
};

struct PasswordFacts {
  PasswordState state = PasswordState::None;
  /// When it was set by the holder or issued; absent where it is not known (an imported hash).
  std::optional<Instant> changed_at;
  /// The rule it was checked against when it was set: not the length or classes of the password itself.
  std::int64_t rule_min_length = 0;
  std::uint8_t rule_classes = 0;
  /// Since when it is suspected to be known to others.
  std::optional<Instant> suspected_at;

  bool operator==(const PasswordFacts&) const = default;
};

/// Set by people and clocks only; "must change" and "shut out" are never states.
enum class LifecycleState : std::uint8_t { Invited, Active, Suspended, Closed };

/// A cutoff of one directive that was put off for an account.
struct CutoffDelay {
  DirectiveId directive;
  Date date;
  /// It acts from then on instead; absent: it waits until somebody confirms it, and the password is changed at the
  /// gate.
  std::optional<Instant> until;

  bool operator==(const CutoffDelay&) const = default;
};

/// What was granted to a login that a cutoff shut out.
struct CutoffLeave {
  std::optional<Instant> reopened_at;      ///< let in again, to change its password
  std::optional<Instant> continued_until;  ///< goes on without a change until then

  bool operator==(const CutoffLeave&) const = default;
};

/// One account that a login opens.
struct AccountFacts {
  std::shared_ptr<const EffectivePolicy> policy;
  Instant created_at;
  LifecycleState state = LifecycleState::Active;
  std::vector<CutoffDelay> delays{};  ///< of cutoffs that bind it; the last of one directive and date holds
};

struct LoginFacts {
  PasswordFacts password;
  LifecycleState state = LifecycleState::Active;
  std::span<const AccountFacts> accounts;
  /// Directives that the holder confirmed to have read, and whose statement the holder signed.
  std::span<const DirectiveId> read;
  std::span<const DirectiveId> signed_statements;
  bool knows_of_monitoring = false;
  CutoffLeave leave{};
};

}  // namespace khien::policy
