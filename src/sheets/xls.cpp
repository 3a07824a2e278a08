#include "sheets/xls.h"

#include <map>
#include <optional>

#include "base/vietnamese.h"
#include "sheets/biff.h"
#include "sheets/builder.h"
#include "sheets/compound_file.h"
#include "sheets/number_format.h"

namespace khien::sheets {
namespace {

enum Record : std::uint16_t {
  kFormula = 0x06,
  kEof = 0x0A,
  kDateMode = 0x22,
  kFilePass = 0x2F,
  kContinue = 0x3C,
  kColumnInfo = 0x7D,
  kBoundSheet = 0x85,
  kMulRk = 0xBD,
  kRichString = 0xD6,
  kXf = 0xE0,
  kMergedCells = 0xE5,
  kSst = 0xFC,
  kLabelSst = 0xFD,
  kNumber = 0x203,
  kLabel = 0x204,
  kBoolErr = 0x205,
  kString = 0x207,
  kRow = 0x208,
  kRk = 0x27E,
  kFormat = 0x41E,
  kBof = 0x809,
};

constexpr std::uint16_t kBiff8 = 0x0600;
constexpr std::size_t kMostStyles = 70'000;

const Text kDamaged{"Tệp .xls bị hỏng.", "The .xls file is damaged."};
const Text kPassword{"Tệp có đặt mật khẩu. Hãy lưu lại không mật khẩu.",
                     "The file has a password. Save it without a password."};
const Text kOtherOffice{"Tệp là tài liệu Office cũ nhưng không phải bảng tính .xls.",
                        "The file is an old Office document, but no .xls workbook."};
const Text kTooOld{"Tệp là Excel 5.0/95 hoặc cũ hơn. Hãy mở bằng Excel và lưu lại dạng .xlsx.",
                   "The file is Excel 5.0/95 or older. Open it in Excel and save it as .xlsx."};

struct ListedSheet {
  std::size_t offset = 0;
  std::string name;
  bool hidden = false;
};

/// What the sheets share.
struct Globals {
  std::vector<ListedSheet> sheets;
  std::vector<std::string> strings;
  std::vector<NumberForm> forms;  ///< by the style of a cell
  bool from_1904 = false;
};

std::string_view error_name(std::uint8_t code) {
  switch (code) {
    case 0x00:
      return "#NULL!";
    case 0x07:
      return "#DIV/0!";
    case 0x0F:
      return "#VALUE!";
    case 0x17:
      return "#REF!";
    case 0x1D:
      return "#NAME?";
    case 0x24:
      return "#NUM!";
    default:
      return "#N/A";
  }
}

class GlobalsReader {
 public:
  GlobalsReader(ByteView book, std::string_view file, const Limits& limits)
      : stream_(book), file_(file), limits_(limits) {}

  Result<Globals> run() {
    auto record = stream_.next();
    if (!record || record->type != kBof) return Failure(wrong_file(file_, kTooOld));
    if (ByteReader(record->body).u16() != kBiff8) return Failure(wrong_file(file_, kTooOld));
    for (record = stream_.next(); record && record->type != kEof;) {
      if (record->type == kFilePass) return Failure(wrong_file(file_, kPassword));
      if (record->type == kSst) {
        record = TRY(read_strings(record->body));
        continue;
      }
      TRY(read(*record));
      record = stream_.next();
    }
    if (!record) return Failure(wrong_file(file_, kDamaged, "the globals have no end"));
    for (const auto id : style_formats_) {
      const auto own = formats_.find(id);
      out_.forms.push_back(own != formats_.end() ? own->second : form_of_builtin(id));
    }
    return std::move(out_);
  }

 private:
  Result<void> read(const BiffRecord& record) {
    ByteReader body(record.body);
    if (record.type == kDateMode) {
      out_.from_1904 = body.u16() == 1;
    } else if (record.type == kFormat) {
      const auto id = body.u16();
      const std::size_t length = body.u16();
      formats_[id] = form_of(biff_text(body, length));
    } else if (record.type == kXf && style_formats_.size() < kMostStyles) {
      body.skip(2);
      style_formats_.push_back(body.u16());
    } else if (record.type == kBoundSheet) {
      return list_sheet(body);
    }
    return {};
  }

  Result<void> list_sheet(ByteReader& body) {
    ListedSheet sheet;
    sheet.offset = body.u32();
    sheet.hidden = (body.u8() & 3) != 0;
    const bool holds_rows = body.u8() == 0;  // else a chart or macros
    const std::size_t length = body.u8();
    sheet.name = nfc(biff_text(body, length)).value_or("");
    if (!holds_rows) return {};
    if (out_.sheets.size() >= limits_.sheets)
      return Failure(wrong_file(
          file_, Text::format("Tệp có quá {} trang tính.", "The file has more than {} sheets.", limits_.sheets)));
    out_.sheets.push_back(std::move(sheet));
    return {};
  }

