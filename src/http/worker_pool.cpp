#include "http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace khien::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue)
    : queue_bound_(queue), idle_(std::max<std::size_t>(threads, 1)) {
  for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::try_post(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    // A job that an idle thread is about to take does not wait.
    if (queue_.size() >= queue_bound_ + idle_) return false;
    queue_.push_back(std::move(job));
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size() > idle_ ? queue_.size() - idle_ : 0;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    {
      Job job = std::move(queue_.front());
      queue_.pop_front();
      --idle_;
      lock.unlock();
      job();
    }
    lock.lock();
    ++idle_;
  }
}

}  // namespace khien::http
