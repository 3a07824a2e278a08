// Sessions: who is signed in from which browser, since when, and until when if nothing happens.
#pragma once

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

  /// False once it is idle too long or has come to its end.
  [[nodiscard]] bool is_live(Instant now) const { return now < ends_at && now < add(last_seen_at, idle); }
};

struct NewSession {
  LoginId login;
  Instant signed_in_at;
  Period idle;
  Period lifetime;
  std::string address;
  /// The entry of the accepted sign-in, recorded in the same transaction; its subject is set to the session.
  audit::Entry entry;
};

/// All live sessions in memory, each also in the database under a keyed digest of its cookie. Thread-safe.
class Sessions {
 public:
  Sessions(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, const Clock& clock,
           Random& random)
      : store_(store), recorder_(recorder), keys_(keys), clock_(clock), random_(random) {}

  Result<void> load();

  /// Durable when it returns: the value of the cookie.
  Result<Secret> start(const NewSession& wanted);
  /// The live session of a cookie value; notes that something happened now.
  std::optional<Session> touch(std::string_view cookie);
  /// The same by id, without noting anything: for tokens that name their session.
  [[nodiscard]] std::optional<Session> find(const SessionId& id) const;
  /// Ends one session, or all of a login (after a change of password: all but `except`). Durable when it returns.
  Result<void> end(const SessionId& id, const audit::Actor& by, std::string_view reason);
  Result<std::size_t> end_all(const LoginId& login, const audit::Actor& by, std::string_view reason,
                              std::optional<SessionId> except = std::nullopt);
  /// Writes what was noted since the last call and forgets sessions that are over; called by a clock, cheap when idle.
  Result<void> flush();

  [[nodiscard]] std::size_t live_count() const;
  /// The digest under which a cookie value is looked up.
  [[nodiscard]] std::string digest_of(std::string_view cookie) const;

 private:
  struct Held {
    Session session;
    std::string digest;
    bool seen_since_flush = false;
  };

  void record_end(store::Transaction& tx, const Session& session, const audit::Actor& by, std::string_view reason,
                  Instant now);
  void forget(const SessionId& id);

  store::Store& store_;
  audit::Recorder& recorder_;
  const store::Keyring& keys_;
  const Clock& clock_;
  Random& random_;
  mutable std::mutex mutex_;
  std::unordered_map<SessionId, Held> held_;
  std::unordered_map<std::string, SessionId> by_digest_;
};

std::span<const store::Migration> session_migrations();

}  // namespace khien::signin
