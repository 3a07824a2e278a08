// Where the hashes of the tree lie: tiles of 256 (C2SP tlog-tiles). Pure.
//
// Tile (level, index) holds the roots of the complete subtrees of 256^level leaves number index·256 … index·256+255.
// A full tile never changes; each level has at most one that is not full, its last.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/merkle.h"

namespace khien::audit {

constexpr std::size_t kTileWidth = 256;

struct Tile {
  unsigned level = 0;
  std::uint64_t index = 0;
  std::vector<Digest> hashes{};
};

/// Number of hashes that a level's last tile has in a tree of that size; 0 if that tile does not exist yet.
std::size_t partial_width(unsigned level, std::uint64_t size);
/// Index of the tile that is being filled.
std::uint64_t partial_index(unsigned level, std::uint64_t size);
/// The root over a power of two of hashes.
Digest subtree_root(std::span<const Digest> hashes);

/// The hashes one after another, 32 bytes each, and back; nullopt if the length is not right for 1 to 256 hashes.
Bytes tile_bytes(std::span<const Digest> hashes);
std::optional<std::vector<Digest>> parse_tile(ByteView bytes);

/// The right edge of a tree in tiles: what a writer needs to add leaves.
class TileTree {
 public:
  TileTree() = default;
  /// From the size and each level's partial tile; nullopt if they do not fit the size.
  static std::optional<TileTree> resume(std::uint64_t size, const std::vector<Tile>& partial);

  void add(const Digest& leaf_hash);
  [[nodiscard]] std::uint64_t size() const { return frontier_.size(); }
  [[nodiscard]] TreeHead head() const { return frontier_.head(); }
  /// The tiles that changed since the last call, with all their hashes.
  std::vector<Tile> take_changed();

 private:
  void add_to(unsigned level, const Digest& hash);
  [[nodiscard]] std::vector<Digest> complete_subtrees() const;

  struct Level {
    std::vector<Digest> hashes;  ///< of the tile that is being filled
    bool changed = false;
  };
  Frontier frontier_;
  std::vector<Level> levels_;
  std::vector<Tile> filled_;  ///< since the last take_changed
};

/// What a path below `tile/` names. Entries are bundles of 256 like the tiles of level 0.
struct TilePath {
  enum class Kind { Hashes, Entries } kind = Kind::Hashes;
  unsigned level = 0;
  std::uint64_t index = 0;
  std::size_t width = kTileWidth;
  bool operator==(const TilePath&) const = default;
};
/// `tile/<L>/<N>[.p/<W>]` or `tile/entries/<N>[.p/<W>]`, N as `x001/x234/067`; nullopt for anything else.
std::optional<TilePath> parse_tile_path(std::string_view path);
std::string text_of(const TilePath& path);

}  // namespace khien::audit
