// Finds the table in a sheet: which row holds the headings, which column is which, in whatever words an office uses.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// A column that an importer knows. Headings are compared folded and without punctuation, so that "Họ và tên:",
/// "HỌ VÀ TÊN" and "ho va ten" are one; what stands in brackets may be missing ("Số CCCD (12 số)").
struct Column {
  std::string key;
  bool required = false;
  std::vector<std::string> synonyms;  ///< the first names the column in messages
  /// Where no heading is a synonym: the columns that together make this one, joined with a space, each with its
  /// synonyms ({"Họ đệm", …}, {"Tên"}).
  std::vector<std::vector<std::string>> parts = {};
  bool ignored = false;  ///< known, so that it surprises nobody, and not read
};

/// A heading as it stands in the sheet; `column` counts from 1. A merged heading spans `width` columns.
struct Heading {
  std::string text;
  std::size_t column = 0;
  std::size_t width = 1;
};

struct TableRow {
  std::size_t number = 0;   ///< in the file, from 1
  std::vector<Cell> cells;  ///< one for each of Table::keys
};

class Table {
 public:
  std::string file;
  std::string sheet;
  std::size_t header_row = 0;
  std::vector<std::string> keys;     ///< of the columns that were found, in the order asked for
  std::vector<std::size_t> columns;  ///< for each key the (first) column of the sheet, from 1
  std::vector<std::string> absent;   ///< keys of the optional columns that were not found
  std::vector<TableRow> rows;        ///< below the headings; rows empty in every known column are left out
  std::vector<Error> problems;       ///< rows that have slid, misspelt headings; each with row and column
  std::vector<Error> notes;          ///< which columns are passed over

  /// The cell of a row; an empty one if the column is absent.
  [[nodiscard]] const Cell& cell(const TableRow& row, std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  /// Where that cell is, for an error.
  [[nodiscard]] Place place(const TableRow& row, std::string_view key) const;
};

/// The table under the best heading row among the first 20 rows. A required column that is missing, or two headings
/// for one column, is an error that says what was found and what is expected.
Result<Table> table(const Sheet& sheet, std::span<const Column> columns);

/// The table of the first visible sheet that has one; the first sheet's error if none has.
Result<Table> find_table(std::span<const Sheet> sheets, std::span<const Column> columns);

}  // namespace khien::sheets
