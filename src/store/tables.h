// The tables of an installation as rows of integers and text, whatever they hold: for backups, which must not forget a
// table that somebody adds.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "store/store.h"

namespace khien::store {

struct Column {
  std::string name;
  bool is_integer = false;
};

struct Table {
  std::string name;
  std::vector<Column> columns;
};

/// In the order in which the tables were made, so that a table comes after those that it refers to. Without the list of
/// applied steps. Unavailable for a database whose own tools make its backups.
Result<std::vector<Table>> tables_of(Store& store, Reader& reader);

/// The steps of the schema that were applied: subject and version.
std::vector<std::pair<std::string, std::int64_t>> applied_steps(Reader& reader);

/// Statements over a whole table; they stay in memory, one for each table.
const Sql& selection_of(const Table& table);
const Sql& insertion_into(const Table& table);
const Sql& clearing_of(const Table& table);

}  // namespace khien::store
