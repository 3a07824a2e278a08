#include "protocols/oidc/discovery.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "protocols/oidc/provider.h"

namespace khien::oidc {

std::string discovery_document(const std::string& issuer) {
  using boost::json::array;
  const auto at = [&](std::string_view path) { return issuer + std::string(path); };
  const array auth_methods{"client_secret_basic", "client_secret_post", "none"};
  const boost::json::object document{
      {"issuer", issuer},
      {"authorization_endpoint", at(kAuthorizePath)},
      {"token_endpoint", at(kTokenPath)},
      {"userinfo_endpoint", at(kUserinfoPath)},
      {"jwks_uri", at(kJwksPath)},
      {"end_session_endpoint", at(kLogoutPath)},
      {"revocation_endpoint", at(kRevokePath)},
      {"scopes_supported", array{"openid", "profile", "email", "unit"}},
      {"response_types_supported", array{"code"}},
      {"response_modes_supported", array{"query"}},
      {"grant_types_supported", array{"authorization_code"}},
      {"subject_types_supported", array{"public"}},
      {"id_token_signing_alg_values_supported", array{"RS256", "ES256"}},
      {"token_endpoint_auth_methods_supported", auth_methods},
      {"revocation_endpoint_auth_methods_supported", auth_methods},
      {"code_challenge_methods_supported", array{"S256"}},
      {"prompt_values_supported", array{"none", "login", "consent", "select_account"}},
      {"claims_supported", array{"sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid", "name",
                                 "preferred_username", "email", "unit_code", "unit_name", "position", "groups"}},
      {"ui_locales_supported", array{"vi", "en"}},
      {"authorization_response_iss_parameter_supported", true},
      {"claims_parameter_supported", false},
      {"request_parameter_supported", false},
      {"request_uri_parameter_supported", false}};
  return boost::json::serialize(document);
}

}  // namespace khien::oidc
