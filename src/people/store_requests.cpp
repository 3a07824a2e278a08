#include "people/store_requests.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

#define KHIEN_REQUEST_COLUMNS                                                                                      \
  "id, number, act, subject, parameters, facts, summary_vi, summary_en, affected, proposer, proposer_user, basis," \
  " proposed_at, expires_at, state, approver, decided_at, reason, done_at"
constexpr const char* kTypes = "tittttttitttiittiti";

constexpr Sql kNextNumber{"select coalesce(max(number), 0) + 1 from request", "i"};
constexpr Sql kInsert{
    "insert into request (id, number, act, subject, parameters, payload_sealed, facts, summary_vi, summary_en,"
    " affected, proposer, proposer_user, basis, proposed_at, expires_at, state, reason, outcome)"
    " values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15, :16, '', '')"};
constexpr Sql kUpdate{
    "update request set state = :1, approver = :2, decided_at = :3, reason = :4, done_at = :5 where id = :6"};
constexpr Sql kDropPayload{"update request set payload_sealed = '' where id = :1"};
constexpr Sql kOne{"select " KHIEN_REQUEST_COLUMNS " from request where id = :1", kTypes};
constexpr Sql kByNumber{"select id from request where number = :1", "t"};
constexpr Sql kAll{"select " KHIEN_REQUEST_COLUMNS " from request order by number desc", kTypes};
constexpr Sql kWaiting{"select " KHIEN_REQUEST_COLUMNS
                       " from request where state in ('proposed', 'approved') order by number desc",
                       kTypes};
constexpr Sql kExpired{"select " KHIEN_REQUEST_COLUMNS
                       " from request where state = 'proposed' and expires_at <= :1 order by number",
                       kTypes};
constexpr Sql kPayload{"select payload_sealed from request where id = :1", "t"};
constexpr Sql kEraseWords{"update request set reason = '', basis = '' where proposer = :1 or approver = :2"};

/// Units and system, as one text: `unit,unit;system`.
std::string text_of(const About& about) {
  std::string out;
  for (const auto& unit : about.units) out += (out.empty() ? "" : ",") + unit.text();
  return out + ";" + (about.system ? about.system->text() : "");
}

About about_of(std::string_view text) {
  About about;
  const auto end = text.find(';');
  std::string_view units = text.substr(0, end);
  while (!units.empty()) {
    const auto comma = units.find(',');
    if (const auto unit = UnitId::parse(units.substr(0, comma))) about.units.push_back(*unit);
    units = comma == std::string_view::npos ? std::string_view{} : units.substr(comma + 1);
  }
  if (end != std::string_view::npos) about.system = SystemId::parse(text.substr(end + 1));
  return about;
}

RequestState state_of(std::string_view code) {
  for (const auto state : {RequestState::Proposed, RequestState::Approved, RequestState::Done, RequestState::Failed,
                           RequestState::Refused, RequestState::Withdrawn, RequestState::Expired})
    if (code_of(state) == code) return state;
  return RequestState::Outdated;
}

/// A request for an act that this program does not know cannot be carried out: it is shown as outdated.
Request request_of(const Row& row) {
  const auto act = parse_act(row.text(2));
  return {.id = row.id<RequestId>(0),
          .number = row.integer(1),
          .act = act.value_or(Act::ReadState),
          .about = about_of(row.text(3)),
          .parameters = row.string(4),
          .facts = row.string(5),
          .summary = {row.string(6), row.string(7)},
          .affected = row.integer(8),
          .proposer = row.id<PersonId>(9),
          .proposer_user = row.string(10),
          .basis = row.string(11),
          .proposed_at = row.instant(12),
          .expires_at = row.instant(13),
          .state = act ? state_of(row.text(14)) : RequestState::Outdated,
          .decided_by = row.is_null(15) ? std::nullopt : std::optional(row.id<PersonId>(15)),
          .decided_at = row.maybe_instant(16),
          .reason = row.string(17),
          .done_at = row.maybe_instant(18)};
}

template <class... P>
std::vector<Request> requests_of(Reader& reader, const Sql& sql, const P&... parameters) {
  std::vector<Request> out;
  reader.each(sql, [&](const Row& row) { out.push_back(request_of(row)); }, parameters...);
  return out;
}

}  // namespace

std::int64_t next_request_number(Reader& reader) {
  std::int64_t number = 1;
  reader.first(kNextNumber, [&](const Row& row) { number = row.integer(0); });
  return number;
}

void insert_request(Transaction& transaction, const Request& request, const std::string& payload_sealed) {
  transaction.execute(kInsert, request.id, request.number, rule_of(request.act).code, text_of(request.about),
                      request.parameters, payload_sealed, request.facts, request.summary.vi, request.summary.en,
                      request.affected, request.proposer, request.proposer_user, request.basis, request.proposed_at,
                      request.expires_at, code_of(request.state));
}

void update_request(Transaction& transaction, const Request& request) {
  transaction.execute(kUpdate, code_of(request.state), request.decided_by, request.decided_at, request.reason,
                      request.done_at, request.id);
  if (request.state != RequestState::Proposed && request.state != RequestState::Approved)
    transaction.execute(kDropPayload, request.id);
}

std::optional<Request> load_request(Reader& reader, const RequestId& id) {
  auto found = requests_of(reader, kOne, id);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<RequestId> find_request(Reader& reader, std::int64_t number) {
  std::optional<RequestId> found;
  reader.first(kByNumber, [&](const Row& row) { found = row.id<RequestId>(0); }, number);
  return found;
}

std::vector<Request> load_requests(Reader& reader, bool waiting_only) {
  return requests_of(reader, waiting_only ? kWaiting : kAll);
}

std::vector<Request> load_expired(Reader& reader, Instant now) {
  return requests_of(reader, kExpired, now);
}

std::string load_payload(Reader& reader, const RequestId& id) {
  std::string sealed;
  reader.first(kPayload, [&](const Row& row) { sealed = row.string(0); }, id);
  return sealed;
}

void erase_request_words(Transaction& transaction, const PersonId& person) {
  transaction.execute(kEraseWords, person, person);
}

}  // namespace khien::people
