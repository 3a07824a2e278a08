// Matches the headings of one row, or of two, with the columns that an importer knows. Used by table.cpp only.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sheets/table.h"

namespace khien::sheets {

/// Where the value of a column comes from: one heading, or one for each part.
using Source = std::vector<Heading>;

struct HeadingMatch {
  std::vector<Heading> headings;               ///< all that the row has
  std::vector<std::optional<Source>> sources;  ///< one for each column
  std::vector<Heading> unknown;
  std::optional<std::pair<Heading, Heading>> doubled;  ///< two headings for one column
  std::size_t required_found = 0;
  std::size_t found = 0;
};

/// Lower case, unmarked letters and digits only: how headings are compared.
std::string heading_key(std::string_view heading);
/// The heading without what stands in brackets.
std::string without_brackets(std::string_view heading);

/// True if the row right below one of headings only says more of those that stand over several columns: "Nam" and "Nữ"
/// below "Ngày sinh", "Họ đệm" and "Tên" below "Họ và tên".
bool is_second_row(const Row& row, const Row& below, std::span<const Merge> merges);

/// `below` is the second row of headings, or null.
HeadingMatch match_headings(const Row& row, const Row* below, std::span<const Merge> merges,
                            std::span<const Column> columns);

}  // namespace khien::sheets
