// The evidence of this subject: what an entry of the log says about a changed unit, person or group.
#pragma once

#include <string>
#include <vector>

#include "audit/entry.h"
#include "base/result.h"
#include "people/types.h"
#include "people/unit_changes.h"

namespace khien::people {

/// Who makes a change, and on what paper (a decision's number; may be empty).
struct By {
  audit::Actor actor;
  std::string basis;
};

/// A reason as recorded: NFC, single spaces, 1 to 2000 characters.
Result<std::string> clean_reason(const std::string& reason);

std::string subject_of(const UnitId& id);
std::string subject_of(const PersonId& id);
std::string subject_of(const GroupId& id);

/// The versions and successions that appeared and those that are believed no more.
audit::Entry unit_entry(const By& by, std::string type, Instant now, const UnitBook& before, const UnitBook& after,
                        const UnitId& id);

/// Plain values and positions are personal facts; of encrypted columns only the names of those that changed are said.
audit::Entry person_entry(const By& by, std::string type, Instant now, const PersonRecord& before,
                          const PersonRecord& after, const std::vector<std::string>& secret_changes);

audit::Entry group_entry(const By& by, std::string type, Instant now, const Group& group);

}  // namespace khien::people
