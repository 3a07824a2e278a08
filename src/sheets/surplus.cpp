#include "sheets/surplus.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "base/nearest.h"
#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kShownColumns = 5;  ///< of a row
constexpr std::size_t kShownPassed = 20;
constexpr std::size_t kShortestMisspelt = 5;  ///< shorter headings are near to too much
/// Numbers of rows, and the column of errors that we give back: neither says anything.
constexpr std::array<std::string_view, 6> kSilent{"stt", "tt", "sott", "sothutu", "no", "loi"};

/// The columns that stand under a heading, also under one that is merged over several columns or down from a row above.
std::set<std::size_t> headed_columns(const Sheet& sheet, const Row& header, const HeadingMatch& match) {
  std::set<std::size_t> out;
  for (const auto& heading : match.headings)
    for (std::size_t i = 0; i < heading.width; ++i) out.insert(heading.column + i);
  for (std::size_t i = 0; i < header.cells.size(); ++i)
    if (!squeeze(header.cells[i].text).empty()) out.insert(i + 1);
  for (const auto& merge : sheet.merges)
    if (merge.first_row <= header.number && header.number <= merge.last_row)
      for (std::size_t column = merge.first_column; column <= merge.last_column; ++column) out.insert(column);
  return out;
}

/// In how many rows each column, from 1, has a value.
std::vector<std::size_t> filled_rows(std::span<const Row* const> rows) {
  std::vector<std::size_t> out(1);
  for (const auto* row : rows)
    for (std::size_t i = 0; i < row->cells.size(); ++i) {
      if (squeeze(row->cells[i].text).empty()) continue;
      if (out.size() < i + 2) out.resize(i + 2);
      ++out[i + 1];
    }
  return out;
}

Error slid(const Sheet& sheet, const Row& row, std::span<const std::size_t> columns) {
  std::string letters;
  for (const auto column : columns.first(std::min(columns.size(), kShownColumns)))
    letters += (letters.empty() ? "" : ", ") + column_letters(column);
  if (columns.size() > kShownColumns) letters += ", …";
  return Error::invalid(
             Text::format("Có dữ liệu ở cột {0}, là cột không có tiêu đề: dòng này có thể bị lệch cột. Hãy sửa dòng, "
                          "hoặc ghi tiêu đề cho cột.",
                          "There are values in column {0}, which has no heading: the row may be shifted. Mend the row, "
                          "or give the column a heading.",
                          letters))
      .at({sheet.file, row.number, columns.front()});
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// One slip of the finger apart; "Ghi chú 2" is no slip of "Ghi chú".
bool is_misspelt(const std::string& heading, const std::string& known) {
  if (known.size() < kShortestMisspelt || heading.size() + 1 < known.size() || known.size() + 1 < heading.size())
    return false;
  return edits(heading, known) == 1 &&
         std::ranges::count_if(heading, is_digit) == std::ranges::count_if(known, is_digit);
}

/// Which heading of a column that was not found is meant.
std::optional<std::string> meant_by(const Heading& heading, std::span<const Column> columns,
                                    const HeadingMatch& match) {
  const std::array keys{heading_key(heading.text), heading_key(without_brackets(heading.text))};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (match.sources[i] || columns[i].ignored) continue;
    auto known = columns[i].synonyms;
    for (const auto& part : columns[i].parts) known.insert(known.end(), part.begin(), part.end());
    for (const auto& one : known)
      for (const auto& key : keys)
        if (is_misspelt(key, heading_key(one))) return one;
  }
  return std::nullopt;
}

Error misspelt(const Heading& heading, const std::string& meant) {
  return Error::invalid(Text::format(
      "Tiêu đề «{0}» (cột {1}) chỉ khác «{2}» một chữ, có lẽ gõ nhầm. Hãy sửa tiêu đề; nếu là cột khác, hãy đặt tên "
      "khác hẳn.",
      "The heading \"{0}\" (column {1}) differs from \"{2}\" by one letter, probably by mistake. Mend it; if another "
      "column is meant, give it quite another name.",
      heading.text, column_letters(heading.column), meant));
}

class Finder {
 public:
  Finder(const Sheet& sheet, const Row& header, std::span<const Row* const> rows, const HeadingMatch& match)
      : sheet_(sheet),
        header_(header),
        rows_(rows),
        headed_(headed_columns(sheet, header, match)),
        filled_(filled_rows(rows)) {}

  Surplus find(std::span<const Column> columns, const HeadingMatch& match) && {
    find_headless();
    for (const auto& heading : match.unknown) judge(heading, columns, match);
    note_passed();
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool is_helper(std::size_t column) const {
    return column < *headed_.rbegin() || (filled_[column] > 1 && 4 * filled_[column] >= 3 * rows_.size());
  }

  void find_headless() {
    std::set<std::size_t> slid_to;
    for (std::size_t column = 1; column < filled_.size(); ++column) {
      if (filled_[column] == 0 || headed_.contains(column)) continue;
      if (is_helper(column))
        pass(column, {" (không có tiêu đề)", " (no heading)"});
      else
        slid_to.insert(column);
    }
    for (const auto* row : rows_) {
      std::vector<std::size_t> columns;
      for (const auto column : slid_to)
        if (column <= row->cells.size() && !squeeze(row->cells[column - 1].text).empty()) columns.push_back(column);
      if (!columns.empty()) out_.problems.push_back(slid(sheet_, *row, columns));
    }
  }

  void judge(const Heading& heading, std::span<const Column> columns, const HeadingMatch& match) {
    const std::size_t end = std::min(heading.column + heading.width, filled_.size());
    bool has_values = false;
    for (std::size_t column = heading.column; column < end; ++column) has_values |= filled_[column] > 0;
    if (!has_values) return;
    if (const auto meant = meant_by(heading, columns, match))
      out_.problems.push_back(misspelt(heading, *meant).at({sheet_.file, header_.number, heading.column}));
    else if (std::ranges::find(kSilent, heading_key(without_brackets(heading.text))) == kSilent.end())
      pass(heading.column, {" «" + heading.text + "»", " \"" + heading.text + "\""});
  }

  void pass(std::size_t column, const Text& what) {
    const std::string letters = column_letters(column);
    passed_.push_back({column, {letters + what.vi, letters + what.en}});
  }

  void note_passed() {
    if (passed_.empty()) return;
    std::ranges::sort(passed_, {}, &Passed::column);
    Text list;
    for (const auto& one : std::span(passed_).first(std::min(passed_.size(), kShownPassed))) {
      list.vi += (list.vi.empty() ? "" : ", ") + one.text.vi;
      list.en += (list.en.empty() ? "" : ", ") + one.text.en;
    }
    const std::string more = passed_.size() > kShownPassed ? ", …" : "";
    out_.notes.push_back(Error::invalid({"Bỏ qua, không đọc giá trị của cột " + list.vi + more + ".",
                                         "Passed over, values not read: column " + list.en + more + "."})
                             .at({sheet_.file, header_.number, passed_.front().column}));
  }

  struct Passed {
    std::size_t column;
    Text text;
  };

  const Sheet& sheet_;
  const Row& header_;
  std::span<const Row* const> rows_;
  std::set<std::size_t> headed_;
  std::vector<std::size_t> filled_;
  std::vector<Passed> passed_;
  Surplus out_;
};

}  // namespace

Surplus surplus_of(const Sheet& sheet, const Row& header, std::span<const Row* const> rows,
                   std::span<const Column> columns, const HeadingMatch& match) {
  return Finder(sheet, header, rows, match).find(columns, match);
}

}  // namespace khien::sheets
