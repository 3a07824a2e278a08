#include "directives/store_cutoffs.h"

namespace khien::directives {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kDelays{
    "select directive, cutoff, unit, until_at, reason, recorded_at from cutoff_delay"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2) order by recorded_at, directive, unit",
    "tttiti"};
constexpr Sql kSupersedeDelay{
    "update cutoff_delay set superseded_at = :1"
    " where directive = :2 and cutoff = :3 and unit = :4 and superseded_at is null"};
constexpr Sql kEndWaiting{
    "update cutoff_delay set superseded_at = :1"
    " where directive = :2 and cutoff = :3 and until_at is null and superseded_at is null"};
constexpr Sql kInsertDelay{
    "insert into cutoff_delay (directive, cutoff, unit, revision, until_at, reason, recorded_at) values (:1, :2, :3,"
    " (select coalesce(max(revision), 0) + 1 from cutoff_delay where directive = :4 and cutoff = :5 and unit = :6),"
    " :7, :8, :9)"};
constexpr Sql kConfirmed{"select directive, cutoff, shown from cutoff_confirmed", "tti"};
constexpr Sql kForgetConfirmed{"delete from cutoff_confirmed where directive = :1 and cutoff = :2"};
constexpr Sql kInsertConfirmed{
    "insert into cutoff_confirmed (directive, cutoff, shown, recorded_at) values (:1, :2, :3, :4)"};
constexpr Sql kLeaves{"select login, reopened_at, continued_until from cutoff_leave", "tii"};
constexpr Sql kLeave{"select login, reopened_at, continued_until from cutoff_leave where login = :1", "tii"};
constexpr Sql kForgetLeave{"delete from cutoff_leave where login = :1"};
constexpr Sql kInsertLeave{"insert into cutoff_leave (login, reopened_at, continued_until) values (:1, :2, :3)"};

Date date_in(const Row& row, std::size_t column) {
  return parse_date(row.text(column)).value_or(Date{});
}

policy::CutoffLeave leave_in(const Row& row) {
  return {row.maybe_instant(1), row.maybe_instant(2)};
}

/// The nil id as text: a unit of everybody.
std::string unit_text(const UnitId& unit) {
  return unit.is_nil() ? std::string() : unit.text();
}

}  // namespace

std::vector<CutoffDelay> load_delays(Reader& reader, Instant known_at) {
  std::vector<CutoffDelay> out;
  reader.each(
      kDelays,
      [&](const Row& row) {
        out.push_back({{row.id<DirectiveId>(0), date_in(row, 1)},
                       UnitId::parse(row.text(2)).value_or(UnitId{}),
                       row.maybe_instant(3),
                       row.string(4),
                       row.instant(5)});
      },
      known_at, known_at);
  return out;
}

void save_delay(Transaction& transaction, const CutoffDelay& delay, Instant now) {
  const auto& [directive, date] = delay.cutoff;
  const std::string cutoff = iso(date);
  const std::string unit = unit_text(delay.unit);
  transaction.execute(kSupersedeDelay, now, directive, cutoff, unit);
  transaction.execute(kInsertDelay, directive, cutoff, unit, directive, cutoff, unit, delay.until, delay.reason, now);
}

void end_waiting(Transaction& transaction, const CutoffKey& cutoff, Instant now) {
  transaction.execute(kEndWaiting, now, cutoff.first, iso(cutoff.second));
}

std::map<CutoffKey, std::int64_t> load_confirmed(Reader& reader) {
  std::map<CutoffKey, std::int64_t> out;
  reader.each(kConfirmed, [&](const Row& row) { out[{row.id<DirectiveId>(0), date_in(row, 1)}] = row.integer(2); });
  return out;
}

void save_confirmed(Transaction& transaction, const CutoffKey& cutoff, std::int64_t shown, Instant now) {
  transaction.execute(kForgetConfirmed, cutoff.first, iso(cutoff.second));
  transaction.execute(kInsertConfirmed, cutoff.first, iso(cutoff.second), shown, now);
}

void each_leave(Reader& reader, const std::function<void(const LoginId&, const policy::CutoffLeave&)>& callback) {
  reader.each(kLeaves, [&](const Row& row) { callback(row.id<LoginId>(0), leave_in(row)); });
}

policy::CutoffLeave load_leave(Reader& reader, const LoginId& login) {
  policy::CutoffLeave leave;
  reader.first(kLeave, [&](const Row& row) { leave = leave_in(row); }, login);
  return leave;
}

void save_leave(Transaction& transaction, const LoginId& login, const policy::CutoffLeave& leave) {
  transaction.execute(kForgetLeave, login);
  transaction.execute(kInsertLeave, login, leave.reopened_at, leave.continued_until);
}

}  // namespace khien::directives