  /// Reads on to the record after the last CONTINUE, which it gives back.
  Result<std::optional<BiffRecord>> read_strings(ByteView first) {
    std::vector<ByteView> parts{first};
    auto record = stream_.next();
    for (; record && record->type == kContinue; record = stream_.next()) parts.push_back(record->body);
    BiffStrings strings(std::move(parts));
    strings.u32();
    const std::uint32_t count = strings.u32();
    std::size_t total = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      auto text = strings.next();
      if (!text) break;  // the cells that point beyond are told
      total += text->size();
      if (total > limits_.text || out_.strings.size() >= limits_.cells)
        return Failure(wrong_file(file_, {"Bảng chữ dùng chung của tệp quá dài.", "The shared strings are too long."}));
      out_.strings.push_back(std::move(*text));
    }
    return record;
  }

  BiffStream stream_;
  std::string file_;
  const Limits& limits_;
  Globals out_;
  std::map<std::uint16_t, NumberForm> formats_;
  std::vector<std::uint16_t> style_formats_;
};

/// The cells of one sheet, gathered by row: the rows of a file may come in blocks of any order.
class SheetReader {
 public:
  SheetReader(const Globals& globals, const Limits& limits, SheetBuilder& builder)
      : globals_(globals), limits_(limits), builder_(builder) {}

  Result<void> run(ByteView bytes) {
    BiffStream stream(bytes);
    std::size_t depth = 0;  // charts in a sheet have a stream of their own
    while (const auto record = stream.next()) {
      if (record->type == kBof) ++depth;
      if (record->type == kEof && depth <= 1) return put_all();
      if (record->type == kEof) --depth;
      if (depth == 1) TRY(read(*record));
    }
    return Failure(builder_.wrong(0, 0, {"trang tính bị cắt cụt; tệp bị hỏng.", "the sheet is cut short."}));
  }

 private:
  Result<void> read(const BiffRecord& record) {
    ByteReader body(record.body);
    switch (record.type) {
      case kRow:
        return hide_row(body);
      case kColumnInfo:
        hide_columns(body);
        return {};
      case kMergedCells:
        return merge(body);
      case kString:  // what the formula before it gave
        if (formula_) {
          formula_->text = biff_text(body, body.u16());
          formula_->kind = formula_->empty() ? CellKind::Empty : CellKind::Text;
        }
        formula_ = nullptr;
        return {};
      case kMulRk:
        return many_numbers(body);
      case kLabelSst:
      case kLabel:
      case kRichString:
      case kNumber:
      case kRk:
      case kBoolErr:
      case kFormula:
        return one_cell(record.type, body);
      default:
        return {};
    }
  }

  Result<void> one_cell(std::uint16_t type, ByteReader& body) {
    const std::size_t row = body.u16() + std::size_t{1};
    const std::size_t column = body.u16() + std::size_t{1};
    const std::size_t style = body.u16();
    formula_ = nullptr;
    Cell cell;
    if (type == kLabelSst) {
      const std::size_t index = body.u32();
      if (index >= globals_.strings.size())
        return Failure(builder_.wrong(
            row, column, {"ô trỏ tới chữ dùng chung không có; tệp bị hỏng.", "the cell points to no shared string."}));
      cell = {globals_.strings[index], CellKind::Text};
    } else if (type == kLabel || type == kRichString) {
      const std::size_t length = body.u16();
      cell = {biff_text(body, length), CellKind::Text};
    } else if (type == kNumber) {
      cell = number(body.f64(), style);
    } else if (type == kRk) {
      cell = number(rk_number(body.u32()), style);
    } else if (type == kBoolErr) {
      const std::uint8_t value = body.u8();
      cell = body.u8() == 0 ? Cell{value != 0 ? "TRUE" : "FALSE", CellKind::Boolean}
                            : Cell{std::string(error_name(value)), CellKind::Error};
    } else {
      return formula(row, column, style, body);
    }
    return keep(row, column, std::move(cell), body);
  }

  Result<void> formula(std::size_t row, std::size_t column, std::size_t style, ByteReader& body) {
    const ByteView result = body.take(8);
    if (result.size() < 8) return keep(row, column, {}, body);
    Cell cell;
    bool is_text = false;
    if (result[6] != 0xFF || result[7] != 0xFF)
      cell = number(ByteReader(result).f64(), style);
    else if (result[0] == 0)
      is_text = true;
    else if (result[0] == 1)
      cell = {result[2] != 0 ? "TRUE" : "FALSE", CellKind::Boolean};
    else if (result[0] == 2)
      cell = {std::string(error_name(result[2])), CellKind::Error};
    cell.formula = true;
    TRY(keep(row, column, std::move(cell), body));
    if (is_text) formula_ = &rows_[row][column];
    return {};
  }

