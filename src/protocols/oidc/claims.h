// The claims of tokens and of the userinfo endpoint. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "protocols/oidc/types.h"
#include "signin/identity.h"

namespace khien::oidc {

/// What a code turned into.
struct Grant {
  std::string issuer;
  std::string jti;  ///< of the access token
  ClientId client;
  SessionId session;
  Scopes scopes;
  std::string nonce;
  Instant auth_time;
  Instant issued_at;
};

/// OpenID Connect Core section 2, with the claims of the granted scopes.
boost::json::object id_token_claims(const Grant& grant, const signin::Identity& identity,
                                    std::string_view access_token);
/// RFC 9068 section 2.2; its audience is this provider, which answers userinfo.
boost::json::object access_token_claims(const Grant& grant, const LoginId& login);
/// OpenID Connect Core section 5.3.2.
boost::json::object userinfo_claims(const Scopes& scopes, const signin::Identity& identity);

/// OpenID Connect Core section 3.1.3.6, for both algorithms: they hash with SHA-256.
std::string at_hash(std::string_view access_token);

}  // namespace khien::oidc
