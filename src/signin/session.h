// Sessions: who is signed in from which browser, since when, and until when if nothing happens.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/recorder.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/secret.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::signin {

struct Session {
  SessionId id;
  LoginId login;
  Instant signed_in_at;  ///< when the password was checked: `auth_time` of OpenID Connect
  Instant last_seen_at;
  Instant ends_at;      ///< at the latest, whatever happens
  Period idle;          ///< ends when nothing happens for that long
  std::string address;  ///< of the peer at sign-in
  /// Of the login when the session began. Whoever knows the login compares: another epoch, or another password than the
  /// one that opened the session, and it opens nothing any more.
  std::int64_t epoch = 0;
  std::optional<Instant> password_set_at{};

  /// False once it is idle too long or has come to its end.
  [[nodiscard]] bool is_live(Instant now) const { return now < ends_at && now < add(last_seen_at, idle); }
};

struct NewSession {
  LoginId login;
  Instant signed_in_at;
  Period idle;
  Period lifetime;
  std::string address;
  std::int64_t epoch = 0;
  std::optional<Instant> password_set_at{};
  /// The entry of the accepted sign-in, recorded in the same transaction; its subject is set to the session.
  audit::Entry entry;
  /// What else is written in that transaction, if anything.
  std::function<void(store::Transaction&)> also{};
};

/// All live sessions in memory, each also in the database under a keyed digest of its cookie. Thread-safe.
///
/// A session ends by the wall clock and by the time that passes here, whichever is first: a wall clock that steps back
/// prolongs nothing.
class Sessions {
 public:
  /// More than one person has browsers for; a script that signs in again and again fills no memory.
  static constexpr std::size_t kMostOfALogin = 20;

  Sessions(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, const Clock& clock,
           Random& random)
      : store_(store), recorder_(recorder), keys_(keys), clock_(clock), steady_(clock), random_(random) {}

  /// Fills the memory, and ends in the database what is over, with an entry for each: also what was last seen in the
  /// future, by a clock that has stepped back since.
  Result<void> load();

  /// Durable when it returns: the value of the cookie. Of the sessions of the login the newest `kMostOfALogin` stay.
  Result<Secret> start(const NewSession& wanted);
  /// The live session of a cookie value; notes that something happened now.
  std::optional<Session> touch(std::string_view cookie);
  /// The same by id, without noting anything: for tokens that name their session.
  [[nodiscard]] std::optional<Session> find(const SessionId& id) const;
  /// The holder set another password in this very session, which goes on with it.
  Result<void> go_on_with(const SessionId& id, std::optional<Instant> password_set_at);
  /// Ends one session, or all that are to end, whatever the disk does: they open nothing any more when it returns. One
  /// entry for each; on an error rows and entries are still to be written, which the next call of these or `flush`
  /// does.
  Result<void> end(const SessionId& id, const audit::Actor& by, std::string_view reason);
  Result<std::size_t> end_if(const std::function<bool(const Session&)>& is_to_end, const audit::Actor& by,
                             std::string_view reason);
  /// Writes what was noted or ended since the last call and ends sessions that are over, with an entry for each; called
  /// by a clock, cheap when idle.
  Result<void> flush();

  [[nodiscard]] std::size_t live_count() const;
  /// The digest under which a cookie value is looked up.
  [[nodiscard]] std::string digest_of(std::string_view cookie) const;

 private:
  struct Held {
    Session session;
    std::string digest;
    Instant seen;  ///< the same two as of the session, in time that never steps
    Instant ends;
    bool seen_since_flush = false;
  };

  /// Ended, and not yet in the database as such.
  struct Ended {
    Session session;
    audit::Actor by;
    std::string reason;
    Instant at;
  };

  [[nodiscard]] bool is_live(const Held& held) const;
  [[nodiscard]] static std::string_view why_over(const Held& held);
  Result<void> end_these(const std::vector<Session>& ending, const audit::Actor& by, std::string_view reason);
  Result<void> write_ended();
  [[nodiscard]] std::vector<Session> over_the_most(const LoginId& login) const;

  void hold(Held held);
  void record_end(store::Transaction& tx, const Ended& ended);
  void forget(const SessionId& id);

  store::Store& store_;
  audit::Recorder& recorder_;
  const store::Keyring& keys_;
  const Clock& clock_;
  const SteadyTime steady_;
  Random& random_;
  mutable std::mutex mutex_;
  std::unordered_map<SessionId, Held> held_;
  std::unordered_map<std::string, SessionId> by_digest_;
  std::unordered_map<LoginId, std::vector<SessionId>> by_login_;  // oldest first
  std::vector<Ended> ended_;
};

/// Every row of the login, with the addresses in them; for a login whose sessions have ended. Their number.
std::int64_t erase_sessions(store::Transaction& tx, const LoginId& login);

/// Every session of everybody, for a database that was restored; their number.
std::int64_t erase_all_sessions(store::Transaction& tx);

std::span<const store::Migration> session_migrations();

}  // namespace khien::signin
