#include "accounts/service.h"
#include "accounts/store.h"

namespace khien::accounts {
namespace {

using sheets::PlannedAct;
using store::Reader;
using store::Transaction;

Failure changed_since() {
  return Failure(Error::conflict({"Dữ liệu đã thay đổi từ lúc xem trước; hãy xem trước lại rồi mới áp dụng.",
                                  "The data have changed since the preview; look at it again before applying."}));
}

/// One entry for the whole, beside those of each account.
audit::Entry import_entry(const By& by, Instant now, const sheets::ImportPlan& plan) {
  audit::Entry entry{"accounts.imported", now, by.actor, "import/accounts", {}, {}, "imported", std::nullopt, {}};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  entry.facts.push_back({"file", plan.file});
  const auto add = [&](const char* name, PlannedAct act) {
    entry.facts.push_back({name, std::to_string(plan.count(act))});
  };
  add("added", PlannedAct::Add);
  add("changed", PlannedAct::Change);
  add("ended", PlannedAct::End);
  add("unchanged", PlannedAct::Unchanged);
  return entry;
}

std::string type_of(Act act) {
  switch (act) {
    case Act::Issue:
      return "account.issued";
    case Act::Lock:
      return "account.locked";
    case Act::Unlock:
      return "account.unlocked";
    default:
      return "account.closed";
  }
}

/// Saves a change to an account that must still be what was planned on.
Result<void> save_known(Transaction& tx, audit::Recorder& recorder, const By& by, Instant now,
                        const AccountChange& change) {
  if (load_account(tx, change.before.id) != change.before) return changed_since();
  if (change.after != change.before)
    recorder.record(tx, account_entry(by, "account.corrected", now, change.before, change.after));
  Account account = change.after;
  for (const auto act : change.acts) {
    Account next = TRY(after(act, account, now));
    recorder.record(tx, account_entry(by, type_of(act), now, account, next));
    account = std::move(next);
  }
  update_account(tx, change.before, account, now);
  return {};
}

Result<void> save_new(Transaction& tx, audit::Recorder& recorder, const By& by, Instant now, const Account& account) {
  if (account.wanted != LifecycleState::Closed && find_account_named(tx, account.system, account.user_name))
    return changed_since();
  insert_account(tx, account, now);
  recorder.record(tx, account_entry(by, "account.opened", now, Account{}, account));
  return {};
}

}  // namespace

AccountsImport Accounts::plan_import(const sheets::Table& table) {
  const people::IdSource ids(random_);
  return plan_accounts(table, *snapshot(), *people_.snapshot(), people::Marker(keys_), clock_.now(), ids.series());
}

Result<void> Accounts::bind_in(Transaction& tx, const By& by, const LoginBinding& binding, Instant now) {
  const auto known = snapshot();
  return change_in(
      tx, by, "account.login_bound", binding.account,
      [&](Account& changed) -> Result<void> {
        if (changed.login != binding.before) return changed_since();
        changed.login = binding.after;
        return check_login(changed, *known);
      },
      now);
}

Result<void> Accounts::import_in(Transaction& tx, const By& by, const AccountsImport& import, Instant now) {
  if (!import.plan.can_apply()) return Failure(import.plan.problems.front());
  if (import.plan.changes_nothing()) return {};
  for (const auto& change : import.changes)
    TRY(change.is_new() ? save_new(tx, recorder_, by, now, change.after) : save_known(tx, recorder_, by, now, change));
  for (const auto& binding : import.bindings) TRY(bind_in(tx, by, binding, now));
  recorder_.record(tx, import_entry(by, now, import.plan));
  return {};
}

}  // namespace khien::accounts
