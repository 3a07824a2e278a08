// The userinfo endpoint, and the reading of access tokens.
#include <boost/json/serialize.hpp>

#include "protocols/oidc/provider.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

/// RFC 6750 sections 2.1 and 2.2: in the header or in a posted form, in one of them; never in the URL.
std::expected<std::string, Fault> bearer_of(const http::Request& request) {
  std::string token;
  if (const std::string_view header = request.header("Authorization"); !header.empty()) {
    if (header.size() < 8 || header[6] != ' ' || !http::same_name(header.substr(0, 6), "Bearer"))
      return std::unexpected(Fault::InvalidRequest);
    token = header.substr(7);
  }
  if (request.method == http::Method::Post && !request.body.empty()) {
    const auto form = read_form(request);
    if (!form || form->repeated()) return std::unexpected(Fault::InvalidRequest);
    const std::string_view posted = form->value("access_token");
    if (!token.empty() && !posted.empty()) return std::unexpected(Fault::InvalidRequest);
    if (token.empty()) token = posted;
  }
  if (request.query.has("access_token")) return std::unexpected(Fault::InvalidRequest);
  return token;
}

}  // namespace

/// RFC 9068 section 4: type, issuer, audience, expiry, signature; and that the clock has not stepped back before its
/// issue.
std::optional<Jwt> Provider::read_access_token(std::string_view token) const {
  const Instant now = services_.clock.now();
  auto jwt = services_.keys.current()->verified(token, kAccessTokenType, now);
  if (!jwt || jwt->text("iss") != issuer_ || jwt->text("aud") != issuer_) return std::nullopt;
  const auto expires = jwt->time("exp");
  const auto issued = jwt->time("iat");
  if (!expires || !issued || now >= *expires || now + kClockLeeway < *issued) return std::nullopt;
  return jwt;
}

/// The code behind the token says whether it still counts; session, client and policy are asked anew.
std::expected<boost::json::object, Fault> Provider::describe(std::string_view token) const {
  const auto jwt = read_access_token(token);
  if (!jwt) return std::unexpected(Fault::InvalidToken);
  const std::string jti(jwt->text("jti"));
  const auto found = services_.store.read(
      [&](store::Reader& reader) -> Result<std::optional<Code>> { return find_code_of_token(reader, jti); });
  if (!found) return std::unexpected(fault_of(found.error()));
  const std::optional<Code>& code = *found;
  if (!code || code->revoked_at || code->client.text() != jwt->text("client_id"))
    return std::unexpected(Fault::InvalidToken);
  const auto client = services_.clients.find(code->client);
  if (!client || client->disabled) return std::unexpected(Fault::InvalidToken);
  signin::Admission admission;
  std::optional<signin::Identity> identity;
  if (judge_by_gate(*code, *client, admission, identity) != Verdict::Good) return std::unexpected(Fault::InvalidToken);
  return userinfo_claims(code->scopes, *identity);
}

http::Response Provider::userinfo(const http::Request& request) {
  const auto token = bearer_of(request);
  if (!token) return bearer_error(token.error());
  if (token->empty()) {
    // RFC 6750 section 3.1: who brings nothing is told only what to bring.
    return sealed(http::Response::json("{}", 401)).set("WWW-Authenticate", "Bearer");
  }
  const auto claims = describe(*token);
  if (!claims) return bearer_error(claims.error());
  return sealed(http::Response::json(boost::json::serialize(*claims)));
}

}  // namespace khien::oidc
