#include "accounts/lifecycle.h"

#include <algorithm>
#include <array>
#include <set>

namespace khien::accounts {
namespace {

using State = LifecycleState;

constexpr std::array<std::string_view, kActCount> kCodes{"issue", "lock", "unlock", "close", "revoke_rights", "delete"};

Failure refused(std::string_view vi, std::string_view en) {
  return Failure(Error::refused({std::string(vi), std::string(en)}));
}

Failure closed_for_good(Act act) {
  const Text name = name_of(act);
  return Failure(Error::refused(
      {"Tài khoản đã đóng thì không " + name.vi + " được; đóng là trạng thái cuối cùng. Nếu cần, cấp tài khoản mới.",
       "A closed account stays closed and cannot be changed this way (" + name.en + "); issue a new one if needed."}));
}

Result<State> after_issue(State state) {
  if (state == State::Invited) return State::Active;
  return refused("Tài khoản này đã được cấp rồi.", "This account has been issued already.");
}

Result<State> after_lock(State state) {
  if (state == State::Active) return State::Suspended;
  if (state == State::Suspended) return refused("Tài khoản này đang bị khóa.", "This account is locked already.");
  return refused("Tài khoản chưa kích hoạt thì không cần khóa; nếu không dùng nữa, hãy đóng.",
                 "An account that is not active yet cannot be locked; close it if it is not wanted.");
}

Result<State> after_unlock(State state) {
  if (state == State::Suspended) return State::Active;
  return refused("Tài khoản này không bị khóa.", "This account is not locked.");
}

Result<State> after_revoke(State state) {
  if (state != State::Invited) return state;
  return refused("Tài khoản chưa kích hoạt nên chưa có quyền để thu hồi.",
                 "An account that is not active yet has no rights to revoke.");
}

}  // namespace

std::string_view code_of(Act act) {
  return kCodes[static_cast<std::size_t>(act)];
}

Text name_of(Act act) {
  switch (act) {
    case Act::Issue:
      return {"cấp", "issue"};
    case Act::Lock:
      return {"khóa", "lock"};
    case Act::Unlock:
      return {"mở khóa", "unlock"};
    case Act::Close:
      return {"đóng", "close"};
    case Act::RevokeRights:
      return {"thu hồi", "revoke rights"};
    case Act::Delete:
      return {"xóa", "delete"};
  }
  return {};
}

Result<State> state_after(Act act, State state) {
  if (act == Act::Delete) {
    if (state == State::Closed) return state;
    return refused("Chỉ xóa được tài khoản đã đóng.", "Only a closed account can be deleted.");
  }
  if (act == Act::Close && state == State::Closed)
    return refused("Tài khoản này đã đóng rồi.", "This account is closed already.");
  if (state == State::Closed) return closed_for_good(act);
  switch (act) {
    case Act::Issue:
      return after_issue(state);
    case Act::Lock:
      return after_lock(state);
    case Act::Unlock:
      return after_unlock(state);
    case Act::RevokeRights:
      return after_revoke(state);
    default:
      return State::Closed;
  }
}

std::optional<std::vector<Act>> acts_between(State from, State to) {
  if (from == to) return std::vector<Act>{};
  if (from == State::Closed || to == State::Invited) return std::nullopt;
  if (to == State::Closed) return std::vector{Act::Close};
  if (to == State::Suspended)
    return from == State::Invited ? std::vector{Act::Issue, Act::Lock} : std::vector{Act::Lock};
  return std::vector{from == State::Invited ? Act::Issue : Act::Unlock};
}

Result<Account> after(Act act, Account account, Instant at) {
  account.wanted = TRY(state_after(act, account.wanted));
  if (act == Act::Close) account.closed_at = std::max(at, account.created_at);
  TRY(check(account));
  return account;
}

Result<void> check(const Account& account) {
  const auto invalid = [](std::string_view vi, std::string_view en) {
    return Failure(Error::invalid({std::string(vi), std::string(en)}));
  };
  if (is_ones_own(account.kind)) {
    if (account.holder.is_nil())
      return invalid("Tài khoản cá nhân hoặc quản trị phải có đúng một người sử dụng.",
                     "A personal or administrator account must have exactly one holder.");
    if (!account.named_users.empty())
      return invalid("Tài khoản cá nhân hoặc quản trị không được dùng chung.",
                     "A personal or administrator account cannot be shared.");
  }
  if (account.kind == AccountKind::Unit && account.wanted == State::Active && account.holder.is_nil())
    return invalid("Tài khoản của đơn vị phải có người phụ trách thì mới dùng được.",
                   "A unit's account needs a custodian before it can be active.");
  if (std::set(account.named_users.begin(), account.named_users.end()).size() != account.named_users.size())
    return invalid("Một người được nêu hai lần trong danh sách người dùng chung.",
                   "A person is named twice among those who share the account.");
  if ((account.wanted == State::Closed) != account.closed_at.has_value())
    return Failure(Error::internal("an account is closed if and only if it has a time of closing"));
  if (account.closed_at && *account.closed_at < account.created_at)
    return invalid("Ngày đóng không thể trước ngày cấp.", "An account cannot be closed before it was made.");
  return {};
}

Agreement agreement(const Account& account) {
  const auto seen = account.observed.state;
  if (seen == ObservedState::Unknown) return Agreement::Unknown;
  const auto agrees = [&] {
    switch (account.wanted) {
      case State::Invited:
        return true;  // whether the system has it yet is not our business
      case State::Active:
        return seen == ObservedState::Active;
      case State::Suspended:
        return seen != ObservedState::Active;
      case State::Closed:
        return seen == ObservedState::Closed || seen == ObservedState::Absent;
    }
    return false;
  };
  return agrees() ? Agreement::Agrees : Agreement::Differs;
}

bool take(Account& account, const Observation& seen) {
  if (account.observed.as_of && (!seen.as_of || *seen.as_of < *account.observed.as_of)) return false;
  if (account.observed == seen) return false;
  account.observed = seen;
  return true;
}

}  // namespace khien::accounts
