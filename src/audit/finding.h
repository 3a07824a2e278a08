// What a check of the log found to be wrong.
#pragma once

#include <cstdint>
#include <optional>

#include "base/text.h"

namespace khien::audit {

/// `leaf` is the number of the first entry that is wrong; absent if what is wrong is no entry (a checkpoint, the tree).
struct Finding {
  std::optional<std::uint64_t> leaf;
  Text text;
};
using MaybeFinding = std::optional<Finding>;

template <class... Args>
Finding found_at(std::optional<std::uint64_t> leaf, std::string_view vi, std::string_view en, const Args&... args) {
  return {leaf, Text::format(vi, en, args...)};
}

}  // namespace khien::audit
