#include "people/requests.h"

#include <charconv>
#include <stdexcept>

#include "base/digest.h"
#include "people/store_requests.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Transaction;

constexpr std::size_t kMostPayload = 32U << 20;
constexpr std::size_t kMostWaiting = 200;

std::string context_of(const RequestId& id) {
  return "khien request " + id.text();
}

std::string subject_of(const RequestId& id) {
  return "request/" + id.text();
}

audit::Entry entry_of(const By& by, const Request& request, std::string type, Instant now) {
  const auto dot = type.rfind('.');
  std::string result = type.substr(dot + 1);
  audit::Entry entry{
      .type = std::move(type),
      .at = now,
      .actor = by.actor,
      .subject = subject_of(request.id),
      .facts = {{"number", request_label(request.number)}, {"act", std::string(rule_of(request.act).code)}},
      .result = std::move(result)};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  return entry;
}

Error unknown_request() {
  return Error::not_found({"Không có đề nghị này.", "There is no such request."});
}

/// A request that waits for its second person at that time; the error says what became of it instead.
Result<Request> require_waiting(Reader& reader, const RequestId& id, Instant now) {
  auto request = load_request(reader, id);
  if (!request) return Failure(unknown_request());
  if (request->state == RequestState::Proposed && request->expires_at <= now) request->state = RequestState::Expired;
  if (request->state != RequestState::Proposed)
    return Failure(Error::conflict(Text::format("Đề nghị {0} không còn chờ duyệt: {1}.",
                                                "Request {0} no longer waits: {2}.", request_label(request->number),
                                                name_of(request->state).vi, name_of(request->state).en)));
  return std::move(*request);
}

}  // namespace

std::string request_label(std::int64_t number) {
  return "DN-" + std::to_string(number);
}

