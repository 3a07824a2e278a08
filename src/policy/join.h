// The join of controls: what several directives ask of one subject, the stricter winning, each value keeping its
// clauses.
//
// The join is commutative, associative, idempotent and monotone (join_test.cpp shows it on random controls), so the
// order in which directives arrive does not matter and adding one never loosens anything.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "policy/directive.h"

namespace khien::policy {

/// Index into the clauses of the PolicySet that a policy comes from.
using ClauseIndex = std::uint32_t;
/// Ascending, without repeats.
using ClauseSet = std::vector<ClauseIndex>;

/// Adds one set to another.
void unite(ClauseSet& into, std::span<const ClauseIndex> more);

/// One value that stands after joining, with every clause that gives it.
struct Joined {
  Atom atom;
  ClauseSet clauses;

  bool operator==(const Joined&) const = default;
};

/// What is asked about one kind of control.
struct KindPolicy {
  ClauseSet clauses;  ///< every clause that asks for this kind at all; empty: nothing is asked
  /// One list per parameter in the catalogue's order, ascending by atom: one atom for Max and Min, several otherwise.
  std::vector<std::vector<Joined>> values;

  [[nodiscard]] bool asked() const { return !clauses.empty(); }
  bool operator==(const KindPolicy&) const = default;
};

/// One side of a policy: all that must be, or all that is ordered or advised.
class Demands {
 public:
  /// Joins one control of a clause.
  void add(const Control& control, ClauseIndex clause);
  /// Joins all of another.
  void add(const Demands& other);

  [[nodiscard]] const KindPolicy& of(Kind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }
  bool operator==(const Demands&) const = default;

 private:
  std::array<KindPolicy, kKindCount> kinds_;
};

/// True if `stricter` asks at least all that `looser` asks, value by value.
bool at_least_as_strict(const Demands& stricter, const Demands& looser);

}  // namespace khien::policy
