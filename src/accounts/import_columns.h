// The columns of a list of accounts, in whatever words an office uses.
#pragma once

#include <vector>

#include "sheets/table.h"

namespace khien::accounts {

/// Keys: `system` (code or name), `user_name`, `login`, `kind`, `name`, `identity_number`, `staff_code`, `birth_date`,
/// `unit_code`, `custodian` and `named_users` (staff codes, identity numbers, work mails), `created`, `state`,
/// `last_login` and `note` (known, and ignored). For sheets::find_table.
std::vector<sheets::Column> account_columns();

}  // namespace khien::accounts
