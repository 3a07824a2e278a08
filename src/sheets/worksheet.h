// The rows of one XLSX worksheet (ECMA-376 part 1, section 18.3), read forward so that its XML is never in memory.
#pragma once

#include "base/result.h"
#include "sheets/builder.h"
#include "sheets/workbook.h"
#include "sheets/xml.h"

namespace khien::sheets {

/// Puts every cell and merge of the part into the builder.
Result<void> read_worksheet(XmlReader& xml, const Workbook& workbook, const Limits& limits, SheetBuilder& builder);

/// A cell address such as "AB12"; false if it is none. Both numbers count from 1.
bool parse_address(std::string_view text, std::size_t& row, std::size_t& column);

}  // namespace khien::sheets
