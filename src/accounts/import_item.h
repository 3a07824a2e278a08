// What one account of an import looks like in the plan; used by the planner of accounts only.
#pragma once

#include "accounts/import_accounts.h"
#include "accounts/import_holder.h"

namespace khien::accounts {

/// Where the names of people and units come from.
struct ItemNames {
  const HolderFinder& people;
  const people::Directory& directory;
  Instant now;

  [[nodiscard]] std::string of(const UnitId& unit) const;
  [[nodiscard]] std::string of(const std::vector<PersonId>& users) const;
};

/// Act and field changes; the label is ` (holder)`, and the row is left out.
sheets::PlanItem item_of(const AccountChange& change, const ItemNames& names);

}  // namespace khien::accounts
