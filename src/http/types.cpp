#include "http/types.h"

#include <algorithm>
#include <array>
#include <utility>

#include "http/codec.h"

namespace khien::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> kMethods{{{Method::Get, "GET"},
                                                                       {Method::Head, "HEAD"},
                                                                       {Method::Post, "POST"},
                                                                       {Method::Put, "PUT"},
                                                                       {Method::Patch, "PATCH"},
                                                                       {Method::Delete, "DELETE"},
                                                                       {Method::Options, "OPTIONS"}}};

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string_view value_in(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (same_name(field.name, name)) return field.value;
  }
  return {};
}

}  // namespace

std::string_view name_of(Method method) {
  for (const auto& [known, name] : kMethods) {
    if (known == method) return name;
  }
  std::unreachable();
}

std::optional<Method> parse_method(std::string_view token) {
  for (const auto& [method, name] : kMethods) {
    if (name == token) return method;
  }
  return std::nullopt;
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::ranges::equal(a, b, {}, lower_ascii, lower_ascii);
}

std::string_view Values::value(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &Field::name);
  return found == fields_.end() ? std::string_view{} : found->value;
}

std::size_t Values::count(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::count(fields_, name, &Field::name));
}

std::vector<std::string> Values::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const Field& field : fields_) {
    if (field.name == name) values.push_back(field.value);
  }
  return values;
}

std::optional<std::string> Values::repeated() const {
  std::vector<std::string_view> names;
  for (const Field& field : fields_) names.emplace_back(field.name);
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  if (twice == names.end()) return std::nullopt;
  return std::string(*twice);
}

std::string_view Request::header(std::string_view name) const {
  return value_in(headers, name);
}

// RFC 6265 section 5.4: pairs parted by semicolons; several Cookie headers are read as one.
std::string_view Request::cookie(std::string_view name) const {
  std::optional<std::string_view> found;
  for (const Field& field : headers) {
    if (!same_name(field.name, "Cookie")) continue;
    std::string_view rest = field.value;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = trim_spaces(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
      const std::string_view value = pair.substr(equals + 1);
      if (found && *found != value) return {};  // somebody planted one: trust neither
      found = value;
    }
  }
  return found.value_or(std::string_view{});
}

std::string_view Request::parameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, &Field::name);
  return found == parameters.end() ? std::string_view{} : found->value;
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Invalid:
      return 400;
    case ErrorKind::NotFound:
      return 404;
    case ErrorKind::Conflict:
      return 409;
    case ErrorKind::Refused:
      return 403;
    case ErrorKind::Busy:
    case ErrorKind::Unavailable:
      return 503;
    case ErrorKind::Internal:
      return 500;
  }
  return 500;
}

}  // namespace khien::http
