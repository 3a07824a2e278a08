// Tables of this subject. Systems and accounts are rows with their present values (the evidence log has their past);
// holds and exceptions are kept twice dated: a change sets `superseded_at` and adds a row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/register.h"
#include "store/store.h"

namespace khien::accounts {

/// Everything; holds and exceptions as they were known at that time. Instant::max() is what is known now.
Register load_register(store::Reader& reader, Instant known_at = Instant::max());

/// Each reads one thing anew into the register; what is no longer there goes.
void refresh_system(store::Reader& reader, Register& known, const SystemId& id);
void refresh_account(store::Reader& reader, Register& known, const AccountId& id);
void refresh_accounts_of(store::Reader& reader, Register& known, const SystemId& system);
void refresh_exception(store::Reader& reader, Register& known, const ExceptionId& id);

// Systems.
std::optional<System> load_system(store::Reader& reader, const SystemId& id);
std::optional<SystemId> find_system_coded(store::Reader& reader, const std::string& code);
void load_systems(store::Reader& reader, Register& known, Instant known_at);
void insert_system(store::Transaction& transaction, const System& system, Instant now);
void update_system(store::Transaction& transaction, const System& system, Instant now);

// Holds, of a system (SystemId) or of one account (AccountId).
void load_holds(store::Reader& reader, Register& known, Instant known_at);
template <class Whose>
Holds load_holds_of(store::Reader& reader, const Whose& whose);
template <class Whose>
std::optional<policy::HoldRecord> load_hold(store::Reader& reader, const Whose& whose, policy::Kind kind);
/// Instead of what was on record; nullopt: from now on nothing is.
template <class Whose>
void save_hold(store::Transaction& transaction, const Whose& whose, policy::Kind kind,
               const std::optional<policy::HoldRecord>& record, Instant now);
void delete_holds(store::Transaction& transaction, const AccountId& account);

// Accounts.
void load_accounts(store::Reader& reader, Register& known);
std::optional<Account> load_account(store::Reader& reader, const AccountId& id);
/// The account of that name that is not closed.
std::optional<AccountId> find_account_named(store::Reader& reader, const SystemId& system,
                                            const std::string& user_name);
void insert_account(store::Transaction& transaction, const Account& account, Instant now);
void update_account(store::Transaction& transaction, const Account& before, const Account& after, Instant now);
/// Only the two observed columns.
void update_observation(store::Transaction& transaction, const AccountId& id, const Observation& observed);
void delete_account(store::Transaction& transaction, const AccountId& id);

// Exceptions.
void load_exceptions(store::Reader& reader, Register& known, Instant known_at);
std::optional<policy::Exception> load_exception(store::Reader& reader, const ExceptionId& id);
void insert_exception(store::Transaction& transaction, const policy::Exception& exception, Instant now);
/// A revision with other dates or words; the clauses of an exception never change.
void revise_exception(store::Transaction& transaction, const policy::Exception& exception, Instant now);

}  // namespace khien::accounts
