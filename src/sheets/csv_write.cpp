#include "sheets/csv_write.h"

#include "sheets/formula.h"

namespace khien::sheets {
namespace {

void append_quoted(std::string& out, std::string_view cell) {
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

std::string without_formula(std::string_view cell) {
  return (could_be_formula(cell) ? "'" : "") + std::string(cell);
}

std::string csv_record(std::span<const std::string> cells) {
  std::string out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    const std::string cell = without_formula(cells[i]);
    // A record of one blank cell would otherwise be an empty line, and a file that begins with "<html" HTML.
    if (cell.find_first_of(",;\t\"\r\n<") != std::string::npos ||
        (cells.size() == 1 && cell.find_first_not_of(' ') == std::string::npos))
      append_quoted(out, cell);
    else
      out += cell;
  }
  return out + "\r\n";
}

std::string csv_file(std::span<const std::vector<std::string>> rows) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& row : rows) out += csv_record(row);
  return out;
}

}  // namespace khien::sheets
