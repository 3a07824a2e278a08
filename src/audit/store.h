// The SQL of the evidence log; nothing else of audit/ knows a table.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/checkpoint.h"
#include "audit/entry.h"
#include "audit/rows.h"
#include "audit/tile.h"
#include "store/store.h"

namespace khien::audit {

/// An entry that waits for its leaf number. `tag` shows that this program wrote it.
struct PendingRow {
  std::uint64_t position;  ///< the order of insertion within one process
  Instant at;
  std::string type;
  std::string subject;
  std::string bytes;
  std::string tag;
};
void insert_pending(store::Transaction& tx, const PendingRow& row);
/// In order of insertion; the same order that number_pending uses.
void each_pending(store::Reader& reader, const std::function<void(PendingRow)>& callback);
/// Makes everything pending an entry, from leaf `first` on.
void number_pending(store::Transaction& tx, std::uint64_t first);
std::optional<Instant> oldest_pending(store::Reader& reader);

void write_tile(store::Transaction& tx, const Tile& tile);
/// nullopt if there is none, or what is there is no tile.
std::optional<Tile> read_tile(store::Reader& reader, unsigned level, std::uint64_t index);
std::uint64_t count_tiles(store::Reader& reader);

void write_tree(store::Transaction& tx, const TreeRow& row);
/// Keeps the newest of each hour: every older one follows from it by a consistency proof.
void write_checkpoint(store::Transaction& tx, const CheckpointRow& row);
/// The next one by size; nullopt stands for before the first, and after the last.
std::optional<CheckpointRow> checkpoint_after(store::Reader& reader, const std::optional<CheckpointRow>& previous);
/// The smallest one that covers more than `size` leaves.
std::optional<CheckpointRow> checkpoint_covering(store::Reader& reader, std::uint64_t size);

/// Checkpoints that the database has in a form that no reading by size meets.
std::uint64_t count_odd_checkpoints(store::Reader& reader);

/// Notes of handovers of the signing key (audit/handover.h), the oldest first.
void append_handover(store::Transaction& tx, std::uint64_t size, Instant at, std::string_view note);
std::vector<std::string> read_handovers(store::Reader& reader);

struct PersonKeyRow {
  std::string key_id;
  std::string wrapped;
};
std::optional<PersonKeyRow> read_person_key(store::Reader& reader, const PersonId& person);
void insert_person_key(store::Transaction& tx, const PersonId& person, const PersonKeyRow& row);
/// The next persons after `after` whose keys are wrapped by another key than that; at most `limit`.
std::vector<std::pair<PersonId, PersonKeyRow>> person_keys_not_under(store::Reader& reader, std::string_view key_id,
                                                                     const PersonId& after, std::uint64_t limit);
/// Unless it is another one by now.
void replace_person_key(store::Transaction& tx, const PersonId& person, const PersonKeyRow& before,
                        const PersonKeyRow& after);
/// Overwrites the key before it removes the row, so that it does not stay behind in a free page.
void destroy_person_key(store::Transaction& tx, const PersonId& person);

void insert_opening(store::Transaction& tx, std::string_view entry, std::string_view name, std::string_view sealed);
std::optional<std::string> read_opening(store::Reader& reader, std::string_view entry, std::string_view name);

}  // namespace khien::audit
