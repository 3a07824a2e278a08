#include "audit/stored_tiles.h"

#include <map>
#include <memory>

#include "audit/store.h"
#include "audit/tile.h"

namespace khien::audit {

CompleteSubtrees subtrees_in(store::Reader& reader) {
  // The last tile read of each level: a proof asks for neighbours.
  auto cache = std::make_shared<std::map<unsigned, Tile>>();
  return [&reader, cache](unsigned level, std::uint64_t index) -> Result<Digest> {
    const unsigned tile_level = level / 8;
    const std::uint64_t first = index << (level % 8);
    const std::size_t count = std::size_t{1} << (level % 8);
    const auto found = cache->find(tile_level);
    if (found == cache->end() || found->second.index != first / kTileWidth) {
      auto tile = read_tile(reader, tile_level, first / kTileWidth);
      if (tile) cache->insert_or_assign(tile_level, std::move(*tile));
    }
    const auto tile = cache->find(tile_level);
    const std::size_t offset = first % kTileWidth;
    if (tile == cache->end() || tile->second.index != first / kTileWidth || tile->second.hashes.size() < offset + count)
      return Failure(
          Error::unavailable({"Thiếu một phần cây băm của nhật ký. Hãy chạy «khien audit verify».",
                              "A part of the log's hash tree is missing. Run `khien audit verify`."},
                             "tile " + std::to_string(tile_level) + "/" + std::to_string(first / kTileWidth)));
    return subtree_root(std::span(tile->second.hashes).subspan(offset, count));
  };
}

}  // namespace khien::audit
