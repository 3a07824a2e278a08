// Lists of values under a key, as an index needs them: built all at once from pairs.
#pragma once

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/persistent_map.h"

namespace khien {

/// The values of each key, ascending, each once.
template <class Key, class Value>
PersistentMap<Key, std::vector<Value>> lists_of(std::vector<std::pair<Key, Value>> pairs) {
  std::ranges::sort(pairs);
  std::vector<std::pair<Key, std::vector<Value>>> lists;
  for (auto at = pairs.begin(); at != pairs.end();) {
    const auto end = std::find_if(at, pairs.end(), [&](const auto& pair) { return pair.first != at->first; });
    std::vector<Value> values;
    values.reserve(static_cast<std::size_t>(end - at));
    for (; at != end; ++at)
      if (values.empty() || values.back() != at->second) values.push_back(at->second);
    lists.emplace_back(std::prev(end)->first, std::move(values));
  }
  return PersistentMap<Key, std::vector<Value>>::of(std::move(lists));
}

}  // namespace khien
