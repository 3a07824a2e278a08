// The sign-in service: from a name and a password to a session, with every step that the directives still ask for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/window_counter.h"
#include "signin/flow.h"
#include "signin/identity.h"
#include "signin/network_range.h"
#include "signin/password_check.h"
#include "signin/session.h"
#include "signin/sign_in_log.h"
#include "signin/standing.h"
#include "signin/used_flows.h"
#include "signin/words.h"

namespace khien::signin {

/// That a login opens; more than people do who share one. A script that signs in again and again fills no log.
inline constexpr std::size_t kMostSessionsAMinute = 30;

struct SignInSettings {
  Period session_lifetime{.seconds = 12 * 3600};
  Period idle{.seconds = 2 * 3600};             ///< where no clause asks for a logout
  Period idle_where_asked{.seconds = 15 * 60};  ///< where a clause asks for one and names no time
  std::string installation_name = "Khiên";
  /// Of machines that many use, one after the other: never remembered, and signed out early.
  std::vector<NetworkRange> desks{};
  Period idle_at_desk{.seconds = 10 * 60};
};

/// The other services that sign-in stands on.
struct SignInParts {
  store::Store& store;
  audit::Recorder& recorder;
  const store::Keyring& keys;
  people::People& people;
  accounts::Accounts& accounts;
  directives::Directives& directives;
  credentials::Credentials& credentials;
  Standings& standings;
  Sessions& sessions;
  const Clock& clock;
  Random& random;
};

/// What a browser gets after its password, or after its steps.
struct Progress {
  enum class Next {
    Wrong,    ///< name or password; nothing more is told
    Wait,     ///< too many tries: not before `wait_until`
    Refused,  ///< by state or clause: see `refusal`
    Steps,    ///< owed: see `standing.decision`, and `problems` of the last answer
    TooMany,  ///< nothing is owed, but the login opened kMostSessionsAMinute within this minute
    Done,     ///< signed in: `session_cookie`
  };
  Next next = Next::Wrong;
  std::optional<Instant> wait_until;
  std::optional<Standing> standing;
  bool changed = false;  ///< the answer changed the password, whatever is still owed
  std::optional<RefusalWords> refusal;
  std::vector<credentials::PasswordProblem> problems;
  std::optional<Secret> session_cookie;
  /// The device cookie from now on: empty if it is to go, absent if it stays as it is.
  std::optional<std::string> device_cookie;
  Flow flow;
};

/// What a person answered on the page of steps.
struct StepAnswers {
  std::optional<Secret> fresh;  ///< the new password
  bool repeated_alike = true;   ///< typed twice the same
  credentials::Marks marks = credentials::Marks::PointOut;
  std::set<std::string> read;  ///< ids of directives confirmed as read
  std::set<std::string> signed_statements;
  bool knows_of_monitoring = false;
  bool later = false;  ///< leave the steps that still have time
};

/// Thread-safe. Everything that checks a password or writes blocks.
///
/// A flow with a checked password opens one session: a copy of its cookie opens no second one, and none after a
/// restart. A flow that was refused, or whose login was locked, suspected or issued a password meanwhile, opens none.
/// Limits count time that never steps.
class SignIn final : public Gate {
 public:
  SignIn(const SignInParts& parts, SignInSettings settings);

  /// Tells the limits of guessing from where people signed in before the restart.
  Result<void> load();

  Result<Progress> check_password(Flow flow, const Secret& password, const From& from);
  /// The steps that a flow with a checked password still owes, or the refusal; Done is not among its answers. An error
  /// of the kind Conflict says that the password is to be given again.
  Result<Progress> owed(const Flow& flow);
  Result<Progress> answer_steps(const Flow& flow, const StepAnswers& answers, const From& from);

  /// Changes the password of somebody who is signed in and gives the current one again.
  Result<Progress> change_password(const Session& session, const Secret& current, const Secret& fresh, const From& from,
                                   credentials::Marks marks = credentials::Marks::PointOut);
  /// The one set of limits of guessing, for whatever else asks for passwords.
  [[nodiscard]] PasswordCheck& passwords() { return passwords_; }
  /// True if the address is that of a machine that many use.
  [[nodiscard]] bool is_desk(std::string_view address) const;
  /// True if the request comes from a trusted device of the login of that name.
  [[nodiscard]] bool is_trusted(const std::string& user_name, const From& from) const {
    return passwords_.is_trusted(user_name, from);
  }

  /// None either once the login is closed, locked or suspected, or has another password than the session began with.
  std::optional<Session> session_of(std::string_view cookie) override;
  std::optional<Session> session(const SessionId& id) override;
  std::optional<Identity> identity_of(const LoginId& login) override;
  Admission admit(const LoginId& login, const SystemId& system) override;
  [[nodiscard]] std::string sign_in_target(const std::string& continue_target, bool again) const override;
  Result<void> sign_out(const SessionId& id, const audit::Actor& by) override;

  /// Writes the aggregate of failures since the last call, if there were any.
  Result<void> flush_failures() { return log_.flush_failures(); }
  /// Ends in the database, with an entry each, the sessions that open nothing any more.
  Result<void> end_void_sessions();
  /// Forgets from where people signed in longer ago than it counts.
  Result<void> forget_old_places() { return passwords_.forget_old_places(); }

  /// How many answers to a password, or to steps, refused since the start, by reason: `wrong`, `too_many_tries`,
  /// `too_many_sessions`, and `code_of` every RefusalReason.
  [[nodiscard]] std::map<std::string, std::uint64_t> refusals() const { return log_.refusals(); }

  [[nodiscard]] std::chrono::seconds device_lives() const { return passwords_.devices().lives(); }
  [[nodiscard]] const SignInSettings& settings() const { return settings_; }
  [[nodiscard]] Standings& standings() { return parts_.standings; }

 private:
  /// Wrong or Wait; nullopt if the password is right, then the flow says so.
  Result<std::optional<Progress>> prove(Flow& flow, const Secret& password, const From& from);
  /// Records it and ends the flow: what refuses may go, whoever was refused gives the password again.
  Result<Progress> refuse(Flow flow, Standing standing);
  Result<Progress> go_on(Flow flow, Standing standing, const From& from, bool later);
  Result<Progress> finish(Flow flow, Standing standing, const From& from);
  [[nodiscard]] bool holds(const Session& session) const;
  /// After a change of password: whoever held the old one is out.
  void end_others(const LoginId& login, std::optional<SessionId> except);
  Result<void> confirm_answers(const Standing& standing, const StepAnswers& answers);
  Result<credentials::ChangeOutcome> change(const Standing& standing, const Secret& fresh, credentials::Marks marks,
                                            const From& from);
  [[nodiscard]] std::optional<Standing> standing_of(const LoginId& login) const;
  /// Of the login with the password that the flow knows; a conflict if it has another by now. Whatever a flow goes on
  /// with is read here: a password that it did not check or set itself never becomes its own.
  [[nodiscard]] Result<Standing> standing_of(const Flow& flow) const;
  [[nodiscard]] Period idle_of(const Standing& standing, const From& from) const;

  SignInParts parts_;
  SignInSettings settings_;
  RunId run_;
  PasswordCheck passwords_;
  UsedFlows used_;
  SignInLog log_;
  WindowCounter opened_{std::chrono::minutes{1}, 65536};
};

}  // namespace khien::signin
