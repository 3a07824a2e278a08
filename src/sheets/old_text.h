// Columns that were typed in fonts of the time before Unicode.
#pragma once

#include "sheets/types.h"

namespace khien::sheets {

/// Reads the cells of such columns as they were meant, and adds a note for each. A column is one if the words of its
/// cells read as Vietnamese in one old encoding and not as they stand; a column of too few words follows the others. A
/// cell with a letter that no old font has is left as it is.
void convert_old_text(Sheet& sheet);

}  // namespace khien::sheets
