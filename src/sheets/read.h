// Reads a CSV, XLSX, XLS or HTML file into sheets, whatever its name says it is.
#pragma once

#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// The sheets of a file, in the file's order. XLSX (ISO/IEC 29500 transitional and strict) is known by its zip
/// signature, XLS (BIFF8) by that of its compound file, and everything else must be text (sheets/decode.h): an HTML
/// page, whose tables make one sheet, or CSV with comma, semicolon or tab. Text that was typed in TCVN3 or VNI fonts is
/// read as it was meant, and a note says so. The name appears in messages only. Errors are `Invalid`, with the row and
/// column in their place where there is one.
Result<std::vector<Sheet>> read(ByteView bytes, std::string_view file_name, const Limits& limits = {});

}  // namespace khien::sheets
