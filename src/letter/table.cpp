#include "letter/table.h"

#include <algorithm>
#include <iterator>

#include "letter/lines.h"

namespace khien::letter {

std::vector<Range> table_cells(const Source& source, Range line) {
  const std::string_view text = source.in(line);
  if (std::ranges::count(text, '|') < 2) return {};
  std::vector<Range> cells;
  std::size_t begin = line.begin;
  for (std::size_t at = line.begin; at <= line.end; ++at) {
    if (at < line.end && source.text[at] != '|') continue;
    const Range cell = trimmed(source, {begin, at});
    if (!tokenise(source, cell).empty()) cells.push_back(cell);
    begin = at + 1;
  }
  return cells;
}

std::vector<Token> row_sentence(const Source& source, const std::vector<Range>& titles, const std::vector<Range>& row) {
  std::vector<Token> out;
  // A running number in front is no group.
  const std::size_t first = row.size() > 2 && is_page_noise(source.in(row.front())) ? 1 : 0;
  for (std::size_t i = first; i < row.size(); ++i) {
    std::vector<Token> cell;
    if (i != first && i < titles.size()) cell = tokenise(source, titles[i]);
    std::ranges::move(tokenise(source, row[i]), std::back_inserter(cell));
    if (!cell.empty()) cell.front().before |= i == first ? kLine : i == first + 1 ? kColon : kSemicolon;
    std::ranges::move(cell, std::back_inserter(out));
  }
  return out;
}

}  // namespace khien::letter
