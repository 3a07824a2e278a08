// The six acts on an account, and the states they lead through. Set by people and clocks only: that a password must be
// changed, or that a clause shuts somebody out, is derived at each decision and never a state.
//
//   (nothing) → invited ──issue──▶ active ──lock──▶ suspended ──unlock──▶ active
//   invited, active, suspended ──close──▶ closed, which is final; only what is closed may be deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "accounts/types.h"
#include "base/result.h"

namespace khien::accounts {

enum class Act : std::uint8_t {
  Issue,         ///< cấp: it is handed to its holder
  Lock,          ///< khóa: shut until further notice
  Unlock,        ///< mở khóa
  Close,         ///< đóng: for good
  RevokeRights,  ///< thu hồi: its rights in the system are taken back, the account stays
  Delete,        ///< xóa: a closed account leaves the list; the evidence stays
};
inline constexpr std::size_t kActCount = 6;

/// `issue`, `revoke_rights`: as stored and in addresses.
std::string_view code_of(Act act);
Text name_of(Act act);

/// The state after the act, or a refusal that says why. RevokeRights and Delete leave the state as it is.
Result<LifecycleState> state_after(Act act, LifecycleState state);

/// The acts that lead from one state to another; nullopt if there is no way.
std::optional<std::vector<Act>> acts_between(LifecycleState from, LifecycleState to);

/// The account after the act, checked. The time of closing is `at`.
Result<Account> after(Act act, Account account, Instant at);

/// What every account must keep: one's own account has a holder and no further users; an active unit mailbox has a
/// custodian; closed if and only if it has a time of closing, which is not before it was made.
Result<void> check(const Account& account);

/// Whether what was seen is what is wanted.
enum class Agreement : std::uint8_t {
  Unknown,  ///< never seen
  Agrees,
  Differs,
};
Agreement agreement(const Account& account);

/// Takes what was seen unless something newer is known. False if the account stays as it was.
bool take(Account& account, const Observation& seen);

}  // namespace khien::accounts
