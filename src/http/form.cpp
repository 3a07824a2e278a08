#include "http/form.h"

#include <algorithm>

#include "http/codec.h"

namespace khien::http {
namespace {

Failure invalid(std::string detail) {
  return Failure(
      Error::invalid({"Biểu mẫu gửi lên không hợp lệ.", "The submitted form is not valid."}, std::move(detail)));
}

// "application/x-www-form-urlencoded", alone or with charset=utf-8.
bool is_form_type(std::string_view content_type) {
  const std::size_t semicolon = content_type.find(';');
  if (!same_name(trim_spaces(content_type.substr(0, semicolon)), "application/x-www-form-urlencoded")) return false;
  if (semicolon == std::string_view::npos) return true;
  const std::string_view parameter = trim_spaces(content_type.substr(semicolon + 1));
  return same_name(parameter, "charset=utf-8") || same_name(parameter, "charset=\"utf-8\"");
}

}  // namespace

Result<Values> form(const Request& request, const FormLimits& limits) {
  if (!is_form_type(request.header("Content-Type"))) return invalid("content type is not a form's");
  return parse_urlencoded(request.body, limits);
}

Result<Values> parse_urlencoded(std::string_view text, const FormLimits& limits) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (piece.empty()) continue;
    if (fields.size() == limits.fields) return invalid("too many fields");
    const std::size_t equals = std::min(piece.find('='), piece.size());
    auto name = decode_percent(piece.substr(0, equals), Plus::Space);
    auto value = decode_percent(piece.substr(std::min(equals + 1, piece.size())), Plus::Space);
    if (!name || !value) return invalid("bad percent-encoding");
    if (name->size() > limits.name_bytes || value->size() > limits.value_bytes) return invalid("field too long");
    if (!is_clean_text(*name) || !is_clean_text(*value)) return invalid("ill-formed UTF-8 or NUL");
    fields.push_back({std::move(*name), std::move(*value)});
  }
  return Values(std::move(fields));
}

}  // namespace khien::http