std::optional<std::int64_t> parse_request_label(std::string_view text) {
  for (const std::string_view prefix : {"DN-", "dn-"})
    if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

Result<Request> Requests::propose(const By& by, const NewRequest& wanted) {
  const Instant now = clock_.now();
  Request request{.id = RequestId::make(random_),
                  .act = wanted.act,
                  .about = wanted.about,
                  .parameters = wanted.parameters,
                  .facts = wanted.facts,
                  .summary = wanted.summary,
                  .affected = wanted.affected,
                  .proposer = TRY(person_of(by.actor)),
                  .proposer_user = by.actor.system_user,
                  .basis = by.basis,
                  .proposed_at = now,
                  .expires_at = add(now, kLasts)};
  if (wanted.payload.size() > kMostPayload)
    return Failure(Error::invalid(
        {"Tệp kèm đề nghị lớn quá 32 MiB; hãy chia nhỏ.", "The files of a request may have 32 MiB; divide them."}));
  const auto& key = keys_.current(store::Purpose::Field);
  const std::string sealed =
      wanted.payload.empty()
          ? std::string()
          : key.id + "." +
                base64url(seal(key.bytes, bytes_of(wanted.payload), bytes_of(context_of(request.id)), random_));
  TRY(store_.write([&](Transaction& tx) -> Result<void> {
    if (load_requests(tx, true).size() >= kMostWaiting)
      return Failure(Error::refused({"Đã có quá nhiều đề nghị chờ duyệt; hãy duyệt hoặc rút bớt.",
                                     "Too many requests are waiting; decide or withdraw some."}));
    request.number = next_request_number(tx);
    insert_request(tx, request, sealed);
    auto entry = entry_of(by, request, "request.proposed", now);
    entry.facts.push_back({"affected", std::to_string(request.affected)});
    entry.facts.push_back({"rests_on", request.facts});
    recorder_.record(tx, entry);
    return {};
  }));
  return request;
}

Result<std::vector<Request>> Requests::list(bool waiting_only) {
  const Instant now = clock_.now();
  return store_.read([&](Reader& reader) -> Result<std::vector<Request>> {
    auto all = load_requests(reader, waiting_only);
    for (auto& one : all)
      if (one.state == RequestState::Proposed && one.expires_at <= now) one.state = RequestState::Expired;
    if (waiting_only) std::erase_if(all, [](const Request& one) { return one.state == RequestState::Expired; });
    return all;
  });
}

Result<Request> Requests::find(std::int64_t number) {
  return store_.read([&](Reader& reader) -> Result<Request> {
    const auto id = find_request(reader, number);
    auto request = id ? load_request(reader, *id) : std::nullopt;
    if (!request) return Failure(unknown_request());
    if (request->state == RequestState::Proposed && request->expires_at <= clock_.now())
      request->state = RequestState::Expired;
    return std::move(*request);
  });
}

Result<std::string> Requests::payload(const RequestId& id) {
  const std::string stored =
      TRY(store_.read([&](Reader& reader) -> Result<std::string> { return load_payload(reader, id); }));
  if (stored.empty()) return std::string();
  const auto dot = stored.find('.');
  const auto* key = dot == std::string::npos ? nullptr : keys_.find(std::string_view(stored).substr(0, dot));
  const auto sealed = key == nullptr ? std::nullopt : from_base64url(std::string_view(stored).substr(dot + 1));
  const auto plain = sealed ? open_sealed(key->bytes, *sealed, bytes_of(context_of(id))) : std::nullopt;
  if (!plain) return Failure(Error::internal("the files of request " + id.text() + " cannot be opened"));
  return std::string(plain->reveal());
}

Result<Request> Requests::approve(const By& by, const RequestId& id, const std::string& facts) {
  const Instant now = clock_.now();
  const PersonId approver = TRY(person_of(by.actor));
  bool outdated = false;
  const Request decided = TRY(store_.write([&](Transaction& tx) -> Result<Request> {
    Request request = TRY(require_waiting(tx, id, now));
    if (request.proposer == approver)
      return Failure(Error::refused({"Người lập đề nghị không tự duyệt được; cần một người khác.",
                                     "Who proposed it cannot approve it; it takes somebody else."}));
    outdated = request.facts != facts;
    request.state = outdated ? RequestState::Outdated : RequestState::Approved;
    request.decided_by = approver;
    request.decided_at = now;
    update_request(tx, request);
    auto entry = entry_of(by, request, outdated ? "request.outdated" : "request.approved", now);
    entry.facts.push_back({"rests_on", facts});
    recorder_.record(tx, entry);
    return request;
  }));
  if (outdated)
    return Failure(Error::conflict(
        Text::format("Dữ liệu đã thay đổi từ khi lập đề nghị {0}, nên kết quả không còn như đã trình; đề nghị này hết "
                     "hiệu lực, hãy lập lại.",
                     "The facts have changed since request {0} was made: it would do something else than was shown. "
                     "It is void; propose anew.",
                     request_label(decided.number))));
  return decided;
}

Result<void> Requests::end(const By& by, const RequestId& id, RequestState state, Who who, const std::string& reason) {
  const Instant now = clock_.now();
  const PersonId person = TRY(person_of(by.actor));
  const std::string clean = TRY(clean_reason(reason));
  return store_.write([&](Transaction& tx) -> Result<void> {
    Request request = TRY(require_waiting(tx, id, now));
    if (who == Who::Proposer && request.proposer != person)
      return Failure(Error::refused({"Chỉ người lập mới rút được đề nghị; người khác thì từ chối.",
                                     "Only who proposed it withdraws it; others refuse it."}));
    if (who == Who::Another && request.proposer == person)
      return Failure(Error::refused({"Đề nghị của chính bạn: hãy rút (khien request withdraw).",
                                     "It is your own: withdraw it (khien request withdraw)."}));
    request.state = state;
    request.decided_by = person;
    request.decided_at = now;
    request.reason = clean;
    update_request(tx, request);
    auto entry = entry_of(by, request, "request." + std::string(code_of(state)), now);
    entry.facts.push_back({"reason", clean});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<void> Requests::refuse(const By& by, const RequestId& id, const std::string& reason) {
  return end(by, id, RequestState::Refused, Who::Another, reason);
}

Result<void> Requests::withdraw(const By& by, const RequestId& id, const std::string& reason) {
  return end(by, id, RequestState::Withdrawn, Who::Proposer, reason);
}

Result<void> Requests::finish(const By& by, const RequestId& id, bool done, const std::string& why_not) {
  const Instant now = clock_.now();
  return store_.write([&](Transaction& tx) -> Result<void> {
    auto request = load_request(tx, id);
    if (!request) return Failure(unknown_request());
    if (request->state != RequestState::Approved)
      return Failure(Error::conflict(
          {"Đề nghị này chưa được duyệt hoặc đã xong.", "This request is not approved, or is finished."}));
    request->state = done ? RequestState::Done : RequestState::Failed;
    request->done_at = now;
    request->reason = why_not;
    update_request(tx, *request);
    auto entry = entry_of(by, *request, done ? "request.done" : "request.failed", now);
    if (!why_not.empty()) entry.facts.push_back({"reason", why_not});
    recorder_.record(tx, entry);
    return {};
  });
}

Result<std::size_t> Requests::expire_due() {
  const Instant now = clock_.now();
  const auto due =
      TRY(store_.read([&](Reader& reader) -> Result<std::vector<Request>> { return load_expired(reader, now); }));
  if (due.empty()) return std::size_t{0};
  return store_.write([&](Transaction& tx) -> Result<std::size_t> {
    auto expired = load_expired(tx, now);
    for (auto& request : expired) {
      request.state = RequestState::Expired;
      request.decided_at = now;
      update_request(tx, request);
      recorder_.record(tx, entry_of({audit::Actor::clock(), {}}, request, "request.expired", now));
    }
    return expired.size();
  });
}

std::string_view code_of(RequestState state) {
  switch (state) {
    case RequestState::Proposed:
      return "proposed";
    case RequestState::Approved:
      return "approved";
    case RequestState::Done:
      return "done";
    case RequestState::Failed:
      return "failed";
    case RequestState::Refused:
      return "refused";
    case RequestState::Withdrawn:
      return "withdrawn";
    case RequestState::Expired:
      return "expired";
    case RequestState::Outdated:
      return "outdated";
  }
  throw std::logic_error("no such state of a request");
}

Text name_of(RequestState state) {
  switch (state) {
    case RequestState::Proposed:
      return {"chờ duyệt", "waiting"};
    case RequestState::Approved:
      return {"đã duyệt, đang thực hiện", "approved, being carried out"};
    case RequestState::Done:
      return {"đã thực hiện", "done"};
    case RequestState::Failed:
      return {"đã duyệt nhưng không thực hiện được", "approved, but failed"};
    case RequestState::Refused:
      return {"bị từ chối", "refused"};
    case RequestState::Withdrawn:
      return {"đã rút", "withdrawn"};
    case RequestState::Expired:
      return {"quá hạn duyệt", "expired"};
    case RequestState::Outdated:
      return {"hết hiệu lực vì dữ liệu đã thay đổi", "void: its facts changed"};
  }
  throw std::logic_error("no such state of a request");
}

}  // namespace khien::people
