// Compares the hashes that a check computes with the stored tiles.
#pragma once

#include <vector>

#include "audit/finding.h"
#include "audit/tile.h"
#include "store/store.h"

namespace khien::audit {

class TileCheck {
 public:
  explicit TileCheck(store::Reader& reader) : reader_(reader) {}

  /// The complete subtree of 256^level leaves number `index`, in order within a level.
  MaybeFinding compare(unsigned level, std::uint64_t index, const Digest& hash);
  /// Nothing is missing and nothing is left over in the tiles of a log of that size.
  MaybeFinding finish(std::uint64_t size);

 private:
  store::Reader& reader_;
  std::vector<Tile> current_;  ///< of each level, the stored tile that is being compared
};

}  // namespace khien::audit
