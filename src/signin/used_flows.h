// Sign-ins under way that came to their end: those that opened their session, and those that were refused. Neither they
// nor a copy of their cookie open one, until the password is given again.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "signin/flow.h"

namespace khien::signin {

/// Thread-safe. Bounded by the sign-ins of two lives of a flow: each entry stands for a password that was right.
class UsedFlows {
 public:
  enum class End : std::uint8_t { SignedIn, Refused };

  explicit UsedFlows(const Clock& clock) : steady_(clock) {}

  /// False if this flow was used up or refused before.
  [[nodiscard]] bool use_up(const Flow& flow);
  /// The session could not be written: the flow may try again.
  void give_back(const Flow& flow);
  /// It goes on no more, also once the reason has gone.
  void refuse(const Flow& flow);
  /// How the flow came to its end; nullopt if it goes on.
  [[nodiscard]] std::optional<End> end_of(const Flow& flow);

 private:
  using Key = std::pair<FlowId, Instant>;  ///< and when its password was checked

  bool end(const Flow& flow, End how);

  SteadyTime steady_;
  std::mutex mutex_;
  std::map<Key, End> ended_;
  std::deque<std::pair<Instant, Key>> until_;  ///< in the order of their ends
};

}  // namespace khien::signin
