#include "signin/used_flows.h"

namespace khien::signin {
namespace {

std::pair<FlowId, Instant> key_of(const Flow& flow) {
  return {flow.id, flow.password_checked_at};
}

}  // namespace

/// Under the lock. False if it had ended before.
bool UsedFlows::end(const Flow& flow, End how) {
  const Instant now = steady_.now();
  while (!until_.empty() && until_.front().first <= now) {
    ended_.erase(until_.front().second);
    until_.pop_front();
  }
  if (!ended_.try_emplace(key_of(flow), how).second) return false;
  // Twice as long as its cookie can be opened: the wall clock may step back a little meanwhile.
  until_.emplace_back(add(add(now, kFlowLifetime), kFlowLifetime), key_of(flow));
  return true;
}

bool UsedFlows::use_up(const Flow& flow) {
  const std::lock_guard lock(mutex_);
  return end(flow, End::SignedIn);
}

void UsedFlows::give_back(const Flow& flow) {
  const std::lock_guard lock(mutex_);
  ended_.erase(key_of(flow));
}

void UsedFlows::refuse(const Flow& flow) {
  const std::lock_guard lock(mutex_);
  end(flow, End::Refused);
}

std::optional<UsedFlows::End> UsedFlows::end_of(const Flow& flow) {
  const std::lock_guard lock(mutex_);
  const auto found = ended_.find(key_of(flow));
  return found == ended_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace khien::signin