  Result<void> many_numbers(ByteReader& body) {
    formula_ = nullptr;
    const std::size_t row = body.u16() + std::size_t{1};
    std::size_t column = body.u16() + std::size_t{1};
    for (; body.left() >= 8; ++column) {
      const std::size_t style = body.u16();
      TRY(keep(row, column, number(rk_number(body.u32()), style), body));
    }
    return {};
  }

  Cell number(double value, std::size_t style) const {
    const NumberForm form = style < globals_.forms.size() ? globals_.forms[style] : NumberForm{};
    return number_cell(fmt::format("{}", value), form, globals_.from_1904);
  }

  /// Bounded here already, before the builder sees the cells in order.
  Result<void> keep(std::size_t row, std::size_t column, Cell cell, const ByteReader& body) {
    if (body.is_short())
      return Failure(builder_.wrong(row, column, {"ô bị cắt cụt; tệp bị hỏng.", "the cell is cut short."}));
    if (++cells_ > limits_.cells)
      return Failure(
          builder_.wrong(row, column, Text::format("tệp có quá {} ô.", "more than {} cells.", limits_.cells)));
    rows_[row][column] = std::move(cell);
    return {};
  }

  Result<void> hide_row(ByteReader& body) {
    const std::size_t row = body.u16() + std::size_t{1};
    body.skip(10);
    if ((body.u16() & 0x20) != 0) builder_.hide_row(row);
    return {};
  }

  void hide_columns(ByteReader& body) {
    const std::size_t first = body.u16() + std::size_t{1};
    const std::size_t last = body.u16() + std::size_t{1};
    body.skip(4);
    if ((body.u16() & 1) != 0) builder_.hide_columns(first, last);
  }

  Result<void> merge(ByteReader& body) {
    for (std::size_t left = body.u16(); left > 0 && body.left() >= 8; --left) {
      Merge merge;
      merge.first_row = body.u16() + std::size_t{1};
      merge.last_row = body.u16() + std::size_t{1};
      merge.first_column = body.u16() + std::size_t{1};
      merge.last_column = body.u16() + std::size_t{1};
      if (merge.first_row <= merge.last_row && merge.first_column <= merge.last_column) TRY(builder_.merge(merge));
    }
    return {};
  }

  Result<void> put_all() {
    for (auto& [row, cells] : rows_)
      for (auto& [column, cell] : cells) TRY(builder_.put(row, column, std::move(cell)));
    return {};
  }

  const Globals& globals_;
  const Limits& limits_;
  SheetBuilder& builder_;
  std::map<std::size_t, std::map<std::size_t, Cell>> rows_;
  Cell* formula_ = nullptr;  ///< whose text the next STRING holds
  std::size_t cells_ = 0;
};

}  // namespace

Result<std::vector<Sheet>> read_xls(ByteView bytes, std::string_view file, const Limits& limits) {
  const auto box = CompoundFile::open(bytes);
  if (!box) return Failure(wrong_file(file, kDamaged, "the compound file is damaged"));
  if (box->has("EncryptedPackage")) return Failure(wrong_file(file, kPassword));
  if (!box->has("Workbook")) return Failure(wrong_file(file, box->has("Book") ? kTooOld : kOtherOffice));
  const auto book = box->stream("Workbook");
  if (!book) return Failure(wrong_file(file, kDamaged, "the chain of the workbook is broken"));
  return read_biff(bytes_of(*book), file, limits);
}

Result<std::vector<Sheet>> read_biff(ByteView book, std::string_view file, const Limits& limits) {
  const auto globals = TRY(GlobalsReader(book, file, limits).run());
  std::vector<Sheet> out;
  Usage usage;
  for (const auto& listed : globals.sheets) {
    SheetBuilder builder(file, listed.name, usage, limits);
    if (listed.hidden) builder.hide();
    if (listed.offset > book.size()) return Failure(wrong_file(file, kDamaged, "a sheet lies beyond the end"));
    TRY(SheetReader(globals, limits, builder).run(book.subspan(listed.offset)));
    out.push_back(std::move(builder).finish());
  }
  if (out.empty()) return Failure(wrong_file(file, {"Tệp không có trang tính nào.", "The file has no worksheet."}));
  return out;
}

}  // namespace khien::sheets
