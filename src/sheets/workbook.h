// What an XLSX workbook says about its sheets: their names, order and parts, the formats of their cells, the shared
// strings.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sheets/number_format.h"
#include "sheets/package.h"
#include "sheets/types.h"

namespace khien::sheets {

struct SheetPart {
  std::string name;
  std::string part;
  bool hidden = false;
};

struct Workbook {
  std::vector<SheetPart> sheets;  ///< worksheets only; charts hold no rows
  std::vector<std::string> strings;
  std::vector<NumberForm> forms;  ///< by the style of a cell
  bool from_1904 = false;         ///< dates count from 1904-01-01, as old Macintosh files do
};

/// Everything but the rows.
Result<Workbook> read_workbook(Package& package, const Limits& limits);

}  // namespace khien::sheets
