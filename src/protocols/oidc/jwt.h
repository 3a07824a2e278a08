// JSON Web Tokens (RFC 7519) as this provider reads them: only its own, strictly.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "protocols/oidc/types.h"

namespace khien::oidc {

/// A compact token taken apart; nothing in it is to be believed before its signature is checked.
struct Jwt {
  SigningAlg alg = SigningAlg::RS256;
  std::string kid;
  std::string typ;
  boost::json::object claims;

  /// A claim that is a string; empty if it is absent or something else.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  /// A claim that is a time in whole seconds (RFC 7519 section 2, NumericDate).
  [[nodiscard]] std::optional<Instant> time(std::string_view name) const;
};

/// Pure. nullopt unless it has at most kTokenBytes, three parts in canonical base64url, a header of exactly alg (one
/// that we sign with; `none` and HMAC are not), kid and typ, each once, and a payload that is one JSON object.
std::optional<Jwt> parse_jwt(std::string_view compact);

/// Types of token (the header member typ): one kind is never taken for another.
inline constexpr std::string_view kIdTokenType = "JWT";
inline constexpr std::string_view kAccessTokenType = "at+jwt";  ///< RFC 9068 section 2.1

}  // namespace khien::oidc
