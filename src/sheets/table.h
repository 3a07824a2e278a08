// Finds the table in a sheet: which row holds the headings, which column is which, in whatever words an office uses.
#pragma once

#include <cstddef>
#include <optional>
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
  /// Where a row says nothing, the row above that names a unit says it ("I. Phòng Nội vụ").
  bool from_group = false;
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
  std::optional<Text> reading;       ///< how the sheet was understood, where that is worth a look
  std::vector<std::string> keys;     ///< of the columns that were found, in the order asked for
  std::vector<std::size_t> columns;  ///< for each key the (first) column of the sheet, from 1
  std::vector<std::string> absent;   ///< keys of the optional columns that were not found
  std::vector<TableRow> rows;        ///< below the headings; rows empty in every known column are left out
  std::vector<Error> problems;       ///< rows that have slid, misspelt headings; each with row and column
  std::vector<Error> notes;          ///< which columns and rows are passed over, what is hidden, what was converted

  /// The cell of a row; an empty one if the column is absent.
  [[nodiscard]] const Cell& cell(const TableRow& row, std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  /// Where that cell is, for an error.
  [[nodiscard]] Place place(const TableRow& row, std::string_view key) const;
};

/// The table under the best heading row, or two rows of them, among the first 20 rows. What stands between its rows
/// and below them is passed over as sheets/layout.h says, with a note. A required column that is missing, or two
/// headings for one column, is an error that says what was found and what is expected.
Result<Table> table(const Sheet& sheet, std::span<const Column> columns);

/// The sheet that we add to files that we give back (sheets/give_back.h); it is no list.
inline constexpr std::string_view kNotesSheet = "Ghi chú của Khiên";

/// The table of the only visible sheet that has one, or of the sheet of that name, also a hidden one. Several are an
/// error that names them; without any it is the first sheet's. Sheets that are not read are noted.
Result<Table> find_table(std::span<const Sheet> sheets, std::span<const Column> columns, std::string_view name = {});

}  // namespace khien::sheets
