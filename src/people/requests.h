// Requests that take two persons: one proposes, another approves; until then nothing happens.
//
//   proposed ──approve──▶ approved ──finish──▶ done | failed
//      ├──refuse──▶ refused        ├──withdraw──▶ withdrawn        └──its time runs out──▶ expired
//      └──what it rests on changed──▶ outdated
//
// Only `proposed` can be approved, once, by somebody else than who proposed it. What a request would do is kept as the
// act, its parameters and its files; whoever carries it out looks at the facts anew and compares.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/recorder.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "people/authority.h"
#include "people/entries.h"
#include "store/keyring.h"

namespace khien::people {

enum class RequestState { Proposed, Approved, Done, Failed, Refused, Withdrawn, Expired, Outdated };
std::string_view code_of(RequestState state);
Text name_of(RequestState state);

struct Request {
  RequestId id;
  std::int64_t number = 0;  ///< counts from 1 in the installation: what people say to each other
  Act act = Act::ReadState;
  About about;             ///< what the approver needs a role over, too
  std::string parameters;  ///< as whoever carries it out understands them
  std::string facts;       ///< a digest of what it rests on
  Text summary;
  std::int64_t affected = 0;  ///< logins or rows that it touched when it was proposed
  PersonId proposer;
  std::string proposer_user;  ///< operating-system user; empty if not from the machine
  std::string basis;
  Instant proposed_at;
  Instant expires_at;
  RequestState state = RequestState::Proposed;
  std::optional<PersonId> decided_by;
  std::optional<Instant> decided_at;
  std::string reason;
  std::optional<Instant> done_at;
};

struct NewRequest {
  Act act = Act::ReadState;
  About about;
  std::string parameters;
  std::string payload;  ///< files, kept sealed until it is decided; at most 32 MiB
  std::string facts;
  Text summary;
  std::int64_t affected = 0;
};

/// How the number is written and typed: `DN-12`.
std::string request_label(std::int64_t number);
std::optional<std::int64_t> parse_request_label(std::string_view text);

/// Thread-safe. Whether a person may propose or approve an act is for the caller (authority.h).
class Requests {
 public:
  /// How long a request waits for its second person.
  static constexpr Period kLasts{.days = 3};

  Requests(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, const Clock& clock,
           Random& random)
      : store_(store), recorder_(recorder), keys_(keys), clock_(clock), random_(random) {}

  /// `by.actor` is a person.
  Result<Request> propose(const By& by, const NewRequest& wanted);
  /// Newest first; those that still wait, or all.
  Result<std::vector<Request>> list(bool waiting_only);
  Result<Request> find(std::int64_t number);
  /// The files of a request that is not decided yet or is being carried out.
  Result<std::string> payload(const RequestId& id);

  /// Refused for the proposer himself, after its time, and if it is not waiting. `facts` are those of now: if they are
  /// others than it was proposed on, the request is outdated and this is a conflict.
  Result<Request> approve(const By& by, const RequestId& id, const std::string& facts);
  /// By somebody else than the proposer, with a reason.
  Result<void> refuse(const By& by, const RequestId& id, const std::string& reason);
  /// By the proposer himself.
  Result<void> withdraw(const By& by, const RequestId& id, const std::string& reason);
  /// After an approval: it was carried out, or why it was not. The files go.
  Result<void> finish(const By& by, const RequestId& id, bool done, const std::string& why_not);
  /// Those whose time ran out, as the clock; their number.
  Result<std::size_t> expire_due();

 private:
  enum class Who { Proposer, Another };
  Result<void> end(const By& by, const RequestId& id, RequestState state, Who who, const std::string& reason);

  store::Store& store_;
  audit::Recorder& recorder_;
  const store::Keyring& keys_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace khien::people
