// Importing a list of accounts together with the logins that it names: accounts and logins are two subjects, and the
// list is stored whole or not at all.
#pragma once

#include <vector>

#include "app/installation.h"
#include "sheets/table.h"

namespace khien::app {

struct AccountImport {
  accounts::AccountsImport accounts;          ///< its plan counts and shows what happens to logins too
  std::vector<credentials::NewLogin> logins;  ///< to be made, with their ids
};

/// Reads only. The login of an account is changed only when the present one is closed or is not of the account's holder
/// (who may be another from this row on): a slip in one column must shut nobody out. An account is not handed over
/// while the old holder's login goes on opening it. What stands against a login is a problem of its row.
AccountImport plan_account_import(Installation& installation, const sheets::Table& table);

/// Logins, accounts, what opens them and their entries in one transaction. A plan with problems is refused, and one
/// that no longer fits what is on record is a conflict.
Result<void> store_account_import(Installation& installation, const people::By& by, const AccountImport& planned);

}  // namespace khien::app
