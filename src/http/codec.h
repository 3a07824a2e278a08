// Small readings shared by headers, paths, queries and forms: white space, percent-encoding, checked UTF-8. Only for
// this folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace khien::http {

/// Without spaces and tabs at both ends (OWS, RFC 9110 section 5.6.3).
std::string_view trim_spaces(std::string_view text);

enum class Plus { Literal, Space };

/// Strict: every '%' is followed by two hexadecimal digits.
std::optional<std::string> decode_percent(std::string_view text, Plus plus);

/// True for well-formed UTF-8 without NUL.
bool is_clean_text(std::string_view text);

/// A path of a request target: begins with '/', decodes to UTF-8 without control characters, no segment "." or "..", no
/// encoded '/' or '\'. nullopt otherwise.
std::optional<std::string> decode_path(std::string_view raw);

}  // namespace khien::http
