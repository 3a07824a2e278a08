#include "signin/used_flows.h"

namespace khien::signin {

bool UsedFlows::use_up(const Flow& flow) {
  const Instant now = steady_.now();
  const Used key{flow.id, flow.password_checked_at};
  const std::lock_guard lock(mutex_);
  while (!until_.empty() && until_.front().first <= now) {
    used_.erase(until_.front().second);
    until_.pop_front();
  }
  if (!used_.insert(key).second) return false;
  // Twice as long as its cookie can be opened: the wall clock may step back a little meanwhile.
  until_.emplace_back(add(add(now, kFlowLifetime), kFlowLifetime), key);
  return true;
}

void UsedFlows::give_back(const Flow& flow) {
  const std::lock_guard lock(mutex_);
  used_.erase({flow.id, flow.password_checked_at});
}

bool UsedFlows::contains(const Flow& flow) {
  const std::lock_guard lock(mutex_);
  return used_.contains({flow.id, flow.password_checked_at});
}

}  // namespace khien::signin
