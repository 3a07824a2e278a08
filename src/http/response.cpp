#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "http/headers.h"
#include "http/types.h"

namespace khien::http {
namespace {

Response with_body(int status, std::string_view type, std::string body) {
  Response response(status);
  response.set("Content-Type", std::string(type));
  response.body = std::move(body);
  return response;
}

// What may stand in a Location (RFC 3986 appendix A); '%' is kept, since the caller's URL is encoded already.
std::string as_location(std::string_view location) {
  constexpr std::string_view kAllowed = "-._~:/?#[]@!$&'()*+,;=%";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : location) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || kAllowed.find(c) != std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace

Response Response::html(std::string page, int status) {
  return with_body(status, "text/html; charset=utf-8", std::move(page));
}

Response Response::text(std::string text, int status) {
  return with_body(status, "text/plain; charset=utf-8", std::move(text));
}

Response Response::json(std::string document, int status) {
  return with_body(status, "application/json", std::move(document));
}

Response Response::redirect(std::string_view location) {
  Response response(303);
  response.set("Location", as_location(location));
  return response;
}

Response Response::error(int status, const Text& text) {
  return Response::text(text.vi + "\n" + text.en + "\n", status);
}

Response Response::error(const Error& error) {
  Response response = Response::error(status_of(error.kind()), error.text());
  if (error.kind() == ErrorKind::Busy) response.set("Retry-After", "2");
  return response;
}

Response Response::problem(const Error& error, Language language, std::string_view code) {
  const int status = status_of(error.kind());
  boost::json::object document{{"title", error.text().in(language)}, {"status", status}};
  if (!code.empty()) document["code"] = code;
  Response response = with_body(status, "application/problem+json", boost::json::serialize(document));
  if (error.kind() == ErrorKind::Busy) response.set("Retry-After", "2");
  return response;
}

Response& Response::set(std::string_view name, std::string value) {
  std::erase_if(headers, [&](const Field& field) { return same_name(field.name, name); });
  return add(name, std::move(value));
}

Response& Response::add(std::string_view name, std::string value) {
  headers.push_back({std::string(name), std::move(value)});
  return *this;
}

Response& Response::set_cookie(const Cookie& cookie) {
  std::erase_if(cookies, [&](const Cookie& other) { return other.name == cookie.name; });
  cookies.push_back(cookie);
  return *this;
}

Response& Response::remove_cookie(std::string_view name) {
  return set_cookie({.name = std::string(name), .value = {}, .lives = std::chrono::seconds{0}});
}

Response& Response::allow_form_action(const std::vector<std::string>& origins) {
  return set("Content-Security-Policy", content_security_policy(origins));
}

std::string_view Response::header(std::string_view name) const {
  for (const Field& field : headers) {
    if (same_name(field.name, name)) return field.value;
  }
  return {};
}

}  // namespace khien::http
