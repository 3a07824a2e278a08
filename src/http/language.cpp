#include "http/language.h"

#include <algorithm>
#include <string>

#include "http/codec.h"

namespace khien::http {
namespace {

// qvalue (RFC 9110 section 12.4.2) in thousandths; what is none counts as 0.
int weight_of(std::string_view parameters) {
  const std::string_view text = trim_spaces(parameters);
  if (text.empty()) return 1000;
  if (!text.starts_with("q=") && !text.starts_with("Q=")) return 0;
  const std::string_view value = text.substr(2);
  if (value.empty() || value.size() > 5 || (value[0] != '0' && value[0] != '1')) return 0;
  if (value.size() > 1 && value[1] != '.') return 0;
  int weight = 0;
  int unit = 100;
  for (const char c : value.substr(std::min<std::size_t>(2, value.size()))) {
    if (c < '0' || c > '9') return 0;
    weight += (c - '0') * unit;
    unit /= 10;
  }
  return std::min(1000, (value[0] - '0') * 1000 + weight);
}

// The weight of one language: its own range, or else "*".
int weight_in(std::string_view header, std::string_view language) {
  int any = 0;
  std::optional<int> own;
  while (!header.empty()) {
    const std::size_t comma = std::min(header.find(','), header.size());
    const std::string_view item = header.substr(0, comma);
    header.remove_prefix(std::min(comma + 1, header.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string_view range = trim_spaces(item.substr(0, semicolon));
    const int weight = weight_of(item.substr(std::min(semicolon + 1, item.size())));
    if (range == "*") any = std::max(any, weight);
    if (same_name(range.substr(0, range.find('-')), language)) own = std::max(own.value_or(0), weight);
  }
  return own.value_or(any);
}

}  // namespace

std::optional<Language> parse_language(std::string_view code) {
  if (code == "vi") return Language::Vietnamese;
  if (code == "en") return Language::English;
  return std::nullopt;
}

std::string_view code_of(Language language) {
  return language == Language::Vietnamese ? "vi" : "en";
}

Language language_of(const Request& request) {
  if (const auto asked = parse_language(request.query.value("lang"))) return *asked;
  if (const auto kept = parse_language(request.cookie("lang"))) return *kept;
  const std::string_view accepted = request.header("Accept-Language");
  return weight_in(accepted, "en") > weight_in(accepted, "vi") ? Language::English : Language::Vietnamese;
}

Request preferring(Request request, Language language) {
  std::erase_if(request.headers, [](const Field& field) { return same_name(field.name, "Accept-Language"); });
  request.headers.push_back({"Accept-Language", std::string(code_of(language))});
  return request;
}

Cookie language_cookie(Language language) {
  return {.name = "lang", .value = std::string(code_of(language)), .lives = std::chrono::days{365}};
}

}  // namespace khien::http
