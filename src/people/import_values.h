// What the cells of lists of units and of people mean, beside what sheets/values.h reads.
#pragma once

#include "base/result.h"
#include "people/birth_date.h"
#include "people/types.h"
#include "sheets/types.h"

namespace khien::people {

/// A date, or the year alone.
Result<BirthDate> birth_value(const sheets::Cell& cell);
/// "Nhà nước", "chính quyền", "State" … or "Đảng", "Party".
Result<Tree> tree_value(const sheets::Cell& cell);
/// "công chức", "CC", "civil servant" …
Result<Category> category_value(const sheets::Cell& cell);

Text name_of(Tree tree);
Text name_of(Category category);

}  // namespace khien::people
