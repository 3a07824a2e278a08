// How one account stands against every control that is asked of it: what the dashboards and reports count.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "policy/facts.h"
#include "policy/hold.h"

namespace khien::policy {

/// Unknown never counts as compliant, and is not a violation either.
enum class Compliance : std::uint8_t { NotAsked, Unknown, Conforms, Violates };

struct Assessed {
  Compliance compliance = Compliance::NotAsked;
  Hold hold = Hold::Unknown;

  bool operator==(const Assessed&) const = default;
};

/// One for each kind, in the order of the catalogue.
using Assessment = std::array<Assessed, kKindCount>;

/// How far each control holds for the account (`accounts::Register::holds`), one for each kind.
using Holds = std::array<Hold, kKindCount>;

/// Judges what must be by the facts of the login that opens the account; kinds that those facts say nothing about are
/// unknown. `password` is nullptr where the system's own login opens the account: then nothing about it is known.
Assessment assess(const AccountFacts& account, const PasswordFacts* password, std::span<const DirectiveId> read,
                  std::span<const DirectiveId> signed_statements, const Holds& holds, const PolicySet& set,
                  Instant now);

}  // namespace khien::policy
