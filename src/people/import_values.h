// Reading the cells that imports of units and of people share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/types.h"
#include "sheets/types.h"

namespace khien::people {

/// Each gives an empty value for an empty cell, and an error for a cell that holds a formula's error.

/// Single spaces, as given otherwise.
Result<std::string> read_text(const sheets::Cell& cell);
Result<std::optional<Date>> read_day(const sheets::Cell& cell);
/// The beginning of that day.
Result<std::optional<Instant>> read_start(const sheets::Cell& cell);
/// "Nhà nước", "chính quyền", "State" … or "Đảng", "Party".
Result<std::optional<Tree>> read_tree(const sheets::Cell& cell);
/// "công chức", "CC", "civil servant" …
Result<std::optional<Category>> read_category(const sheets::Cell& cell);
/// Separated by semicolons or commas, without repetition.
std::vector<std::string> read_codes(std::string_view text);

Text name_of(Tree tree);
Text name_of(Category category);

}  // namespace khien::people
