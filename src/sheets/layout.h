// Which rows below the headings are rows of the table, and what the others are: numbers of the columns, names of units
// for the rows below them, sums, the headings again, the place for signatures. Used by table.cpp only.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "sheets/headings.h"
#include "sheets/types.h"

namespace khien::sheets {

struct LaidOutRow {
  const Row* row = nullptr;
  std::string group;  ///< the name of the last heading row above ("Phòng Nội vụ"); empty: there is none
};

struct Layout {
  std::vector<LaidOutRow> rows;
  std::vector<Error> notes;  ///< which rows were passed over, and why
};

/// `rows` begin below the headings; `known` are the columns, from 1, that the importer reads. Nothing is passed over
/// that fills three of them, and what is not recognised is a row. Where nobody `uses_groups`, only a row with an index
/// in letters ("I. Khối sở") is a heading: a lone name may be a unit without its code.
Layout lay_out(const Sheet& sheet, std::span<const Row> rows, const std::vector<Heading>& headings,
               const std::set<std::size_t>& known, bool uses_groups);

}  // namespace khien::sheets
