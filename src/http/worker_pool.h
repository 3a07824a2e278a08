// A fixed number of threads and a bounded queue, for handlers that wait, shared fairly among those who ask. Only for
// this folder.
//
// Ownership: one mutex guards everything. A job waits in `queue_` until a thread is free and its source has less than
// its share at work; from then on it counts as running, in `started_` for the moment that a thread needs to wake up.
// So whenever a thread is free, all sources that wait have their share.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/turn_queue.h"

namespace khien::http {

class WorkerPool {
 public:
  /// Jobs must not throw.
  using Job = std::move_only_function<void()>;

  /// At most `queue` jobs wait. One source has half of the threads and half of the queue at most.
  WorkerPool(std::size_t threads, std::size_t queue);
  /// Finishes what was taken on, then joins.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False, and the job is left as it was, if there is no place for one more of this source. Sources take turns.
  [[nodiscard]] bool try_post(const std::string& source, Job& job);
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Started {
    std::string source;
    Job job;
  };

  void work();
  [[nodiscard]] bool may_start(const std::string& source) const;
  void start(std::string source, Job job);
  void finish(const std::string& source);

  const std::size_t size_;
  mutable std::mutex mutex_;  // guards all below but threads_
  std::condition_variable wake_;
  TurnQueue<std::string, Job> queue_;
  std::deque<Started> started_;
  std::map<std::string, std::size_t> running_;  // by source; none is zero
  std::size_t busy_ = 0;                        // the sum of running_
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace khien::http
