#include "sheets/table.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "base/vietnamese.h"
#include "sheets/builder.h"
#include "sheets/headings.h"
#include "sheets/layout.h"
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

/// Where the cell is blank, the unit that the row above the group names.
void fill_groups(const std::string& key, const std::vector<std::string>& groups, Table& out) {
  if (std::ranges::all_of(groups, &std::string::empty)) return;
  auto at = static_cast<std::size_t>(std::ranges::find(out.keys, key) - out.keys.begin());
  if (at == out.keys.size()) {
    out.keys.push_back(key);
    out.columns.push_back(0);
    std::erase(out.absent, key);
    for (auto& row : out.rows) row.cells.emplace_back();
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    Cell& cell = out.rows[i].cells[at];
    if (cell.empty() && !groups[i].empty()) cell = {groups[i], CellKind::Text};
  }
}

Error several_tables(std::span<const Table> tables) {
  std::string list;
  for (const auto& one : tables) list += fmt::format("{}«{}»", list.empty() ? "" : ", ", one.sheet);
  return Error::invalid(Text::format("Nhiều trang tính có danh sách: {}. Hãy chọn một bằng --sheet.",
                                     "Several sheets hold a list: {}. Choose one with --sheet.", list))
      .at({tables.front().file});
}

struct HeaderRows {
  std::size_t at = 0;  ///< index in the rows of the sheet
  bool two = false;
  HeadingMatch match = {};
};

std::string listed_rows(const std::set<std::size_t>& numbers) {
  std::string out;
  std::size_t shown = 0;
  for (const auto number : numbers) {
    if (++shown > kShownHeadings) return out + ", …";
    out += (out.empty() ? "" : ", ") + std::to_string(number);
  }
  return out;
}

/// What is hidden is read like the rest, and never in silence.
void note_hidden(const Sheet& sheet, const std::vector<Source>& sources, Table& out) {
  std::string columns;
  for (const auto& source : sources)
    for (const auto& heading : source)
      for (std::size_t i = 0; i < heading.width; ++i)
        if (sheet.hidden_columns.contains(heading.column + i))
          columns +=
              fmt::format("{}{} «{}»", columns.empty() ? "" : ", ", column_letters(heading.column + i), heading.text);
  std::set<std::size_t> rows;
  for (const auto& row : out.rows)
    if (sheet.hidden_rows.contains(row.number)) rows.insert(row.number);
  const auto note = [&](const Text& what, std::size_t row) {
    out.notes.push_back(Error::invalid(what).at({sheet.file, row}));
  };
  if (!columns.empty())
    note(Text::format("Cột ẩn vẫn được đọc: {}.", "Hidden columns are read too: {}.", columns), out.header_row);
  if (!rows.empty())
    note(Text::format("Dòng ẩn vẫn được đọc: {}.", "Hidden rows are read too: {}.", listed_rows(rows)), *rows.begin());
}

/// Nothing where the headings are the first row and called as in our own lists.
std::optional<Text> reading_of(const Table& table, std::span<const Column> columns, const HeaderRows& header) {
  bool plain = table.header_row == 1 && !header.two;
  std::string list;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& source = header.match.sources[i];
    if (!source || columns[i].ignored) continue;
    plain = plain && source->size() == 1 && source->front().width == 1;
    for (const auto& heading : *source) {
      const bool same = heading_key(heading.text) == heading_key(columns[i].synonyms.front());
      plain = plain && std::ranges::find(columns[i].synonyms, heading.text) != columns[i].synonyms.end();
      list += fmt::format("{}{} «{}»", list.empty() ? "" : "; ", column_letters(heading.column), heading.text);
      if (!same) list += " → " + columns[i].synonyms.front();
    }
  }
  if (plain) return std::nullopt;
  const std::string rows =
      fmt::format("{}{}", table.header_row, header.two ? fmt::format("–{}", table.header_row + 1) : "");
  const Text sheet = table.sheet.empty() ? Text{} : Text::format("trang tính «{}», ", "sheet \"{}\", ", table.sheet);
  return Text{fmt::format("{}tiêu đề ở dòng {}: {}", sheet.vi, rows, list),
              fmt::format("{}headings in row {}: {}", sheet.en, rows, list)};
}

