// What a sheet holds beside the columns that an importer knows: columns without a heading, and headings that nobody
// knows. Used by table.cpp only.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "sheets/headings.h"
#include "sheets/types.h"

namespace khien::sheets {

struct Surplus {
  std::vector<Error> problems;  ///< rows that have slid, headings that are misspelt
  std::vector<Error> notes;     ///< one at most: which columns are passed over
};

/// `rows` are those of the table. No value is in any message: it may be an identity number that slid.
///
/// A column without a heading is a helper column, and is passed over, if it stands before the last heading, or if two
/// rows at least and three quarters of them have a value in it. Elsewhere a value is where a row has slid to: a problem
/// of that row. A heading one letter away from that of a column that was not found is a problem too: its values would
/// be lost.
Surplus surplus_of(const Sheet& sheet, const Row& header, std::span<const Row* const> rows,
                   std::span<const Column> columns, const HeadingMatch& match);

}  // namespace khien::sheets
