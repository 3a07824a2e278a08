// The two parts of a workbook that the cells of all sheets point into: styles and shared strings.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sheets/number_format.h"
#include "sheets/types.h"
#include "sheets/xml.h"

namespace khien::sheets {

/// The number form of each cell style (cellXfs), in order. ECMA-376 part 1, section 18.8.
Result<void> read_styles(XmlReader& xml, std::vector<NumberForm>& out);

/// The shared strings in order, their rich runs joined, phonetic hints left out. Section 18.4.
Result<void> read_strings(XmlReader& xml, std::string_view file, const Limits& limits, std::vector<std::string>& out);

/// Text with the escapes of ST_Xstring (`_x000D_`) resolved. Section 22.9.2.19.
std::string unescape(std::string_view text);

/// A whole number of an attribute; `otherwise` if it is none.
std::size_t number_of(std::string_view text, std::size_t otherwise);

}  // namespace khien::sheets