Table make_table(const Sheet& sheet, std::span<const Column> columns, const HeaderRows& header) {
  const auto& match = header.match;
  Table out;
  out.file = sheet.file;
  out.sheet = sheet.name;
  out.header_row = sheet.rows[header.at].number;
  std::vector<Source> sources;
  std::set<std::size_t> known;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (!match.sources[i]) {
      out.absent.push_back(columns[i].key);
      continue;
    }
    out.keys.push_back(columns[i].key);
    out.columns.push_back(match.sources[i]->front().column);
    sources.push_back(*match.sources[i]);
    for (const auto& heading : *match.sources[i])
      for (std::size_t k = 0; k < heading.width; ++k) known.insert(heading.column + k);
  }
  auto layout = lay_out(sheet, std::span(sheet.rows).subspan(header.at + (header.two ? 2 : 1)), match.headings, known,
                        std::ranges::any_of(columns, &Column::from_group));
  std::vector<const Row*> taken;
  std::vector<std::string> groups;
  for (auto& [row, group] : layout.rows) {
    TableRow made{.number = row->number, .cells = {}};
    made.cells.reserve(sources.size());
    for (const auto& source : sources) made.cells.push_back(joined(*row, source));
    if (std::ranges::all_of(made.cells, &Cell::empty)) continue;
    out.rows.push_back(std::move(made));
    taken.push_back(row);
    groups.push_back(std::move(group));
  }
  auto surplus = surplus_of(sheet, sheet.rows[header.at], taken, columns, match);
  out.problems = std::move(surplus.problems);
  out.notes = sheet.notes;
  std::ranges::move(surplus.notes, std::back_inserter(out.notes));
  std::ranges::move(layout.notes, std::back_inserter(out.notes));
  for (std::size_t i = 0; i < sources.size(); ++i) fill_merged(sheet, sources[i], i, out);
  note_hidden(sheet, sources, out);
  out.reading = reading_of(out, columns, header);
  for (const auto& column : columns)
    if (column.from_group) fill_groups(column.key, groups, out);
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
  HeaderRows best;
  for (std::size_t i = 0; i < sheet.rows.size() && sheet.rows[i].number <= kHeadingRows; ++i) {
    const Row* below = i + 1 < sheet.rows.size() ? &sheet.rows[i + 1] : nullptr;
    auto match = match_headings(sheet.rows[i], nullptr, sheet.merges, columns);
    // A title stands above several columns too, but is no heading.
    if (below != nullptr && (match.found == 0 || !is_second_row(sheet.rows[i], *below, sheet.merges))) below = nullptr;
    if (below != nullptr) match = match_headings(sheet.rows[i], below, sheet.merges, columns);
    // Without any known heading the fullest row is the likeliest to have been meant, and is shown in the error.
    const auto score = [](const HeadingMatch& m) {
      return std::tuple(m.required_found, m.found, m.found == 0 ? m.headings.size() : 0);
    };
    if (score(match) <= score(best.match)) continue;
    best = {i, below != nullptr, std::move(match)};
  }
  auto& match = best.match;
  if (match.sources.empty()) match.sources.resize(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (columns[i].required && !match.sources[i])
      return Failure(wrong_table(sheet, sheet.rows[best.at].number, missing_text(columns, match)));
  if (match.found == 0)
    return Failure(wrong_table(sheet, 0, {"không tìm thấy dòng tiêu đề.", "no row of headings was found."}));
  if (match.doubled)
    return Failure(
        wrong_table(sheet, sheet.rows[best.at].number, doubled_text(match.doubled->first, match.doubled->second)));
  return make_table(sheet, columns, best);
}

Result<Table> find_table(std::span<const Sheet> sheets, std::span<const Column> columns, std::string_view name) {
  std::optional<Error> first;
  std::vector<Table> found;
  std::vector<std::string> others;
  for (const auto& sheet : sheets) {
    const bool wanted = name.empty() ? !sheet.hidden : sheet.name == name;
    auto one = wanted ? table(sheet, columns) : Result<Table>(Failure(Error::not_found({})));
    if (one)
      found.push_back(std::move(*one));
    else if (wanted && !first)
      first = std::move(one).error();
    if (!one && !sheet.rows.empty() && sheet.name != kNotesSheet)
      others.push_back(fmt::format("«{}»{}", sheet.name, sheet.hidden ? Text{" (ẩn)", " (hidden)"}.vi : ""));
  }
  if (found.size() > 1) return Failure(several_tables(found));
  if (found.empty() && first) return Failure(std::move(*first));
  if (found.empty() && !name.empty())
    return Failure(Error::not_found(
        Text::format("Tệp không có trang tính nào tên «{}».", "The file has no sheet called \"{}\".", name)));
  if (found.empty())
    return Failure(Error::invalid({"Tệp không có trang tính nào hiển thị.", "The file has no visible sheet."}));
  Table& out = found.front();
  if (!others.empty()) {
    std::string list;
    for (const auto& other : others) list += (list.empty() ? "" : ", ") + other;
    out.notes.push_back(
        Error::invalid(Text::format("Không đọc trang tính {}.", "Sheets not read: {}.", list)).at({out.file}));
  }
  return std::move(out);
}

}  // namespace khien::sheets
