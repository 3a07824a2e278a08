#include "http/codec.h"

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool has_dot_segment(std::string_view path) {
  std::size_t start = 0;
  while (start <= path.size()) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view segment = path.substr(start, end - start);
    if (segment == "." || segment == "..") return true;
    start = end + 1;
  }
  return false;
}

}  // namespace

std::string_view trim_spaces(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::string> decode_percent(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus == Plus::Space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (text.size() - i < 3) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

bool is_clean_text(std::string_view text) {
  return text.find('\0') == std::string_view::npos && (is_ascii(text) || is_utf8(text));
}

std::optional<std::string> decode_path(std::string_view raw) {
  if (!raw.starts_with('/')) return std::nullopt;
  auto path = decode_percent(raw, Plus::Literal);
  if (!path) return std::nullopt;
  // An encoded slash would make two readers see two different paths.
  if (std::ranges::count(*path, '/') != std::ranges::count(raw, '/')) return std::nullopt;
  const bool control = std::ranges::any_of(*path, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < ' ' || byte == 0x7f || byte == '\\';
  });
  if (control || !is_clean_text(*path) || has_dot_segment(*path)) return std::nullopt;
  return path;
}

}  // namespace khien::http
