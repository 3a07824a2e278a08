#include "audit/notes.h"

#include <algorithm>

#include "base/encoding.h"

namespace khien::audit {
namespace {

constexpr std::string_view kOneLine = "khien-checkpoint=";
constexpr std::string_view kOrigin = "khien/";
constexpr std::string_view kSignature = "\u2014 ";

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool is_base64url(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string one_line(std::string_view note) {
  return std::string(kOneLine) + base64url(bytes_of(note));
}

std::vector<std::string> notes_in(std::string_view text) {
  std::vector<std::string> out;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto at = lines[i].find(kOneLine); at != std::string_view::npos) {
      const auto rest = lines[i].substr(at + kOneLine.size());
      const auto end = std::ranges::find_if_not(rest, is_base64url) - rest.begin();
      const auto bytes = from_base64url(rest.substr(0, static_cast<std::size_t>(end)));
      out.push_back(bytes ? std::string(khien::text_of(*bytes)) : std::string());
      continue;
    }
    if (!lines[i].starts_with(kOrigin)) continue;
    // The body, a blank line, signatures; the next line that is none of these ends it.
    std::string note;
    std::size_t next = i;
    for (; next < lines.size() && !lines[next].empty(); ++next) (note += lines[next]) += '\n';
    if (next < lines.size()) note += '\n', ++next;
    for (; next < lines.size() && lines[next].starts_with(kSignature); ++next) (note += lines[next]) += '\n';
    out.push_back(std::move(note));
    i = next - 1;
  }
  return out;
}

}  // namespace khien::audit
