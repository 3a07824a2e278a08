#include "sheets/read.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "sheets/builder.h"
#include "sheets/csv.h"
#include "sheets/decode.h"
#include "sheets/html.h"
#include "sheets/old_text.h"
#include "sheets/package.h"
#include "sheets/workbook.h"
#include "sheets/worksheet.h"
#include "sheets/xls.h"

namespace khien::sheets {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kOldOffice = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // also XLSX behind a password

const Text kMarkup{"Tệp là XML mang tên bảng tính. Hãy mở bằng Excel và lưu lại dạng .xlsx.",
                   "The file is XML named as a spreadsheet. Open it in Excel and save it as .xlsx."};
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

/// Not what Excel writes as a page, which begins with <html xmlns:…>.
bool is_xml(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  return text.substr(first).starts_with("<?xml") && fold(text.substr(0, 1024)).find("<html") == std::string::npos;
}

Result<std::vector<Sheet>> read_as_given(ByteView bytes, std::string_view file_name, const Limits& limits) {
  if (bytes.size() > limits.file)
    return Failure(wrong_file(
        file_name, {fmt::format("Tệp lớn quá {} MiB. {}", limits.file >> 20, advice_on_size().vi),
                    fmt::format("The file is larger than {} MiB. {}", limits.file >> 20, advice_on_size().en)}));
  const std::string_view raw = text_of(bytes);
  if (raw.starts_with(kZip)) return read_xlsx(bytes, file_name, limits);
  if (raw.starts_with(kOldOffice)) return read_xls(bytes, file_name, limits);
  if (raw.starts_with("%PDF-")) return Failure(wrong_file(file_name, kPdf));
  const Decoded decoded = TRY(decode_text(bytes, file_name));
  const std::string& text = decoded.text;
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return Failure(wrong_file(file_name, kEmpty));
  std::vector<Sheet> out;
  if (is_xml(text)) return Failure(wrong_file(file_name, kMarkup));
  out.push_back(is_markup(text) ? TRY(read_html(text, file_name, limits)) : TRY(read_csv(text, file_name, limits)));
  if (!decoded.old_encoding.empty())
    out.back().notes.push_back(wrong_file(
        file_name,
        Text::format("Chữ trong tệp được đọc theo bảng mã {}. Hãy xem kỹ tên trong bản xem trước.",
                     "The text is read as {}. Look well at the names in the preview.", decoded.old_encoding)));
  return out;
}

}  // namespace

/// Text typed in old fonts can come in any of the formats.
Result<std::vector<Sheet>> read(ByteView bytes, std::string_view file_name, const Limits& limits) {
  auto sheets = TRY(read_as_given(bytes, file_name, limits));
  for (auto& sheet : sheets) convert_old_text(sheet);
  return sheets;
}

}  // namespace khien::sheets
