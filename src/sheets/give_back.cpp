#include "sheets/give_back.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>

#include "base/characters.h"
#include "base/vietnamese.h"
#include "sheets/headings.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kMostMerges = 5000;
constexpr std::size_t kLongestNumber = 8;     // digits; longer ones name people and telephones
constexpr std::size_t kLongestCell = 32'767;  // characters, of Excel
constexpr double kErrorWidth = 60;
constexpr double kWidth = 18;
constexpr std::size_t kLongestSheetName = 31;  // of Excel

lxw_row_t row_of(std::size_t number) {
  return static_cast<lxw_row_t>(number - 1);
}
lxw_col_t column_of(std::size_t number) {
  return static_cast<lxw_col_t>(number - 1);
}

/// What stands beside one row.
struct Wrong {
  std::string text;
  std::set<std::size_t> columns;
};

std::map<std::size_t, Wrong> by_row(const ImportPlan& plan, Language language) {
  std::map<std::size_t, Wrong> out;
  for (const auto& problem : plan.problems) {
    const Place place = problem.place().value_or(Place{});
    auto& wrong = out[place.line];
    if (!wrong.text.empty()) wrong.text += "\n";
    if (place.column != 0) {
      wrong.text += Text{"Cột ", "Column "}.in(language) + column_letters(place.column) + ": ";
      wrong.columns.insert(place.column);
    }
    wrong.text += problem.text().in(language);
  }
  return out;
}

bool is_short_number(const Cell& cell) {
  const std::string_view text = cell.text;
  const std::string_view whole = text.substr(0, text.find('.'));
  return cell.kind == CellKind::Number && whole.size() <= kLongestNumber && (whole == "0" || !whole.starts_with('0')) &&
         text.find_first_not_of("0123456789.") == std::string_view::npos;
}

class Writer {
 public:
  Writer(lxw_workbook* book, const Table& table, const ImportPlan& plan, Language language)
      : book_(book), table_(table), wrong_(by_row(plan, language)), plan_(plan), language_(language) {
    text_ = workbook_add_format(book);
    format_set_num_format(text_, "@");
    wrong_cell_ = workbook_add_format(book);
    format_set_num_format(wrong_cell_, "@");
    format_set_bg_color(wrong_cell_, 0xFFEB9C);
    date_ = workbook_add_format(book);
    format_set_num_format(date_, "dd/mm/yyyy");
    wrong_date_ = workbook_add_format(book);
    format_set_num_format(wrong_date_, "dd/mm/yyyy");
    format_set_bg_color(wrong_date_, 0xFFEB9C);
    error_ = workbook_add_format(book);
    format_set_num_format(error_, "@");
    format_set_bg_color(error_, 0xFFC7CE);
    format_set_font_color(error_, 0x9C0006);
    format_set_text_wrap(error_);
  }

