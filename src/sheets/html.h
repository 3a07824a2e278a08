// Reads the tables of an HTML page: what many systems export under the name of .xls.
#pragma once

#include <string_view>

#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// The rows of all tables of a UTF-8 page, one after the other, as one sheet; each `tr` counts one. A table within a
/// cell is part of its text. Cells that span rows or columns are merged cells; what `display:none` hides is hidden.
Result<Sheet> read_html(std::string_view text, std::string_view file, const Limits& limits);

}  // namespace khien::sheets
