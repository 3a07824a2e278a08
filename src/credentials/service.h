// The service of logins: issuing, checking and changing passwords, locking logins, suspicion.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/feed.h"
#include "base/clock.h"
#include "credentials/comparison_limit.h"
#include "credentials/composition.h"
#include "credentials/guessable.h"
#include "credentials/hashing_pool.h"
#include "credentials/login.h"
#include "credentials/verifier.h"
#include "people/entries.h"
#include "policy/decide.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::credentials {

using people::By;

/// A login to be made. The verifier is given only for imports.
struct NewLogin {
  std::string user_name;
  PersonId holder;
  policy::LifecycleState state = policy::LifecycleState::Active;
  std::optional<Instant> created_at;
  policy::PasswordFacts password;
  std::optional<std::string> verifier;
  LoginId id = {};  ///< nil: one is made; given by whoever binds it in the same write
};

/// What stands against a new password: a sentence for its holder and the clauses behind it.
struct PasswordProblem {
  Text text;
  policy::ClauseSet clauses;
  /// Where the rule comes from if no clause asks for it.
  enum class Source : std::uint8_t { None, Khien } source = Source::None;
  bool is_by_secrets = false;  ///< found by comparing with what only we know; otherwise anybody can work it out
};

/// What is to become of letters outside plain Latin in a new password: `telex_hint`.
enum class Marks : std::uint8_t {
  PointOut,  ///< as a problem, so that nobody sets a password that is typed differently the next time
  Meant,     ///< they were pointed out, and the holder means them
};

/// A wish to change a password. The current one has been checked by the caller.
struct PasswordChange {
  Login login;  ///< as it was when its password was checked: a conflict if it is another by now
  Secret fresh;
  Marks marks = Marks::PointOut;
  policy::PasswordRule rule;
  GuessContext guess;  ///< what anybody may know of the holder: neither numbers nor birth date
  /// The same with what is sealed; called only for a password against which nothing else stands, and only as often as
  /// the limit on comparisons allows. Absent: nothing is sealed.
  std::function<Result<GuessContext>()> guess_with_secrets;
  audit::Actor actor;
  /// The holder's other logins from whose passwords it must differ, where the rule asks for that.
  std::vector<LoginId> others;
  /// Others than the holder know the password, too: what they try is counted apart from what the holder tries.
  bool is_shared = false;
  std::vector<std::string> clause_ids;  ///< of the steps that the change fulfils, for the log
  std::uint64_t source = 0;             ///< of the hashing pool's turns: a digest of the peer's network
};

/// What became of such a wish: nothing stands against it and it was done, or it was not.
struct ChangeOutcome {
  std::vector<PasswordProblem> problems;
  /// As which `changed_at` of the login it was written: of two changes whoever made this one knows his by it.
  std::optional<Instant> changed_at;
};

/// Thread-safe; everything that hashes or writes blocks. The snapshot follows `login/ID`; `login/*` is everything.
class Credentials final : public audit::Followed<Logins> {
 public:
  Credentials(store::Store& store, audit::Recorder& recorder, const store::Keyring& keys, HashingPool& pool,
              const Argon2Parameters& parameters, const Clock& clock, Random& random);

  Result<LoginId> create(const By& by, const NewLogin& wanted);
  /// All or none; one entry for each.
  Result<std::vector<LoginId>> create_all(const By& by, std::span<const NewLogin> wanted);
  /// The same within a write of the caller, who gives the ids.
  Result<void> create_in(store::Transaction& tx, const By& by, std::span<const NewLogin> wanted, Instant now);
  Result<void> set_state(const By& by, const LoginId& login, policy::LifecycleState state);
  /// From `since` on, which is not in the future, the password is taken to be known to others.
  Result<void> suspect(const By& by, const LoginId& login, Instant since, const std::string& reason,
                       const std::vector<std::string>& clause_ids);

  /// Makes a password for handing over. It is returned once and kept nowhere.
  Result<Secret> issue(const By& by, const LoginId& login, const Composition& composition);
  /// Sets a verifier with the facts given: for imports and demonstrations.
  Result<void> set_password(const By& by, const LoginId& login, const Secret& password,
                            const policy::PasswordFacts& facts);

  /// What was taken of somebody: the number of passwords, present and past, and whose they were.
  struct ErasedPasswords {
    std::int64_t number = 0;
    std::vector<LoginId> logins;
  };
  /// Takes out every password of somebody all of whose logins are closed, within a write of the caller; refused
  /// otherwise.
  Result<ErasedPasswords> erase_passwords_in(store::Transaction& tx, const By& by, const PersonId& holder, Instant now);

  /// Whether the password is that of the login. Takes as long for a name that is nobody's, also after a change of the
  /// cost of hashing: it costs what one of the stored passwords costs. `name` is its look-up form.
  Result<bool> check(const Login* login, const std::string& name, const Secret& password, std::uint64_t source);

  /// Changes it, or says what stands against it: first everything that anybody can work out, without end but for the
  /// rate of tries; only then what other passwords and sealed numbers of the holder say, so often a day, accepted
  /// changes included. `Refused` is a limit.
  Result<ChangeOutcome> change(const PasswordChange& wanted);

 private:
  Result<Bytes> salt_of(const PersonId& holder);
  Result<PasswordHash> hash_for(const Login& login, const Secret& password, std::uint64_t source,
                                const Argon2Parameters& parameters);
  [[nodiscard]] bool is_password_of(const PasswordHash& hash, const LoginId& login, const Verifier& verifier) const;
  [[nodiscard]] std::string verifier_text(const Login& login, const PasswordHash& hash) const;
  [[nodiscard]] std::vector<PasswordProblem> rule_problems(const PasswordChange& wanted) const;
  /// `hashes`: of the new password, by each cost that is known already.
  Result<std::vector<PasswordProblem>> secret_problems(const PasswordChange& wanted, const Login& login,
                                                       std::vector<PasswordHash> hashes);
  /// What a name that is nobody's gets instead: always the same, and foreseen by nobody.
  [[nodiscard]] Digest drawn_by(const std::string& name, std::string_view purpose) const;
  [[nodiscard]] bool is_allowed(ComparisonLimit& limit, const PasswordChange& wanted);
  Result<void> renew_if_needed(const Login& login, const Verifier& verifier, const PasswordHash& right,
                               const Secret& password, std::uint64_t source);

  Result<Logins> read_all(store::Reader& reader) override;
  Result<void> read_anew(store::Reader& reader, Logins& logins, const audit::Subject& subject) override;

  audit::Recorder& recorder_;
  const store::Keyring& keys_;
  HashingPool& pool_;
  const Argon2Parameters parameters_;
  const Clock& clock_;
  const SteadyTime steady_{clock_};
  Random& random_;
  std::mutex limits_mutex_;  // guards the two below
  ComparisonLimit comparisons_{ComparisonLimit::Options{}};
  /// Of passwords of any sort at a change: each is looked at for some milliseconds.
  ComparisonLimit tries_{{.times = 60, .window = std::chrono::hours{1}}};
};

/// The rule as the checker of new passwords takes it.
Composition composition_of(const policy::PasswordRule& rule);

}  // namespace khien::credentials
