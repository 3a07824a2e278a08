// Publishes an immutable value: readers take the newest whole, and keep it as long as they like.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace khien {

/// Safe to use from any thread. Never empty: it starts with a default T.
template <class T>
class Snapshot {
 public:
  Snapshot() : current_(std::make_shared<const T>()) {}
  explicit Snapshot(T first) : current_(std::make_shared<const T>(std::move(first))) {}

  [[nodiscard]] std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  void publish(T next) {
    auto made = std::make_shared<const T>(std::move(next));
    {
      const std::lock_guard lock(mutex_);
      current_.swap(made);
    }
    // The old one goes here, outside the lock, if nobody reads it any more.
  }

 private:
  mutable std::mutex mutex_;  // held for one pointer copy; libstdc++ 12's atomic<shared_ptr> spins just the same
  std::shared_ptr<const T> current_;
};

}  // namespace khien
