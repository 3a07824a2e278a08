#include "accounts/service.h"
#include "accounts/store.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Transaction;

Result<void> require_past(Instant as_of, Instant now) {
  if (as_of > now)
    return Failure(
        Error::invalid({"Ngày của dữ liệu không thể ở tương lai.", "It cannot have been seen in the future."}));
  return {};
}

Result<Account> require_account(Reader& reader, const AccountId& id, const SystemId& system) {
  auto account = load_account(reader, id);
  if (!account || (!system.is_nil() && account->system != system))
    return Failure(Error::not_found({"Không có tài khoản này trong hệ thống.", "The system has no such account."}));
  return std::move(*account);
}

}  // namespace

Result<bool> Accounts::observe(const By& by, const AccountId& account, ObservedState state, Instant as_of) {
  const Instant now = clock_.now();
  TRY(require_past(as_of, now));
  return store_.write([&](Transaction& tx) -> Result<bool> {
    const Account before = TRY(require_account(tx, account, {}));
    Account after = before;
    if (!take(after, {state, as_of})) return before.observed == Observation{state, as_of};
    update_observation(tx, account, after.observed);
    recorder_.record(tx, account_entry(by, "account.observed", now, before, after));
    return true;
  });
}

Result<SeenResult> Accounts::observe_all(const By& by, const SystemId& system, std::span<const Seen> seen,
                                         Instant as_of) {
  const Instant now = clock_.now();
  TRY(require_past(as_of, now));
  return store_.write([&](Transaction& tx) -> Result<SeenResult> {
    if (!load_system(tx, system))
      return Failure(Error::not_found({"Không có hệ thống này trong danh sách.", "There is no such system."}));
    SeenResult result;
    StateCounts counts{};
    for (const auto& one : seen) {
      const Account before = TRY(require_account(tx, one.account, system));
      Account after = before;
      const bool taken = take(after, {one.state, as_of});
      if (!taken && after.observed != Observation{one.state, as_of}) {
        ++result.older;
        continue;
      }
      ++counts[static_cast<std::size_t>(one.state)];
      const bool changed = before.observed.state != one.state;
      ++(changed ? result.changed : result.confirmed);
      if (taken) update_observation(tx, one.account, after.observed);
      if (changed) recorder_.record(tx, account_entry(by, "account.observed", now, before, after));
    }
    recorder_.record(tx, observations_entry(by, now, system, as_of, counts));
    return result;
  });
}

}  // namespace khien::accounts
