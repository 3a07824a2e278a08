// How far a control holds in a system and for one account: enforced by our gate, or only seen, asked for, said, or not
// known at all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/time.h"
#include "policy/catalogue.h"

namespace khien::policy {

/// Ascending by how much it is worth. Unknown never counts as compliant, and is shown as unknown, not as broken.
enum class Hold : std::uint8_t {
  Unknown,
  Declared,   ///< the operator or a head says so, with the letter's number
  Requested,  ///< asked of the operator, with the letter
  Observed,   ///< seen in an export or by a connector, on a date
  Enforced,   ///< by our gate
};
std::string_view code_of(Hold hold);
std::optional<Hold> parse_hold(std::string_view code);
Text name_of(Hold hold);

/// What is on record about one control in one system, or of one account.
struct HoldRecord {
  Hold hold = Hold::Unknown;
  std::optional<Instant> as_of;
  std::string letter;  ///< number of the letter that asked or answered

  bool operator==(const HoldRecord&) const = default;
};

/// True if this version of Khiên itself enforces the kind where people sign in through it.
bool enforced_at_our_gate(Kind kind);

/// What holds: enforced where the system stands behind our gate and the kind is enforced there; otherwise what is on
/// record of the very account, were it that nothing is known of it; otherwise what is on record of the system.
HoldRecord effective_hold(Kind kind, bool behind_gate, const HoldRecord& of_system,
                          const std::optional<HoldRecord>& of_account = {});

}  // namespace khien::policy
