#include "sheets/table.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/vietnamese.h"
#include "sheets/builder.h"
#include "sheets/headings.h"
#include "sheets/surplus.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kHeadingRows = 20;
constexpr std::size_t kShownHeadings = 40;

Error wrong_table(const Sheet& sheet, std::size_t row, const Text& what) {
  Usage usage;
  const Limits limits;
  return SheetBuilder(sheet.file, sheet.name, usage, limits).wrong(row, 0, what);
}

std::string quoted_list(std::span<const std::string> words) {
  std::string out;
  for (const auto& word : words.first(std::min(words.size(), kShownHeadings)))
    out += (out.empty() ? "«" : ", «") + word + "»";
  return out.empty() ? "–" : out;
}

Text missing_text(std::span<const Column> columns, const HeadingMatch& match) {
  std::vector<std::string> missing;
  std::string accepted;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].required || match.sources[i]) continue;
    missing.push_back(columns[i].synonyms.front());
    auto words = columns[i].synonyms;
    for (const auto& part : columns[i].parts) words.insert(words.end(), part.begin(), part.end());
    accepted += (accepted.empty() ? "" : "; ") + quoted_list(words);
  }
  std::vector<std::string> found;
  for (const auto& heading : match.headings) found.push_back(heading.text);
  return Text::format("thiếu cột bắt buộc {}. Các tiêu đề đọc được: {}. Tiêu đề được nhận: {}.",
                      "required columns are missing: {}. Headings found: {}. Headings accepted: {}.",
                      quoted_list(missing), quoted_list(found), accepted);
}

Text doubled_text(const Heading& first, const Heading& second) {
  return Text::format("hai tiêu đề cho cùng một cột: «{}» (cột {}) và «{}» (cột {}). Hãy bỏ hoặc đổi tên một tiêu đề.",
                      "two headings for one column: \"{}\" (column {}) and \"{}\" (column {}). Remove or rename one.",
                      first.text, column_letters(first.column), second.text, column_letters(second.column));
}

/// The cell under a heading; where the heading spans several columns, what they hold together.
Cell cell_under(const Row& row, const Heading& heading) {
  Cell out;
  const std::size_t end = std::min(heading.column - 1 + heading.width, row.cells.size());
  for (std::size_t i = heading.column - 1; i < end; ++i) {
    const Cell& cell = row.cells[i];
    if (squeeze(cell.text).empty()) continue;
    if (out.empty()) {
      out = cell;
    } else {
      out = Cell{squeeze(out.text) + " " + squeeze(cell.text), CellKind::Text, out.formula || cell.formula};
    }
  }
  return out;
}

Cell joined(const Row& row, const Source& source) {
  if (source.size() == 1) return cell_under(row, source.front());
  Cell out;
  for (const auto& heading : source) {
    const Cell part = cell_under(row, heading);
    if (part.empty()) continue;
    out.text = squeeze(out.text + " " + part.text);
    out.kind = CellKind::Text;
    out.formula = out.formula || part.formula;
  }
  return out;
}

/// The rows of the sheet below the headings in which a merge that starts there in this column shows one value.
void fill_merged(const Sheet& sheet, const Source& source, std::size_t index, Table& out) {
  if (source.size() != 1) return;
  std::vector<Merge> downward;
  for (const auto& merge : sheet.merges)
    if (merge.first_column == source.front().column && merge.first_row > out.header_row &&
        merge.last_row > merge.first_row)
      downward.push_back(merge);
  std::ranges::sort(downward, {}, &Merge::first_row);
  auto next = downward.begin();
  Cell shown;
  std::size_t until = 0;
  for (auto& row : out.rows) {
    while (next != downward.end() && next->first_row < row.number) ++next;
    if (next != downward.end() && next->first_row == row.number) {
      shown = row.cells[index];
      until = next->last_row;
    } else if (row.number <= until && row.cells[index].empty()) {
      row.cells[index] = shown;
    }
  }
}

Table make_table(const Sheet& sheet, std::span<const Column> columns, std::size_t header, const HeadingMatch& match) {
  Table out;
  out.file = sheet.file;
  out.sheet = sheet.name;
  out.header_row = sheet.rows[header].number;
  std::vector<Source> sources;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!match.sources[i]) {
      out.absent.push_back(columns[i].key);
      continue;
    }
    out.keys.push_back(columns[i].key);
    out.columns.push_back(match.sources[i]->front().column);
    sources.push_back(*match.sources[i]);
  }
  std::vector<const Row*> taken;
  for (const auto& row : std::span(sheet.rows).subspan(header + 1)) {
    TableRow made{.number = row.number, .cells = {}};
    for (const auto& source : sources) made.cells.push_back(joined(row, source));
    if (std::ranges::all_of(made.cells, &Cell::empty)) continue;
    out.rows.push_back(std::move(made));
    taken.push_back(&row);
  }
  auto surplus = surplus_of(sheet, sheet.rows[header], taken, columns, match);
  out.problems = std::move(surplus.problems);
  out.notes = std::move(surplus.notes);
  for (std::size_t i = 0; i < sources.size(); ++i) fill_merged(sheet, sources[i], i, out);
  return out;
}

}  // namespace

const Cell& Table::cell(const TableRow& row, std::string_view key) const {
  static const Cell kNone;
  const auto found = std::ranges::find(keys, key);
  return found == keys.end() ? kNone : row.cells[static_cast<std::size_t>(found - keys.begin())];
}

bool Table::has(std::string_view key) const {
  return std::ranges::find(keys, key) != keys.end();
}

Place Table::place(const TableRow& row, std::string_view key) const {
  const auto found = std::ranges::find(keys, key);
  return {file, row.number, found == keys.end() ? 0 : columns[static_cast<std::size_t>(found - keys.begin())]};
}

Result<Table> table(const Sheet& sheet, std::span<const Column> columns) {
  if (sheet.rows.empty()) return Failure(wrong_table(sheet, 0, {"trang tính trống.", "the sheet is empty."}));
  std::size_t best_at = 0;
  HeadingMatch best;
  for (std::size_t i = 0; i < sheet.rows.size() && sheet.rows[i].number <= kHeadingRows; ++i) {
    auto match = match_headings(sheet.rows[i], sheet.merges, columns);
    // Without any known heading the fullest row is the likeliest to have been meant, and is shown in the error.
    const auto score = [](const HeadingMatch& m) {
      return std::tuple(m.required_found, m.found, m.found == 0 ? m.headings.size() : 0);
    };
    if (score(match) <= score(best)) continue;
    best = std::move(match);
    best_at = i;
  }
  if (best.sources.empty()) best.sources.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].required && !best.sources[i])
      return Failure(wrong_table(sheet, sheet.rows[best_at].number, missing_text(columns, best)));
  if (best.found == 0)
    return Failure(wrong_table(sheet, 0, {"không tìm thấy dòng tiêu đề.", "no row of headings was found."}));
  if (best.doubled)
    return Failure(
        wrong_table(sheet, sheet.rows[best_at].number, doubled_text(best.doubled->first, best.doubled->second)));
  return make_table(sheet, columns, best_at, best);
}

Result<Table> find_table(std::span<const Sheet> sheets, std::span<const Column> columns) {
  std::optional<Error> first;
  for (const auto& sheet : sheets) {
    if (sheet.hidden) continue;
    auto found = table(sheet, columns);
    if (found) return found;
    if (!first) first = std::move(found).error();
  }
  if (first) return Failure(std::move(*first));
  return Failure(Error::invalid({"Tệp không có trang tính nào hiển thị.", "The file has no visible sheet."}));
}

}  // namespace khien::sheets
