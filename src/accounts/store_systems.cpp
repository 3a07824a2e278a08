#include "accounts/store.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAllSystems{
    "select id, code, name, owner, operator_name, behind_gate, login_is_ours from info_system where recorded_at <= :1",
    "tttttii"};
constexpr Sql kSystem{
    "select id, code, name, owner, operator_name, behind_gate, login_is_ours from info_system where id = :1",
    "tttttii"};
constexpr Sql kSystemCoded{"select id from info_system where code = :1", "t"};
constexpr Sql kInsertSystem{
    "insert into info_system (id, code, name, owner, operator_name, behind_gate, login_is_ours, recorded_at,"
    " changed_at) values (:1, :2, :3, :4, :5, :6, :7, :8, :9)"};
constexpr Sql kUpdateSystem{
    "update info_system set code = :1, name = :2, owner = :3, operator_name = :4, behind_gate = :5,"
    " login_is_ours = :6, changed_at = :7 where id = :8"};

System system_of(const Row& row) {
  return {row.id<SystemId>(0), row.string(1), row.string(2), row.id<UnitId>(3),
          row.string(4),       row.flag(5),   row.flag(6)};
}

std::optional<std::string> text_or_null(const UnitId& unit) {
  return unit.is_nil() ? std::nullopt : std::optional(unit.text());
}

}  // namespace

void load_systems(Reader& reader, Register& known, Instant known_at) {
  reader.each(kAllSystems, [&](const Row& row) { known.put(system_of(row)); }, known_at);
}

std::optional<System> load_system(Reader& reader, const SystemId& id) {
  std::optional<System> found;
  reader.first(kSystem, [&](const Row& row) { found = system_of(row); }, id);
  return found;
}

void refresh_system(Reader& reader, Register& known, const SystemId& id) {
  if (auto system = load_system(reader, id)) known.put(std::move(*system));
  known.put_holds(id, load_holds_of(reader, id));
}

std::optional<SystemId> find_system_coded(Reader& reader, const std::string& code) {
  std::optional<SystemId> found;
  reader.first(kSystemCoded, [&](const Row& row) { found = row.id<SystemId>(0); }, code);
  return found;
}

void insert_system(Transaction& transaction, const System& system, Instant now) {
  transaction.execute(kInsertSystem, system.id, system.code, system.name, text_or_null(system.owner),
                      system.operator_name, system.behind_gate, system.login_is_ours, now, now);
}

void update_system(Transaction& transaction, const System& system, Instant now) {
  transaction.execute(kUpdateSystem, system.code, system.name, text_or_null(system.owner), system.operator_name,
                      system.behind_gate, system.login_is_ours, now, system.id);
}

}  // namespace khien::accounts
