// Changing the units: pure functions from a book of units to the next, and the rules that every book must keep.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "base/result.h"
#include "people/types.h"

namespace khien::people {

/// All units that are known, to be changed and then checked and saved whole.
struct UnitBook {
  std::map<UnitId, Unit> units;
  std::vector<UnitSuccession> successions;
};

/// What is wrong with one version of a unit.
struct UnitFault {
  UnitId unit;
  Instant from;  ///< start of the version
  Error error;
};

/// Every breach of: plain values, one version at a time, one unit to a code at a time, a parent that exists in the same
/// tree for as long as its child, no cycle, at most kMostUnitDepth levels. Linear in the versions, times the depth.
std::vector<UnitFault> faults_of(const UnitBook& book);
/// The first fault as an error.
Result<void> check(const UnitBook& book);

/// Each changes the book, or leaves it as it was and says why. What the change does to other units is found by check().

Result<void> begin_unit(UnitBook& book, const UnitId& unit, UnitVersion version);
/// From `version.valid.from` on until the version that held then would have ended; what was before stays.
Result<void> change_unit(UnitBook& book, const UnitId& unit, UnitVersion version);
/// The version that begins at `from` was never right.
Result<void> correct_unit(UnitBook& book, const UnitId& unit, Instant from, UnitVersion right);
Result<void> end_unit(UnitBook& book, const UnitId& unit, Instant at);

/// The old units end at that time, and what still hangs below them hangs below the successor.
Result<void> merge_units(UnitBook& book, std::span<const UnitId> old, const UnitId& successor, Instant at,
                         UnitSuccession::How how);
/// The old unit ends at that time; its children must have been moved before.
Result<void> split_unit(UnitBook& book, const UnitId& old, std::span<const UnitId> successors, Instant at);

}  // namespace khien::people
