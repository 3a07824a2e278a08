#include "audit/tile.h"

#include <bit>

namespace khien::audit {

std::size_t partial_width(unsigned level, std::uint64_t size) {
  return level >= 8 ? 0 : static_cast<std::size_t>(size >> (8 * level)) % kTileWidth;
}

std::uint64_t partial_index(unsigned level, std::uint64_t size) {
  return level >= 7 ? 0 : size >> (8 * (level + 1));
}

Digest subtree_root(std::span<const Digest> hashes) {
  std::vector<Digest> row(hashes.begin(), hashes.end());
  while (row.size() > 1) {
    for (std::size_t i = 0; i + 1 < row.size(); i += 2) row[i / 2] = node_hash(row[i], row[i + 1]);
    row.resize(row.size() / 2);
  }
  return row.at(0);
}

Bytes tile_bytes(std::span<const Digest> hashes) {
  Bytes out;
  out.reserve(hashes.size() * sizeof(Digest));
  for (const auto& hash : hashes) out.insert(out.end(), hash.begin(), hash.end());
  return out;
}

std::optional<std::vector<Digest>> parse_tile(ByteView bytes) {
  if (bytes.empty() || bytes.size() % sizeof(Digest) != 0 || bytes.size() > kTileWidth * sizeof(Digest))
    return std::nullopt;
  std::vector<Digest> hashes(bytes.size() / sizeof(Digest));
  std::memcpy(hashes.data(), bytes.data(), bytes.size());
  return hashes;
}

std::optional<TileTree> TileTree::resume(std::uint64_t size, const std::vector<Tile>& partial) {
  TileTree tree;
  for (unsigned level = 0; (size >> (8 * level)) != 0; ++level) tree.levels_.emplace_back();
  for (const auto& tile : partial) {
    if (tile.level >= tree.levels_.size() || tile.index != partial_index(tile.level, size)) return std::nullopt;
    tree.levels_[tile.level].hashes = tile.hashes;
  }
  for (unsigned level = 0; level < tree.levels_.size(); ++level)
    if (tree.levels_[level].hashes.size() != partial_width(level, size)) return std::nullopt;
  tree.frontier_ = {size, tree.complete_subtrees()};
  return tree;
}

/// The complete subtrees from the largest: the levels from the top, and in each tile the set bits of its width.
std::vector<Digest> TileTree::complete_subtrees() const {
  std::vector<Digest> out;
  for (std::size_t level = levels_.size(); level-- > 0;) {
    std::span<const Digest> rest(levels_[level].hashes);
    while (!rest.empty()) {
      const auto count = std::bit_floor(rest.size());
      out.push_back(subtree_root(rest.first(count)));
      rest = rest.subspan(count);
    }
  }
  return out;
}

void TileTree::add(const Digest& leaf_hash) {
  frontier_.add(leaf_hash, [&](unsigned level, const Digest& hash) {
    if (level % 8 == 0) add_to(level / 8, hash);
  });
}

void TileTree::add_to(unsigned level, const Digest& hash) {
  if (level == levels_.size()) levels_.emplace_back();
  Level& row = levels_[level];
  if (row.hashes.empty()) row.hashes.reserve(kTileWidth);
  row.hashes.push_back(hash);
  row.changed = true;
  if (row.hashes.size() < kTileWidth) return;
  // The leaf is not counted yet, so that this is still the index of the tile that it fills.
  filled_.push_back({level, partial_index(level, size()), std::move(row.hashes)});
  row = {};
}

std::vector<Tile> TileTree::take_changed() {
  std::vector<Tile> out = std::move(filled_);
  filled_.clear();
  for (unsigned level = 0; level < levels_.size(); ++level) {
    if (!levels_[level].changed) continue;
    levels_[level].changed = false;
    out.push_back({level, partial_index(level, size()), levels_[level].hashes});
  }
  return out;
}

}  // namespace khien::audit
