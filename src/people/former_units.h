// What was said of a unit that exists no longer, and for whom it still holds: a reorganisation frees nobody.
//
// As the law has it for merged localities, what the old unit was told goes on within what came from it until somebody
// replaces it, and what the other merged units were told does not spread to it. A unit that ended and whose place
// nothing took is thought to hang where it last hung: its people are still somewhere.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include "people/directory.h"

namespace khien::people {

/// The unit with everything above it at that instant, the unit first. If it ended, everything above all units that took
/// its place; if none did, itself and all above what it last hung below. Empty before it began.
std::vector<UnitId> units_above(const Directory& directory, const UnitId& unit, Instant at);

/// Those of some units whose place others have taken at an instant. The directory must outlive it.
class FormerUnits {
 public:
  FormerUnits(const Directory& directory, std::span<const UnitId> asked, Instant at);

  /// The former units that still speak for a unit: those in which it, or what it came from, was when they ended, for as
  /// long as it stays within what took their place. A unit made since within what took their place belongs to them too.
  [[nodiscard]] std::vector<UnitId> speaking_for(const UnitId& unit) const;

 private:
  struct Former {
    UnitId unit;
    Instant ended;
  };
  /// True if it, or one of those that it took in since, was within the former unit, or was made within its successors.
  [[nodiscard]] bool comes_from(const UnitId& unit, const Former& former, std::size_t steps) const;
  [[nodiscard]] bool is_new_since(const UnitId& unit, const Former& former, std::span<const UnitSuccession> into) const;

  const Directory& directory_;
  Instant at_;
  std::vector<Former> former_;
  std::unordered_map<UnitId, std::vector<UnitSuccession>> into_;  ///< by successor
};

}  // namespace khien::people
