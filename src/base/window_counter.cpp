#include "base/window_counter.h"

#include <algorithm>
#include <vector>

namespace khien {

std::size_t WindowCounter::add(const std::string& key, std::chrono::microseconds now) {
  const std::lock_guard lock(mutex_);
  auto found = windows_.find(key);
  if (found == windows_.end()) {
    make_room(now);
    found = windows_.emplace(key, Window{now, 0}).first;
  }
  if (now >= found->second.began + window_) found->second = {now, 0};
  return ++found->second.count;
}

std::size_t WindowCounter::count(const std::string& key, std::chrono::microseconds now) const {
  const std::lock_guard lock(mutex_);
  const auto found = windows_.find(key);
  return found == windows_.end() || now >= found->second.began + window_ ? 0 : found->second.count;
}

/// Frees a quarter at once, so that a full table costs little per event.
void WindowCounter::make_room(std::chrono::microseconds now) {
  if (windows_.size() < keys_) return;
  std::erase_if(windows_, [&](const auto& entry) { return now >= entry.second.began + window_; });
  if (windows_.size() < keys_) return;
  std::vector<std::chrono::microseconds> began;
  for (const auto& [key, window] : windows_) began.push_back(window.began);
  const auto quarter = began.begin() + static_cast<std::ptrdiff_t>(began.size() / 4);
  std::ranges::nth_element(began, quarter);
  std::size_t left = began.size() / 4 + 1;
  std::erase_if(windows_, [&](const auto& entry) {
    if (entry.second.began > *quarter || left == 0) return false;
    --left;
    return true;
  });
}

}  // namespace khien
