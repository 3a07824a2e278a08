#include "sheets/layout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kFullRow = 3;  // known columns with a value: such a row is never passed over
constexpr std::size_t kShownGroups = 8;

/// Beginnings of what a unit is called, with their marks: "Tô" and "Phương" are families. "Đoàn" alone is one too.
constexpr std::array<std::string_view, 40> kUnits{
    "phòng ",    "sở ",        "ban ",     "ủy ban ",    "uỷ ban ",  "ubnd ",     "hđnd ",           "hội ",
    "văn phòng", "trung tâm",  "chi cục ", "cục ",       "trạm ",    "trường ",   "đảng ủy",         "đảng uỷ",
    "huyện ủy",  "huyện uỷ",   "tỉnh ủy",  "tỉnh uỷ",    "thành ủy", "công an ",  "quân sự ",        "liên đoàn ",
    "khối ",     "tổ ",        "bộ phận ", "bệnh viện ", "xã ",      "phường ",   "thị trấn ",       "huyện ",
    "quận ",     "thành phố ", "tỉnh ",    "đơn vị ",    "cơ quan ", "mặt trận ", "đoàn thanh niên", "đặc khu "};

/// Folded beginnings of what stands around signatures.
constexpr std::array<std::string_view, 25> kSignatures{"nguoi lap",
                                                       "lap bieu",
                                                       "thu truong",
                                                       "noi nhan",
                                                       "ky ten",
                                                       "(ky",
                                                       "ky, ",
                                                       "tm.",
                                                       "tm ",
                                                       "kt.",
                                                       "tl.",
                                                       "xac nhan",
                                                       "giam doc",
                                                       "chu tich",
                                                       "pho giam doc",
                                                       "pho chu tich",
                                                       "truong phong",
                                                       "ke toan",
                                                       "danh sach nay",
                                                       "an dinh danh sach",
                                                       "(ho ten",
                                                       "dong dau",
                                                       "(dong dau",
                                                       "nguoi phu trach",
                                                       "chanh van phong"};

constexpr std::array<std::string_view, 6> kSums{"tong cong", "tong so", "cong:", "cong", "tong", "cong phong"};

bool begins_with_any(std::string_view text, std::span<const std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

struct Filled {
  std::size_t column = 0;  ///< from 1
  std::string text;
};

std::vector<Filled> filled_cells(const Row& row) {
  std::vector<Filled> out;
  for (std::size_t i = 0; i < row.cells.size(); ++i)
    if (auto text = squeeze(row.cells[i].text); !text.empty()) out.push_back({i + 1, std::move(text)});
  return out;
}

std::optional<unsigned> small_number(std::string_view text) {
  if (text.starts_with('(') && text.ends_with(')')) text = text.substr(1, text.size() - 2);
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > 99) return std::nullopt;
  return value;
}

/// "(1) (2) (3)" or "A B 1 2": numbers that rise by one, letters before them.
bool is_numbering(std::span<const Filled> cells) {
  unsigned last = 0;
  std::size_t numbers = 0;
  for (const auto& cell : cells) {
    const auto number = small_number(cell.text);
    if (!number && numbers == 0 && cell.text.size() == 1 && cell.text[0] >= 'A' && cell.text[0] <= 'Z') continue;
    if (!number || (numbers > 0 && *number != last + 1) || (numbers == 0 && *number > 1)) return false;
    last = *number;
    ++numbers;
  }
  return numbers >= 2 && cells.size() >= 3;
}

