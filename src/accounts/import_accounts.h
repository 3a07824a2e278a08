// Planning an import of accounts: what the rows of a list mean for the accounts that are known.
#pragma once

#include <string>
#include <vector>

#include "accounts/lifecycle.h"
#include "accounts/register.h"
#include "people/directory.h"
#include "people/id_source.h"
#include "people/sealing.h"
#include "sheets/plan.h"
#include "sheets/table.h"

namespace khien::accounts {

/// What is to be saved of one account.
struct AccountChange {
  Account before;         ///< Account{} of a new one
  Account after;          ///< before the acts: they lead on from here
  std::vector<Act> acts;  ///< to the state that the row gives
  std::size_t row = 0;

  [[nodiscard]] bool is_new() const { return before.id.is_nil(); }
  /// Somebody else has it from now on.
  [[nodiscard]] bool hands_over() const { return !is_new() && before.holder != after.holder; }
};

/// A login of ours that a row names for its account; it is for the subject of logins to make and bind.
struct WantedLogin {
  std::size_t row = 0;
  AccountId account;
  PersonId holder;
  std::string user_name;
};

/// A login that opens an account from now on, in the place of the one that opens it now (nil for none).
struct LoginBinding {
  AccountId account;
  LoginId before;
  LoginId after;
};

struct AccountsImport {
  sheets::ImportPlan plan;
  std::vector<AccountChange> changes;  ///< incomplete if the plan has problems
  std::vector<WantedLogin> logins;     ///< of unchanged accounts too
  std::vector<LoginBinding> bindings;  ///< empty here: planned from `logins` by whoever knows logins
};

/// Keys of the columns as in accounts/import_columns.h.
///
/// A row is an account, known by system and user name. Its holder is found by identity number, else by staff code, else
/// by unit, name and birth date; never by name alone, and an account of nobody is a problem. The account of a unit or a
/// program takes `custodian` (identity number, staff code or work mail), or the person of the row. An empty cell says
/// nothing: a new account is then personal, active and issued now. Accounts that no row names stay as they are; a
/// closed account stays closed, and one's own account never changes hands.
AccountsImport plan_accounts(const sheets::Table& table, const Register& known, const people::Directory& directory,
                             const people::Marker& marker, Instant now, people::IdSource::Series ids);

}  // namespace khien::accounts
