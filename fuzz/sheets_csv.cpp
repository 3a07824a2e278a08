// Text as a CSV file: decoding, separators, quotes, the heading row, and every meaning of every cell.
#include <cstdlib>

#include "sheets/csv_write.h"
#include "sheets/identity_number.h"
#include "sheets/read.h"
#include "sheets/table.h"
#include "sheets/values.h"

namespace {

using namespace khien;
using namespace khien::sheets;

void read_meanings(const Cell& cell) {
  (void)date_value(cell);
  (void)identity_value(cell);
  (void)list_value(cell);
  (void)phone_value(cell);
  (void)email_value(cell);
  (void)text_value(cell);
}

/// What our writer makes of a sheet must read back as the same cells.
void round_trip(const Sheet& sheet) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : sheet.rows) {
    auto& out = rows.emplace_back();
    for (const auto& cell : row.cells) out.push_back(without_formula(cell.text));
  }
  if (rows.empty()) return;
  const auto again = read(bytes_of(csv_file(rows)), "again.csv");
  if (!again || again->front().rows.size() != rows.size()) std::abort();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& cells = again->front().rows[i].cells;
    if (cells.size() != rows[i].size()) std::abort();
    for (std::size_t j = 0; j < rows[i].size(); ++j)
      if (cells[j].text != rows[i][j]) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::vector<Column> columns{
      {.key = "name", .required = true, .synonyms = {"Họ và tên"}, .parts = {{"Họ đệm"}, {"Tên"}}},
      {.key = "born", .synonyms = {"Ngày sinh"}}};
  const auto sheets = read({data, size}, "f.csv");
  if (!sheets) return 0;
  for (const auto& sheet : *sheets) {
    for (const auto& row : sheet.rows)
      for (const auto& cell : row.cells) read_meanings(cell);
    (void)table(sheet, columns);
    round_trip(sheet);
  }
  return 0;
}
