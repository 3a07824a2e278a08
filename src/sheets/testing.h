// Sheets for tests.
#pragma once

#include <string>
#include <vector>

#include "sheets/types.h"

namespace khien::testing_support {

/// Rows of text cells from row 1 on; a row without cells is left out.
inline sheets::Sheet sheet_of(const std::vector<std::vector<std::string>>& rows) {
  sheets::Sheet sheet{.file = "ds.xlsx", .name = "DS"};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sheets::Row row{.number = i + 1, .cells = {}};
    for (const auto& text : rows[i])
      row.cells.push_back({text, text.empty() ? sheets::CellKind::Empty : sheets::CellKind::Text});
    if (!rows[i].empty()) sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace khien::testing_support
