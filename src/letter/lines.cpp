#include "letter/lines.h"

#include <array>

#include "base/vietnamese.h"
#include "letter/numbers.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

bool is_decoration(char32_t c) {
  return c == ' ' || c == '\t' || c == '*' || c == '_' || c == '\\' || c == '#' || c == '>' || c == '`' || c == 0xA0 ||
         c == 0xFEFF || c == 0x200B || c == '|';
}

bool is_bullet(char32_t c) {
  return c == '-' || c == '+' || c == 0x2022 || c == 0x25CF || c == 0x25CB || c == 0x2013 || c == 0x2014 || c == 0xB7 ||
         c == 0x25AA || c == 0x25A0 || c == 0x2713 || c == 0x27A2 || c == 0x2212 || (c >= 0xF000 && c <= 0xF0FF);
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t skip_decoration(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    std::size_t next = at;
    if (!is_decoration(next_code_point(text, next))) break;
    at = next;
  }
  return at;
}

/// "1- ", "I- ": the Party's way.
bool is_dash_before_blank(std::string_view text, std::size_t at, std::size_t end) {
  return text[at] == '-' && at + 1 < end && text[at + 1] == ' ';
}

/// "1.", "2.1.", "1)", "3/", "1.2 "; the digits of a date or a number in a sentence do not count.
std::optional<Marker> numbered(std::string_view text, std::size_t at, std::size_t end) {
  if (at < end && text[at] == '(') {  // "(1) …"
    const std::size_t close = text.substr(0, end).find(')', at);
    if (close == std::string_view::npos || close < at + 2 || close > at + 3) return std::nullopt;
    const std::string_view inside = text.substr(at + 1, close - at - 1);
    if (!digits_only(inside) && !(inside.size() == 1 && is_letter(inside[0]))) return std::nullopt;
    return Marker{std::string(inside), skip_decoration(text, close + 1, end)};
  }
  std::size_t next = at;
  std::string label;
  std::size_t dots = 0;
  while (next < end && (is_digit(text[next]) || (text[next] == '.' && next + 1 < end && is_digit(text[next + 1])))) {
    dots += text[next] == '.' ? 1U : 0U;
    label += text[next++];
  }
  if (label.empty() || label.size() > (dots == 0 ? 2U : 8U)) return std::nullopt;
  while (next < end && text[next] == '\\') ++next;
  const bool closed = next < end && (text[next] == '.' || text[next] == ')' || text[next] == '/' ||
                                     is_dash_before_blank(text, next, end));
  if (closed) ++next;
  if (!closed && dots == 0) return std::nullopt;
  if (next < end && text[next] != ' ' && text[next] != '\t' && text[next] != '*' && is_digit(text[next]))
    return std::nullopt;
  return Marker{label, skip_decoration(text, next, end)};
}

/// "Điều 4. Mật khẩu" of rules; "điều 4 Nghị định …" inside a sentence has no such mark.
std::optional<Marker> article(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t next = at;
  for (const std::string_view word : {"Điều ", "ĐIỀU ", "Dieu ", "DIEU "})
    if (text.substr(at, end - at).starts_with(word)) next = at + word.size();
  if (next == at) return std::nullopt;
  std::string label = "Điều ";
  while (next < end && is_digit(text[next])) label += text[next++];
  const bool closed = next < end && (text[next] == '.' || text[next] == ':');
  if (label.ends_with(' ') || label.size() > 10 || !closed) return std::nullopt;
  return Marker{label, skip_decoration(text, next + 1, end)};
}

/// "a)", "đ)", "b.", "IV.", "A."
std::optional<Marker> lettered(std::string_view text, std::size_t at, std::size_t end) {
  std::string label;
  std::size_t next = at;
  if (text.substr(at).starts_with("đ") || text.substr(at).starts_with("Đ")) {
    label = "đ";
    next += 2;
  } else {
    while (next < end && is_letter(text[next]) && label.size() < 5) label += text[next++];
    const bool roman = label.find_first_not_of("IVX") == std::string::npos;
    if (label.empty() || (label.size() > 1 && !roman)) return std::nullopt;
  }
  while (next < end && text[next] == '\\') ++next;
  if (next >= end ||
      (text[next] != ')' && text[next] != '.' && text[next] != '/' && !is_dash_before_blank(text, next, end)))
    return std::nullopt;
  ++next;
  if (next < end && text[next] != ' ' && text[next] != '\t' && text[next] != '*') return std::nullopt;  // V/v, T.P
  return Marker{label, skip_decoration(text, next, end)};
}

}  // namespace

Range trimmed(const Source& source, Range line) {
  const std::string_view text = source.text;
  const std::size_t begin = skip_decoration(text, line.begin, line.end);
  std::size_t end = begin;
  for (std::size_t at = begin; at < line.end;) {
    if (!is_decoration(next_code_point(text, at))) end = at;
  }
  return {begin, end};
}

std::optional<Marker> marker_of(const Source& source, Range line) {
  const Range content = trimmed(source, line);
  if (content.empty()) return std::nullopt;
  const std::string_view text = source.text;
  // A star is a bullet only when a blank follows; two stars are emphasis.
  for (std::size_t at = line.begin; at + 1 < content.begin; ++at)
    if (text[at] == '*' && text[at + 1] == ' ') return Marker{"*", content.begin};
  std::size_t next = content.begin;
  if (is_bullet(next_code_point(text, next))) {
    const std::string label(text.substr(content.begin, next - content.begin));
    return Marker{label == "+"                                   ? "+"
                  : label == "-" || label == "–" || label == "—" ? "-"
                                                                 : "*",
                  skip_decoration(text, next, content.end)};
  }
  if (auto marker = article(text, content.begin, content.end)) return marker;
  if (auto marker = numbered(text, content.begin, content.end)) return marker;
  return lettered(text, content.begin, content.end);
}

bool is_page_noise(std::string_view line) {
  static const Pattern page("^ trang # [#]");
  const auto tokens = tokenise(line);
  if (tokens.empty()) return true;
  if (tokens.size() == 1 && tokens[0].fold.size() <= 3 && digits_only(tokens[0].fold))
    return line.find(')') == std::string_view::npos;
  const auto match = page.match_at(tokens, 0);
  return match && tokens.size() <= 3;
}

bool is_capitals(std::string_view line) {
  std::size_t letters = 0;
  for (const Token& token : tokenise(line))
    if (!digits_only(token.fold)) letters += token.fold.size();
  return letters >= 2 && upper(line) == nfc(line).value_or(std::string());
}

bool begins_tail(const Source& source, Range line) {
  static const Pattern receivers("^ (nơi nhận|noi nhân)");
  static const Pattern signer(
      "^ [tm|kt|tl|q|tuq|t m|k t|t l] (ủy ban|ban|giám đốc|phó|chủ tịch|hiệu trưởng|chánh|trưởng|thủ trưởng|bí thư|cục "
      "trưởng|"
      "viện trưởng|tổng giám đốc|chủ nhiệm|đảng ủy|người|quyền|bộ trưởng|thường trực|hội đồng|đội trưởng|chỉ huy)");
  const auto tokens = tokenise(source, line);
  if (tokens.empty()) return false;
  if (tokens.size() <= 4 && receivers.in(tokens)) return true;
  return tokens.size() <= 10 && is_capitals(source.in(line)) && signer.match_at(tokens, 0).has_value();
}

}  // namespace khien::letter