/// "I", "II.", "A)", "1."
bool is_index(std::string_view text) {
  if (text.ends_with('.') || text.ends_with(')') || text.ends_with('/')) text.remove_suffix(1);
  const bool roman = !text.empty() && text.find_first_not_of("IVXL") == std::string_view::npos;
  return roman || (text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z') || small_number(text).has_value();
}

/// A text without any mark is compared without.
bool is_called_unit(const std::string& name) {
  const std::string lowered = lower(name) + " ";
  return std::ranges::any_of(kUnits, [&](std::string_view unit) {
    return is_ascii(name) ? lowered.starts_with(fold(unit)) : lowered.starts_with(unit);
  });
}

/// "I. Phòng Nội vụ (12 người):" gives "Phòng Nội vụ"; nullopt if the text names no unit. What has no letter as its
/// index must begin as units do, which counts only if `words_count`.
std::optional<std::string> unit_named_by(std::string_view text, bool words_count) {
  std::string name = squeeze(without_brackets(text));
  const auto first = name.find_first_of(" ");
  bool indexed = false;
  if (const auto mark = name.find_first_of(".)-/");
      mark != std::string::npos && mark <= 5 && (first == std::string::npos || mark <= first + 1)) {
    const std::string index = squeeze(name.substr(0, mark));
    if (is_index(index) && mark + 1 < name.size()) {
      indexed = small_number(index) == std::nullopt;  // "1. Nguyễn Văn An" may be a person
      name = squeeze(std::string_view(name).substr(mark + 1));
    }
  }
  while (name.ends_with(':') || name.ends_with('.')) name.pop_back();
  if (name.empty() || (!indexed && (!words_count || !is_called_unit(name)))) return std::nullopt;
  return squeeze(name);
}

bool is_signature(const Filled& cell) {
  const std::string folded = fold(cell.text);
  return begins_with_any(folded, kSignatures) ||
         (folded.find("ngay") != std::string::npos && folded.find("thang") != std::string::npos &&
          folded.find("nam") != std::string::npos);
}

class LayoutReader {
 public:
  LayoutReader(const Sheet& sheet, std::span<const Row> rows, const std::vector<Heading>& headings,
               const std::set<std::size_t>& known, bool uses_groups)
      : sheet_(sheet), rows_(rows), headings_(headings), known_(known), uses_groups_(uses_groups) {}

  Layout run() && {
    const std::size_t end = end_of_table();
    for (std::size_t i = 0; i < end; ++i) read(rows_[i], i == 0);
    for (std::size_t i = end; i < rows_.size(); ++i) pass(rows_[i], kFooter);
    note_groups();
    for (const auto& [reason, numbers] : passed_) note_passed(reason, numbers);
    return std::move(out_);
  }

 private:
  enum Reason { kNumbering, kAgain, kGroup, kSum, kFooter };

  [[nodiscard]] std::size_t known_values(std::span<const Filled> cells) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(cells, [&](const Filled& cell) { return known_.contains(cell.column); }));
  }

  /// The first row that only signs, if no full row follows it.
  [[nodiscard]] std::size_t end_of_table() const {
    std::size_t end = rows_.size();
    for (std::size_t i = rows_.size(); i > 0; --i) {
      const auto cells = filled_cells(rows_[i - 1]);
      if (known_values(cells) >= kFullRow) break;
      if (!cells.empty() && std::ranges::all_of(cells, is_signature)) end = i - 1;
    }
    return end;
  }

  void read(const Row& row, bool is_first) {
    const auto cells = filled_cells(row);
    if (is_first && is_numbering(cells)) return pass(row, kNumbering);
    if (is_headings(cells)) return pass(row, kAgain);
    if (known_values(cells) < kFullRow || cells.size() <= 2) {
      if (is_sum(cells)) return pass(row, kSum);
      if (auto group = group_of(cells)) {
        if (!uses_groups_) return pass(row, kGroup);
        groups_.emplace_back(row.number, *group);
        group_ = std::move(*group);
        return;
      }
    }
    out_.rows.push_back({&row, group_});
  }

  /// On every page of a long list they are printed again.
  [[nodiscard]] bool is_headings(std::span<const Filled> cells) const {
    if (cells.size() < 2) return false;
    return std::ranges::all_of(cells, [&](const Filled& cell) {
      return std::ranges::any_of(headings_, [&](const Heading& heading) {
        return heading.column == cell.column && heading.text == cell.text;
      });
    });
  }

  /// A word for a sum, and otherwise numbers.
  static bool is_sum(std::span<const Filled> cells) {
    const auto is_word = [](const Filled& cell) {
      const std::string folded = fold(cell.text);
      return std::ranges::any_of(kSums, [&](std::string_view sum) {
        return folded == sum || folded.starts_with(std::string(sum) + " ") ||
               folded.starts_with(std::string(sum) + ":");
      });
    };
    const auto is_number = [](const Filled& cell) {
      return cell.text.find_first_not_of("0123456789., ") == std::string::npos;
    };
    return !cells.empty() && std::ranges::any_of(cells, is_word) &&
           std::ranges::all_of(cells, [&](const Filled& cell) { return is_word(cell) || is_number(cell); });
  }

  /// One cell, perhaps with its index before it and a count behind it.
  [[nodiscard]] std::optional<std::string> group_of(std::span<const Filled> cells) const {
    if (cells.size() == 1) return unit_named_by(cells[0].text, uses_groups_);
    if (cells.size() == 2 && !known_.contains(cells[0].column) && is_index(cells[0].text))
      return unit_named_by(cells[0].text + ". " + cells[1].text, uses_groups_);
    return std::nullopt;
  }

  void pass(const Row& row, Reason reason) { passed_[reason].push_back(row.number); }

  static std::string ranges_of(std::span<const std::size_t> numbers) {
    std::string out;
    for (std::size_t i = 0; i < numbers.size();) {
      std::size_t last = i;
      while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
      out += (out.empty() ? "" : ", ") + std::to_string(numbers[i]);
      if (last > i) out += "–" + std::to_string(numbers[last]);
      i = last + 1;
    }
    return out;
  }

  void note_passed(Reason reason, const std::vector<std::size_t>& numbers) {
    static const std::map<Reason, Text> kWhy{{kNumbering, {"đánh số cột", "numbers of columns"}},
                                             {kAgain, {"tiêu đề lặp lại", "the headings again"}},
                                             {kGroup, {"tên nhóm, đơn vị", "names of groups or units"}},
                                             {kSum, {"cộng", "sums"}},
                                             {kFooter, {"chân bảng, chữ ký", "below the table, signatures"}}};
    const std::string rows = ranges_of(numbers);
    out_.notes.push_back(Error::invalid({fmt::format("Không đọc dòng {} ({}).", rows, kWhy.at(reason).vi),
                                         fmt::format("Rows not read: {} ({}).", rows, kWhy.at(reason).en)})
                             .at({sheet_.file, numbers.front()}));
  }

  void note_groups() {
    if (groups_.empty()) return;
    std::string list;
    for (const auto& [number, name] : std::span(groups_).first(std::min(groups_.size(), kShownGroups)))
      list += fmt::format("{}{} «{}»", list.empty() ? "" : ", ", number, name);
    if (groups_.size() > kShownGroups) list += ", …";
    out_.notes.push_back(Error::invalid({fmt::format("Dòng tên đơn vị, áp dụng cho các dòng bên dưới: {}.", list),
                                         fmt::format("Rows that name the unit of the rows below: {}.", list)})
                             .at({sheet_.file, groups_.front().first}));
  }

  const Sheet& sheet_;
  std::span<const Row> rows_;
  const std::vector<Heading>& headings_;
  const std::set<std::size_t>& known_;
  const bool uses_groups_;
  Layout out_;
  std::string group_;
  std::vector<std::pair<std::size_t, std::string>> groups_;
  std::map<Reason, std::vector<std::size_t>> passed_;
};

}  // namespace

Layout lay_out(const Sheet& sheet, std::span<const Row> rows, const std::vector<Heading>& headings,
               const std::set<std::size_t>& known, bool uses_groups) {
  return LayoutReader(sheet, rows, headings, known, uses_groups).run();
}

}  // namespace khien::sheets
