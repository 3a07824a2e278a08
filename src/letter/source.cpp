#include "letter/source.h"

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::letter {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Length of the well-formed UTF-8 sequence at the front, or 0.
std::size_t sequence_length(std::string_view text) {
  for (std::size_t size = 1; size <= 4 && size <= text.size(); ++size)
    if (is_utf8(text.substr(0, size))) return size;
  return 0;
}

/// Where the first ill-formed byte stands.
Place first_bad_byte(std::string_view bytes) {
  Place place{.file = {}, .line = 1, .column = 1};
  while (!bytes.empty()) {
    const std::size_t size = sequence_length(bytes);
    if (size == 0) break;
    if (bytes[0] == '\n') {
      ++place.line;
      place.column = 1;
    } else {
      ++place.column;
    }
    bytes.remove_prefix(size);
  }
  return place;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || byte == 0x7F;
}

/// A stray control character may come from a copied page; many mean that this is no text.
bool looks_binary(std::string_view bytes) {
  std::size_t controls = 0;
  for (const char c : bytes) {
    if (c == '\0') return true;
    if (is_control(c)) ++controls;
  }
  return controls * 100 > bytes.size();
}

bool has_letters(std::string_view text) {
  for (const char c : fold(text))
    if ((c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0xC0) return true;
  return false;
}

/// Vietnamese with marks has them on more than half of its words; a tenth of the bytes is far below that.
bool is_marked(std::string_view text) {
  const auto marked = std::ranges::count_if(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return static_cast<std::size_t>(marked) * 10 > text.size();
}

std::vector<Range> split_lines(std::string_view text) {
  std::vector<Range> lines;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != '\n' && text[at] != '\r' && text[at] != '\f') continue;
    lines.push_back({begin, at});
    if (at + 1 < text.size() && text[at] == '\r' && text[at + 1] == '\n') ++at;
    begin = at + 1;
  }
  return lines;
}

Failure refuse(const char* vi, const char* en) {
  return Failure(Error::invalid({vi, en}));
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  size = std::min(size, text.size() - at);
  char32_t point = size == 1 ? lead : static_cast<char32_t>(lead & (0xFFU >> (size + 1)));
  for (std::size_t i = 1; i < size; ++i) point = (point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  at += size;
  return point;
}

Result<Source> load(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (bytes.empty())
    return refuse("Tệp trống: không có nội dung văn bản.", "The file is empty: there is no letter in it.");
  if (bytes.size() > kMaxLetterBytes)
    return refuse("Văn bản vượt quá 1 MiB; hãy tách phần phụ lục.",
                  "The letter is over 1 MiB; please split off its annexes.");
  if (looks_binary(bytes))
    return refuse("Tệp không phải là văn bản thuần (có ký tự điều khiển); hãy xuất ra văn bản UTF-8.",
                  "The file is not plain text (it holds control characters); please export it as UTF-8 text.");
  auto text = nfc(bytes);
  if (!text) {
    const Place bad = first_bad_byte(bytes);
    return Failure(Error::invalid(Text::format("Dòng {0}, cột {1}: không phải UTF-8; hãy lưu lại tệp bằng mã UTF-8.",
                                               "Line {0}, column {1}: not UTF-8; please save the file as UTF-8.",
                                               bad.line, bad.column))
                       .at(bad));
  }
  if (!has_letters(*text)) return refuse("Tệp không có chữ nào để đọc.", "There are no letters to read in the file.");
  Source source{.text = std::move(*text), .lines = {}};
  source.marked = is_marked(source.text);
  source.lines = split_lines(source.text);
  return source;
}

Place place_of(const Source& source, std::size_t offset) {
  Place place{.file = {}, .line = 1, .column = 1};
  for (std::size_t i = 0; i < source.lines.size() && source.lines[i].begin <= offset; ++i) place.line = i + 1;
  const Range line = source.lines[place.line - 1];
  place.column = length(source.in({line.begin, std::max(offset, line.begin)})) + 1;
  return place;
}

}  // namespace khien::letter
