// XLSX from both ends: whole files (the zip), and the XML of the parts, which a mutated zip would never let through.
// An input that does not begin as a zip is the inner XML of sheet, strings, styles and workbook, separated by zeros.
#include <algorithm>
#include <array>

#include "sheets/read.h"
#include "sheets/table.h"
#include "sheets/test_zip.h"
#include "sheets/values.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace khien;
  using namespace khien::sheets;
  static const std::vector<Column> columns{
      {.key = "name", .required = true, .synonyms = {"Họ và tên"}, .parts = {{"Họ đệm"}, {"Tên"}}},
      {.key = "born", .synonyms = {"Ngày sinh"}}};
  Limits limits;
  limits.unpacked = limits.free_unpacked = 8 << 20;
  std::string whole(text_of({data, size}));
  if (!whole.starts_with("PK")) {
    std::array<std::string, 4> parts;
    for (std::size_t i = 0, at = 0; i < parts.size() && at < whole.size(); ++i) {
      const auto end = std::min(whole.find('\0', at), whole.size());
      parts[i] = whole.substr(at, end - at);
      at = end + 1;
    }
    whole = zip_of(workbook_parts(parts[0], parts[1], parts[2], parts[3]), false);
  }
  const auto sheets = read(bytes_of(whole), "f.xlsx", limits);
  if (!sheets) return 0;
  (void)find_table(*sheets, columns);
  for (const auto& sheet : *sheets)
    for (const auto& row : sheet.rows)
      for (const auto& cell : row.cells) (void)date_value(cell);
  return 0;
}
