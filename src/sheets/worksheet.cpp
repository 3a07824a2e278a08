#include "sheets/worksheet.h"

#include <optional>

#include "sheets/workbook_parts.h"

namespace khien::sheets {
namespace {

using Piece = XmlReader::Piece;

constexpr std::size_t kMostRows = 1'048'576;  // of the format
constexpr std::string_view kNotReckoned = "#N/A";
constexpr std::size_t kMostColumns = 16'384;

class WorksheetReader {
 public:
  WorksheetReader(XmlReader& xml, const Workbook& workbook, const Limits& limits, SheetBuilder& builder)
      : xml_(xml), workbook_(workbook), limits_(limits), builder_(builder) {}

  Result<void> run() {
    for (;;) {
      switch (TRY(xml_.next())) {
        case Piece::Finish:
          return {};
        case Piece::Start:
          TRY(start(xml_.name()));
          break;
        case Piece::End:
          TRY(end(xml_.name()));
          break;
        case Piece::Text:
          if (in_text_ && phonetic_ == 0) TRY(take(xml_.text()));
      }
    }
  }

 private:
  Result<void> start(std::string_view name) {
    if (name == "row") return start_row();
    if (name == "c") return start_cell();
    if (name == "mergeCell") return merge();
    if (name == "col") return hide_columns();
    if (!in_cell_) return {};
    if (name == "v" || name == "t") in_text_ = valued_ = true;
    if (name == "f") formula_ = true;
    if (name == "rPh") ++phonetic_;
    return {};
  }

  Result<void> end(std::string_view name) {
    if (name == "v" || name == "t") in_text_ = false;
    if (name == "rPh" && phonetic_ > 0) --phonetic_;
    if (name != "c" || !in_cell_) return {};
    in_cell_ = false;
    Cell cell = TRY(make());
    // Whoever wrote the file did not reckon: the cell shows something in Excel, and nobody knows what.
    if (formula_ && !valued_) cell = {std::string(kNotReckoned), CellKind::Error};
    cell.formula = formula_;
    return builder_.put(row_, column_, std::move(cell));
  }

  Result<void> start_row() {
    const auto given = xml_.attribute("r");
    row_ = given ? number_of(*given, 0) : row_ + 1;
    column_ = 0;
    if (is_set("hidden") && row_ <= kMostRows) builder_.hide_row(row_);
    if (row_ == 0 || row_ > kMostRows) return Failure(builder_.wrong(0, 0, bad_address(given.value_or(""))));
    return {};
  }

  Result<void> start_cell() {
    std::size_t row = row_;
    if (const auto given = xml_.attribute("r")) {
      if (!parse_address(*given, row, column_) || row != row_)
        return Failure(builder_.wrong(row_, 0, bad_address(*given)));
    } else {
      ++column_;
    }
    type_ = xml_.attribute("t").value_or("n");
    style_ = number_of(xml_.attribute("s").value_or(""), 0);
    raw_.clear();
    in_cell_ = true;
    in_text_ = false;
    formula_ = false;
    valued_ = false;
    phonetic_ = 0;
    return {};
  }

  [[nodiscard]] bool is_set(std::string_view attribute) const {
    const std::string value = xml_.attribute(attribute).value_or("0");
    return value == "1" || value == "true";
  }

  Result<void> hide_columns() {
    if (is_set("hidden"))
      builder_.hide_columns(number_of(xml_.attribute("min").value_or(""), 0),
                            number_of(xml_.attribute("max").value_or(""), 0));
    return {};
  }

  Result<void> merge() {
    const std::string given = xml_.attribute("ref").value_or("");
    const auto colon = given.find(':');
    Merge merge;
    if (colon == std::string::npos || !parse_address(given.substr(0, colon), merge.first_row, merge.first_column) ||
        !parse_address(given.substr(colon + 1), merge.last_row, merge.last_column) ||
        merge.last_row < merge.first_row || merge.last_column < merge.first_column)
      return Failure(builder_.wrong(0, 0, bad_address(given)));
    return builder_.merge(merge);
  }

  Result<void> take(std::string_view text) {
    raw_ += text;
    if (raw_.size() <= limits_.cell * 7) return {};  // seven: all of it may be escapes; the builder counts exactly
    return Failure(builder_.wrong(row_, column_, {"ô quá dài.", "the cell is too long."}));
  }

  Result<Cell> make() {
    if (raw_.empty()) return Cell{};
    if (type_ == "s") {
      const std::size_t index = number_of(raw_, workbook_.strings.size());
      if (index < workbook_.strings.size()) return Cell{workbook_.strings[index], CellKind::Text};
      return Failure(builder_.wrong(
          row_, column_,
          {"ô trỏ tới chữ dùng chung không có; tệp bị hỏng.", "the cell points to no shared string; a damaged file."}));
    }
    if (type_ == "b") return Cell{raw_ == "1" || raw_ == "true" ? "TRUE" : "FALSE", CellKind::Boolean};
    if (type_ == "e") return Cell{raw_, CellKind::Error};
    if (type_ == "n")
      return number_cell(raw_, style_ < workbook_.forms.size() ? workbook_.forms[style_] : NumberForm{},
                         workbook_.from_1904);
    return Cell{unescape(raw_), CellKind::Text};  // str, inlineStr, d
  }

  static Text bad_address(std::string_view given) {
    return Text::format("địa chỉ «{}» không hợp lệ; tệp bị hỏng.", "the address \"{}\" is invalid; a damaged file.",
                        given.substr(0, 20));
  }

  XmlReader& xml_;
  const Workbook& workbook_;
  const Limits& limits_;
  SheetBuilder& builder_;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  std::string type_;
  std::size_t style_ = 0;
  std::string raw_;
  bool in_cell_ = false;
  bool in_text_ = false;
  bool formula_ = false;
  bool valued_ = false;
  int phonetic_ = 0;
};

}  // namespace

bool parse_address(std::string_view text, std::size_t& row, std::size_t& column) {
  std::size_t at = 0;
  column = 0;
  for (; at < text.size() && at < 4 && text[at] >= 'A' && text[at] <= 'Z'; ++at)
    column = column * 26 + static_cast<std::size_t>(text[at] - 'A') + 1;
  row = number_of(text.substr(at), 0);
  return column > 0 && column <= kMostColumns && row > 0 && row <= kMostRows;
}

Result<void> read_worksheet(XmlReader& xml, const Workbook& workbook, const Limits& limits, SheetBuilder& builder) {
  return WorksheetReader(xml, workbook, limits, builder).run();
}

}  // namespace khien::sheets
