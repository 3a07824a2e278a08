#include "sheets/read.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "sheets/builder.h"
#include "sheets/csv.h"
#include "sheets/decode.h"
#include "sheets/package.h"
#include "sheets/workbook.h"
#include "sheets/worksheet.h"

namespace khien::sheets {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kOldOffice = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // XLS, and XLSX behind a password

const Text kOldOfficeText{"Tệp là Excel 97–2003 (.xls) hoặc có đặt mật khẩu. Hãy lưu lại dạng .xlsx, không mật khẩu.",
                          "The file is Excel 97–2003 (.xls) or has a password. Save it as .xlsx without a password."};
const Text kMarkup{"Tệp là trang HTML hoặc XML mang tên bảng tính. Hãy mở bằng Excel và lưu lại dạng .xlsx.",
                   "The file is HTML or XML named as a spreadsheet. Open it in Excel and save it as .xlsx."};
const Text kPdf{"Tệp là PDF, không phải bảng tính.", "The file is a PDF, not a spreadsheet."};
const Text kEmpty{"Tệp trống.", "The file is empty."};
const Text kOtherZip{"Tệp nén này không phải bảng tính .xlsx (ODS, XLSB, Word chưa được nhận). Hãy lưu lại dạng .xlsx.",
                     "This packed file is no .xlsx workbook (ODS, XLSB and Word are not taken). Save it as .xlsx."};

Result<std::vector<Sheet>> read_xlsx(ByteView bytes, std::string_view file, const Limits& limits) {
  Package package = TRY(Package::open(bytes, file, limits));
  if (package.has("mimetype") || package.has("xl/workbook.bin") || package.has("word/document.xml"))
    return Failure(wrong_file(file, kOtherZip));
  const Workbook workbook = TRY(read_workbook(package, limits));
  std::vector<Sheet> out;
  Usage usage;
  for (const auto& sheet : workbook.sheets) {
    SheetBuilder builder(file, nfc(sheet.name).value_or(""), usage, limits);
    if (sheet.hidden) builder.hide();
    TRY(package.read(sheet.part, [&](XmlReader& xml) { return read_worksheet(xml, workbook, limits, builder); }));
    out.push_back(std::move(builder).finish());
  }
  if (out.empty()) return Failure(wrong_file(file, {"Tệp không có trang tính nào.", "The file has no worksheet."}));
  return out;
}

/// HTML and XML tables are what many systems export under the name of .xls.
bool is_markup(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  const std::string head = fold(text.substr(first, 16));
  return head.starts_with("<!doctype") || head.starts_with("<html") || head.starts_with("<?xml") ||
         head.starts_with("<table") || head.starts_with("<meta");
}

}  // namespace

Result<std::vector<Sheet>> read(ByteView bytes, std::string_view file_name, const Limits& limits) {
  if (bytes.size() > limits.file)
    return Failure(wrong_file(
        file_name, {fmt::format("Tệp lớn quá {} MiB. {}", limits.file >> 20, advice_on_size().vi),
                    fmt::format("The file is larger than {} MiB. {}", limits.file >> 20, advice_on_size().en)}));
  const std::string_view raw = text_of(bytes);
  if (raw.starts_with(kZip)) return read_xlsx(bytes, file_name, limits);
  if (raw.starts_with(kOldOffice)) return Failure(wrong_file(file_name, kOldOfficeText));
  if (raw.starts_with("%PDF-")) return Failure(wrong_file(file_name, kPdf));
  const std::string text = TRY(decode_text(bytes, file_name));
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return Failure(wrong_file(file_name, kEmpty));
  if (is_markup(text)) return Failure(wrong_file(file_name, kMarkup));
  std::vector<Sheet> out;
  out.push_back(TRY(read_csv(text, file_name, limits)));
  return out;
}

}  // namespace khien::sheets
