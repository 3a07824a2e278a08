#include "audit/sequencer.h"

#include <limits>
#include <stdexcept>

#include "audit/store.h"
#include "audit/stored_tiles.h"

namespace khien::audit {
namespace {

Failure changed(std::string detail) {
  return Failure(Error{ErrorKind::Refused,
                       {"Nhật ký minh chứng trong cơ sở dữ liệu đã bị thay đổi từ bên ngoài Khiên. Hãy chạy lệnh "
                        "«khien audit verify» để biết mục nào.",
                        "The evidence log in the database was changed by something other than Khiên. Run `khien audit "
                        "verify` to learn which entry."},
                       std::move(detail)});
}

}  // namespace

Result<void> Sequencer::load(store::Reader& reader) {
  const auto row = read_tree(reader);
  if (!row) {
    if (has_entries(reader)) return changed("entries without a tree");
    tree_ = {};
    generation_ = 1;
    return check(reader);
  }
  std::vector<Tile> partial;
  for (unsigned level = 0; level < 8; ++level) {
    if (partial_width(level, row->head.size) == 0) continue;
    auto tile = read_tile(reader, level, partial_index(level, row->head.size));
    if (!tile) return changed("a tile is missing at level " + std::to_string(level));
    partial.push_back(std::move(*tile));
  }
  auto tree = TileTree::resume(row->head.size, partial);
  if (!tree || tree->head() != row->head) return changed("the tiles do not give the root");
  if (!key_.made_tree_tag(row->key_id, row->tag, row->generation, row->head)) return changed("the tree is not ours");
  tree_ = std::move(*tree);
  generation_ = row->generation;
  return check(reader);
}

/// Nothing is added behind entries that are not the ones of the tree, or that it does not have.
Result<void> Sequencer::check_newest(store::Reader& reader) const {
  constexpr std::uint64_t kEnd = std::numeric_limits<std::int64_t>::max();
  const std::uint64_t size = tree_.size();
  const std::uint64_t first = size == 0 ? 0 : (size - 1) / kTileWidth * kTileWidth;
  const auto tile = size == 0 ? std::nullopt : read_tile(reader, 0, first / kTileWidth);
  if (size != 0 && (!tile || tile->hashes.size() != size - first)) return changed("the newest tile is not there");
  std::uint64_t next = first;
  std::string wrong;
  each_entry(reader, first, kEnd, kTileWidth + 1, [&](const EntryRow& row) {
    if (wrong.empty() &&
        (row.leaf != next || next >= size || leaf_hash(bytes_of(row.bytes)) != tile->hashes[next - first]))
      wrong = "entry " + std::to_string(row.leaf) + " is not the one of the tree";
    ++next;
  });
  if (wrong.empty() && next != size) wrong = "the newest entries are missing";
  if (!wrong.empty()) return changed(std::move(wrong));
  return {};
}

/// What was signed must still be there: a log cut back to an older state is not continued.
Result<void> Sequencer::check(store::Reader& reader) const {
  TRY(check_newest(reader));
  const auto latest = latest_checkpoint(reader);
  if (!latest || latest->generation != generation_) return {};
  const auto parsed = TRY(parse_checkpoint(latest->note));
  if (parsed.checkpoint.head.size > tree_.size()) return changed("shorter than its last checkpoint");
  if (TRY(root_at(subtrees_in(reader), parsed.checkpoint.head.size)) != parsed.checkpoint.head.root)
    return changed("another root than that of its last checkpoint");
  return {};
}

void Sequencer::sequence(store::Transaction& tx) {
  changes_.clear();
  next_.reset();
  each_pending(tx, [&](PendingRow row) {
    if (!next_) next_ = tree_;
    const Digest leaf = leaf_hash(bytes_of(row.bytes));
    if (!key_.made_entry_tag(row.tag, leaf))
      throw std::runtime_error("audit_pending has a row that this program did not write");
    changes_.push_back({next_->size(), std::move(row.type), std::move(row.subject)});
    next_->add(leaf);
  });
  if (!next_) return;
  number_pending(tx, tree_.size());
  for (const auto& tile : next_->take_changed()) write_tile(tx, tile);
  const TreeHead head = next_->head();
  const std::string key_id = key_.id();
  write_tree(tx, {generation_, head, key_id, key_.tag_of_tree(key_id, generation_, head)});
}

std::span<const Change> Sequencer::committed() {
  if (next_) tree_ = std::move(*next_);
  next_.reset();
  return changes_;
}

void Sequencer::rolled_back() {
  next_.reset();
  changes_.clear();
}

void insert_recorded(store::Transaction& tx, const StateKey& key, std::uint64_t position, const Entry& entry,
                     std::string_view bytes, const Digest& leaf) {
  insert_pending(tx, {position, entry.at, entry.type, entry.subject, std::string(bytes), key.tag_of_entry(leaf)});
}

}  // namespace khien::audit
