// Everything that an empty installation begins with, to be brought in as one change.
#pragma once

#include <vector>

#include "people/person_rules.h"
#include "people/unit_changes.h"

namespace khien::people {

/// Ids are drawn by the caller. Of `record.person` only the id is looked at: the rest follows from the details.
struct FoundingPerson {
  PersonDetails details;
  PersonRecord record;
};

struct Founding {
  UnitBook units;
  std::vector<Group> groups;
  std::vector<FoundingPerson> people;
};

}  // namespace khien::people
