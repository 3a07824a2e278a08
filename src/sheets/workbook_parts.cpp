#include "sheets/workbook_parts.h"

#include <charconv>
#include <map>

#include "sheets/builder.h"
#include "sheets/decode.h"

namespace khien::sheets {
namespace {

using Piece = XmlReader::Piece;

constexpr std::size_t kMostStyles = 70'000;  // Excel itself stops at 65,490

}  // namespace

std::size_t number_of(std::string_view text, std::size_t otherwise) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned unit = 0;
    if (text.substr(at).starts_with("_x") && at + 6 < text.size() && text[at + 6] == '_') {
      const char* const first = text.data() + at + 2;
      const auto [end, error] = std::from_chars(first, first + 4, unit, 16);
      // A zero or half of a surrogate pair is no text of its own: it stays as it stands.
      if (error != std::errc{} || end != first + 4 || (unit >= 0xD800 && unit < 0xE000)) unit = 0;
    }
    if (unit == 0) {
      out += text[at];
    } else {
      append_utf8(out, unit);
      at += 6;
    }
  }
  return out;
}

Result<void> read_styles(XmlReader& xml, std::vector<NumberForm>& out) {
  std::map<std::size_t, NumberForm> own;
  bool in_formats = false;
  bool in_cells = false;
  for (;;) {
    const Piece piece = TRY(xml.next());
    if (piece == Piece::Finish) return {};
    if (piece == Piece::Text) continue;
    const bool start = piece == Piece::Start;
    if (xml.name() == "numFmts") {
      in_formats = start;
    } else if (xml.name() == "cellXfs") {
      in_cells = start;
    } else if (start && in_formats && xml.name() == "numFmt") {
      own[number_of(xml.attribute("numFmtId").value_or(""), 0)] = form_of(xml.attribute("formatCode").value_or(""));
    } else if (start && in_cells && xml.name() == "xf" && out.size() < kMostStyles) {
      const std::size_t id = number_of(xml.attribute("numFmtId").value_or(""), 0);
      const auto found = own.find(id);
      out.push_back(found != own.end() ? found->second : form_of_builtin(id));
    }
  }
}

Result<void> read_strings(XmlReader& xml, std::string_view file, const Limits& limits, std::vector<std::string>& out) {
  std::size_t total = 0;
  bool in_text = false;
  int phonetic = 0;
  for (;;) {
    const Piece piece = TRY(xml.next());
    if (piece == Piece::Finish) return {};
    if (piece == Piece::Text) {
      if (!in_text || phonetic > 0 || out.empty()) continue;
      total += xml.text().size();
      out.back() += xml.text();
      if (total <= limits.text && out.back().size() <= limits.cell * 7) continue;  // seven: all of it escapes
      return Failure(wrong_file(file, {"Bảng chữ dùng chung của tệp quá dài.", "The shared strings are too long."}));
    }
    const bool start = piece == Piece::Start;
    if (xml.name() == "t") in_text = start;
    if (xml.name() == "rPh") phonetic += start ? 1 : -1;
    if (xml.name() != "si") continue;
    if (!start && !out.empty()) out.back() = unescape(out.back());
    if (!start) continue;
    if (out.size() >= limits.cells)
      return Failure(wrong_file(file, {"Tệp có quá nhiều chữ dùng chung.", "The file has too many shared strings."}));
    out.emplace_back();
  }
}

}  // namespace khien::sheets
