#include "policy/hold.h"

#include <algorithm>
#include <array>

namespace khien::policy {
namespace {

constexpr std::array<std::string_view, 5> kCodes{"unknown", "declared", "requested", "observed", "enforced"};

}  // namespace

std::string_view code_of(Hold hold) {
  return kCodes[static_cast<std::size_t>(hold)];
}

std::optional<Hold> parse_hold(std::string_view code) {
  const auto found = std::ranges::find(kCodes, code);
  if (found == kCodes.end()) return std::nullopt;
  return static_cast<Hold>(found - kCodes.begin());
}

Text name_of(Hold hold) {
  switch (hold) {
    case Hold::Unknown:
      return {"chưa rõ", "unknown"};
    case Hold::Declared:
      return {"đã cam kết", "declared"};
    case Hold::Requested:
      return {"đã yêu cầu", "requested"};
    case Hold::Observed:
      return {"đã quan sát", "observed"};
    case Hold::Enforced:
      return {"được thực thi", "enforced"};
  }
  return {};
}

bool enforced_at_our_gate(Kind kind) {
  switch (kind) {
    case Kind::PasswordComposition:
    case Kind::PasswordRotation:
    case Kind::PasswordFirstChange:
    case Kind::PasswordCutoff:
    case Kind::PasswordHistory:
    case Kind::PasswordDistinct:
    case Kind::PasswordNotGuessable:
    case Kind::PasswordChangeOnSuspicion:
    case Kind::AccountAccountability:
    case Kind::SessionLogoutIdle:
    case Kind::DirectiveDisseminate:
      return true;
    default:
      return false;
  }
}

HoldRecord effective_hold(Kind kind, bool behind_gate, const HoldRecord& of_system,
                          const std::optional<HoldRecord>& of_account) {
  if (behind_gate && enforced_at_our_gate(kind)) return {Hold::Enforced, std::nullopt, {}};
  const HoldRecord& record = of_account ? *of_account : of_system;
  // A record cannot claim what only our gate can do.
  if (record.hold == Hold::Enforced) return {};
  return record;
}

}  // namespace khien::policy
