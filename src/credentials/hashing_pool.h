// A bounded pool of low-priority threads for Argon2, so that a rush of sign-ins neither grows a queue without end nor
// slows pages that hash nothing.
//
// Ownership: one mutex guards the queues; a job belongs to its queue until a thread takes it, then to that thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "credentials/verifier.h"

namespace khien::credentials {

struct HashingPoolOptions {
  unsigned threads = 1;
  std::size_t queue = 128;  ///< jobs that wait, over all sources
  int niceness = 10;        ///< added to the threads; 0 leaves them as they are
};

struct HashingFigures {
  std::uint64_t done = 0;
  std::uint64_t work = 0;              ///< KiB × passes, sum over the jobs done
  std::uint64_t busy = 0;              ///< refused because the queue was full
  std::size_t waiting = 0;             ///< now
  std::chrono::microseconds waited{};  ///< sum over the jobs done
  std::chrono::microseconds longest_wait{};
};

class HashingPool {
 public:
  using Done = std::move_only_function<void(Result<PasswordHash>)>;

  HashingPool(const HashingPoolOptions& options, const Clock& clock);
  /// Waits for the jobs that run; those that wait are answered "busy".
  ~HashingPool();
  HashingPool(const HashingPool&) = delete;
  HashingPool& operator=(const HashingPool&) = delete;

  /// `done` is called on a thread of the pool: it must only hand the result over. Sources (say, a peer's network) take
  /// turns, and one source may hold half of the queue at most. Busy if there is no place; then `done` is not called.
  Result<void> submit(std::uint64_t source, Secret password, Bytes holder_salt, Argon2Parameters parameters, Done done);

  /// The same, blocking: for commands and tests, never on an event loop.
  Result<PasswordHash> run(std::uint64_t source, Secret password, Bytes holder_salt, Argon2Parameters parameters);

  [[nodiscard]] HashingFigures figures() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace khien::credentials
