#include "accounts/service.h"
#include "accounts/store.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Transaction;

Error unknown_account() {
  return Error::not_found({"Không có tài khoản này.", "There is no such account."});
}

Result<void> require_free_name(Reader& reader, const Account& account) {
  if (account.wanted == LifecycleState::Closed) return {};
  const auto taken = find_account_named(reader, account.system, account.user_name);
  if (!taken || *taken == account.id) return {};
  const auto system = load_system(reader, account.system);
  return Failure(name_taken(account.user_name, system ? system->name : std::string()));
}

}  // namespace

Result<std::vector<AccountId>> Accounts::open_accounts(const By& by, std::span<const NewAccount> wanted) {
  const Instant now = clock_.now();
  const auto known = snapshot();
  const auto directory = people_.snapshot();
  std::vector<Account> accounts;
  std::vector<AccountId> ids;
  accounts.reserve(wanted.size());
  ids.reserve(wanted.size());
  for (const auto& one : wanted) {
    ids.push_back(AccountId::make(random_));
    accounts.push_back(TRY(account_of(one, ids.back(), *known, *directory, now)));
  }
  TRY(store_.write([&](Transaction& tx) -> Result<void> {
    for (const auto& account : accounts) {
      TRY(require_free_name(tx, account));
      insert_account(tx, account, now);
      recorder_.record(tx, account_entry(by, "account.opened", now, Account{}, account));
    }
    return {};
  }));
  return ids;
}

Result<AccountId> Accounts::open_account(const By& by, const NewAccount& wanted) {
  return TRY(open_accounts(by, {&wanted, 1})).front();
}

/// A change that changes nothing leaves no entry.
Result<void> Accounts::change_account(const By& by, const std::string& type, const AccountId& id,
                                      const Change& change) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) { return change_in(tx, by, type, id, change, now); });
}

Result<void> Accounts::change_in(Transaction& tx, const By& by, const std::string& type, const AccountId& id,
                                 const Change& change, Instant now) {
  const auto before = load_account(tx, id);
  if (!before) return Failure(unknown_account());
  Account after = *before;
  TRY(change(after));
  if (after == *before) return {};
  TRY(check(after));
  TRY(check_references(after, *snapshot(), *people_.snapshot()));
  TRY(require_free_name(tx, after));
  update_account(tx, *before, after, now);
  recorder_.record(tx, account_entry(by, type, now, *before, after));
  return {};
}

Result<void> Accounts::act(const By& by, const std::string& type, const AccountId& id, Act act) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) -> Result<void> {
    const auto before = load_account(tx, id);
    if (!before) return Failure(unknown_account());
    const Account changed = TRY(after(act, *before, now));
    if (act == Act::Delete) {
      accounts::delete_account(tx, id);
    } else {
      update_account(tx, *before, changed, now);
    }
    recorder_.record(tx, account_entry(by, type, now, *before, changed));
    return {};
  });
}

Result<void> Accounts::issue(const By& by, const AccountId& account) {
  return act(by, "account.issued", account, Act::Issue);
}
Result<void> Accounts::lock(const By& by, const AccountId& account) {
  return act(by, "account.locked", account, Act::Lock);
}
Result<void> Accounts::unlock(const By& by, const AccountId& account) {
  return act(by, "account.unlocked", account, Act::Unlock);
}
Result<void> Accounts::close(const By& by, const AccountId& account) {
  return act(by, "account.closed", account, Act::Close);
}
Result<void> Accounts::revoke_rights(const By& by, const AccountId& account) {
  return act(by, "account.rights_revoked", account, Act::RevokeRights);
}
Result<void> Accounts::delete_account(const By& by, const AccountId& account) {
  return act(by, "account.deleted", account, Act::Delete);
}

Result<void> Accounts::bind_login(const By& by, const AccountId& account, const LoginId& login) {
  const auto known = snapshot();
  return change_account(by, login.is_nil() ? "account.login_unbound" : "account.login_bound", account,
                        [&](Account& changed) -> Result<void> {
                          changed.login = login;
                          return check_login(changed, *known);
                        });
}

Result<void> Accounts::name_users(const By& by, const AccountId& account, std::vector<PersonId> users) {
  return change_account(by, "account.users_named", account, [&](Account& changed) -> Result<void> {
    changed.named_users = users;
    return {};
  });
}

Result<void> Accounts::correct_account(const By& by, const Account& right) {
  const std::string user_name = TRY(clean_user_name(right.user_name));
  return change_account(by, "account.corrected", right.id, [&](Account& changed) -> Result<void> {
    // The login belongs to the wrong holder: it must not open the account of the right one.
    if (changed.holder != right.holder) changed.login = {};
    changed.kind = right.kind;
    changed.user_name = user_name;
    changed.holder = right.holder;
    changed.unit = right.unit;
    changed.named_users = right.named_users;
    changed.created_at = right.created_at;
    return {};
  });
}

}  // namespace khien::accounts
