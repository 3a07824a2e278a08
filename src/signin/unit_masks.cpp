#include "signin/unit_masks.h"

#include <algorithm>
#include <mutex>

namespace khien::signin {

UnitMasks::UnitMasks(std::shared_ptr<const people::Directory> directory, std::shared_ptr<const policy::PolicySet> set,
                     Instant at)
    : directory_(std::move(directory)), set_(std::move(set)), former_(*directory_, set_->scope_units(), at), at_(at) {
  directory_->units().for_each([&](const UnitId& id, const people::Unit& unit) {
    for (const auto& version : unit.versions) {
      narrow(version.valid.from);
      narrow(version.valid.end());
    }
    for (const auto& succession : directory_->successions_of(id)) narrow(succession.at);
  });
}

void UnitMasks::narrow(Instant boundary) {
  if (boundary <= at_)
    from_ = std::max(from_, boundary);
  else
    until_ = std::min(until_, boundary);
}

const policy::ScopeMask& UnitMasks::of(const UnitId& unit) const {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = known_.find(unit); found != known_.end()) return found->second;
  }
  auto mask = work_out(unit);
  const std::lock_guard lock(mutex_);
  return known_.try_emplace(unit, std::move(mask)).first->second;
}

policy::ScopeMask UnitMasks::work_out(const UnitId& unit) const {
  auto units = people::units_above(*directory_, unit, at_);
  for (const auto& former : former_.speaking_for(unit)) units.push_back(former);
  return set_->unit_mask(units);
}

}  // namespace khien::signin
