// Gives a list back to the office that sent it, with what is wrong beside each row: the office corrects that very file
// and sends it again.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "sheets/plan.h"
#include "sheets/types.h"

namespace khien::sheets {

/// An XLSX of all sheets as they were sent, and kNotesSheet with what the reader noted, also hidden ones, with the
/// hidden rows and columns hidden; the sheet of the table has a column «Lỗi», which the importer passes over, and the
/// wrong cells and rows stand out. Long numbers are text, so that no zero is lost; formulas are the values that they
/// gave.
Result<std::string> give_back(std::span<const Sheet> sheets, const Table& table, const ImportPlan& plan,
                              Language language);

}  // namespace khien::sheets
