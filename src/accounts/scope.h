// Where an account belongs at an instant, and what is waived for it.
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

/// Exceptions that hold for the account at that instant: its own, those of its login and, on one's own account, those
/// of its holder. Valid as long as the register.
std::vector<const policy::Exception*> exceptions_for(const Account& account, const Register& known, Instant at);

/// The clauses that they waive.
std::vector<std::pair<DirectiveId, std::string>> waived_for(const Account& account, const Register& known, Instant at);

}  // namespace khien::accounts
