// The service of systems and accounts: every change in one transaction with its evidence, and a snapshot that follows
// the log.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "accounts/account_rules.h"
#include "accounts/entries.h"
#include "accounts/import_accounts.h"
#include "accounts/register.h"
#include "audit/feed.h"
#include "base/clock.h"
#include "directives/register.h"
#include "people/service.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::accounts {

/// One account as seen in an export or by a connector.
struct Seen {
  AccountId account;
  ObservedState state = ObservedState::Unknown;
};

/// What a list of observations came to.
struct SeenResult {
  std::size_t changed = 0;    ///< another state than before
  std::size_t confirmed = 0;  ///< the same state, seen later
  std::size_t older = 0;      ///< something newer was known
};

/// Changes may be asked for from any thread. Who may change what is decided by the caller, and whether a second person
/// must agree. Recorded time is the clock's. The snapshot follows `system/ID`, `account/ID`, `exception/ID` and
/// `observations/ID` (of a system); `accounts/*` is everything.
class Accounts final : public audit::Followed<Register> {
 public:
  Accounts(store::Store& store, audit::Recorder& recorder, const people::People& people, const store::Keyring& keys,
           const Clock& clock, Random& random);

  /// Holds and exceptions as they were known at that time; systems and accounts with their present values.
  [[nodiscard]] Result<Register> as_known_at(Instant known_at) const;

  /// `system.id` is ignored.
  Result<SystemId> add_system(const By& by, System system);
  Result<void> correct_system(const By& by, const System& right);
  /// Replaces what was on record about the control in the system. `Enforced` is refused: that is never a record.
  Result<void> record_hold(const By& by, const SystemId& system, policy::Kind kind, policy::HoldRecord record);
  /// The same of one account, which goes before what is on record of its system, even as `Unknown`.
  Result<void> record_hold(const By& by, const AccountId& account, policy::Kind kind, policy::HoldRecord record);
  /// From now on its system speaks for the account again.
  Result<void> withdraw_hold(const By& by, const AccountId& account, policy::Kind kind);

  Result<AccountId> open_account(const By& by, const NewAccount& wanted);
  /// All or none, in one transaction with an entry each; ids in the order given. An error names the first that is
  /// wrong.
  Result<std::vector<AccountId>> open_accounts(const By& by, std::span<const NewAccount> wanted);
  Result<void> issue(const By& by, const AccountId& account);
  Result<void> lock(const By& by, const AccountId& account);
  Result<void> unlock(const By& by, const AccountId& account);
  Result<void> close(const By& by, const AccountId& account);
  /// Records that the rights in the system are taken back; the state stays.
  Result<void> revoke_rights(const By& by, const AccountId& account);
  /// A closed account leaves the list; its entries stay.
  Result<void> delete_account(const By& by, const AccountId& account);

  /// A nil login unbinds: the system's own login opens it.
  Result<void> bind_login(const By& by, const AccountId& account, const LoginId& login);
  Result<void> name_users(const By& by, const AccountId& account, std::vector<PersonId> users);
  /// Kind, user name, holder, unit, users and date of issue were never right. State and observation stay; the account
  /// loses its login with its holder.
  Result<void> correct_account(const By& by, const Account& right);

  /// False if something newer is known already.
  Result<bool> observe(const By& by, const AccountId& account, ObservedState state, Instant as_of);
  /// Many accounts of one system at once: an entry for each whose state changed, and one for the whole.
  Result<SeenResult> observe_all(const By& by, const SystemId& system, std::span<const Seen> seen, Instant as_of);

  /// What an import would do; columns as in accounts/import_columns.h.
  AccountsImport plan_import(const sheets::Table& table);
  /// Stores a plan within a write of the caller, who makes the logins of its bindings there too: an entry for each
  /// account, one for the whole, none for a plan that changes nothing. A plan with problems is refused, and so is one
  /// whose accounts are not what was planned on.
  Result<void> import_in(store::Transaction& tx, const By& by, const AccountsImport& import, Instant now);

  /// `exception.id` is ignored. `adopted` is where the waived clauses must be.
  /// What stands against it; nothing is stored.
  Result<void> check_exception(const policy::Exception& exception, const directives::Register& adopted) const;
  Result<ExceptionId> add_exception(const By& by, policy::Exception exception, const directives::Register& adopted);
  /// It ends at that time instead of later; not in the past.
  Result<void> end_exception(const By& by, const ExceptionId& exception, Instant at);

 private:
  using Change = std::function<Result<void>(Account&)>;

  Result<void> change_account(const By& by, const std::string& type, const AccountId& id, const Change& change);
  Result<void> change_in(store::Transaction& tx, const By& by, const std::string& type, const AccountId& id,
                         const Change& change, Instant now);
  Result<void> act(const By& by, const std::string& type, const AccountId& id, Act act);
  Result<void> bind_in(store::Transaction& tx, const By& by, const LoginBinding& binding, Instant now);
  Result<Register> read_all(store::Reader& reader) override;
  Result<void> read_anew(store::Reader& reader, Register& known, const audit::Subject& subject) override;

  audit::Recorder& recorder_;
  const people::People& people_;
  const store::Keyring& keys_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace khien::accounts
