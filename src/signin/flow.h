// The state of a sign-in between its pages, sealed in a cookie of the browser: nothing is kept here for strangers.
//
//   name ──▶ password ──▶ steps owed ──▶ signed in, back to where the browser came from
//              │  wrong: again, later and later    │ "later" where every step still has time
//              ▼                                   ▼
//           refused, with reason, clause and one thing to do; once that has gone, back to the password
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/secret.h"
#include "store/keyring.h"

namespace khien::signin {

inline constexpr std::string_view kFlowCookie = "__Host-khien-flow";
/// From the name to the session.
inline constexpr Period kFlowLifetime{.seconds = 15 * 60};

inline constexpr std::size_t kMostNameBytes = 256;

/// One run of the server.
using RunId = Id<struct RunTag>;
using FlowId = Id<struct FlowTag>;

struct Flow {
  FlowId id{};                  ///< the same on every page of one sign-in; forms are bound to it
  std::string user_name;        ///< as typed, squeezed; whether it is somebody's is not told
  std::string continue_target;  ///< a path of ours; "/" if none
  Instant begun_at;
  /// Set once the password was right.
  LoginId login{};
  Instant password_checked_at{};
  /// When the password was set that was checked: a flow ends if it is changed meanwhile.
  std::optional<Instant> password_set_at{};
  /// Of the login when its password was checked: a flow ends if it is locked, suspected or issued a password meanwhile,
  /// also if that is taken back.
  std::int64_t epoch = 0;
  /// Which run checked it: another one does not know which flows were used up, and takes none of them.
  RunId run{};
  /// In a login that several share the notice of monitoring is given at each sign-in: it was, in this one.
  bool told_of_monitoring = false;
  bool own_machine = false;  ///< the holder said so: it becomes a trusted device once signed in

  [[nodiscard]] bool has_password() const { return !login.is_nil(); }
  bool operator==(const Flow&) const = default;
};

class Flows {
 public:
  Flows(const store::Keyring& keys, const Clock& clock, Random& random) : keys_(keys), clock_(clock), random_(random) {}

  /// A sign-in that begins now with that name, typed by anybody, of kMostNameBytes at most.
  [[nodiscard]] Flow begin(std::string_view user_name, std::string_view continue_target);
  /// The value of the cookie.
  [[nodiscard]] std::string seal(const Flow& flow);
  /// nullopt for anything that was not sealed here, or longer ago than a quarter of an hour.
  [[nodiscard]] std::optional<Flow> open(std::string_view cookie) const;
  /// Where a sign-in was to lead that was sealed here too long ago; nullopt for anything else.
  [[nodiscard]] std::optional<std::string> target_of_expired(std::string_view cookie) const;

 private:
  /// What was sealed here, whenever that was.
  [[nodiscard]] std::optional<Flow> read(std::string_view cookie) const;
  [[nodiscard]] bool is_over(const Flow& flow) const;

  const store::Keyring& keys_;
  const Clock& clock_;
  Random& random_;
};

/// A target that a browser may be sent on to after signing in: an absolute path of our own, of kMostTargetBytes
/// (signin/identity.h) at most. "/" for anything else.
std::string safe_target(std::string_view target);

}  // namespace khien::signin
