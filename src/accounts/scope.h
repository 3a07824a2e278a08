// Whom a directive's scope sees in an account at an instant: its units, groups, system, kind, and what is waived for
// it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "accounts/register.h"
#include "people/directory.h"
#include "policy/policy_set.h"

namespace khien::accounts {

/// One's own account is where its holder's main posting is at that instant, otherwise where it was issued. An account
/// of a unit or a program stays with its unit, whoever keeps it.
UnitId unit_at(const Account& account, const people::Directory& directory, Instant at);

/// What policy::Subject views. Exceptions of the account, of its login and, on one's own account, of its holder count.
struct SubjectAt {
  UnitId unit;
  std::vector<UnitId> units;    ///< with all above it, and former units that still speak for it
  std::vector<GroupId> groups;  ///< of the holder
  SystemId system;
  AccountKind kind = AccountKind::Personal;
  std::vector<std::pair<DirectiveId, std::string>> waived;

  /// Valid as long as this.
  [[nodiscard]] policy::Subject view() const { return {units, system, kind, groups, waived}; }
};

SubjectAt subject_at(const Account& account, const Register& known, const people::Directory& directory, Instant at);

/// Exceptions that hold for the account at that instant: its own, those of its login and, on one's own account, those
/// of its holder. Valid as long as the register.
std::vector<const policy::Exception*> exceptions_for(const Account& account, const Register& known, Instant at);

/// The clauses that they waive.
std::vector<std::pair<DirectiveId, std::string>> waived_for(const Account& account, const Register& known, Instant at);

}  // namespace khien::accounts
