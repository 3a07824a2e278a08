// One row of a list of accounts, read into values; used by the planner of accounts only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounts/import_holder.h"
#include "accounts/register.h"
#include "sheets/table.h"

namespace khien::accounts {

/// What is empty was not said.
struct AccountRow {
  std::size_t number = 0;
  bool complete = true;  ///< false if a cell is wrong: what that cell would say is empty
  System system;
  std::string user_name;
  std::string wanted_login;
  std::optional<AccountKind> kind;
  std::optional<LifecycleState> state;
  PersonWords person;
  std::string custodian;
  std::vector<std::string> named_users;
  UnitId unit;
  std::optional<Instant> created;

  /// `hungnv @ mail`
  [[nodiscard]] std::string label() const { return user_name + " @ " + system.code; }
};

class AccountRowReader {
 public:
  /// All must outlive it.
  AccountRowReader(const sheets::Table& table, const Register& known, const people::Directory& directory, Instant now);

  /// The row; every problem in it is told.
  AccountRow read(const sheets::TableRow& cells, std::vector<Error>& problems) const;

  /// The column that names the account.
  [[nodiscard]] const std::string& user_name_key() const { return user_name_key_; }

 private:
  Result<System> system_of(const std::string& text) const;
  Result<UnitId> unit_coded(const std::string& code) const;
  Result<std::string> login_of(const std::string& text, const System& system) const;

  const sheets::Table& table_;
  const people::Directory& directory_;
  Instant now_;
  std::string user_name_key_;                           ///< `login` where "Tên đăng nhập" is the only column of names
  std::map<std::string, std::vector<System>> systems_;  ///< by folded code and folded name
};

}  // namespace khien::accounts
