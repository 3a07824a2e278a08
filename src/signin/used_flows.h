// Sign-ins under way that opened their session: a copy of their cookie opens no second one.
#pragma once

#include <deque>
#include <mutex>
#include <set>
#include <utility>

#include "base/clock.h"
#include "signin/flow.h"

namespace khien::signin {

/// Thread-safe. Bounded by the sign-ins of two lives of a flow.
class UsedFlows {
 public:
  explicit UsedFlows(const Clock& clock) : steady_(clock) {}

  /// False if this flow was used up before.
  [[nodiscard]] bool use_up(const Flow& flow);
  /// The session could not be written: the flow may try again.
  void give_back(const Flow& flow);
  [[nodiscard]] bool contains(const Flow& flow);

 private:
  using Used = std::pair<FlowId, Instant>;  ///< and when its password was checked
  SteadyTime steady_;
  std::mutex mutex_;
  std::set<Used> used_;
  std::deque<std::pair<Instant, Used>> until_;  ///< in the order of being used
};

}  // namespace khien::signin
