// Requests and responses as plain values: what a handler reads and what it answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"

namespace khien::http {

enum class Method { Get, Head, Post, Put, Patch, Delete, Options };

std::string_view name_of(Method method);
std::optional<Method> parse_method(std::string_view token);

struct Field {
  std::string name;
  std::string value;

  bool operator==(const Field&) const = default;
};
using Fields = std::vector<Field>;

/// Names and values of a query or a form, decoded, in the order they came, repetitions kept. Names are case-sensitive.
class Values {
 public:
  Values() = default;
  explicit Values(Fields fields) : fields_(std::move(fields)) {}

  /// The first value of that name; empty if there is none (RFC 6749 section 3.1 treats both alike).
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return count(name) != 0; }
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  /// A name that came more than once, for protocols that forbid it (RFC 6749 section 3.1).
  [[nodiscard]] std::optional<std::string> repeated() const;
  [[nodiscard]] const Fields& fields() const { return fields_; }

 private:
  Fields fields_;
};

/// One request, complete and checked: the path and the query are well-formed UTF-8 without control characters, the path
/// has no dot segments and no encoded slash. The views that the members return live as long as the request.
struct Request {
  Method method = Method::Get;
  std::string target;     ///< as it stood on the wire
  std::string path;       ///< decoded, begins with '/'
  std::string raw_query;  ///< after '?', as it stood on the wire
  Values query;
  Fields headers;
  std::string body;
  std::string peer;   ///< address of the peer, such as "192.0.2.1" or "2001:db8::1"
  bool tls = false;   ///< came over TLS
  Fields parameters;  ///< what the braces of the route's pattern stand for
  std::string route;  ///< the pattern that matched, such as "/log/tile/{level}/{rest*}"

  /// First header of that name, whatever its case; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// Value of a cookie; empty if there is none, or if several of that name disagree.
  [[nodiscard]] std::string_view cookie(std::string_view name) const;
  /// Value of a brace of the pattern; empty if the pattern has none of that name.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
};

/// A cookie that only our own origin reads: always Secure, HttpOnly, SameSite=Lax, Path=/, without Domain. A name that
/// begins with "__Host-" makes browsers enforce this (RFC 6265bis section 4.1.3.2); use it for everything that matters.
struct Cookie {
  std::string name;                           ///< a token
  std::string value;                          ///< no quotes, commas, semicolons, backslashes, white space
  std::optional<std::chrono::seconds> lives;  ///< without it the cookie goes when the browser closes
};

/// An answer. The server adds Date, Content-Length, Connection and, unless the handler set them, the security headers
/// of headers.h. A header or cookie with a character that must not stand there (CR, LF …) never leaves: the server
/// answers 500 instead.
class Response {
 public:
  int status = 200;
  Fields headers;
  std::vector<Cookie> cookies;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  ///< if set, sent instead of `body`, without a copy

  Response() = default;
  explicit Response(int with_status) : status(with_status) {}

  static Response html(std::string page, int status = 200);
  static Response text(std::string text, int status = 200);
  static Response json(std::string document, int status = 200);
  /// 303 See Other. Characters that no URL may contain are percent-encoded.
  static Response redirect(std::string_view location);
  /// A plain page in both languages, Vietnamese first.
  static Response error(int status, const Text& text);
  /// The same from an Error: its public text, the status that fits its kind, Retry-After if it is busy.
  static Response error(const Error& error);
  /// RFC 9457 problem document with the members title (in `language`), status and, if given, code.
  static Response problem(const Error& error, Language language, std::string_view code = {});

  /// Sets the header, instead of all of that name.
  Response& set(std::string_view name, std::string value);
  /// Adds one more header of that name.
  Response& add(std::string_view name, std::string value);
  Response& set_cookie(const Cookie& cookie);
  Response& remove_cookie(std::string_view name);
  /// Lets the forms of this page post to, or be redirected to, these origins as well (CSP form-action).
  Response& allow_form_action(const std::vector<std::string>& origins);

  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::string_view content() const { return shared_body ? *shared_body : body; }
};

/// 400, 404, 409, 403, 503 or 500.
int status_of(ErrorKind kind);

/// Compares names of headers: ASCII letters without regard to case.
bool same_name(std::string_view a, std::string_view b);

}  // namespace khien::http
