// What the names on a command line mean: people, logins, accounts, systems, directives, kinds of control. An unknown
// name is told with the nearest that exist.
#pragma once

#include <string>
#include <vector>

#include "accounts/register.h"
#include "credentials/login.h"
#include "directives/register.h"
#include "people/directory.h"

namespace khien::cli {

/// By id, staff code, or work mail: the whole of it, so that nobody else is meant.
Result<PersonId> find_person(const people::Directory& directory, const std::string& name);
/// `Trần Thị Lan (CB002)`; the id where nothing is known of the person.
std::string name_of(const people::Directory& directory, const PersonId& person);

/// `annv@tthc`
std::string name_of(const accounts::Register& known, const accounts::Account& account);
/// `account/ID`, `login/ID` or `person/ID` as a person knows it: `annv@tthc`, `annv`, `Trần Thị Lan (CB002)`; the text
/// itself where it is gone.
std::string name_of_subject(const accounts::Register& known, const credentials::Logins& logins,
                            const people::Directory& directory, const std::string& subject);

Result<credentials::Login> find_login(const credentials::Logins& logins, const std::string& name);
Result<accounts::System> find_system(const accounts::Register& known, const std::string& code);
/// `USER@SYSTEM`, of the accounts that are not closed.
Result<accounts::Account> find_account(const accounts::Register& known, const std::string& name);
/// The same by its user name in the system.
Result<accounts::Account> find_account(const accounts::Register& known, const accounts::System& system,
                                       const std::string& user_name);
/// By code among those not ended at `at`, or by id.
Result<policy::Directive> find_directive(const directives::Register& known, const std::string& name, Instant at);
/// The same, and if all of that code have ended the one that ended last.
Result<policy::Directive> find_directive_ever(const directives::Register& known, const std::string& name, Instant at);
/// What a name in the log may mean, of every kind at once: a login, a person (staff code, work mail), an account
/// (`USER@SYSTEM`, closed ones too), a system, a directive (all of one code, ended ones too), an id, `kind/ID`, or
/// `kind/NAME`.
struct Named {
  std::vector<std::string> subjects;  ///< of entries: `login/…`
  std::vector<std::string> ids;       ///< with a person's also those of the logins and accounts that are one's own
};
Result<Named> find_named(const accounts::Register& known, const credentials::Logins& logins,
                         const people::Directory& directory, const directives::Register& adopted,
                         const std::string& name);

Result<policy::Kind> find_kind(const std::string& code);

}  // namespace khien::cli
