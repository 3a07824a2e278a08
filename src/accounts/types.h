// Shared systems and the accounts in them: what is wanted, what was seen, and how far each control holds there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "policy/directive.h"
#include "policy/facts.h"
#include "policy/hold.h"

namespace khien::accounts {

using policy::AccountKind;
using policy::LifecycleState;

/// A shared information system.
struct System {
  SystemId id;
  std::string code;  ///< `tthc`, `mail`: unique, used in scopes and on the command line
  std::string name;
  UnitId owner;                ///< đơn vị chủ quản
  std::string operator_name;   ///< đơn vị vận hành, often a vendor
  bool behind_gate = false;    ///< people sign in to it through Khiên
  bool login_is_ours = false;  ///< its accounts are opened by a login of ours even where the page is its own (LDAP)

  bool operator==(const System&) const = default;
};

/// What somebody saw of an account in its system.
enum class ObservedState : std::uint8_t { Unknown, Active, Suspended, Closed, Absent };

struct Observation {
  ObservedState state = ObservedState::Unknown;
  std::optional<Instant> as_of;

  bool operator==(const Observation&) const = default;
};

/// A person's or unit's entry to one system.
struct Account {
  AccountId id;
  SystemId system;
  AccountKind kind = AccountKind::Personal;
  std::string user_name;  ///< as the system knows it, NFC
  /// Our login that opens it; nil where the system's own does.
  LoginId login;
  /// Whose it is: the person of a personal or administrator account, the custodian of a unit or service account. Nil:
  /// nobody known.
  PersonId holder;
  /// The unit that it belongs to: of a personal account where it was issued; rights follow the holder's posting.
  UnitId unit;
  /// Who else may use a unit mailbox, by name.
  std::vector<PersonId> named_users;
  LifecycleState wanted = LifecycleState::Active;
  Observation observed;
  Instant created_at;
  std::optional<Instant> closed_at;

  bool operator==(const Account&) const = default;
};

/// True if a login of ours opens the accounts of the system, so that an account may be bound to one.
inline bool opened_by_us(const System& system) {
  return system.behind_gate || system.login_is_ours;
}

/// True if the account is one person's own; otherwise a unit or a program has it, and its holder only keeps it.
inline bool is_ones_own(AccountKind kind) {
  return kind == AccountKind::Personal || kind == AccountKind::Administrator;
}

/// How two user names of one system are compared: lower case, NFC, marks kept.
std::string user_key(std::string_view user_name);

/// Codes as stored (`active`, `absent`) and names as shown (`đang dùng`).
std::string_view code_of(LifecycleState state);
std::optional<LifecycleState> parse_lifecycle(std::string_view code);
Text name_of(LifecycleState state);
std::string_view code_of(ObservedState state);
std::optional<ObservedState> parse_observed(std::string_view code);
Text name_of(ObservedState state);

}  // namespace khien::accounts
