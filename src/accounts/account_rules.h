// What systems and accounts must look like before they are stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/lifecycle.h"
#include "accounts/register.h"
#include "people/directory.h"

namespace khien::accounts {

/// NFC; 1 to 120 characters without spaces and control characters; no formula.
Result<std::string> clean_user_name(std::string_view text);

/// A code of 1 to 40 characters (a–z, 0–9, `.`, `-`, `_`, stored in lower case) and a name of 1 to 200.
Result<System> clean(System system);

/// An account as somebody wants it.
struct NewAccount {
  SystemId system;
  AccountKind kind = AccountKind::Personal;
  std::string user_name;
  PersonId holder;
  UnitId unit;  ///< nil: where the holder's main posting is, otherwise the owner of the system
  std::vector<PersonId> named_users;
  LoginId login;
  LifecycleState wanted = LifecycleState::Invited;
  Observation observed;
  std::optional<Instant> created_at;  ///< absent: now
  std::optional<Instant> closed_at;   ///< of a closed one; absent: now
};

/// The account that follows, cleaned and checked against what is known. Whether its name is free is not looked at.
Result<Account> account_of(const NewAccount& wanted, const AccountId& id, const Register& known,
                           const people::Directory& directory, Instant now);

/// System, holder, users and unit are known.
Result<void> check_references(const Account& account, const Register& known, const people::Directory& directory);
/// A login is bound only where a login of ours opens the system.
Result<void> check_login(const Account& account, const Register& known);

/// The error of a user name that is taken.
Error name_taken(const std::string& user_name, const std::string& system_name);

}  // namespace khien::accounts
