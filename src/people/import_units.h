// Planning an import of units: what the rows of a list of units mean for the units that are known.
#pragma once

#include <span>

#include "people/id_source.h"
#include "people/unit_changes.h"
#include "sheets/plan.h"
#include "sheets/table.h"

namespace khien::people {

struct UnitImport {
  sheets::ImportPlan plan;
  UnitBook after;  ///< the units as they would be; meaningless if the plan has problems
};

/// The columns of a list of units, with the words that offices use for them.
std::span<const sheets::Column> unit_columns();

/// Keys of the columns: `code`, `name`, `parent_code`, `tree`, `level`, `from`, `to`, `merged_into`.
///
/// A row is a unit from its `from` on (or from `as_of` where it says nothing). It is the known unit that bears the code
/// at that time; a unit whose row says when it ends gives its code free, and the next row of that code is another unit.
/// An empty `to` says nothing. `merged_into` (needs `to`) names the units that take its place: one is a merger, more
/// are a split. Rows may come in any order; units that no row names stay as they are.
UnitImport plan_units(const sheets::Table& table, const UnitBook& known, Instant as_of, IdSource::Series ids);

}  // namespace khien::people
