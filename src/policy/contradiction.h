// Directives that cannot be obeyed together: found when one is added, not by the person who must set a password.
#pragma once

#include <functional>
#include <optional>
#include <span>

#include "base/result.h"
#include "policy/directive.h"

namespace khien::policy {

/// True if the second unit is the first or below it.
using IsWithin = std::function<bool(const UnitId& unit, const UnitId& subtree_root)>;

/// Whether something could be bound by both. Groups always may share people.
bool may_overlap(const Scope& a, const Scope& b, const IsWithin& is_within);

/// The first pair of orders that contradict each other, of which at least one belongs to `added`: a smallest length
/// above a greatest length for the same accounts.
std::optional<Error> find_contradiction(const Directive& added, std::span<const Directive> others,
                                        const IsWithin& is_within);

}  // namespace khien::policy
