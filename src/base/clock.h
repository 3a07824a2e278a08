// The injected clock. All time comes from here, so that a test can be at any date and a jump can be noticed.
#pragma once

#include <atomic>
#include <chrono>

#include "base/time.h"

namespace khien {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Wall-clock time.
  [[nodiscard]] virtual Instant now() const = 0;
  /// Time that never steps back, from an arbitrary start; for deadlines and for noticing jumps of the wall clock.
  [[nodiscard]] virtual std::chrono::microseconds monotonic() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
  [[nodiscard]] std::chrono::microseconds monotonic() const override {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch());
  }
};

/// The wall clock's time when it was made, going on with monotonic time: for limits and deadlines in memory, which a
/// step of the wall clock must neither prolong nor forgive.
class SteadyTime {
 public:
  explicit SteadyTime(const Clock& clock) : clock_(clock), start_(clock.now() - clock.monotonic()) {}

  [[nodiscard]] Instant now() const { return start_ + clock_.monotonic(); }

 private:
  const Clock& clock_;
  Instant start_;
};

/// A clock that stands still until it is moved. Safe to read from other threads.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : wall_(micros_of(start)) {}

  [[nodiscard]] Instant now() const override { return instant_of(wall_.load()); }
  [[nodiscard]] std::chrono::microseconds monotonic() const override {
    return std::chrono::microseconds{monotonic_.load()};
  }

  /// Both clocks go on.
  void advance(std::chrono::microseconds by) {
    wall_ += by.count();
    monotonic_ += by.count();
  }
  /// Only the wall clock is set, as by an administrator or a bad battery.
  void set_wall(Instant to) { wall_ = micros_of(to); }

 private:
  std::atomic<std::int64_t> wall_;
  std::atomic<std::int64_t> monotonic_{0};
};

}  // namespace khien
