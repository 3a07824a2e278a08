// The number cell: "Số: 1562/SGDĐT-CNTT", "Số 1017-CV/VPHU", with the stray blanks of OCR.
#include "base/vietnamese.h"
#include "letter/header.h"

namespace khien::letter {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// En and em dashes as the hyphen they stand for.
std::string with_plain_dashes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c >= 0x2010 && c <= 0x2015) {
      out += '-';
    } else if (c == 0xA0) {
      out += ' ';
    } else if (c != '*' && c != '\\' && c != '_') {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

std::string take_digits(std::string_view& rest) {
  std::string digits;
  while (!rest.empty()) {
    if (is_digit(rest[0])) {
      digits += rest[0];
      rest.remove_prefix(1);
    } else if (rest[0] == ' ' && rest.size() > 1 && is_digit(rest[1]) && !digits.empty()) {
      rest.remove_prefix(1);  // "1 190/UBND"
    } else {
      break;
    }
  }
  return digits;
}

std::string_view chunk_of(std::string_view rest) {
  return rest.substr(0, rest.find_first_of(" \t,;("));
}

bool joins_symbol(std::string_view chunk, const std::string& symbol) {
  if (chunk.empty()) return false;
  if (chunk[0] == '-' || chunk[0] == '/' || symbol.ends_with('-') || symbol.ends_with('/')) return true;
  if (chunk == "CỘNG" || chunk == "ĐẢNG" || chunk == "ĐỘC" || is_digit(chunk[0])) return false;
  return upper(chunk) == chunk && length(chunk) <= 10 && chunk.find_first_of("|#:.") == std::string_view::npos;
}

std::string take_symbol(std::string_view rest) {
  std::string symbol;
  int strays = 0;
  while (true) {
    const std::string_view chunk = chunk_of(rest);
    symbol += chunk;
    rest.remove_prefix(chunk.size());
    if (rest.empty() || rest[0] != ' ' || ++strays > 4) break;
    rest.remove_prefix(1);
    if (!joins_symbol(chunk_of(rest), symbol)) break;
  }
  while (!symbol.empty() &&
         (symbol.back() == '.' || symbol.back() == ':' || symbol.back() == '-' || symbol.back() == '/'))
    symbol.pop_back();
  return symbol;
}

}  // namespace

std::optional<std::string> read_number(const Source& source, const std::vector<Range>& cells,
                                       std::vector<Text>& notes) {
  for (const Range cell : cells) {
    const auto tokens = tokenise(source, cell);
    if (tokens.empty() || tokens[0].fold != "so" || tokens[0].lower == "sở" || tokens[0].lower == "sổ") continue;
    const std::string line = with_plain_dashes(source.in({tokens[0].range.end, cell.end}));
    std::string_view rest = line;
    while (!rest.empty() && (rest[0] == ' ' || rest[0] == ':' || rest[0] == '.' || rest[0] == '\t'))
      rest.remove_prefix(1);
    const std::string digits = take_digits(rest);
    while (!rest.empty() && rest[0] == ' ') rest.remove_prefix(1);
    const bool joined = !rest.empty() &&
                        (rest[0] == '/' || rest[0] == '-' || (!digits.empty() && ((rest[0] >= 'a' && rest[0] <= 'e'))));
    if (digits.empty()) {
      notes.push_back(
          {"Số ký hiệu để trống; cần người điền.", "The letter's number is blank; a person must fill it in."});
      return std::nullopt;
    }
    if (!joined && !rest.empty()) continue;
    return digits + take_symbol(rest);
  }
  notes.push_back({"Không tìm thấy số ký hiệu.", "No number was found."});
  return std::nullopt;
}

}  // namespace khien::letter
