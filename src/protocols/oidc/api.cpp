#include "protocols/oidc/api.h"

namespace khien::oidc {

void add_routes(http::Router& router, Provider& provider) {
  using http::Cost;
  using http::Request;
  const auto to = [&](http::Response (Provider::*handle)(const Request&)) {
    return [&provider, handle](const Request& request) { return (provider.*handle)(request); };
  };
  router.get(std::string(kDiscoveryPath), Cost::Inline, [&](const Request& r) { return provider.discovery(r); });
  router.get(std::string(kJwksPath), Cost::Inline, [&](const Request& r) { return provider.jwks(r); });
  router.get(std::string(kAuthorizePath), Cost::Blocking, to(&Provider::authorize));
  router.post(std::string(kAuthorizePath), Cost::Blocking, to(&Provider::authorize));
  router.post(std::string(kTokenPath), Cost::Blocking, to(&Provider::token));
  router.get(std::string(kUserinfoPath), Cost::Blocking, to(&Provider::userinfo));
  router.post(std::string(kUserinfoPath), Cost::Blocking, to(&Provider::userinfo));
  router.post(std::string(kRevokePath), Cost::Blocking, to(&Provider::revoke));
  router.get(std::string(kLogoutPath), Cost::Blocking, to(&Provider::logout));
  router.post(std::string(kLogoutPath), Cost::Blocking, to(&Provider::logout));
}

}  // namespace khien::oidc
