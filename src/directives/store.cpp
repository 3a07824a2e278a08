#include "directives/store.h"

#include <array>
#include <stdexcept>

#include "directives/migrations.h"
#include "directives/successors.h"
#include "directives/text.h"

namespace khien::directives {
namespace {

constexpr std::array kMigrations{
    store::Migration{"directives", 1,
                     "create table directive ("
                     " id text not null, revision bigint not null, code text not null, adopted_by text not null,"
                     " valid_from bigint not null, valid_to bigint, body text not null,"
                     " recorded_at bigint not null, superseded_at bigint,"
                     " primary key (id, revision));\n"
                     "create unique index directive_known on directive (id) where superseded_at is null;\n"
                     "create table confirmation ("
                     " person text not null, directive text not null, what text not null, at bigint not null,"
                     " primary key (person, directive, what));\n"},
    store::Migration{"directives", 2, "alter table directive add column replaced_by text;\n"},
    store::Migration{"directives", 3,
                     "create table cutoff_delay ("
                     " directive text not null, cutoff text not null, unit text not null, revision bigint not null,"
                     " until_at bigint, reason text not null, recorded_at bigint not null, superseded_at bigint,"
                     " primary key (directive, cutoff, unit, revision));\n"
                     "create table cutoff_confirmed ("
                     " directive text not null, cutoff text not null, shown bigint not null,"
                     " recorded_at bigint not null, primary key (directive, cutoff));\n"
                     "create table cutoff_leave ("
                     " login text not null primary key, reopened_at bigint, continued_until bigint);\n"}};

constexpr store::Sql kLoad{
    "select id, body, valid_from, valid_to,"
    " (select min(first.recorded_at) from directive first where first.id = directive.id) from directive"
    " where recorded_at <= :1 and (superseded_at is null or superseded_at > :2) order by recorded_at, id",
    "ttiii"};
constexpr store::Sql kSupersede{"update directive set superseded_at = :1 where id = :2 and superseded_at is null"};
constexpr store::Sql kInsert{
    "insert into directive (id, revision, code, adopted_by, valid_from, valid_to, body, recorded_at)"
    " select :1, count(*), :2, :3, :4, :5, :6, :7 from directive where id = :8"};

constexpr store::Sql kReplaced{"update directive set replaced_by = :1 where id = :2 and superseded_at is null"};
/// Whatever became of it later.
constexpr store::Sql kNotReplaced{"update directive set replaced_by = null where id = :1 and replaced_by = :2"};
constexpr store::Sql kReplacedBy{"select distinct id from directive where replaced_by = :1 order by id", "t"};
constexpr store::Sql kSuccessors{"select id, replaced_by from directive where replaced_by is not null", "tt"};

constexpr store::Sql kConfirmations{"select person, directive, what from confirmation where at <= :1 order by person",
                                    "ttt"};
constexpr store::Sql kConfirmationsOf{"select directive, what from confirmation where person = :1", "tt"};
constexpr store::Sql kConfirmed{"select at from confirmation where person = :1 and directive = :2 and what = :3", "i"};
constexpr store::Sql kErase{"delete from confirmation where person = :1"};
constexpr store::Sql kConfirm{"insert into confirmation (person, directive, what, at) values (:1, :2, :3, :4)"};

policy::Directive read_body(const DirectiveId& id, std::string_view body) {
  auto text = parse_directive(body, "directive/" + id.text());
  if (!text) throw std::runtime_error("a stored directive cannot be read: " + text.error().line(Language::English));
  // The row says when it ends, to the instant; by days alone one withdrawn on its first day would end as it begins.
  text->until.reset();
  auto directive = resolve_stored(*text, id, "directive/" + id.text());
  if (!directive) throw std::runtime_error("a stored directive names something unknown");
  return std::move(*directive);
}

void take(Confirmations& into, const DirectiveId& directive, std::string_view what) {
  if (what == code_of(Confirmation::Read)) into.read.push_back(directive);
  if (what == code_of(Confirmation::Signed)) into.signed_statements.push_back(directive);
  if (what == code_of(Confirmation::Monitoring)) into.knows_of_monitoring = true;
}

}  // namespace

std::span<const store::Migration> migrations() {
  return kMigrations;
}

std::vector<policy::Directive> load_directives(store::Reader& reader, Instant known_at) {
  std::vector<policy::Directive> out;
  reader.each(
      kLoad,
      [&](const store::Row& row) {
        auto directive = read_body(row.id<DirectiveId>(0), row.text(1));
        directive.from = row.instant(2);
        directive.until = row.maybe_instant(3);
        directive.recorded = row.instant(4);
        out.push_back(std::move(directive));
      },
      known_at, known_at);
  return out;
}

void save_directive(store::Transaction& transaction, const policy::Directive& directive, Instant now) {
  transaction.execute(kSupersede, now, directive.id);
  transaction.execute(kInsert, directive.id, directive.code, directive.adopted_by, directive.from, directive.until,
                      write_directive(text_of(directive)), now, directive.id);
}

void save_successor(store::Transaction& transaction, const DirectiveId& replaced, const DirectiveId& by) {
  transaction.execute(kReplaced, by, replaced);
}

void remove_successor(store::Transaction& transaction, const DirectiveId& replaced, const DirectiveId& by) {
  transaction.execute(kNotReplaced, replaced, by);
}

std::vector<DirectiveId> load_replaced(store::Reader& reader, const DirectiveId& by) {
  std::vector<DirectiveId> out;
  reader.each(kReplacedBy, [&](const store::Row& row) { out.push_back(row.id<DirectiveId>(0)); }, by);
  return out;
}

Result<std::map<DirectiveId, DirectiveId>> successors(store::Store& store) {
  return store.read([](store::Reader& reader) -> Result<std::map<DirectiveId, DirectiveId>> {
    std::map<DirectiveId, DirectiveId> out;
    reader.each(kSuccessors, [&](const store::Row& row) { out[row.id<DirectiveId>(0)] = row.id<DirectiveId>(1); });
    return out;
  });
}

std::map<PersonId, Confirmations> load_confirmations(store::Reader& reader, Instant known_at) {
  std::map<PersonId, Confirmations> out;
  reader.each(
      kConfirmations,
      [&](const store::Row& row) { take(out[row.id<PersonId>(0)], row.id<DirectiveId>(1), row.text(2)); }, known_at);
  return out;
}

Confirmations load_confirmations_of(store::Reader& reader, const PersonId& person) {
  Confirmations out;
  reader.each(kConfirmationsOf, [&](const store::Row& row) { take(out, row.id<DirectiveId>(0), row.text(1)); }, person);
  return out;
}

bool save_confirmation(store::Transaction& transaction, const PersonId& person, const DirectiveId& directive,
                       Confirmation what, Instant now) {
  if (transaction.exists(kConfirmed, person, directive, code_of(what))) return false;
  transaction.execute(kConfirm, person, directive, code_of(what), now);
  return true;
}

std::int64_t erase_confirmations(store::Transaction& transaction, const PersonId& person) {
  return transaction.execute(kErase, person);
}

}  // namespace khien::directives
