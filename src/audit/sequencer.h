// Gives recorded entries their leaf numbers, and keeps the tree. There is one at a time: with SQLite the writer, with
// PostgreSQL the holder of an advisory lock.
//
// States: idle, then `sequence` within a transaction, then `committed` or `rolled_back`. What a transaction did is kept
// apart until it is durable.
#pragma once

#include <optional>
#include <vector>

#include "audit/recorder.h"
#include "audit/state_key.h"
#include "audit/tile.h"
#include "store/store.h"

namespace khien::audit {

class Sequencer {
 public:
  /// The keyring must outlive it.
  explicit Sequencer(const store::Keyring& keyring) : key_(keyring) {}

  /// Reads where the log stands. Refused if anybody but this program changed what is read: the tree, the tiles that it
  /// is made from, the last checkpoint, and the entries of the newest tile (256 at most). A change of an older entry is
  /// for `khien audit verify`, which reads everything.
  Result<void> load(store::Reader& reader);

  /// Numbers everything pending, also what a killed process left behind. Throws on a row that this program did not
  /// write.
  void sequence(store::Transaction& tx);
  /// The entries of the transaction, now durable. The span holds until the next `sequence`.
  std::span<const Change> committed();
  void rolled_back();

  [[nodiscard]] TreeHead head() const { return tree_.head(); }
  [[nodiscard]] std::uint64_t generation() const { return generation_; }
  [[nodiscard]] const StateKey& key() const { return key_; }

 private:
  Result<void> check(store::Reader& reader) const;
  Result<void> check_newest(store::Reader& reader) const;

  StateKey key_;
  std::uint64_t generation_ = 1;
  TileTree tree_;
  std::optional<TileTree> next_;  ///< the tree with the entries of the running transaction
  std::vector<Change> changes_;
};

/// Queues an entry; `leaf` is the hash of its bytes.
void insert_recorded(store::Transaction& tx, const StateKey& key, std::uint64_t position, const Entry& entry,
                     std::string_view bytes, const Digest& leaf);

}  // namespace khien::audit
