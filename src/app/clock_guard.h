// Watches the wall clock against time that never steps: after a jump the clocks that act on many wait until somebody
// confirms.
#pragma once

#include <chrono>
#include <optional>

#include "app/installation.h"

namespace khien::app {

/// Of one thread. While the clock is doubted no cutoff that begins after the last sure time shuts anybody out, and
/// nothing that had begun by then is undone by a clock that steps back. The doubt outlives a restart.
class ClockGuard {
 public:
  /// A step of the wall clock by more than this is a jump.
  static constexpr std::chrono::minutes kTolerated{5};
  /// A server that was off for longer doubts the clock when it starts.
  static constexpr std::chrono::days kLongestOff{7};

  explicit ClockGuard(Installation& installation);

  /// What the last run left behind, and the time since. Before anybody signs in.
  Result<void> load();
  /// To be called about once a second. Remembers the time each minute; an entry when the clock jumped.
  Result<void> look();

 private:
  Result<void> doubt(Instant sure, Instant now);
  Result<void> remember(Instant now);

  Installation& installation_;
  std::chrono::microseconds offset_;  ///< wall clock minus the time that never steps, since the start or the last jump
  Instant remembered_{};
};

/// When the clock was last sure, if it is doubted now.
Result<std::optional<Instant>> doubted_since(Installation& installation);
/// The wall clock is right: what waited goes on. An entry. Conflict if it is not doubted.
Result<void> confirm_clock(Installation& installation, const people::By& by);
/// When the server last remembered the time; nullopt if it never ran.
Result<std::optional<Instant>> last_seen(Installation& installation);

std::span<const store::Migration> clock_migrations();

}  // namespace khien::app