  void write(const Sheet& sheet, bool is_table) {
    lxw_worksheet* page = add_page(sheet.name);
    const std::size_t error_column = is_table ? error_column_of(sheet) : 0;
    if (sheet.hidden) worksheet_hide(page);
    write_columns(page, sheet, error_column);
    for (const auto number : sheet.hidden_rows) {
      lxw_row_col_options hidden{};
      hidden.hidden = LXW_TRUE;
      worksheet_set_row_opt(page, row_of(number), LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
    }
    write_merges(page, sheet);
    for (const auto& row : sheet.rows) {
      const auto found = wrong_.find(row.number);
      const Wrong* wrong = is_table && found != wrong_.end() ? &found->second : nullptr;
      for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (i + 1 != error_column) write_cell(page, row.number, i + 1, row.cells[i], wrong);
    }
    if (is_table) write_errors(page, error_column);
  }

  void write_notes() {
    lxw_worksheet* page = workbook_add_worksheet(book_, std::string(kNotesSheet).c_str());
    worksheet_set_column(page, 0, 0, 2 * kErrorWidth, nullptr);
    std::size_t row = 1;
    const auto line = [&](const std::string& text) { put_text(page, row++, 1, text, text_); };
    line(Text{"Sửa các dòng có màu rồi gửi lại chính tệp này; cột «Lỗi» và trang này không được đọc.",
              "Mend the coloured rows and send this very file again; the column «Lỗi» and this sheet are not read."}
             .in(language_));
    if (plan_.reading) line(plan_.reading->in(language_));
    if (const auto found = wrong_.find(0); found != wrong_.end()) line(found->second.text);
    for (const auto& note : plan_.notes) line(note.line(language_));
  }

 private:
  lxw_worksheet* add_page(std::string_view name) {
    std::u32string fitting;
    for (const char32_t c : code_points(name))
      if (fitting.size() < kLongestSheetName && std::u32string_view(U"[]:*?/\\").find(c) == std::u32string_view::npos)
        fitting += c;
    // A name that Excel refuses, such as one that is there twice, gives way to a number.
    lxw_worksheet* page = fitting.empty() ? nullptr : workbook_add_worksheet(book_, utf8_of(fitting).c_str());
    return page != nullptr ? page : workbook_add_worksheet(book_, nullptr);
  }

  /// The column of an earlier round, or the first that is free.
  [[nodiscard]] std::size_t error_column_of(const Sheet& sheet) const {
    std::size_t last = 0;
    for (const auto& row : sheet.rows) {
      last = std::max(last, row.cells.size());
      if (row.number != table_.header_row) continue;
      for (std::size_t i = 0; i < row.cells.size(); ++i)
        if (heading_key(without_brackets(row.cells[i].text)) == heading_key(kErrorHeading)) return i + 1;
    }
    for (const auto& merge : sheet.merges) last = std::max(last, std::min<std::size_t>(merge.last_column, 256));
    return last + 1;
  }

  static void write_columns(lxw_worksheet* page, const Sheet& sheet, std::size_t error_column) {
    std::size_t last = 0;
    for (const auto& row : sheet.rows) last = std::max(last, row.cells.size());
    if (last > 0) worksheet_set_column(page, 0, column_of(last), kWidth, nullptr);
    for (const auto number : sheet.hidden_columns) {
      lxw_row_col_options hidden{};
      hidden.hidden = LXW_TRUE;
      worksheet_set_column_opt(page, column_of(number), column_of(number), kWidth, nullptr, &hidden);
    }
    if (error_column != 0)
      worksheet_set_column(page, column_of(error_column), column_of(error_column), kErrorWidth, nullptr);
  }

  /// Cells that overlap make a file that Excel calls damaged.
  void write_merges(lxw_worksheet* page, const Sheet& sheet) {
    std::vector<Merge> written;
    for (const auto& merge : sheet.merges) {
      if (written.size() >= kMostMerges ||
          (merge.first_row == merge.last_row && merge.first_column == merge.last_column))
        continue;
      const auto overlaps = [&](const Merge& other) {
        return merge.first_row <= other.last_row && other.first_row <= merge.last_row &&
               merge.first_column <= other.last_column && other.first_column <= merge.last_column;
      };
      if (std::ranges::any_of(written, overlaps) || merge.last_column > 256 || merge.last_row > 1'000'000 ||
          (merge.last_row - merge.first_row) * (merge.last_column - merge.first_column) > 100'000)
        continue;
      worksheet_merge_range(page, row_of(merge.first_row), column_of(merge.first_column), row_of(merge.last_row),
                            column_of(merge.last_column), "", text_);
      written.push_back(merge);
    }
  }

  void write_cell(lxw_worksheet* page, std::size_t row, std::size_t column, const Cell& cell, const Wrong* wrong) {
    const bool is_wrong = wrong != nullptr && wrong->columns.contains(column);
    if (cell.empty()) {
      if (is_wrong) worksheet_write_blank(page, row_of(row), column_of(column), wrong_cell_);
      return;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), value);
    const bool is_number = error == std::errc{} && end == cell.text.data() + cell.text.size();
    if (is_number && cell.kind == CellKind::Date)
      worksheet_write_number(page, row_of(row), column_of(column), value, is_wrong ? wrong_date_ : date_);
    else if (is_number && is_short_number(cell) && !is_wrong)
      worksheet_write_number(page, row_of(row), column_of(column), value, nullptr);
    else
      put_text(page, row, column, cell.text, is_wrong ? wrong_cell_ : text_);
  }

  void write_errors(lxw_worksheet* page, std::size_t column) {
    std::string heading(kErrorHeading);
    for (const auto& [number, wrong] : wrong_) {
      if (number == 0) continue;
      if (number == table_.header_row)
        heading += " (" + wrong.text + ")";
      else
        put_text(page, number, column, wrong.text, error_);
    }
    put_text(page, table_.header_row, column, heading, error_);
  }

  /// A string cell is never a formula, whatever it begins with, and stays text when it is edited.
  static void put_text(lxw_worksheet* page, std::size_t row, std::size_t column, std::string_view text,
                       lxw_format* format) {
    const std::string fitting = utf8_of(code_points(text).substr(0, kLongestCell));
    worksheet_write_string(page, row_of(row), column_of(column), fitting.c_str(), format);
  }

  static constexpr std::string_view kErrorHeading = "Lỗi";

  lxw_workbook* book_;
  const Table& table_;
  std::map<std::size_t, Wrong> wrong_;
  const ImportPlan& plan_;
  Language language_;
  lxw_format* text_ = nullptr;
  lxw_format* wrong_cell_ = nullptr;
  lxw_format* date_ = nullptr;
  lxw_format* wrong_date_ = nullptr;
  lxw_format* error_ = nullptr;
};

std::string contents_of(int descriptor) {
  std::string out;
  std::array<char, 65536> block{};
  lseek(descriptor, 0, SEEK_SET);
  for (ssize_t size = 0; (size = read(descriptor, block.data(), block.size())) > 0;)
    out.append(block.data(), static_cast<std::size_t>(size));
  return out;
}

}  // namespace

Result<std::string> give_back(std::span<const Sheet> sheets, const Table& table, const ImportPlan& plan,
                              Language language) {
  const auto failed = [] {
    return Failure(
        Error::unavailable({"Không tạo được tệp XLSX.", "The XLSX file could not be made."}, "libxlsxwriter"));
  };
  // In memory: the list is personal data, and the caller says where it may lie.
  const int descriptor = memfd_create("khien-give-back", MFD_CLOEXEC);
  if (descriptor < 0) return failed();
  const std::string path = fmt::format("/proc/self/fd/{}", descriptor);
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) {
    close(descriptor);
    return failed();
  }
  Writer writer(book, table, plan, language);
  for (const auto& sheet : sheets)
    if (sheet.name != kNotesSheet) writer.write(sheet, sheet.name == table.sheet);
  writer.write_notes();
  const bool good = workbook_close(book) == LXW_NO_ERROR;
  std::string out = contents_of(descriptor);
  close(descriptor);
  if (!good || out.empty()) return failed();
  return out;
}

}  // namespace khien::sheets
