#include "audit/tile.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace khien::audit {
namespace {

Digest leaf(std::uint64_t number) {
  return leaf_hash(bytes_of(std::to_string(number)));
}

/// What a database holds of the tiles.
using Shelf = std::map<std::pair<unsigned, std::uint64_t>, std::vector<Digest>>;

void keep(Shelf& shelf, TileTree& tree) {
  for (auto& tile : tree.take_changed()) shelf[{tile.level, tile.index}] = std::move(tile.hashes);
}

TEST(TilePaths, AreThoseOfTheStandard) {
  EXPECT_EQ(text_of({.level = 0, .index = 1234067}), "tile/0/x001/x234/067");
  EXPECT_EQ(parse_tile_path("tile/0/x001/x234/067"), (TilePath{.index = 1234067}));
  EXPECT_EQ(parse_tile_path("tile/1/000.p/17"), (TilePath{.level = 1, .width = 17}));
  EXPECT_EQ(parse_tile_path("tile/entries/x001/000"), (TilePath{.kind = TilePath::Kind::Entries, .index = 1000}));
}

TEST(TilePaths, NothingElseIsAccepted) {
  for (const char* bad : {"",
                          "tile",
                          "tile/",
                          "tile/0",
                          "tile/0/",
                          "tile/0/1",
                          "tile/0/01",
                          "tile/00/001",
                          "tile/64/001",
                          "tile/-1/001",
                          "tile/0/0001",
                          "tile/0/x000/001",
                          "tile/0/x001",
                          "tile/0/x001/",
                          "tile/0/x01/001",
                          "tile/0/001/002",
                          "tile/0/001.p",
                          "tile/0/001.p/",
                          "tile/0/001.p/0",
                          "tile/0/001.p/256",
                          "tile/0/001.p/01",
                          "tile/0/001.p/1/",
                          "tile/0/001/",
                          "tile/0/..",
                          "tile/entry/001",
                          "/tile/0/001",
                          "tile//001",
                          "tile/0/x001/x001/x001/x001/x001/x001/x001/001"})
    EXPECT_FALSE(parse_tile_path(bad)) << bad;
}

RC_GTEST_PROP(TilePathLaws, APathIsReadBack, ()) {
  TilePath path;
  path.kind = *rc::gen::element(TilePath::Kind::Hashes, TilePath::Kind::Entries);
  if (path.kind == TilePath::Kind::Hashes) path.level = *rc::gen::inRange(0U, 64U);
  path.index = *rc::gen::inRange<std::uint64_t>(0, 1'000'000'000'000);
  path.width = *rc::gen::inRange<std::size_t>(1, 257);
  RC_ASSERT(parse_tile_path(text_of(path)) == path);
}

TEST(Tiles, TheTreeHasTheRootOfTheDefinitionAtEverySizeAndAfterEveryResume) {
  TileTree tree;
  Frontier frontier;
  Shelf shelf;
  for (std::uint64_t size = 0; size <= 66000; ++size) {
    if (size % 997 == 0 || size == 256 || size == 65536 || size == 65537) {
      EXPECT_EQ(tree.head(), frontier.head()) << size;
      keep(shelf, tree);
      std::vector<Tile> partial;
      for (unsigned level = 0; level < 4; ++level)
        if (const auto width = partial_width(level, size); width != 0) {
          const auto index = partial_index(level, size);
          partial.push_back({level, index, shelf.at({level, index})});
        }
      auto resumed = TileTree::resume(size, partial);
      ASSERT_TRUE(resumed) << size;
      EXPECT_EQ(resumed->head(), frontier.head()) << size;
      tree = std::move(*resumed);
    }
    tree.add(leaf(size));
    frontier.add(leaf(size));
  }
}

TEST(Tiles, AFullTileHoldsTheHashesOfItsSubtrees) {
  TileTree tree;
  Shelf shelf;
  for (std::uint64_t i = 0; i < 600; ++i) tree.add(leaf(i));
  keep(shelf, tree);
  ASSERT_EQ(shelf.size(), 4U);
  EXPECT_EQ((shelf[{0, 0}].size()), 256U);
  EXPECT_EQ((shelf[{0, 1}][3]), leaf(259));
  EXPECT_EQ((shelf[{0, 2}].size()), 600U - 512U);
  EXPECT_EQ((shelf[{1, 0}].size()), 2U);
  EXPECT_EQ((shelf[{1, 0}][1]), subtree_root(shelf[{0, 1}]));
  EXPECT_TRUE(tree.take_changed().empty());
}

TEST(Tiles, WhatDoesNotFitTheSizeIsNotResumed) {
  EXPECT_TRUE(TileTree::resume(0, {}));
  EXPECT_FALSE(TileTree::resume(1, {}));
  EXPECT_FALSE(TileTree::resume(0, {{0, 0, {leaf(0)}}}));
  EXPECT_FALSE(TileTree::resume(2, {{0, 0, {leaf(0)}}}));
  EXPECT_FALSE(TileTree::resume(1, {{0, 1, {leaf(0)}}}));
}

TEST(Tiles, BytesAreReadBackAndOtherLengthsAreNot) {
  const std::vector<Digest> hashes{leaf(0), leaf(1)};
  EXPECT_EQ(parse_tile(tile_bytes(hashes)), hashes);
  EXPECT_FALSE(parse_tile({}));
  EXPECT_FALSE(parse_tile(Bytes(33)));
  EXPECT_FALSE(parse_tile(Bytes(257 * 32)));
}

}  // namespace
}  // namespace khien::audit
