#include "base/json_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/characters.h"

namespace khien {

std::string json_text(std::string_view text) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; };
  std::string out = "\"";
  if (std::ranges::all_of(text, is_plain)) return (out += text) += '"';
  for (const char32_t c : code_points(text)) {
    if (c == U'"' || c == U'\\')
      (out += '\\') += static_cast<char>(c);
    else if (!steers(c))
      out += c < 0x80 ? std::string(1, static_cast<char>(c)) : utf8_of({&c, 1});
    else if (c < 0x10000)
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(c));
    else
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
  }
  return out + '"';
}

}  // namespace khien
