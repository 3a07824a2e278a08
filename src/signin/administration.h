// Who administers: a person signs in with a login of one's own to give commands, and keeps a short session for it.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "signin/password_check.h"
#include "signin/standing.h"

namespace khien::signin {

/// A person who may be asked about roles, and as which operating-system user the commands are given.
struct Administrator {
  LoginId login;
  PersonId person;
  std::string user_name;
  std::string system_user;
  bool break_glass = false;

  [[nodiscard]] audit::Actor actor() const {
    audit::Actor actor = audit::Actor::person(person);
    actor.system_user = system_user;
    actor.break_glass = break_glass;
    return actor;
  }
};

/// Thread-safe. A session ends after half an hour without a command, after eight hours whatever happens, with every
/// change of its login by somebody else, and with the process. Tokens are kept as digests.
class Administration {
 public:
  struct Parts {
    store::Store& store;
    audit::Recorder& recorder;
    Standings& standings;
    PasswordCheck& passwords;
    const Clock& clock;
    Random& random;
  };
  explicit Administration(const Parts& parts) : parts_(parts), steady_(parts.clock) {}

  struct Wanted {
    std::string user_name;
    Secret password;
    std::string system_user;
    unsigned uid = 0;          ///< of that user: the limits of guessing see each as a network of its own
    bool break_glass = false;  ///< asks for the rights of a break-glass administrator
    std::string reason;        ///< of break-glass
  };
  struct SignedIn {
    Administrator who;
    Secret token;
  };
  /// Hashes, so it blocks. Refused for whom the gate would refuse or ask a step of; break-glass administrators get in
  /// whatever directives ask, and that they did is an entry of its own.
  Result<SignedIn> sign_in(const Wanted& wanted);
  /// Whose session it is, for commands of that operating-system user; a use prolongs it.
  std::optional<Administrator> find(const Secret& token, const std::string& system_user);
  void sign_out(const Secret& token);

  /// How often break-glass rights were used since the start: for the alarm of monitoring.
  [[nodiscard]] std::uint64_t break_glass_uses() const;

 private:
  struct Kept {
    Administrator who;
    std::int64_t epoch = 0;
    std::optional<Instant> password_set_at;
    Instant used_at;  ///< steady
    Instant ends_at;  ///< steady
  };
  Result<void> record(const Administrator& who, const Wanted& wanted, const std::vector<std::string>& passed_over);
  [[nodiscard]] bool holds(const Kept& kept) const;

  Parts parts_;
  SteadyTime steady_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> kept_;
  std::uint64_t break_glass_uses_ = 0;
};

}  // namespace khien::signin
