// One entry of the evidence log, as a service records it in the transaction of the change itself.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/time.h"

namespace khien::audit {

/// Who did it. A command names the operating-system user and the person who authenticated.
struct Actor {
  enum class Kind {
    Person,     ///< `id` is a PersonId
    Login,      ///< `id` is a LoginId: somebody who signs in
    Client,     ///< `id` is a ClientId: a connected system
    Operator,   ///< a command line; `id` is the operating-system user
    Clock,      ///< a date that came
    Anonymous,  ///< nobody we know
  };
  Kind kind = Kind::Anonymous;
  std::string id{};
  /// Of a person: as which operating-system user the command was given; empty if it was not given on the machine.
  std::string system_user{};
  /// Of a person: with the rights of a break-glass administrator.
  bool break_glass = false;
  /// The second person who approved it, and the request of two persons that it rests on.
  std::optional<PersonId> approver{};
  std::optional<RequestId> request{};

  static Actor login(const LoginId& login) { return {Kind::Login, login.text()}; }
  static Actor person(const PersonId& person) { return {Kind::Person, person.text()}; }
  static Actor client(const ClientId& client) { return {Kind::Client, client.text()}; }
  static Actor operator_named(std::string user) { return {Kind::Operator, std::move(user)}; }
  static Actor clock() { return {Kind::Clock, {}}; }
  static Actor anonymous() { return {}; }

  bool operator==(const Actor&) const = default;
};

/// A named value that went into a change or a decision.
struct Fact {
  std::string name;
  std::string value;
};

/// What happened, to what, by whom, under which clauses. Ids are pseudonymous; names and the like go to `personal`.
struct Entry {
  std::string type{};  ///< `subject.past_participle`, such as `password.changed`, `sign_in.refused`
  Instant at{};
  Actor actor{};
  std::string subject{};  ///< `kind/id`, such as `login/…`: also what the change feed tells the snapshots
  std::vector<std::string> clauses{};
  std::vector<Fact> facts{};
  std::string result{};  ///< one word: changed, allowed, refused, issued …
  /// Facts about a natural person are only committed to; their openings lie under the key of that person, so that
  /// erasing the key erases them and leaves every proof whole.
  std::optional<PersonId> person{};
  std::vector<Fact> personal{};
};

}  // namespace khien::audit
