// Applying and checking the steps of the schema; the same for every database.
#pragma once

#include <span>

#include "store/connection.h"
#include "store/store.h"

namespace khien::store {

/// Creates the table of applied steps if it is missing.
void prepare_migrations(Connection& connection);

/// Applies one step unless it is there; true if it was applied. Runs inside the caller's transaction.
bool apply_migration(Connection& connection, const Migration& migration, Instant now);

/// An error if the database has steps that this program does not know; if `complete`, also if it lacks one that the
/// program has.
Result<void> compare_schema(Connection& connection, std::span<const Migration> migrations, bool complete);

}  // namespace khien::store
