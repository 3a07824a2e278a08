// A limit on what can be learned by trying passwords at a change: "differs from your other logins", "not one of the
// last N" and "not made from your numbers" tell whoever knows one password whether a guess meets one of the holder's
// secrets, and an accepted change tells that it meets none. So every comparison counts.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <variant>

#include "base/ids.h"
#include "base/time.h"

namespace khien::credentials {

/// Whose tries are counted: a person's over all logins of his own; those in a login that several share by themselves,
/// so that none of them uses up what its custodian has.
using Counted = std::variant<PersonId, LoginId>;

/// At most `times` in any window of that length for each of them. Not thread-safe.
class ComparisonLimit {
 public:
  struct Options {
    std::size_t times = 10;
    std::chrono::microseconds window = std::chrono::hours{24};
    std::size_t max_counted = 200'000;  ///< above it, those without a record are refused until records run out
  };

  explicit ComparisonLimit(Options options) : options_(options) {}

  /// Takes one; false if none is left, then the password must not be compared at all.
  bool take(const Counted& whose, Instant now);

  [[nodiscard]] std::size_t counted() const { return taken_.size(); }

 private:
  void forget_old(Instant now);

  Options options_;
  std::unordered_map<Counted, std::deque<Instant>> taken_;
};

}  // namespace khien::credentials
