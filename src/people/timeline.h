// A timeline is what is so at each time: items with a `valid` span, in order, never two at once.
#pragma once

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/validity.h"

namespace khien::people {

/// The item that holds at that instant, or nullptr.
template <class T>
const T* item_at(const std::vector<T>& timeline, Instant at) {
  for (const T& item : timeline)
    if (item.valid.contains(at)) return &item;
  return nullptr;
}

/// Takes the span out: items inside it go, items that reach into it are cut, an item around it becomes two.
template <class T>
void carve(std::vector<T>& timeline, const Validity& span) {
  std::vector<T> kept;
  for (T& item : timeline) {
    if (!item.valid.overlaps(span)) {
      kept.push_back(std::move(item));
      continue;
    }
    if (item.valid.from < span.from) {
      kept.push_back(item);
      kept.back().valid.to = span.from;
    }
    if (span.to && item.valid.end() > *span.to) {
      item.valid.from = *span.to;
      kept.push_back(std::move(item));
    }
  }
  timeline = std::move(kept);
}

/// The item holds in its span from now on; around it everything stays as it was.
template <class T>
void assign(std::vector<T>& timeline, T item) {
  carve(timeline, item.valid);
  const auto place = std::ranges::find_if(timeline, [&](const T& other) { return other.valid.from > item.valid.from; });
  timeline.insert(place, std::move(item));
}

/// True if some item of the timeline holds at every instant of the span.
template <class T>
bool covers(const std::vector<T>& timeline, const Validity& span) {
  Instant reached = span.from;
  for (const T& item : timeline)
    if (item.valid.contains(reached)) {
      if (!item.valid.to) return true;
      reached = *item.valid.to;
      if (reached >= span.end()) return true;
    }
  return false;
}

/// True if no two items hold at once. The timeline must be in order.
template <class T>
bool is_disjoint(const std::vector<T>& timeline) {
  for (std::size_t i = 1; i < timeline.size(); ++i)
    if (timeline[i - 1].valid.end() > timeline[i].valid.from) return false;
  return true;
}

}  // namespace khien::people
