#include "http/worker_pool.h"

#include <algorithm>
#include <utility>

namespace khien::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue)
    : size_(std::max<std::size_t>(threads, 1)), queue_(queue) {
  for (std::size_t i = 0; i < size_; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::try_post(const std::string& source, Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (!may_start(source)) return queue_.push(source, std::move(job));
    start(source, std::move(job));
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

bool WorkerPool::may_start(const std::string& source) const {
  const auto found = running_.find(source);
  return busy_ < size_ && (found == running_.end() || found->second < (size_ + 1) / 2);
}

void WorkerPool::start(std::string source, Job job) {
  ++busy_;
  ++running_[source];
  started_.push_back({std::move(source), std::move(job)});
}

// At most one job can start in the place of the one that is done; the calling thread goes on to take it.
void WorkerPool::finish(const std::string& source) {
  --busy_;
  const auto found = running_.find(source);
  if (--found->second == 0) running_.erase(found);
  if (auto next = queue_.pop([this](const std::string& waiting) { return may_start(waiting); }))
    start(std::move(next->first), std::move(next->second));
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return ending_ || !started_.empty(); });
    if (started_.empty()) return;
    std::string source;
    {
      Started taken = std::move(started_.front());
      started_.pop_front();
      lock.unlock();
      taken.job();
      source = std::move(taken.source);
    }
    lock.lock();
    finish(source);
  }
}

}  // namespace khien::http
