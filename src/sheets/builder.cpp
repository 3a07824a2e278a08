#include "sheets/builder.h"

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::sheets {

std::string column_letters(std::size_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

Text advice_on_size() {
  return {"Hãy chia danh sách thành nhiều tệp, mỗi tệp có hàng tiêu đề, rồi nhập lần lượt.",
          "Split the list into several files, each with the headings, and import one after the other."};
}

Error wrong_file(std::string_view file, Text what, std::string detail) {
  return Error::invalid(std::move(what), std::move(detail)).at(Place{.file = std::string(file)});
}

SheetBuilder::SheetBuilder(std::string_view file, std::string_view name, Usage& usage, const Limits& limits)
    : usage_(usage), limits_(limits) {
  sheet_.file = file;
  sheet_.name = name;
}

Error SheetBuilder::wrong(std::size_t row, std::size_t column, const Text& what) const {
  Text where;
  if (!sheet_.name.empty()) where = Text::format("Trang tính «{}», ", "Sheet \"{}\", ", sheet_.name);
  if (column != 0) {
    where.vi += fmt::format("ô {}{}: ", column_letters(column), row);
    where.en += fmt::format("cell {}{}: ", column_letters(column), row);
  } else if (row != 0) {
    where.vi += fmt::format("dòng {}: ", row);
    where.en += fmt::format("row {}: ", row);
  }
  return Error::invalid({where.vi + what.vi, where.en + what.en}).at({sheet_.file, row, column});
}

Result<void> SheetBuilder::open_row(std::size_t row) {
  if (!sheet_.rows.empty()) {
    if (row == sheet_.rows.back().number) return {};
    if (row < sheet_.rows.back().number)
      return Failure(wrong(row, 0, {"các dòng không theo thứ tự; tệp bị hỏng.", "rows out of order; a damaged file."}));
  }
  if (sheet_.rows.size() >= limits_.rows)
    return Failure(wrong(row, 0,
                         {fmt::format("quá {} dòng có dữ liệu. {}", limits_.rows, advice_on_size().vi),
                          fmt::format("more than {} rows of data. {}", limits_.rows, advice_on_size().en)}));
  sheet_.rows.push_back({.number = row, .cells = {}});
  return {};
}

Result<void> SheetBuilder::put(std::size_t row, std::size_t column, Cell cell) {
  if (cell.empty()) return {};
  if (column > limits_.columns)
    return Failure(wrong(row, column, Text::format("quá {} cột.", "more than {} columns.", limits_.columns)));
  if (cell.text.size() > limits_.cell)
    return Failure(
        wrong(row, column, Text::format("ô dài quá {} byte.", "the cell is longer than {} bytes.", limits_.cell)));
  auto normal = nfc(cell.text);
  if (!normal) return Failure(wrong(row, column, {"chữ không phải UTF-8.", "the text is not UTF-8."}));
  cell.text = std::move(*normal);
  TRY(open_row(row));
  auto& cells = sheet_.rows.back().cells;
  if (cells.size() < column) {
    usage_.cells += column - cells.size();
    if (usage_.cells > limits_.cells)
      return Failure(wrong(row, column, Text::format("tệp có quá {} ô.", "more than {} cells.", limits_.cells)));
    cells.resize(column);
  }
  usage_.text += cell.text.size();
  if (usage_.text > limits_.text)
    return Failure(wrong(
        row, column,
        Text::format("chữ trong tệp dài quá {} byte.", "the file holds more than {} bytes of text.", limits_.text)));
  cells[column - 1] = std::move(cell);
  return {};
}

void SheetBuilder::hide_columns(std::size_t first, std::size_t last) {
  for (std::size_t column = first; column != 0 && column <= std::min(last, limits_.columns); ++column)
    sheet_.hidden_columns.insert(column);
}

Result<void> SheetBuilder::merge(const Merge& merge) {
  if (sheet_.merges.size() >= limits_.merges)
    return Failure(
        wrong(merge.first_row, 0, Text::format("quá {} ô gộp.", "more than {} merged cells.", limits_.merges)));
  sheet_.merges.push_back(merge);
  return {};
}

}  // namespace khien::sheets
