#include "accounts/store.h"

namespace khien::accounts {
namespace {

using policy::HoldRecord;
using policy::Kind;
using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

/// The statements of one of the two tables; they differ only in whose holds they keep.
struct HoldSql {
  Sql all, of, one, supersede, insert, remove;
};

#define KHIEN_HOLD_SQL(table, whose)                                                                                  \
  HoldSql {                                                                                                           \
    {"select " whose ", kind, hold, as_of, letter from " table                                                        \
     " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2)",                                    \
     "tttit"},                                                                                                        \
        {"select " whose ", kind, hold, as_of, letter from " table " where " whose " = :1 and superseded_at is null", \
         "tttit"},                                                                                                    \
        {"select " whose ", kind, hold, as_of, letter from " table " where " whose                                    \
         " = :1 and kind = :2 and superseded_at is null",                                                             \
         "tttit"},                                                                                                    \
        {"update " table " set superseded_at = :1 where " whose " = :2 and kind = :3 and superseded_at is null"},     \
        {"insert into " table " (" whose                                                                              \
         ", kind, revision, hold, as_of, letter, recorded_at) values (:1, :2,"                                        \
         " (select coalesce(max(revision), 0) + 1 from " table " where " whose                                        \
         " = :3 and kind = :4), :5, :6, :7, :8)"},                                                                    \
        {"delete from " table " where " whose " = :1"},                                                               \
  }
constexpr HoldSql kOfSystems = KHIEN_HOLD_SQL("system_hold", "system");
constexpr HoldSql kOfAccounts = KHIEN_HOLD_SQL("account_hold", "account");
#undef KHIEN_HOLD_SQL

constexpr const HoldSql& sql_of(const SystemId&) {
  return kOfSystems;
}
constexpr const HoldSql& sql_of(const AccountId&) {
  return kOfAccounts;
}

HoldRecord hold_of(const Row& row) {
  return {policy::parse_hold(row.text(2)).value_or(policy::Hold::Unknown), row.maybe_instant(3), row.string(4)};
}

/// A kind that this version does not know is passed over.
void add_hold(Holds& holds, const Row& row) {
  if (const auto kind = policy::parse_kind(row.text(1))) holds[*kind] = hold_of(row);
}

template <class Whose>
void load_all(Reader& reader, Register& known, Instant known_at) {
  std::map<Whose, Holds> holds;
  reader.each(sql_of(Whose{}).all, [&](const Row& row) { add_hold(holds[row.id<Whose>(0)], row); }, known_at, known_at);
  for (auto& [whose, kinds] : holds) known.put_holds(whose, std::move(kinds));
}

}  // namespace

void load_holds(Reader& reader, Register& known, Instant known_at) {
  load_all<SystemId>(reader, known, known_at);
  load_all<AccountId>(reader, known, known_at);
}

template <class Whose>
Holds load_holds_of(Reader& reader, const Whose& whose) {
  Holds holds;
  reader.each(sql_of(whose).of, [&](const Row& row) { add_hold(holds, row); }, whose);
  return holds;
}

template <class Whose>
std::optional<HoldRecord> load_hold(Reader& reader, const Whose& whose, Kind kind) {
  std::optional<HoldRecord> record;
  reader.first(sql_of(whose).one, [&](const Row& row) { record = hold_of(row); }, whose, policy::code_of(kind));
  return record;
}

template <class Whose>
void save_hold(Transaction& transaction, const Whose& whose, Kind kind, const std::optional<HoldRecord>& record,
               Instant now) {
  transaction.execute(sql_of(whose).supersede, now, whose, policy::code_of(kind));
  if (record)
    transaction.execute(sql_of(whose).insert, whose, policy::code_of(kind), whose, policy::code_of(kind),
                        policy::code_of(record->hold), record->as_of, record->letter, now);
}

void delete_holds(Transaction& transaction, const AccountId& account) {
  transaction.execute(kOfAccounts.remove, account);
}

template Holds load_holds_of(Reader&, const SystemId&);
template Holds load_holds_of(Reader&, const AccountId&);
template std::optional<HoldRecord> load_hold(Reader&, const SystemId&, Kind);
template std::optional<HoldRecord> load_hold(Reader&, const AccountId&, Kind);
template void save_hold(Transaction&, const SystemId&, Kind, const std::optional<HoldRecord>&, Instant);
template void save_hold(Transaction&, const AccountId&, Kind, const std::optional<HoldRecord>&, Instant);

}  // namespace khien::accounts
