// Reading the rows of the log, for whoever keeps, restores or checks the whole of it. Writing them is audit's own.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "audit/checkpoint.h"
#include "store/store.h"

namespace khien::audit {

/// Whether entries wait for their numbers.
bool has_pending(store::Reader& reader);

/// Views of one row, valid inside the callback only.
struct EntryRow {
  std::uint64_t leaf;
  Instant at;
  std::string_view type;
  std::string_view subject;
  std::string_view bytes;
};
using EntryCallback = std::function<void(const EntryRow&)>;
/// Leaves [begin, end) in order; at most `limit` rows.
void each_entry(store::Reader& reader, std::uint64_t begin, std::uint64_t end, std::uint64_t limit,
                const EntryCallback& callback);
/// The same, of one subject.
void each_entry_of(store::Reader& reader, std::string_view subject, std::uint64_t begin, std::uint64_t end,
                   std::uint64_t limit, const EntryCallback& callback);
/// Entries whose `type` column says that a person was erased.
void each_erasure(store::Reader& reader, const EntryCallback& callback);
bool has_entries(store::Reader& reader);
std::uint64_t count_entries(store::Reader& reader);

/// Where the log stands. `tag` shows that this program wrote it.
struct TreeRow {
  std::uint64_t generation = 1;
  TreeHead head;
  std::string key_id;
  std::string tag;
};
/// Of the newest generation; nullopt if there is none, or what is there is no root.
std::optional<TreeRow> read_tree(store::Reader& reader);

struct CheckpointRow {
  std::int64_t hour = 0;  ///< since 1970, that of signed_at
  std::uint64_t generation = 1;
  std::uint64_t size = 0;
  Instant signed_at{};
  std::string note;
};
std::optional<CheckpointRow> latest_checkpoint(store::Reader& reader);

/// How many persons' keys of the log are wrapped by that key.
std::int64_t count_person_keys_under(store::Reader& reader, std::string_view key_id);

}  // namespace khien::audit
