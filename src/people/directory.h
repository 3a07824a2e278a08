// Everything that is known of units, persons, postings and groups, as an immutable value: the snapshot of this subject.
#pragma once

#include <string>
#include <vector>

#include "base/persistent_map.h"
#include "people/types.h"

namespace khien::people {

/// Cheap to copy; a copy can be changed without touching the others. It holds the whole of valid time: ask with an
/// instant (people/rules.h).
class Directory {
 public:
  /// nullptr if there is none of that id. Valid as long as this directory.
  [[nodiscard]] const Unit* unit(const UnitId& id) const { return units_.find(id); }
  [[nodiscard]] const PersonRecord* person(const PersonId& id) const { return people_.find(id); }
  [[nodiscard]] const Group* group(const GroupId& id) const { return groups_.find(id); }

  /// Units that bear the code at some time.
  [[nodiscard]] const std::vector<UnitId>& units_coded(const std::string& code) const;
  /// Persons with a posting in that very unit at some time, by id.
  [[nodiscard]] const std::vector<PersonId>& people_posted_in(const UnitId& unit) const;
  [[nodiscard]] const std::vector<UnitSuccession>& successions_of(const UnitId& old) const;

  [[nodiscard]] const PersistentMap<UnitId, Unit>& units() const { return units_; }
  [[nodiscard]] const PersistentMap<PersonId, PersonRecord>& people() const { return people_; }
  [[nodiscard]] const PersistentMap<GroupId, Group>& groups() const { return groups_; }

  /// Adds or replaces.
  void put(Unit unit);
  void put(PersonRecord record);
  void put(Group group);
  void put_successions(const UnitId& old, std::vector<UnitSuccession> successions);

  /// For loading: the person must be there already.
  void add(Posting posting);
  void add(Membership membership);
  void add(RoleGrant grant);

 private:
  void index_posting(const Posting& posting);

  PersistentMap<UnitId, Unit> units_;
  PersistentMap<PersonId, PersonRecord> people_;
  PersistentMap<GroupId, Group> groups_;
  PersistentMap<std::string, std::vector<UnitId>> coded_;
  PersistentMap<UnitId, std::vector<PersonId>> posted_;
  PersistentMap<UnitId, std::vector<UnitSuccession>> successions_;
};

}  // namespace khien::people
