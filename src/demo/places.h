// The units of a demonstration province before and after the reorganisation of 1 July 2025, and where people work in
// them.
#pragma once

#include <vector>

#include "demo/province.h"

namespace khien::demo {

/// What kind of work is done in a unit: it decides titles, categories and which systems are used.
enum class Work { Office, Desk, Commune, School, Health, Party, Technical };

struct Workplace {
  Index unit = kNone;    ///< as it is today
  Index before = kNone;  ///< where the same work was done until the reorganisation; kNone: in the same unit
  Index top = kNone;     ///< the department, board or commune that it belongs to
  Work work = Work::Office;
  unsigned weight = 1;  ///< how many people in comparison with others
};

struct Places {
  std::vector<Workplace> workplaces;
  std::vector<Index> with_mailbox;  ///< departments, boards and communes of today, and districts of before
  Index committee_office = kNone;
  Index interior = kNone;
  Index police = kNone;
  Index it_centre = kNone;
  Index party_office = kNone;
  std::size_t it_workplace = 0;  ///< in `workplaces`
  std::size_t desk_workplace = 0;
};

Places make_places(Province& province, std::size_t people);

}  // namespace khien::demo
