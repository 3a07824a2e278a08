// Puts cells together to sheets under the limits; both readers go through it, so that neither can forget one.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "sheets/types.h"

namespace khien::sheets {

/// What the sheets of one file have used up so far.
struct Usage {
  std::size_t cells = 0;
  std::size_t text = 0;
};

class SheetBuilder {
 public:
  /// `usage` and `limits` must outlive the builder.
  SheetBuilder(std::string_view file, std::string_view name, Usage& usage, const Limits& limits);

  /// The rows must come in rising order; the cells of a row in any. Empty cells take no place and break no limit.
  Result<void> put(std::size_t row, std::size_t column, Cell cell);
  Result<void> merge(const Merge& merge);
  void hide() { sheet_.hidden = true; }
  void hide_row(std::size_t row) { sheet_.hidden_rows.insert(row); }
  /// Beyond the limit of columns there is nothing to hide.
  void hide_columns(std::size_t first, std::size_t last);
  Sheet finish() && { return std::move(sheet_); }

  /// An error that names the sheet and the cell; column 0 for a whole row, row 0 for the whole sheet.
  [[nodiscard]] Error wrong(std::size_t row, std::size_t column, const Text& what) const;

 private:
  Result<void> open_row(std::size_t row);

  Sheet sheet_;
  Usage& usage_;
  const Limits& limits_;
};

/// The error of a file as a whole.
Error wrong_file(std::string_view file, Text what, std::string detail = {});

}  // namespace khien::sheets
