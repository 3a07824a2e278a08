// Counts events per key within a window of time, in bounded memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>

namespace khien {

/// A window begins with the first event of a key. When the table is full the oldest windows go: a flood of keys can
/// make us forget, never grow. Times are monotonic. Thread-safe.
class WindowCounter {
 public:
  WindowCounter(std::chrono::microseconds window, std::size_t keys) : window_(window), keys_(keys) {}

  /// Events of the key in its window, this one included.
  std::size_t add(const std::string& key, std::chrono::microseconds now);
  [[nodiscard]] std::size_t count(const std::string& key, std::chrono::microseconds now) const;

 private:
  struct Window {
    std::chrono::microseconds began;
    std::size_t count;
  };
  void make_room(std::chrono::microseconds now);

  const std::chrono::microseconds window_;
  const std::size_t keys_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Window> windows_;
};

}  // namespace khien
