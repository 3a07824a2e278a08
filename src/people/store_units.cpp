#include <algorithm>

#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAllVersions{
    "select unit, valid_from, valid_to, code, name, parent, tree, level from unit_version"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2) order by unit, valid_from",
    "tiittttt"};
constexpr Sql kVersionsOf{
    "select unit, valid_from, valid_to, code, name, parent, tree, level from unit_version"
    " where unit = :1 and superseded_at is null order by valid_from",
    "tiittttt"};
constexpr Sql kSupersedeVersion{
    "update unit_version set superseded_at = :1 where unit = :2 and valid_from = :3 and superseded_at is null"};
constexpr Sql kInsertVersion{
    "insert into unit_version (unit, revision, valid_from, valid_to, code, name, parent, tree, level, recorded_at)"
    " values (:1, (select coalesce(max(revision), 0) + 1 from unit_version where unit = :2),"
    " :3, :4, :5, :6, :7, :8, :9, :10)"};

constexpr Sql kAllSuccessions{
    "select old, successor, at, how from unit_succession"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2) order by old, at, successor",
    "ttit"};
constexpr Sql kSuccessionsOf{
    "select old, successor, at, how from unit_succession where old = :1 and superseded_at is null"
    " order by at, successor",
    "ttit"};
constexpr Sql kInsertSuccession{
    "insert into unit_succession (old, successor, at, how, recorded_at) values (:1, :2, :3, :4, :5)"};

Validity validity_of(const Row& row, std::size_t column) {
  return {row.instant(column), row.maybe_instant(column + 1)};
}

UnitVersion version_of(const Row& row) {
  return {validity_of(row, 1),
          row.string(3),
          row.string(4),
          row.id<UnitId>(5),
          parse_tree(row.text(6)).value_or(Tree::State),
          row.string(7)};
}

UnitSuccession succession_of(const Row& row) {
  return {row.id<UnitId>(0), row.id<UnitId>(1), row.instant(2),
          parse_how(row.text(3)).value_or(UnitSuccession::How::Merged)};
}

void save_versions(Transaction& tx, const UnitId& id, const std::vector<UnitVersion>& before,
                   const std::vector<UnitVersion>& after, Instant now) {
  for (const auto& version : before)
    if (std::ranges::find(after, version) == after.end()) tx.execute(kSupersedeVersion, now, id, version.valid.from);
  for (const auto& version : after)
    if (std::ranges::find(before, version) == before.end()) {
      const auto parent = version.parent.is_nil() ? std::nullopt : std::optional(version.parent);
      tx.execute(kInsertVersion, id, id, version.valid.from, version.valid.to, version.code, version.name, parent,
                 code_of(version.tree), version.level, now);
    }
}

}  // namespace

UnitBook load_units(Reader& reader, Instant known_at) {
  UnitBook book;
  reader.each(
      kAllVersions,
      [&](const Row& row) {
        const auto id = row.id<UnitId>(0);
        auto& unit = book.units[id];
        unit.id = id;
        unit.versions.push_back(version_of(row));
      },
      known_at, known_at);
  reader.each(
      kAllSuccessions, [&](const Row& row) { book.successions.push_back(succession_of(row)); }, known_at, known_at);
  return book;
}

Unit load_unit(Reader& reader, const UnitId& id) {
  Unit unit{id, {}};
  reader.each(kVersionsOf, [&](const Row& row) { unit.versions.push_back(version_of(row)); }, id);
  return unit;
}

void refresh_unit(Reader& reader, Directory& directory, const UnitId& id) {
  std::vector<UnitSuccession> successions;
  reader.each(kSuccessionsOf, [&](const Row& row) { successions.push_back(succession_of(row)); }, id);
  directory.put(load_unit(reader, id));
  directory.put_successions(id, std::move(successions));
}

std::vector<UnitId> save_units(Transaction& transaction, const UnitBook& before, const UnitBook& after, Instant now) {
  std::vector<UnitId> changed;
  for (const auto& [id, unit] : after.units) {
    const auto was = before.units.find(id);
    const auto versions = was == before.units.end() ? std::vector<UnitVersion>{} : was->second.versions;
    if (versions == unit.versions) continue;
    save_versions(transaction, id, versions, unit.versions, now);
    changed.push_back(id);
  }
  for (std::size_t i = before.successions.size(); i < after.successions.size(); ++i) {
    const auto& succession = after.successions[i];
    transaction.execute(kInsertSuccession, succession.old, succession.successor, succession.at, code_of(succession.how),
                        now);
    if (std::ranges::find(changed, succession.old) == changed.end()) changed.push_back(succession.old);
  }
  return changed;
}

}  // namespace khien::people
