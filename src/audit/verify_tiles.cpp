#include "audit/verify_tiles.h"

#include "audit/store.h"

namespace khien::audit {

MaybeFinding TileCheck::compare(unsigned level, std::uint64_t index, const Digest& hash) {
  if (level >= current_.size()) current_.resize(level + 1);
  const std::size_t offset = index % kTileWidth;
  Tile& tile = current_[level];
  if (offset == 0) tile = read_tile(reader_, level, index / kTileWidth).value_or(Tile{});
  const std::uint64_t first = index << (8 * level);
  if (offset >= tile.hashes.size())
    return found_at(first, "mã băm của mục này không còn trong cây băm (ô {0}/{1})",
                    "the hash of this entry is no longer in the tree (tile {0}/{1})", level, index / kTileWidth);
  if (tile.hashes[offset] == hash) return {};
  if (level == 0)
    return found_at(first, "nội dung không khớp mã băm đã ghi: mục hoặc cây băm đã bị sửa",
                    "its bytes do not give the hash that was kept: the entry or the tree was changed");
  return found_at(first, "mã băm chung của các mục {0}–{1} trong cây băm đã bị sửa",
                  "the joint hash of entries {0}–{1} in the tree was changed", first,
                  first + (std::uint64_t{1} << (8 * level)) - 1);
}

MaybeFinding TileCheck::finish(std::uint64_t size) {
  std::uint64_t expected = 0;
  for (unsigned level = 0; level < 8 && (size >> (8 * level)) != 0; ++level) {
    const std::size_t width = partial_width(level, size);
    expected += partial_index(level, size) + (width == 0 ? 0 : 1);
    if (width != 0 && current_.at(level).hashes.size() != width)
      return found_at(size, "cây băm có mã băm của mục này, nhưng mục không có",
                      "the tree has a hash of this entry, but the entry is not there");
  }
  const std::uint64_t stored = count_tiles(reader_);
  if (stored != expected)
    return found_at({}, "cây băm có {0} ô, đúng ra phải là {1}", "the tree has {0} tiles where there should be {1}",
                    stored, expected);
  return {};
}

}  // namespace khien::audit
