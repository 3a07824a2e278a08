#include "accounts/store.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

using Holds = std::map<policy::Kind, policy::HoldRecord>;

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

constexpr Sql kAllHolds{
    "select system, kind, hold, as_of, letter from system_hold"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2)",
    "tttit"};
constexpr Sql kHoldsOf{
    "select system, kind, hold, as_of, letter from system_hold where system = :1 and superseded_at is null", "tttit"};
constexpr Sql kHold{
    "select system, kind, hold, as_of, letter from system_hold"
    " where system = :1 and kind = :2 and superseded_at is null",
    "tttit"};
constexpr Sql kSupersedeHold{
    "update system_hold set superseded_at = :1 where system = :2 and kind = :3 and superseded_at is null"};
constexpr Sql kInsertHold{
    "insert into system_hold (system, kind, revision, hold, as_of, letter, recorded_at) values (:1, :2,"
    " (select coalesce(max(revision), 0) + 1 from system_hold where system = :3 and kind = :4), :5, :6, :7, :8)"};

System system_of(const Row& row) {
  return {row.id<SystemId>(0), row.string(1), row.string(2), row.id<UnitId>(3),
          row.string(4),       row.flag(5),   row.flag(6)};
}

policy::HoldRecord hold_of(const Row& row) {
  return {policy::parse_hold(row.text(2)).value_or(policy::Hold::Unknown), row.maybe_instant(3), row.string(4)};
}

/// A kind that this version does not know is passed over.
void add_hold(Holds& holds, const Row& row) {
  if (const auto kind = policy::parse_kind(row.text(1))) holds[*kind] = hold_of(row);
}

std::optional<std::string> text_or_null(const UnitId& unit) {
  return unit.is_nil() ? std::nullopt : std::optional(unit.text());
}

}  // namespace

void load_systems(Reader& reader, Register& known, Instant known_at) {
  reader.each(kAllSystems, [&](const Row& row) { known.put(system_of(row)); }, known_at);
  std::map<SystemId, Holds> holds;
  reader.each(kAllHolds, [&](const Row& row) { add_hold(holds[row.id<SystemId>(0)], row); }, known_at, known_at);
  for (auto& [system, kinds] : holds) known.put_holds(system, std::move(kinds));
}

std::optional<System> load_system(Reader& reader, const SystemId& id) {
  std::optional<System> found;
  reader.first(kSystem, [&](const Row& row) { found = system_of(row); }, id);
  return found;
}

void refresh_system(Reader& reader, Register& known, const SystemId& id) {
  if (auto system = load_system(reader, id)) known.put(std::move(*system));
  Holds holds;
  reader.each(kHoldsOf, [&](const Row& row) { add_hold(holds, row); }, id);
  known.put_holds(id, std::move(holds));
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

policy::HoldRecord load_hold(Reader& reader, const SystemId& system, policy::Kind kind) {
  policy::HoldRecord record;
  reader.first(kHold, [&](const Row& row) { record = hold_of(row); }, system, policy::code_of(kind));
  return record;
}

void save_hold(Transaction& transaction, const SystemId& system, policy::Kind kind, const policy::HoldRecord& record,
               Instant now) {
  transaction.execute(kSupersedeHold, now, system, policy::code_of(kind));
  transaction.execute(kInsertHold, system, policy::code_of(kind), system, policy::code_of(kind),
                      policy::code_of(record.hold), record.as_of, record.letter, now);
}

}  // namespace khien::accounts
