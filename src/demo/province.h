// A demonstration province: invented units, people, systems and accounts with the dirt that real ones have, the same
// for the same number and seed. No real person, place, company or number is in it; likeness of names is chance.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "accounts/types.h"
#include "people/person_rules.h"
#include "people/types.h"
#include "policy/facts.h"

namespace khien::demo {

/// A place in one of the lists of a Province.
using Index = std::uint32_t;
inline constexpr Index kNone = std::numeric_limits<Index>::max();

struct UnitVersion {
  Validity valid;
  std::string code;
  std::string name;
  Index parent = kNone;  ///< kNone: a root
  people::Tree tree = people::Tree::State;
  std::string level;
};

struct Unit {
  std::vector<UnitVersion> versions;
};

struct Succession {
  Index old = kNone;
  Index successor = kNone;
  Instant at;
  people::UnitSuccession::How how = people::UnitSuccession::How::Merged;
};

struct Posting {
  Index unit = kNone;
  std::string position;
  Validity valid;
};

struct Person {
  people::PersonDetails details;
  std::string user_name;
  std::vector<Posting> postings;      ///< main ones, by start
  std::optional<Validity> at_a_desk;  ///< member of the group `mot-cua`
};

struct System {
  std::string code;
  std::string name;
  Index owner = kNone;
  std::string operator_name;
  bool behind_gate = false;
  bool login_is_ours = false;
};

struct Login {
  std::string user_name;
  Index holder = kNone;
  policy::LifecycleState state = policy::LifecycleState::Active;
  Instant created_at;
  policy::PasswordFacts password;
};

struct Account {
  Index system = kNone;
  policy::AccountKind kind = policy::AccountKind::Personal;
  std::string user_name;
  Index holder = kNone;
  Index unit = kNone;
  Index login = kNone;
  std::vector<Index> named_users;
  policy::LifecycleState wanted = policy::LifecycleState::Active;
  accounts::Observation observed;
  Instant created_at;
  std::optional<Instant> closed_at;
};

/// A login whose password is told, to try what the gate does with it.
struct KnownLogin {
  Index login = kNone;
  std::string user_name;
  std::string password;
  Text what;
  policy::PasswordFacts facts;
};

/// What is wrong in the data on purpose, counted.
struct Dirt {
  std::size_t leavers_with_open_accounts = 0;
  std::size_t accounts_of_nobody = 0;
  std::size_t namesakes_in_one_unit = 0;  ///< people who share a full name and a present unit with an earlier one
  std::size_t second_accounts = 0;        ///< open personal accounts beyond the first of a person in a system
  std::size_t without_identity_number = 0;
  std::size_t accounts_in_abolished_units = 0;
  std::size_t names_in_capitals = 0;
};

struct Province {
  Date today;
  std::vector<Unit> units;
  std::vector<Succession> successions;
  people::Group desk_group;  ///< its id is nil
  std::vector<Person> people;
  std::vector<System> systems;
  std::vector<Login> logins;
  std::vector<Account> accounts;
  std::vector<KnownLogin> known;
  Dirt dirt;
};

/// The units of the day when districts went and provinces merged.
inline constexpr Date kReorganised{std::chrono::year{2025}, std::chrono::July, std::chrono::day{1}};

/// 10 to 100,000 people; more or fewer are taken as the nearest of these. `today` is 2026-01-01 or later.
Province make_province(std::size_t people, std::uint64_t seed, Date today);

/// Counts the dirt anew from the data.
Dirt dirt_of(const Province& province);

/// Everything except known passwords as lines of text, in a fixed order, for comparing two provinces.
std::string canonical(const Province& province);

}  // namespace khien::demo
