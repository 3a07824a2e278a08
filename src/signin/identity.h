// What connected systems may be told about whoever is signed in: the boundary between sign-in and protocols.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "signin/session.h"

namespace khien::signin {

/// The holder of a session, as claims need it.
struct Identity {
  LoginId login;
  PersonId person;
  std::string user_name;
  std::string full_name;
  std::string work_mail;
  std::string unit_code;
  std::string unit_name;
  std::string position;
  std::vector<std::string> groups;  ///< codes
};

/// Whether a session may enter one system, decided anew at every token.
struct Admission {
  bool allowed = false;
  Text refusal;                      ///< reason, letter and one thing to do, if not
  std::vector<std::string> clauses;  ///< ids of the clauses that refuse or are still owed
  bool steps_owed = false;           ///< sign-in must be gone through again
};

/// A link by which somebody who was refused goes back to the system that sent him, with the refusal.
struct WayBack {
  Text label;
  std::string href;  ///< absolute; the protocol has made sure that the system registered it
};

/// What a protocol asks of sign-in. Thread-safe.
class Gate {
 public:
  virtual ~Gate() = default;
  /// The live session of a request's cookie (`kSessionCookie`).
  virtual std::optional<Session> session_of(std::string_view cookie) = 0;
  virtual std::optional<Session> session(const SessionId& id) = 0;
  virtual std::optional<Identity> identity_of(const LoginId& login) = 0;
  /// By the policy of now: is there an open account of this login in the system, and does nothing stand against it?
  virtual Admission admit(const LoginId& login, const SystemId& system) = 0;
  /// Where a browser is sent to sign in and come back to `continue_target` (a path of ours).
  [[nodiscard]] virtual std::string sign_in_target(const std::string& continue_target, bool again) const = 0;
  virtual Result<void> sign_out(const SessionId& id, const audit::Actor& by) = 0;
};

/// The longest target that a browser is sent on to after signing in. It travels in a sealed cookie, and browsers drop
/// one of more than 4,096 bytes.
inline constexpr std::size_t kMostTargetBytes = 2400;
inline constexpr std::string_view kSessionCookie = "__Host-khien";

}  // namespace khien::signin
