#include "audit/store.h"

#include <algorithm>

namespace khien::audit {
namespace {

using store::Row;
using store::Sql;

constexpr Sql kInsertPending{
    "insert into audit_pending (position, at, type, subject, bytes, tag) values (:1, :2, :3, :4, :5, :6)"};
constexpr Sql kPending{"select position, at, type, subject, bytes, tag from audit_pending order by position, tag",
                       "iitttt"};
constexpr Sql kNumber{
    "insert into audit_entry (leaf, at, type, subject, bytes)"
    " select :1 + row_number() over (order by position, tag) - 1, at, type, subject, bytes"
    " from audit_pending order by position, tag"};
// Without a condition on purpose: within one transaction nothing else can have become visible, and SQLite empties a
// table at once.
constexpr Sql kClearPending{"delete from audit_pending"};
constexpr Sql kHasPending{"select position from audit_pending limit 1", "i"};
constexpr Sql kOldestPending{"select min(at) from audit_pending", "i"};

constexpr Sql kEntries{
    "select leaf, at, type, subject, bytes from audit_entry where leaf >= :1 and leaf < :2 order by leaf limit :3",
    "iittt"};
constexpr Sql kEntriesOf{
    "select leaf, at, type, subject, bytes from audit_entry"
    " where subject = :1 and leaf >= :2 and leaf < :3 order by leaf limit :4",
    "iittt"};
constexpr Sql kErasures{
    "select leaf, at, type, subject, bytes from audit_entry where type = 'person.erased' order by leaf", "iittt"};
constexpr Sql kHasEntries{"select leaf from audit_entry limit 1", "i"};

constexpr Sql kCountEntries{"select count(*) from audit_entry", "i"};

constexpr Sql kWriteTile{
    "insert into audit_tile (level, number, hashes) values (:1, :2, :3)"
    " on conflict (level, number) do update set hashes = excluded.hashes"};
constexpr Sql kReadTile{"select hashes from audit_tile where level = :1 and number = :2", "t"};
constexpr Sql kCountTiles{"select count(*) from audit_tile", "i"};

constexpr Sql kWriteTree{
    "insert into audit_tree (generation, size, root, key_id, tag) values (:1, :2, :3, :4, :5)"
    " on conflict (generation) do update set"
    " size = excluded.size, root = excluded.root, key_id = excluded.key_id, tag = excluded.tag"};
constexpr Sql kReadTree{"select generation, size, root, key_id, tag from audit_tree order by generation desc limit 1",
                        "iittt"};

constexpr Sql kWriteCheckpoint{
    "insert into audit_checkpoint (hour, generation, size, signed_at, note) values (:1, :2, :3, :4, :5)"
    " on conflict (hour) do update set generation = excluded.generation, size = excluded.size,"
    " signed_at = excluded.signed_at, note = excluded.note"};
constexpr Sql kLatestCheckpoint{
    "select hour, generation, size, signed_at, note from audit_checkpoint"
    " order by generation desc, size desc limit 1",
    "iiiit"};
constexpr Sql kCheckpointAfter{
    "select hour, generation, size, signed_at, note from audit_checkpoint"
    " where size > :1 or (size = :1 and hour > :2) order by size, hour limit 1",
    "iiiit"};

constexpr Sql kCountOddCheckpoints{"select count(*) from audit_checkpoint where size < 0 or generation < 1", "i"};

constexpr Sql kAppendHandover{
    "insert into audit_handover (number, size, signed_at, note)"
    " values ((select coalesce(max(number), 0) + 1 from audit_handover), :1, :2, :3)"};
constexpr Sql kHandovers{"select note from audit_handover order by number", "t"};

constexpr Sql kPersonKeysNotUnder{
    "select person_id, key_id, wrapped from audit_person_key where person_id > :1 and key_id <> :2"
    " order by person_id limit :3",
    "ttt"};
constexpr Sql kCountPersonKeysUnder{"select count(*) from audit_person_key where key_id = :1", "i"};
constexpr Sql kReplacePersonKey{
    "update audit_person_key set key_id = :1, wrapped = :2 where person_id = :3 and wrapped = :4"};
constexpr Sql kReadPersonKey{"select key_id, wrapped from audit_person_key where person_id = :1", "tt"};
constexpr Sql kInsertPersonKey{"insert into audit_person_key (person_id, key_id, wrapped) values (:1, :2, :3)"};
constexpr Sql kBlankPersonKey{"update audit_person_key set wrapped = :1 where person_id = :2"};
constexpr Sql kDeletePersonKey{"delete from audit_person_key where person_id = :1"};

constexpr Sql kInsertOpening{"insert into audit_opening (entry, name, sealed) values (:1, :2, :3)"};
constexpr Sql kReadOpening{"select sealed from audit_opening where entry = :1 and name = :2", "t"};

std::uint64_t number(const Row& row, std::size_t column) {
  return static_cast<std::uint64_t>(row.integer(column));
}

/// Sizes and leaf numbers stay below 2^63; a larger bound means "to the end".
std::int64_t bound(std::uint64_t value) {
  return static_cast<std::int64_t>(std::min(value, std::uint64_t{INT64_MAX}));
}

auto entry_reader(const EntryCallback& callback) {
  return [&callback](const Row& row) {
    callback({number(row, 0), row.instant(1), row.text(2), row.text(3), row.text(4)});
  };
}

auto checkpoint_reader(std::optional<CheckpointRow>& out) {
  return
      [&out](const Row& row) { out = {row.integer(0), number(row, 1), number(row, 2), row.instant(3), row.string(4)}; };
}

}  // namespace

void insert_pending(store::Transaction& tx, const PendingRow& row) {
  tx.execute(kInsertPending, row.position, row.at, row.type, row.subject, row.bytes, row.tag);
}

void each_pending(store::Reader& reader, const std::function<void(PendingRow)>& callback) {
  reader.each(kPending, [&](const Row& row) {
    callback({number(row, 0), row.instant(1), row.string(2), row.string(3), row.string(4), row.string(5)});
  });
}

void number_pending(store::Transaction& tx, std::uint64_t first) {
  tx.execute(kNumber, first);
  tx.execute(kClearPending);
}

bool has_pending(store::Reader& reader) {
  return reader.exists(kHasPending);
}

std::optional<Instant> oldest_pending(store::Reader& reader) {
  std::optional<Instant> out;
  reader.first(kOldestPending, [&](const Row& row) { out = row.maybe_instant(0); });
  return out;
}

void each_entry(store::Reader& reader, std::uint64_t begin, std::uint64_t end, std::uint64_t limit,
                const EntryCallback& callback) {
  reader.each(kEntries, entry_reader(callback), bound(begin), bound(end), bound(limit));
}

void each_entry_of(store::Reader& reader, std::string_view subject, std::uint64_t begin, std::uint64_t end,
                   std::uint64_t limit, const EntryCallback& callback) {
  reader.each(kEntriesOf, entry_reader(callback), subject, bound(begin), bound(end), bound(limit));
}

void each_erasure(store::Reader& reader, const EntryCallback& callback) {
  reader.each(kErasures, entry_reader(callback));
}

bool has_entries(store::Reader& reader) {
  return reader.exists(kHasEntries);
}

std::uint64_t count_entries(store::Reader& reader) {
  std::uint64_t out = 0;
  reader.first(kCountEntries, [&](const Row& row) { out = number(row, 0); });
  return out;
}

void write_tile(store::Transaction& tx, const Tile& tile) {
  tx.execute(kWriteTile, tile.level, tile.index, base64url(tile_bytes(tile.hashes)));
}

std::optional<Tile> read_tile(store::Reader& reader, unsigned level, std::uint64_t index) {
  std::optional<Tile> out;
  const auto take = [&](const Row& row) {
    const auto bytes = from_base64url(row.text(0));
    auto hashes = bytes ? parse_tile(*bytes) : std::nullopt;
    if (hashes) out = {level, index, std::move(*hashes)};
  };
  reader.first(kReadTile, take, level, bound(index));
  return out;
}

std::uint64_t count_tiles(store::Reader& reader) {
  std::uint64_t out = 0;
  reader.first(kCountTiles, [&](const Row& row) { out = number(row, 0); });
  return out;
}

void write_tree(store::Transaction& tx, const TreeRow& row) {
  tx.execute(kWriteTree, row.generation, row.head.size, base64url(row.head.root), row.key_id, row.tag);
}

std::optional<TreeRow> read_tree(store::Reader& reader) {
  std::optional<TreeRow> out;
  reader.first(kReadTree, [&](const Row& row) {
    const auto root = from_base64url(row.text(2));
    if (!root || root->size() != sizeof(Digest)) return;
    out = {
        .generation = number(row, 0), .head = {.size = number(row, 1)}, .key_id = row.string(3), .tag = row.string(4)};
    std::ranges::copy(*root, out->head.root.begin());
  });
  return out;
}

void write_checkpoint(store::Transaction& tx, const CheckpointRow& row) {
  tx.execute(kWriteCheckpoint, row.hour, row.generation, row.size, row.signed_at, row.note);
}

std::optional<CheckpointRow> latest_checkpoint(store::Reader& reader) {
  std::optional<CheckpointRow> out;
  reader.first(kLatestCheckpoint, checkpoint_reader(out));
  return out;
}

std::optional<CheckpointRow> checkpoint_after(store::Reader& reader, const std::optional<CheckpointRow>& previous) {
  std::optional<CheckpointRow> out;
  reader.first(kCheckpointAfter, checkpoint_reader(out), previous ? bound(previous->size) : -1,
               previous ? previous->hour : 0);
  return out;
}

std::optional<CheckpointRow> checkpoint_covering(store::Reader& reader, std::uint64_t size) {
  std::optional<CheckpointRow> out;
  reader.first(kCheckpointAfter, checkpoint_reader(out), bound(size), INT64_MAX);
  return out;
}

std::uint64_t count_odd_checkpoints(store::Reader& reader) {
  std::uint64_t out = 0;
  reader.first(kCountOddCheckpoints, [&](const Row& row) { out = number(row, 0); });
  return out;
}

void append_handover(store::Transaction& tx, std::uint64_t size, Instant at, std::string_view note) {
  tx.execute(kAppendHandover, bound(size), at, note);
}

std::vector<std::string> read_handovers(store::Reader& reader) {
  std::vector<std::string> out;
  reader.each(kHandovers, [&](const Row& row) { out.push_back(row.string(0)); });
  return out;
}

std::vector<std::pair<PersonId, PersonKeyRow>> person_keys_not_under(store::Reader& reader, std::string_view key_id,
                                                                     const PersonId& after, std::uint64_t limit) {
  std::vector<std::pair<PersonId, PersonKeyRow>> out;
  reader.each(
      kPersonKeysNotUnder,
      [&](const Row& row) { out.push_back({row.id<PersonId>(0), {row.string(1), row.string(2)}}); },
      after == PersonId{} ? std::string() : after.text(), key_id, bound(limit));
  return out;
}

std::int64_t count_person_keys_under(store::Reader& reader, std::string_view key_id) {
  std::int64_t out = 0;
  reader.first(kCountPersonKeysUnder, [&](const Row& row) { out = row.integer(0); }, key_id);
  return out;
}

void replace_person_key(store::Transaction& tx, const PersonId& person, const PersonKeyRow& before,
                        const PersonKeyRow& after) {
  tx.execute(kReplacePersonKey, after.key_id, after.wrapped, person, before.wrapped);
}

std::optional<PersonKeyRow> read_person_key(store::Reader& reader, const PersonId& person) {
  std::optional<PersonKeyRow> out;
  reader.first(kReadPersonKey, [&](const Row& row) { out = {row.string(0), row.string(1)}; }, person);
  return out;
}

void insert_person_key(store::Transaction& tx, const PersonId& person, const PersonKeyRow& row) {
  tx.execute(kInsertPersonKey, person, row.key_id, row.wrapped);
}

void destroy_person_key(store::Transaction& tx, const PersonId& person) {
  if (const auto row = read_person_key(tx, person))
    tx.execute(kBlankPersonKey, std::string(row->wrapped.size(), '0'), person);
  tx.execute(kDeletePersonKey, person);
}

void insert_opening(store::Transaction& tx, std::string_view entry, std::string_view name, std::string_view sealed) {
  tx.execute(kInsertOpening, entry, name, sealed);
}

std::optional<std::string> read_opening(store::Reader& reader, std::string_view entry, std::string_view name) {
  std::optional<std::string> out;
  reader.first(kReadOpening, [&](const Row& row) { out = row.string(0); }, entry, name);
  return out;
}

}  // namespace khien::audit
