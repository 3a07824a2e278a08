#include "letter/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "letter/source.h"
#include "letter/token.h"

namespace khien::letter {
namespace {

/// Codes of the catalogue may stand bare; everything else is quoted.
std::string scalar(const std::string& text) {
  static constexpr std::string_view kReserved[] = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  const bool bare = !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos &&
                    !contains(kReserved, std::string_view(text));
  return bare ? text : yaml_quoted(text);
}

std::string or_blank(const std::optional<std::string>& text) {
  return text ? yaml_quoted(*text) : "~";
}

std::string of(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&value)) return scalar(*text);
  std::string out = "[";
  for (const auto& element : std::get<std::vector<std::string>>(value)) {
    if (out.size() > 1) out += ", ";
    out += scalar(element);
  }
  return out + "]";
}

std::string of(const ProposedControl& control) {
  std::string params;
  for (const auto& [name, value] : control.params) params += (params.empty() ? "" : ", ") + name + ": " + of(value);
  std::string out = fmt::format("      - {{kind: {}, force: {}, params: {{{}}}", policy::code_of(control.kind),
                                control.strength == Strength::Must ? "must" : "should", params);
  if (control.applies_to) out += ", for: " + yaml_quoted(*control.applies_to);
  out += "}\n";
  for (const policy::Parameter& parameter : policy::spec_of(control.kind).parameters)
    if (parameter.required && !control.params.contains(std::string(parameter.name)))
      out += fmt::format("      # cần điền / to be filled in: {}\n", parameter.name);
  return out;
}

/// What a directive holds at most (see the directives subject).
constexpr std::size_t kMostControls = 20;
constexpr std::size_t kMostWords = 3900;

/// The quote, cut between two characters if it is too long for a directive.
std::string words_of(const std::string& quote) {
  if (quote.size() <= kMostWords) return quote;
  std::size_t end = kMostWords;
  while ((static_cast<unsigned char>(quote[end]) & 0xC0U) == 0x80U) --end;
  return quote.substr(0, end) + "…";
}

struct Part {
  std::string item;
  std::string quote;
  std::vector<const ProposedControl*> controls;
};

/// Controls of one item and one quote are one clause.
std::vector<Part> parts_of(const Reading& reading) {
  std::vector<Part> parts;
  for (const auto& control : reading.controls) {
    const auto known = std::ranges::find_if(parts, [&](const Part& part) {
      return part.item == control.item && part.quote == control.quote && part.controls.size() < kMostControls;
    });
    if (known != parts.end()) {
      known->controls.push_back(&control);
    } else {
      parts.push_back({control.item, control.quote, {&control}});
    }
  }
  return parts;
}

std::string comment(std::string_view text) {
  std::string out = "# ";
  for (const char c : text) out += c == '\n' || c == '\r' ? ' ' : c;
  return out + "\n";
}

std::string clauses(const Reading& reading) {
  const auto parts = parts_of(reading);
  if (parts.empty()) return "clauses: []\n";
  std::map<std::string, int> total;
  std::map<std::string, int> seen;
  for (const Part& part : parts) ++total[part.item];
  std::string out = "clauses:\n";
  int running = 0;
  for (const Part& part : parts) {
    ++running;
    const int number = ++seen[part.item];
    std::string id = part.item;
    if (id.empty()) {
      id = fmt::format("t{}", running);  // of the running text: no number of the letter's own
    } else if (total[part.item] > 1) {
      id += fmt::format("-{}", number);
    }
    out += fmt::format("  - id: {}\n    words: {{vi: {}}}\n    controls:\n", yaml_quoted(id),
                       yaml_quoted(words_of(part.quote)));
    for (const auto* control : part.controls) out += of(*control);
  }
  return out;
}

}  // namespace

std::string yaml_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
      out += fmt::format("\\x{:02X}", static_cast<unsigned>(c));
    } else if (c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c >= 0xFFFE && c <= 0xFFFF)) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out + "\"";
}

std::string to_draft(const Reading& reading) {
  std::string out = comment("Dự thảo do máy đọc từ văn bản; chưa có hiệu lực cho đến khi có người xác nhận.");
  out += comment("A draft read from the letter by machine; nothing is in force until a person confirms it.");
  for (const Text& note : reading.notes) out += comment("- " + note.vi + " / " + note.en);
  const Header& header = reading.header;
  out += "code: ~            # mã ngắn, ví dụ LA / short code, e.g. LA\n";
  out += "number: " + or_blank(header.number) + "\n";
  out += "date: " + or_blank(header.date) + "\n";
  out += "issuer: " + or_blank(header.issuer) + "\n";
  out += "subject: " + or_blank(header.subject) + "\n";
  out += "adopted_by: ~      # mã đơn vị áp dụng / code of the unit here that adopts it\n";
  out += "from: ~            # ngày bắt đầu hiệu lực / first day in force\n";
  out +=
      "scope: {units: [], systems: [], groups: [], accounts: []}   # để trống: mọi thứ dưới adopted_by / empty: "
      "everything below adopted_by\n";
  return out + clauses(reading);
}

}  // namespace khien::letter
