// Reads a CSV or XLSX file into sheets, whatever its name says it is.
#pragma once

#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// The sheets of a file, in the file's order. XLSX (ISO/IEC 29500 transitional and strict) is known by its zip
/// signature, and everything else must be text: UTF-8, or UTF-16 with a byte order mark, with comma, semicolon or tab.
/// The name appears in messages only. Errors are `Invalid`, with the row and column in their place where there is one.
Result<std::vector<Sheet>> read(ByteView bytes, std::string_view file_name, const Limits& limits = {});

}  // namespace khien::sheets
