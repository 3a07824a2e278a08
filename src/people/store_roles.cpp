#include <algorithm>

#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAllRoles{
    "select id, person, role, unit, system, valid_from, valid_to from role_grant"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2)",
    "tttttii"};
constexpr Sql kRolesOf{
    "select id, person, role, unit, system, valid_from, valid_to from role_grant"
    " where person = :1 and superseded_at is null order by valid_from, id",
    "tttttii"};
constexpr Sql kGrantsOfRole{
    "select id, person, role, unit, system, valid_from, valid_to from role_grant"
    " where role = :1 and superseded_at is null order by id",
    "tttttii"};
constexpr Sql kPersonOfRole{"select person from role_grant where id = :1 and superseded_at is null", "t"};
constexpr Sql kSupersedeRole{"update role_grant set superseded_at = :1 where id = :2 and superseded_at is null"};
constexpr Sql kInsertRole{
    "insert into role_grant (id, revision, person, role, unit, system, valid_from, valid_to, recorded_at)"
    " values (:1, (select coalesce(max(revision), 0) + 1 from role_grant where id = :2), :3, :4, :5, :6, :7, :8, :9)"};
constexpr Sql kFoundedAt{"select founded_at from roles_founded where only_row = 1", "i"};
constexpr Sql kSetFounded{"insert into roles_founded (only_row, founded_at) values (1, :1)"};

/// A role that this program does not know gives nothing: nullopt.
std::optional<RoleGrant> grant_of(const Row& row) {
  const auto role = parse_role(row.text(2));
  if (!role) return std::nullopt;
  return RoleGrant{row.id<RoleGrantId>(0),
                   row.id<PersonId>(1),
                   *role,
                   {row.id<UnitId>(3), row.id<SystemId>(4)},
                   {row.instant(5), row.maybe_instant(6)}};
}

template <class IdType>
std::optional<std::string> text_or_null(const IdType& id) {
  return id.is_nil() ? std::nullopt : std::optional(id.text());
}

}  // namespace

void load_roles(Reader& reader, Directory& directory, Instant known_at) {
  reader.each(
      kAllRoles,
      [&](const Row& row) {
        if (auto grant = grant_of(row)) directory.add(std::move(*grant));
      },
      known_at, known_at);
}

std::vector<RoleGrant> load_roles_of(Reader& reader, const PersonId& id) {
  std::vector<RoleGrant> grants;
  reader.each(
      kRolesOf,
      [&](const Row& row) {
        if (auto grant = grant_of(row)) grants.push_back(std::move(*grant));
      },
      id);
  return grants;
}

std::vector<RoleGrant> load_grants(Reader& reader, Role role) {
  std::vector<RoleGrant> grants;
  reader.each(
      kGrantsOfRole,
      [&](const Row& row) {
        if (auto grant = grant_of(row)) grants.push_back(std::move(*grant));
      },
      code_of(role));
  return grants;
}

std::optional<PersonId> find_person_of_role(Reader& reader, const RoleGrantId& grant) {
  std::optional<PersonId> found;
  reader.first(kPersonOfRole, [&](const Row& row) { found = row.id<PersonId>(0); }, grant);
  return found;
}

void save_roles(Transaction& transaction, const std::vector<RoleGrant>& before, const std::vector<RoleGrant>& after,
                Instant now) {
  for (const auto& old : before)
    if (std::ranges::find(after, old) == after.end()) transaction.execute(kSupersedeRole, now, old.id);
  for (const auto& fresh : after)
    if (std::ranges::find(before, fresh) == before.end())
      transaction.execute(kInsertRole, fresh.id, fresh.id, fresh.person, code_of(fresh.role),
                          text_or_null(fresh.scope.unit), text_or_null(fresh.scope.system), fresh.valid.from,
                          fresh.valid.to, now);
}

std::optional<Instant> load_founded_at(Reader& reader) {
  std::optional<Instant> at;
  reader.first(kFoundedAt, [&](const Row& row) { at = row.instant(0); });
  return at;
}

void save_founded(Transaction& transaction, Instant now) {
  transaction.execute(kSetFounded, now);
}

}  // namespace khien::people
