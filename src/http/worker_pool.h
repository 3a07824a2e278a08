// A fixed number of threads and a bounded queue, for handlers that wait. Only for this folder.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace khien::http {

class WorkerPool {
 public:
  /// Jobs must not throw.
  using Job = std::move_only_function<void()>;

  /// At most `queue` jobs wait while all threads are at work.
  WorkerPool(std::size_t threads, std::size_t queue);
  /// Finishes what was taken on, then joins.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False, and the job is left as it was, if the queue is full.
  [[nodiscard]] bool try_post(Job& job);
  [[nodiscard]] std::size_t waiting() const;

 private:
  void work();

  const std::size_t queue_bound_;
  mutable std::mutex mutex_;  // guards all below but threads_
  std::condition_variable wake_;
  std::deque<Job> queue_;
  std::size_t idle_ = 0;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace khien::http
