// Who is where at an instant: the tree of units, the people of a unit, the postings and groups of a person.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "people/directory.h"

namespace khien::people {

/// A tree deeper than this is refused, so that every walk ends.
constexpr std::size_t kMostUnitDepth = 32;

/// The units of a directory as they hang at one instant. The directory must outlive it.
class UnitTree {
 public:
  UnitTree(const Directory& directory, Instant at) : directory_(directory), at_(at) {}

  /// nullptr if the unit does not exist at that instant.
  [[nodiscard]] const UnitVersion* version(const UnitId& unit) const;
  /// The same, or what a unit that ended was last; nullptr if it has not begun.
  [[nodiscard]] const UnitVersion* last_version(const UnitId& unit) const;
  [[nodiscard]] std::optional<UnitId> unit_coded(const std::string& code) const;
  /// nullopt for a root, and for a unit that does not exist.
  [[nodiscard]] std::optional<UnitId> parent(const UnitId& unit) const;
  /// The unit itself first, its root last; empty if it does not exist.
  [[nodiscard]] std::vector<UnitId> ancestors(const UnitId& unit) const;
  /// True for the root of the subtree itself; false if either does not exist.
  [[nodiscard]] bool is_within(const UnitId& unit, const UnitId& subtree_root) const;
  /// "Văn phòng, Xã Đại Lộc, Thành phố Đà Nẵng": the smallest first, as addresses are written.
  [[nodiscard]] std::string path_name(const UnitId& unit) const;

  /// Each list by code. Linear in the number of units.
  [[nodiscard]] std::vector<UnitId> roots() const;
  [[nodiscard]] std::vector<UnitId> children(const UnitId& unit) const;
  [[nodiscard]] std::vector<UnitId> units_within(const UnitId& subtree_root) const;
  [[nodiscard]] std::vector<UnitId> units_of(Tree tree) const;

  /// The unit itself if it exists; otherwise those existing units that took its place, however many reorganisations
  /// lie between. More than one after a split.
  [[nodiscard]] std::vector<UnitId> living_successors(const UnitId& unit) const;

 private:
  template <class Wanted>
  [[nodiscard]] std::vector<UnitId> units_where(Wanted&& wanted) const;

  const Directory& directory_;
  Instant at_;
};

/// Postings that hold at the instant, the main one first.
std::vector<Posting> postings_of(const Directory& directory, const PersonId& person, Instant at);
std::optional<Posting> main_posting(const Directory& directory, const PersonId& person, Instant at);
/// Groups of a person at the instant, by id.
std::vector<GroupId> groups_of(const Directory& directory, const PersonId& person, Instant at);
/// Persons posted in that very unit at the instant, by id.
std::vector<PersonId> people_of(const Directory& directory, const UnitId& unit, Instant at);
/// The same for the whole subtree, each person once.
std::vector<PersonId> people_within(const Directory& directory, const UnitId& subtree_root, Instant at);
/// True if the person has a posting in the subtree at the instant.
bool works_within(const Directory& directory, const PersonId& person, const UnitId& subtree_root, Instant at);
/// Postings that hold at the instant in a unit that no longer exists: after a split a person must say where they go.
std::vector<Posting> stranded_postings(const Directory& directory, Instant at);

}  // namespace khien::people
