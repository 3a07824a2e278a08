// Reads Excel 97–2003 workbooks ([MS-XLS], BIFF8).
#pragma once

#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// The worksheets of an OLE compound file. XLSX behind a password and Excel 5.0/95 are refused with what to do.
Result<std::vector<Sheet>> read_xls(ByteView bytes, std::string_view file, const Limits& limits);

/// The same of the stream "Workbook" in it.
Result<std::vector<Sheet>> read_biff(ByteView book, std::string_view file, const Limits& limits);

}  // namespace khien::sheets
