// What the makers of people and accounts share while a province is made.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "base/random.h"
#include "demo/places.h"

namespace khien::demo {

/// What the makers of accounts must know of a person and the province does not hold.
struct Trait {
  std::size_t workplace = 0;
  bool is_leaver = false;
  Instant since;                 ///< start of the career
  std::optional<Instant> until;  ///< of a leaver
};

struct Maker {
  Province& out;
  Places places;
  SeededRandom random;
  Instant today;
  std::vector<Trait> traits;                               ///< one for each person
  std::unordered_set<std::string> names{};                 ///< user names that are taken
  std::unordered_map<std::string, std::size_t> numbers{};  ///< the last number given to a user name

  [[nodiscard]] bool chance(unsigned percent) { return random.below(100) < percent; }
  [[nodiscard]] Instant days_ago(std::uint64_t days) const { return today - std::chrono::days(days); }
  [[nodiscard]] const Workplace& workplace_of(Index person) const {
    return places.workplaces[traits[person].workplace];
  }
  /// The name, or the name with the first number that is free.
  std::string take_name(const std::string& wanted);
};

/// Postings of a career, cut where the reorganisation moved the work to another unit.
std::vector<Posting> career(const Workplace& place, const std::string& position, const Validity& span);

void make_people(Maker& maker, std::size_t count);
void make_systems(Maker& maker);
/// One login and three or four accounts for each person.
void make_accounts(Maker& maker);
/// Mailboxes of units, administrators, programs.
void make_shared_accounts(Maker& maker);

/// The people whose passwords are told. They come first, in the order of KnownPerson.
inline constexpr Index kKnownPeople = 7;
void make_known_people(Maker& maker);
void make_known_logins(Maker& maker);

}  // namespace khien::demo
