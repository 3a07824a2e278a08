// Who may do what: a table of acts, and one pure function over it. Every change that a person asks for names its act.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "audit/entry.h"
#include "base/result.h"
#include "people/directory.h"
#include "people/roles.h"

namespace khien::people {

/// What somebody can ask Khiên to do. What one does about oneself (signing in, changing one's password) is none.
enum class Act {
  ReadState,
  ReadLog,
  AdoptDirective,
  WithdrawDirective,
  MakeException,
  EndException,
  RecordHold,
  ImportUnits,
  ImportPeople,
  ImportAccounts,
  CorrectPerson,
  ErasePerson,
  ManageSystems,
  ManageClients,
  IssuePassword,
  IssueToAdministrator,
  LockLogin,
  UnlockLogin,
  CloseLogin,
  SuspectLogin,
  ReopenAfterCutoff,
  IssueCode,
  PrintSlips,
  PauseCutoff,
  ConfirmCutoff,
  ContinueDesk,
  GrantRole,
  EndRole,
  RotateKey,
  BackUp,
  ConfirmClock,
};

/// How many persons an act takes, whatever it touches. Any act takes two once it touches many.
enum class Persons { One, Two };

struct ActRule {
  Act act;
  std::string_view code;  ///< as stored in requests: never changed
  Text name;
  std::uint16_t roles;  ///< bits of Role
  Persons persons = Persons::One;
};
const ActRule& rule_of(Act act);
std::optional<Act> parse_act(std::string_view code);

/// What an act is about. An act about units needs a role over each of them; with nothing said it needs one over the
/// whole installation.
struct About {
  std::vector<UnitId> units{};
  std::optional<SystemId> system{};

  static About whole() { return {}; }
  /// The units where the person works at that time, or worked last.
  static About person(const Directory& directory, const PersonId& person, Instant at);
};

/// Refused, with the roles that it takes, unless the actor is a person some of whose roles reaches the act. The role of
/// a break-glass administrator counts only for who uses it, which alarms.
Result<void> require_authority(const Directory& directory, const audit::Actor& actor, Act act, const About& about,
                               Instant at);
/// The person that an actor is; refused for any other.
Result<PersonId> person_of(const audit::Actor& actor);

/// Grants that hold at the instant.
std::vector<RoleGrant> roles_of(const Directory& directory, const PersonId& person, Instant at);
bool has_role(const Directory& directory, const PersonId& person, Role role, Instant at);
/// Persons who hold the role for the whole installation, by id.
std::vector<PersonId> holders_of(const Directory& directory, Role role, Instant at);

/// Whether the scope fits the role, and no one person both acts and audits. `others` are the person's other grants.
Result<void> check_grant(const RoleGrant& grant, std::span<const RoleGrant> others);

}  // namespace khien::people
