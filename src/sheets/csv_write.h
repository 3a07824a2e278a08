// Writes CSV (RFC 4180) that a spreadsheet program opens as text and never as formulas.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace khien::sheets {

/// The cell with an apostrophe in front if a spreadsheet program could take it for a formula (sheets/formula.h).
std::string without_formula(std::string_view cell);

/// One record with its CR LF; cells are quoted where any common separator, a quote or a line break asks for it.
std::string csv_record(std::span<const std::string> cells);

/// A whole file, with a byte order mark, without which Excel does not read Vietnamese.
std::string csv_file(std::span<const std::vector<std::string>> rows);

}  // namespace khien::sheets
