#include "sheets/old_text.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/characters.h"
#include "base/legacy_vietnamese.h"
#include "base/syllables.h"
#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kSample = 16 << 10;  // bytes of a column
constexpr std::size_t kEnoughWords = 3;

/// Old text has characters of Latin-1 beyond ASCII, and none beyond Latin-1.
bool could_be_old(const Cell& cell) {
  if (cell.kind != CellKind::Text || is_ascii(cell.text)) return false;
  return std::ranges::all_of(code_points(cell.text), [](char32_t c) { return c < 0x100; });
}

struct Found {
  std::size_t column = 0;  ///< from 0
  std::string sample = {};
  std::optional<OldEncoding> encoding = {};
};

std::vector<Found> samples_of(const Sheet& sheet) {
  std::vector<Found> out;
  for (const auto& row : sheet.rows)
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].kind != CellKind::Text || is_ascii(row.cells[i].text)) continue;
      while (out.size() <= i) out.push_back({.column = out.size()});
      if (out[i].sample.size() < kSample && could_be_old(row.cells[i])) (out[i].sample += row.cells[i].text) += ' ';
    }
  return out;
}

void convert(Sheet& sheet, const Found& found) {
  std::size_t cells = 0;
  for (auto& row : sheet.rows) {
    if (found.column >= row.cells.size() || !could_be_old(row.cells[found.column])) continue;
    auto& text = row.cells[found.column].text;
    text = from_old(*found.encoding, text);
    ++cells;
  }
  sheet.notes.push_back(
      Error::invalid(Text::format("Cột {0}: chữ gõ bằng phông {1} được chuyển sang Unicode ở {2} ô. Hãy xem kỹ tên "
                                  "trong bản xem trước.",
                                  "Column {0}: text typed in {1} fonts was read into Unicode in {2} cells. Look well "
                                  "at the names in the preview.",
                                  column_letters(found.column + 1), name_of(*found.encoding), cells))
          .at({sheet.file, 0, 0}));
}

}  // namespace

void convert_old_text(Sheet& sheet) {
  auto columns = samples_of(sheet);
  std::optional<OldEncoding> common;
  bool differ = false;
  for (auto& column : columns) {
    if (read_words(column.sample).words < kEnoughWords) continue;
    column.encoding = find_old(column.sample);
    if (!column.encoding) continue;
    differ = differ || (common && common != column.encoding);
    common = column.encoding;
  }
  if (!common) return;
  for (auto& column : columns) {
    const bool follows = !differ && read_words(column.sample).words < kEnoughWords &&
                         read_words(from_old(*common, column.sample)).at_least(100);
    if (follows) column.encoding = common;
    if (column.encoding) convert(sheet, column);
  }
}

}  // namespace khien::sheets
