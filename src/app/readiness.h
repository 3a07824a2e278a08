// Whether the installation can do its work now: read and write its database.
#pragma once

#include <mutex>
#include <optional>
#include <span>

#include "base/clock.h"
#include "store/store.h"

namespace khien::app {

/// Thread-safe. Writes one row at most every few seconds, however often it is asked.
class Readiness {
 public:
  static constexpr std::chrono::seconds kFresh{5};

  Readiness(store::Store& store, const Clock& clock) : store_(store), steady_(clock) {}

  /// The error of the write that failed, such as a full disk.
  Result<void> check();

 private:
  store::Store& store_;
  const SteadyTime steady_;
  std::mutex mutex_;
  std::optional<Instant> checked_at_;
  Result<void> last_;
};

std::span<const store::Migration> readiness_migrations();

}  // namespace khien::app
