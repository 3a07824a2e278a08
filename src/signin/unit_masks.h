// The scopes of directives that each unit is within, worked out once per unit and kept while nothing about units
// changes.
#pragma once

#include <memory>
#include <shared_mutex>
#include <unordered_map>

#include "people/former_units.h"
#include "policy/policy_set.h"

namespace khien::signin {

/// For one directory and one set, over the span of valid time around an instant in which no unit begins, ends, moves or
/// gets a successor. Thread-safe.
class UnitMasks {
 public:
  UnitMasks(std::shared_ptr<const people::Directory> directory, std::shared_ptr<const policy::PolicySet> set,
            Instant at);

  [[nodiscard]] bool serves(const people::Directory* directory, const policy::PolicySet* set, Instant at) const {
    return directory_.get() == directory && set_.get() == set && from_ <= at && at < until_;
  }
  /// Valid as long as this.
  [[nodiscard]] const policy::ScopeMask& of(const UnitId& unit) const;
  /// The same, not kept.
  [[nodiscard]] policy::ScopeMask work_out(const UnitId& unit) const;

 private:
  void narrow(Instant boundary);

  const std::shared_ptr<const people::Directory> directory_;
  const std::shared_ptr<const policy::PolicySet> set_;
  const people::FormerUnits former_;
  const Instant at_;
  Instant from_ = Instant::min();
  Instant until_ = Instant::max();
  mutable std::shared_mutex mutex_;
  mutable std::unordered_map<UnitId, policy::ScopeMask> known_;
};

}  // namespace khien::signin
