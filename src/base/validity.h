// Valid time: the span in which something is so, as opposed to when we learned of it.
#pragma once

#include <algorithm>
#include <optional>

#include "base/time.h"

namespace khien {

/// Half-open: `from` belongs to it, `to` does not. Without `to` it holds until further notice.
struct Validity {
  Instant from{};
  std::optional<Instant> to{};

  [[nodiscard]] Instant end() const { return to.value_or(Instant::max()); }
  [[nodiscard]] bool is_empty() const { return end() <= from; }
  [[nodiscard]] bool contains(Instant at) const { return from <= at && at < end(); }
  [[nodiscard]] bool contains(const Validity& other) const { return from <= other.from && other.end() <= end(); }
  [[nodiscard]] bool overlaps(const Validity& other) const {
    return std::max(from, other.from) < std::min(end(), other.end());
  }

  bool operator==(const Validity&) const = default;
};

}  // namespace khien
