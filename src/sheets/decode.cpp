#include "sheets/decode.h"

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

Error wrong_line(std::string_view file, std::size_t line, Text what) {
  what.vi = fmt::format("Dòng {}: {}", line, what.vi);
  what.en = fmt::format("Line {}: {}", line, what.en);
  return Error::invalid(std::move(what)).at({std::string(file), line, 0});
}

const Text kNotUtf8{
    "chữ không phải UTF-8 (có thể là bảng mã cũ như TCVN3, VNI, Windows-1258). Hãy lưu lại tệp dạng "
    "«CSV UTF-8» hoặc XLSX.",
    "the text is not UTF-8 (perhaps an old encoding such as TCVN3, VNI, Windows-1258). Save the file "
    "as \"CSV UTF-8\" or XLSX."};
const Text kBinary{"có byte không phải chữ; tệp không phải CSV, hoặc là UTF-16 thiếu dấu thứ tự byte (BOM).",
                   "bytes that are not text; the file is not CSV, or it is UTF-16 without a byte order mark."};
const Text kBrokenUtf16{"chữ UTF-16 bị hỏng.", "the UTF-16 text is damaged."};

Result<std::string> from_utf16(ByteView bytes, bool big_endian, std::string_view file) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(big_endian ? bytes[at] << 8 | bytes[at + 1] : bytes[at + 1] << 8 | bytes[at]);
  };
  std::size_t line = 1;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    if (at + 1 == bytes.size()) return Failure(wrong_line(file, line, kBrokenUtf16));
    std::uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xDC00 && at + 3 < bytes.size()) {
      const std::uint32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return Failure(wrong_line(file, line, kBrokenUtf16));
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    if (c >= 0xD800 && c < 0xE000) return Failure(wrong_line(file, line, kBrokenUtf16));
    if (c == '\n') ++line;
    append_utf8(out, c);
  }
  return out;
}

/// Looks for the first line that is not text.
Result<void> check_lines(std::string_view text, std::string_view file) {
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto part = text.substr(at, end - at);
    if (part.find('\0') != std::string_view::npos) return Failure(wrong_line(file, line, kBinary));
    if (!is_utf8(part)) return Failure(wrong_line(file, line, kNotUtf8));
    at = end + 1;
  }
  return {};
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    if (c < 0x10000) {
      out += static_cast<char>(0xE0 | (c >> 12));
    } else {
      out += static_cast<char>(0xF0 | (c >> 18));
      out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    }
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

Result<std::string> decode_text(ByteView bytes, std::string_view file_name) {
  std::string text;
  if (bytes.size() >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF))) {
    text = TRY(from_utf16(bytes.subspan(2), bytes[0] == 0xFE, file_name));
  } else {
    text = text_of(bytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  }
  TRY(check_lines(text, file_name));
  return text;
}

}  // namespace khien::sheets
