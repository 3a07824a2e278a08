#include "protocols/oidc/claims.h"

#include <boost/json/array.hpp>

#include "base/digest.h"

namespace khien::oidc {
namespace {

std::int64_t seconds_of(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count();
}

/// What is not known is left out (OpenID Connect Core section 5.3.2).
void put(boost::json::object& claims, std::string_view name, std::string_view value) {
  if (!value.empty()) claims[boost::json::string_view(name.data(), name.size())] = value;
}

void put_identity(boost::json::object& claims, const Scopes& scopes, const signin::Identity& identity) {
  if (scopes.profile) {
    put(claims, "name", identity.full_name);
    put(claims, "preferred_username", identity.user_name);
  }
  if (scopes.email) put(claims, "email", identity.work_mail);
  if (!scopes.unit) return;
  put(claims, "unit_code", identity.unit_code);
  put(claims, "unit_name", identity.unit_name);
  put(claims, "position", identity.position);
  claims["groups"] = boost::json::array(identity.groups.begin(), identity.groups.end());
}

}  // namespace

std::string at_hash(std::string_view access_token) {
  const Digest digest = sha256(bytes_of(access_token));
  return base64url(ByteView(digest).first(digest.size() / 2));
}

boost::json::object id_token_claims(const Grant& grant, const signin::Identity& identity,
                                    std::string_view access_token) {
  boost::json::object claims{{"iss", grant.issuer},
                             {"sub", identity.login.text()},
                             {"aud", grant.client.text()},
                             {"exp", seconds_of(grant.issued_at + kTokenLives)},
                             {"iat", seconds_of(grant.issued_at)},
                             {"auth_time", seconds_of(grant.auth_time)},
                             {"sid", grant.session.text()},
                             {"at_hash", at_hash(access_token)}};
  put(claims, "nonce", grant.nonce);
  put_identity(claims, grant.scopes, identity);
  return claims;
}

boost::json::object access_token_claims(const Grant& grant, const LoginId& login) {
  return {{"iss", grant.issuer},
          {"sub", login.text()},
          {"aud", grant.issuer},
          {"exp", seconds_of(grant.issued_at + kTokenLives)},
          {"iat", seconds_of(grant.issued_at)},
          {"auth_time", seconds_of(grant.auth_time)},
          {"jti", grant.jti},
          {"client_id", grant.client.text()},
          {"scope", text_of(grant.scopes)},
          {"sid", grant.session.text()}};
}

boost::json::object userinfo_claims(const Scopes& scopes, const signin::Identity& identity) {
  boost::json::object claims{{"sub", identity.login.text()}};
  put_identity(claims, scopes, identity);
  return claims;
}

}  // namespace khien::oidc
