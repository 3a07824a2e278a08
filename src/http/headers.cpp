#include "http/headers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace khien::http {
namespace {

constexpr std::string_view kPolicyStart =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src "
    "'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kDefaults{{
    {"Content-Security-Policy", kPolicyStart},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
}};

constexpr std::array<std::string_view, 6> kOurs{"Content-Length", "Transfer-Encoding", "Connection",
                                                "Date",           "Keep-Alive",        "Set-Cookie"};

constexpr std::array<std::pair<int, std::string_view>, 34> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
}};

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// A source expression that cannot end its directive or add another.
bool is_origin(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || std::string_view("-._~:/[]").find(c) != std::string_view::npos;
  });
}

// RFC 6265 section 4.1.1, cookie-octet.
bool is_cookie_value(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\'; });
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_cookie(std::string& out, const Cookie& cookie) {
  out.append("Set-Cookie: ").append(cookie.name).append("=").append(cookie.value);
  out.append("; Path=/; Secure; HttpOnly; SameSite=Lax");
  if (cookie.lives) out.append("; Max-Age=").append(std::to_string(cookie.lives->count()));
  out.append("\r\n");
}

bool is_set(const Response& response, std::string_view name) {
  return std::ranges::any_of(response.headers, [&](const Field& field) { return same_name(field.name, name); });
}

}  // namespace

std::string content_security_policy(std::span<const std::string> form_origins) {
  std::string policy(kPolicyStart);
  for (const std::string& origin : form_origins) {
    if (is_origin(origin)) policy.append(" ").append(origin);
  }
  return policy;
}

void append_default_headers(const Response& response, bool tls, std::string& out) {
  for (const auto& [name, value] : kDefaults) {
    if (!is_set(response, name)) append_field(out, name, value);
  }
  if (tls && !is_set(response, "Strict-Transport-Security")) {
    append_field(out, "Strict-Transport-Security", "max-age=31536000");
  }
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_field_value(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= ' ' && byte != 0x7f);
  });
}

bool may_leave(const Response& response) {
  return response.status >= 200 && response.status <= 599 &&
         std::ranges::all_of(response.headers,
                             [](const Field& field) {
                               return is_token(field.name) && is_field_value(field.value) &&
                                      std::ranges::none_of(
                                          kOurs, [&](std::string_view ours) { return same_name(field.name, ours); });
                             }) &&
         std::ranges::all_of(response.cookies, [](const Cookie& cookie) {
           return is_token(cookie.name) && is_cookie_value(cookie.value);
         });
}

std::string head_of(const Response& response, const HeadFacts& facts) {
  std::string out;
  out.reserve(768);
  out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason_of(response.status));
  out.append("\r\n");
  append_field(out, "Date", facts.date);
  for (const Field& field : response.headers) append_field(out, field.name, field.value);
  for (const Cookie& cookie : response.cookies) append_cookie(out, cookie);
  append_default_headers(response, facts.tls, out);
  // 204 and 304 have no content (RFC 9110 section 8.6).
  if (response.status != 204 && response.status != 304) {
    append_field(out, "Content-Length", std::to_string(response.content().size()));
  }
  if (!facts.keep_alive) append_field(out, "Connection", "close");
  out.append("\r\n");
  return out;
}

std::string_view reason_of(int status) {
  const auto found = std::ranges::find(kReasons, status, &std::pair<int, std::string_view>::first);
  return found == kReasons.end() ? "Status" : found->second;
}

}  // namespace khien::http
