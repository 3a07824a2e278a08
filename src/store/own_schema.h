// Whether a database has the tables and indexes that this program makes, and nothing else: a view in place of a table,
// or a trigger, would let whoever made the file decide what is read and written.
#pragma once

#include <span>

#include "store/store.h"

namespace khien::store {

/// Refused otherwise; the error names the first thing that is another. Nothing is checked where the database has rights
/// of its own against that (PostgreSQL).
Result<void> require_own_schema(Store& store, std::span<const Migration> migrations);

}  // namespace khien::store
