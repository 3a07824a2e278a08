// What a sheet is, whether it came as CSV or XLSX: rows of cells as the file gives them, before anybody reads meaning
// into them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace khien::sheets {

enum class CellKind : std::uint8_t {
  Empty,
  Text,     ///< as given; every cell of a CSV that is not empty
  Number,   ///< decimal digits without exponent, padded with zeros if its format shows it so
  Date,     ///< a number that its format shows as a date: days since 1899-12-30, perhaps with a fraction
  Boolean,  ///< TRUE or FALSE
  Error,    ///< what a formula failed with, such as #N/A
};

/// One cell; the text is NFC and otherwise as given, with its spaces.
struct Cell {
  std::string text;
  CellKind kind = CellKind::Empty;
  bool formula = false;  ///< the text is the result that the file keeps of a formula

  [[nodiscard]] bool empty() const { return text.empty(); }
  bool operator==(const Cell&) const = default;
};

/// A row with at least one cell that is not empty. `number` counts from 1 as spreadsheet programs show it: for CSV the
/// record, which is the line unless a cell above has line breaks.
struct Row {
  std::size_t number = 0;
  std::vector<Cell> cells = {};

  bool operator==(const Row&) const = default;
};

/// Cells shown as one; only the first holds the value. Rows and columns count from 1, ends are included.
struct Merge {
  std::size_t first_row = 0;
  std::size_t last_row = 0;
  std::size_t first_column = 0;
  std::size_t last_column = 0;

  bool operator==(const Merge&) const = default;
};

struct Sheet {
  std::string file;  ///< the name of the file, for messages
  std::string name;  ///< empty for CSV
  bool hidden = false;
  std::vector<Row> rows = {};  ///< in rising order of number; empty rows are left out
  std::vector<Merge> merges = {};
  std::set<std::size_t> hidden_rows = {};
  std::set<std::size_t> hidden_columns = {};  ///< from 1
  std::vector<Error> notes = {};              ///< what should be known of how the sheet was read
};

/// How much one file may hold. The defaults are for whole provinces; tests pass smaller ones.
struct Limits {
  std::size_t file = std::size_t{64} << 20;       ///< bytes
  std::size_t unpacked = std::size_t{512} << 20;  ///< bytes of all parts of an XLSX together
  std::size_t free_unpacked = std::size_t{16} << 20;
  std::size_t ratio = 200;  ///< unpacked to packed, beyond `free_unpacked`
  std::size_t sheets = 64;
  std::size_t rows = 200'000;  ///< a sheet, not counting empty rows
  std::size_t columns = 256;
  std::size_t cells = 4'000'000;              ///< all sheets, with the empty ones between others
  std::size_t cell = std::size_t{32} << 10;   ///< bytes of one cell
  std::size_t text = std::size_t{256} << 20;  ///< bytes of all cells and shared strings: one string can stand in many
  std::size_t merges = 20'000;                ///< a sheet
};

/// What to do with a file that is larger than Limits::file or has more than Limits::rows.
Text advice_on_size();

/// 1 gives "A", 27 gives "AA".
std::string column_letters(std::size_t column);

}  // namespace khien::sheets
