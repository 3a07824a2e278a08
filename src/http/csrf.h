// Forged posts: a token in the form that only a page for the same session can know, and where the browser says a
// request comes from.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "http/types.h"

namespace khien::http {

/// Double submit bound to a key: the token is a keyed digest of the value of the session's (or the flow's) cookie, so a
/// sibling host that plants a cookie cannot make the token for it.
class CsrfTokens {
 public:
  static constexpr std::string_view kField = "csrf";
  static constexpr std::string_view kHeader = "X-CSRF-Token";

  /// 32 bytes, from derive_key(root, "csrf").
  explicit CsrfTokens(Secret key) : key_(std::move(key)) {}

  /// The token for pages of the session with that cookie; 43 characters.
  [[nodiscard]] std::string token(std::string_view cookie_value) const;
  /// Compares in constant time. False for an empty cookie.
  [[nodiscard]] bool matches(std::string_view cookie_value, std::string_view token) const;
  /// The token of the request's header, or else of the form, matches its cookie.
  [[nodiscard]] bool matches(const Request& request, std::string_view cookie_name, const Values& form) const;

 private:
  Secret key_;
};

/// Where the browser says that a request comes from.
enum class Site {
  Ours,     ///< our own pages, or the user's own act (address bar, bookmark)
  Foreign,  ///< another origin: refuse anything that changes state, unless the protocol wants it (SAML POST)
  Unknown,  ///< no browser, or a very old one: the token alone decides
};

/// By Sec-Fetch-Site, else by Origin against `our_origins` ("https://khien.example.gov.vn").
Site site_of(const Request& request, std::span<const std::string> our_origins);

}  // namespace khien::http
