#include "sheets/decode.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/legacy_vietnamese.h"
#include "base/syllables.h"
#include "base/vietnamese.h"

namespace khien::sheets {
namespace {

constexpr std::size_t kEnoughWords = 3;
constexpr std::size_t kSample = std::size_t{256} << 10;  // bytes

Error wrong_line(std::string_view file, std::size_t line, Text what) {
  what.vi = fmt::format("Dòng {}: {}", line, what.vi);
  what.en = fmt::format("Line {}: {}", line, what.en);
  return Error::invalid(std::move(what)).at({std::string(file), line, 0});
}

const Text kNotUtf8{
    "chữ không phải UTF-8, và không đọc được chắc chắn theo bảng mã cũ nào (TCVN3, VNI, Windows-1258). Hãy lưu lại "
    "tệp dạng «CSV UTF-8» hoặc XLSX.",
    "the text is not UTF-8, and reads for certain in none of the old encodings (TCVN3, VNI, Windows-1258). Save the "
    "file as \"CSV UTF-8\" or XLSX."};
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

/// The lines that tell the encoding: with bytes beyond ASCII.
std::string sample_of(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size() && out.size() < kSample;) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    const auto line = bytes.substr(at, end - at);
    if (!is_ascii(line)) (out += line.substr(0, kSample)) += '\n';
    at = end + 1;
  }
  return out;
}

/// What a page says of itself; Excel writes Windows-1252 and numbers for what that lacks.
std::optional<Decoded> from_declared(std::string_view bytes) {
  if (!is_markup(bytes)) return std::nullopt;
  const std::string head = fold(bytes.substr(0, 4096));
  for (const char* code_page : {"windows-1258", "windows-1252", "iso-8859-1"})
    if (head.find(fmt::format("charset={}", code_page)) != std::string::npos ||
        head.find(fmt::format("charset=\"{}", code_page)) != std::string::npos)
      if (auto text = from_code_page(code_page, bytes)) return Decoded{std::move(*text), code_page};
  return std::nullopt;
}

/// Nullopt if no old encoding, or more than one, makes Vietnamese of it.
std::optional<Decoded> from_old_bytes(std::string_view bytes) {
  if (auto declared = from_declared(bytes)) return declared;
  using Reader = std::optional<Decoded> (*)(std::string_view);
  constexpr std::array<Reader, 3> kReaders{
      [](std::string_view in) -> std::optional<Decoded> {
        auto text = from_code_page("windows-1258", in);
        return text ? std::optional(Decoded{std::move(*text), "Windows-1258"}) : std::nullopt;
      },
      [](std::string_view in) -> std::optional<Decoded> {
        return Decoded{from_old(OldEncoding::Tcvn3, latin1_text(in)), std::string(name_of(OldEncoding::Tcvn3))};
      },
      [](std::string_view in) -> std::optional<Decoded> {
        return Decoded{from_old(OldEncoding::Vni, latin1_text(in)), std::string(name_of(OldEncoding::Vni))};
      }};
  const std::string sample = sample_of(bytes);
  Reader found = nullptr;
  for (const auto reader : kReaders) {
    const auto read = reader(sample);
    const Reading words = read ? read_words(read->text) : Reading{};
    if (words.words < kEnoughWords || !words.at_least(90)) continue;
    if (found != nullptr) return std::nullopt;
    found = reader;
  }
  return found == nullptr ? std::nullopt : found(bytes);
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

bool is_markup(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return false;
  const std::string head = fold(text.substr(first, 16));
  return head.starts_with("<!doctype") || head.starts_with("<html") || head.starts_with("<?xml") ||
         head.starts_with("<table") || head.starts_with("<meta") || head.starts_with("<head") ||
         head.starts_with("<style") || head.starts_with("<div");
}

Result<Decoded> decode_text(ByteView bytes, std::string_view file_name) {
  Decoded out;
  if (bytes.size() >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF))) {
    out.text = TRY(from_utf16(bytes.subspan(2), bytes[0] == 0xFE, file_name));
  } else {
    out.text = text_of(bytes);
    if (out.text.starts_with("\xEF\xBB\xBF")) out.text.erase(0, 3);
    if (!is_utf8(out.text))
      if (auto old = from_old_bytes(out.text)) out = std::move(*old);
  }
  TRY(check_lines(out.text, file_name));
  return out;
}

}  // namespace khien::sheets
