#include "accounts/store.h"

namespace khien::accounts {
namespace {

using policy::Exception;
using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAll{
    "select id, subject, owner, reason, compensating_measure, valid_from, valid_until from policy_exception"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2)",
    "tttttii"};
constexpr Sql kOne{
    "select id, subject, owner, reason, compensating_measure, valid_from, valid_until from policy_exception"
    " where id = :1 and superseded_at is null",
    "tttttii"};
constexpr Sql kClauses{"select directive, clause from exception_clause where exception_id = :1 order by place", "tt"};
constexpr Sql kInsert{
    "insert into policy_exception (id, revision, subject, owner, reason, compensating_measure, valid_from,"
    " valid_until, recorded_at) values (:1, (select coalesce(max(revision), 0) + 1 from policy_exception where"
    " id = :2), :3, :4, :5, :6, :7, :8, :9)"};
constexpr Sql kInsertClause{
    "insert into exception_clause (exception_id, place, directive, clause) values (:1, :2, :3, :4)"};
constexpr Sql kSupersede{"update policy_exception set superseded_at = :1 where id = :2 and superseded_at is null"};

Exception exception_of(const Row& row) {
  Exception exception;
  exception.id = row.id<ExceptionId>(0);
  exception.subject = row.string(1);
  exception.owner = row.id<PersonId>(2);
  exception.reason = row.string(3);
  exception.compensating_measure = row.string(4);
  exception.from = row.instant(5);
  exception.until = row.instant(6);
  return exception;
}

void add_clauses(Reader& reader, Exception& exception) {
  reader.each(
      kClauses, [&](const Row& row) { exception.clauses.emplace_back(row.id<DirectiveId>(0), row.string(1)); },
      exception.id);
}

void insert_revision(Transaction& transaction, const Exception& exception, Instant now) {
  transaction.execute(kInsert, exception.id, exception.id, exception.subject, exception.owner, exception.reason,
                      exception.compensating_measure, exception.from, exception.until, now);
}

}  // namespace

void load_exceptions(Reader& reader, Register& known, Instant known_at) {
  std::vector<Exception> exceptions;
  reader.each(kAll, [&](const Row& row) { exceptions.push_back(exception_of(row)); }, known_at, known_at);
  for (auto& exception : exceptions) {
    add_clauses(reader, exception);
    known.put(std::move(exception));
  }
}

std::optional<Exception> load_exception(Reader& reader, const ExceptionId& id) {
  std::optional<Exception> found;
  reader.first(kOne, [&](const Row& row) { found = exception_of(row); }, id);
  if (found) add_clauses(reader, *found);
  return found;
}

void refresh_exception(Reader& reader, Register& known, const ExceptionId& id) {
  if (auto exception = load_exception(reader, id)) known.put(std::move(*exception));
}

void insert_exception(Transaction& transaction, const Exception& exception, Instant now) {
  insert_revision(transaction, exception, now);
  std::size_t place = 0;
  for (const auto& [directive, clause] : exception.clauses)
    transaction.execute(kInsertClause, exception.id, ++place, directive, clause);
}

void revise_exception(Transaction& transaction, const Exception& exception, Instant now) {
  transaction.execute(kSupersede, now, exception.id);
  insert_revision(transaction, exception, now);
}

}  // namespace khien::accounts
