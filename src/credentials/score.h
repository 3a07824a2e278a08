// Scores of failures that halve with time, and a table of them that stays bounded and cannot be flooded clean.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace khien::credentials {

/// How one kind of score is judged: `free` failures without delay, then `first`, doubling, at most `longest`.
struct Throttle {
  double free = 3;
  std::chrono::microseconds first = std::chrono::seconds{1};
  std::chrono::microseconds longest = std::chrono::minutes{15};
  std::chrono::microseconds half_life = std::chrono::hours{1};
};

struct Score {
  float value = 0;              ///< as it was at `last`
  std::uint32_t candidate = 0;  ///< the last password that was wrong
  Instant last{};

  [[nodiscard]] double at(Instant now, const Throttle& throttle) const;
  /// When the next attempt may come; `extra` is added to what is free.
  [[nodiscard]] Instant next(const Throttle& throttle, double extra = 0) const;
  void charge(Instant now, const Throttle& throttle);
  void give_back(Instant now, const Throttle& throttle);
};

/// Sets of eight entries by a key that the caller has hashed with a secret. A key without a place takes that of the
/// lowest score in its set and inherits it, up to what is free: so a flood of keys gives nobody new free attempts. To
/// push out a score of n, all eight of its set must rise above n, and as nobody knows who shares a set, about
/// (entries × n) failures are needed.
class ScoreTable {
 public:
  ScoreTable(std::size_t entries, const Throttle& throttle);

  /// nullptr if the key has no entry.
  Score* find(std::uint64_t key);
  /// Makes an entry if there is none.
  Score& at(std::uint64_t key, Instant now);

  [[nodiscard]] std::size_t memory() const { return entries_.size() * sizeof(Entry); }

 private:
  struct Entry {
    std::uint64_t key = 0;
    Score score;
  };
  static constexpr std::size_t kWays = 8;

  Entry* set_of(std::uint64_t key) { return &entries_[(key & (entries_.size() / kWays - 1)) * kWays]; }

  Throttle throttle_;
  std::vector<Entry> entries_;
};

}  // namespace khien::credentials
