#include "accounts/types.h"

#include <algorithm>
#include <array>

#include "base/vietnamese.h"

namespace khien::accounts {
namespace {

constexpr std::array<std::string_view, 4> kLifecycle{"invited", "active", "suspended", "closed"};
constexpr std::array<std::string_view, 5> kObserved{"unknown", "active", "suspended", "closed", "absent"};

template <class Enum, std::size_t N>
std::optional<Enum> parse_in(const std::array<std::string_view, N>& codes, std::string_view code) {
  const auto found = std::ranges::find(codes, code);
  if (found == codes.end()) return std::nullopt;
  return static_cast<Enum>(found - codes.begin());
}

}  // namespace

std::string user_key(std::string_view user_name) {
  return lower(user_name);
}

std::string_view code_of(LifecycleState state) {
  return kLifecycle[static_cast<std::size_t>(state)];
}
std::optional<LifecycleState> parse_lifecycle(std::string_view code) {
  return parse_in<LifecycleState>(kLifecycle, code);
}
Text name_of(LifecycleState state) {
  switch (state) {
    case LifecycleState::Invited:
      return {"chưa kích hoạt", "invited"};
    case LifecycleState::Active:
      return {"đang dùng", "active"};
    case LifecycleState::Suspended:
      return {"đã khóa", "locked"};
    case LifecycleState::Closed:
      return {"đã đóng", "closed"};
  }
  return {};
}

std::string_view code_of(ObservedState state) {
  return kObserved[static_cast<std::size_t>(state)];
}
std::optional<ObservedState> parse_observed(std::string_view code) {
  return parse_in<ObservedState>(kObserved, code);
}
Text name_of(ObservedState state) {
  switch (state) {
    case ObservedState::Unknown:
      return {"chưa rõ", "unknown"};
    case ObservedState::Active:
      return {"thấy đang dùng", "seen active"};
    case ObservedState::Suspended:
      return {"thấy đã khóa", "seen locked"};
    case ObservedState::Closed:
      return {"thấy đã đóng", "seen closed"};
    case ObservedState::Absent:
      return {"không thấy trong hệ thống", "not found in the system"};
  }
  return {};
}

}  // namespace khien::accounts
