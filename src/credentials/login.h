// Logins and where their passwords stand, as an immutable value: the snapshot of this subject. No verifier is in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/persistent_map.h"
#include "base/result.h"
#include "policy/facts.h"

namespace khien::credentials {

/// A sign-in name with its authenticators and one holder.
struct Login {
  LoginId id;
  std::string user_name;  ///< lower case, as clean_user_name gives it
  PersonId holder;        ///< the person, or the custodian of a unit mailbox
  policy::LifecycleState state = policy::LifecycleState::Active;
  Instant created_at;
  policy::PasswordFacts password;
  /// Grows whenever somebody else takes the login in hand (locks, unlocks or closes it, suspects its password, issues
  /// another): what was opened or trusted before is void, also when the login is given back.
  std::int64_t epoch = 0;

  bool operator==(const Login&) const = default;
};

/// 2 to 64 of a–z, 0–9, `.`, `_`, `-`, `@`, beginning with a letter or digit; upper case is folded.
Result<std::string> clean_user_name(std::string_view typed);
/// The form in which a typed name is looked up, known or not: squeezed and folded.
std::string look_up_form(std::string_view typed);

class Logins {
 public:
  /// nullptr if there is none.
  [[nodiscard]] const Login* find(const LoginId& id) const { return logins_.find(id); }
  [[nodiscard]] const Login* named(const std::string& user_name) const;
  [[nodiscard]] const std::vector<LoginId>& of_holder(const PersonId& person) const;
  [[nodiscard]] const PersistentMap<LoginId, Login>& all() const { return logins_; }

  void put(Login login);
  /// All of them at once.
  static Logins of(std::vector<Login> logins);

 private:
  PersistentMap<LoginId, Login> logins_;
  PersistentMap<std::string, LoginId> by_name_;
  PersistentMap<PersonId, std::vector<LoginId>> by_holder_;
};

}  // namespace khien::credentials
