// The token endpoint, and the authentication of clients there.
#include <boost/json/serialize.hpp>

#include "base/digest.h"
#include "http/forwarded.h"
#include "protocols/oidc/client_authentication.h"
#include "protocols/oidc/provider.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {

http::Response Provider::refuse_token(Fault fault, std::string_view about) {
  refusals_.count(Endpoint::Token, fault);
  return json_error(fault, about);
}

http::Response Provider::token(const http::Request& request) {
  // Secrets do not belong into a URL (RFC 6749 section 2.3.1).
  if (!request.raw_query.empty()) return refuse_token(Fault::InvalidRequest, "query");
  const auto form = read_form(request);
  if (!form) return refuse_token(form.error(), "form");
  if (form->repeated()) return refuse_token(Fault::InvalidRequest, "a parameter came twice");
  const auto client = authenticate(request, *form);
  if (!client) {
    refusals_.count(Endpoint::Token, client.error());
    return client_error(client.error(), request);
  }
  const std::string_view grant_type = form->value("grant_type");
  if (grant_type.empty()) return refuse_token(Fault::InvalidRequest, "grant_type");
  if (grant_type != "authorization_code") return refuse_token(Fault::UnsupportedGrantType);
  return redeem(**client, *form);
}

std::expected<Provider::ClientPtr, Fault> Provider::authenticate(const http::Request& request,
                                                                 const http::Values& form) {
  const auto credentials = read_credentials(request.header("Authorization"), form);
  if (!credentials) return std::unexpected(credentials.error());
  const auto monotonic = services_.clock.monotonic();
  const std::string key = credentials->client.text() + " " + http::limit_key_of(request.peer);
  // The secret first: it has 256 bits, so that nobody guesses it, and guesses of others at the same address must not
  // keep its client out.
  auto client = services_.clients.find(credentials->client);
  if (are_good(*credentials, client.get())) return client;
  const bool few = client_failures_.add(key, monotonic) <= kClientFailures;
  return std::unexpected(few ? Fault::InvalidClient : Fault::TooManyAttempts);
}

audit::Entry Provider::token_entry(const Code& code, const ClientId& by, Verdict verdict, std::string_view jti,
                                   const signin::Admission& admission) const {
  audit::Entry entry;
  const bool issued = verdict == Verdict::Good;
  entry.type = issued ? "token.issued" : "token.refused";
  entry.at = services_.clock.now();
  entry.actor = audit::Actor::client(by);
  entry.subject = "token/" + std::string(jti);
  entry.clauses = admission.clauses;
  entry.facts = {{"client", code.client.text()},
                 {"login", code.login.text()},
                 {"session", code.session.text()},
                 {"scopes", text_of(code.scopes)}};
  if (!issued) entry.facts.push_back({"reason", std::string(name_of(verdict))});
  entry.result = issued ? "issued" : "refused";
  return entry;
}

/// The session must live and the policy of now must let its login in: a code issued a moment ago proves neither.
Verdict Provider::judge_by_gate(const Code& code, const Client& client, signin::Admission& admission,
                                std::optional<signin::Identity>& identity) const {
  const auto session = services_.gate.session(code.session);
  if (!session || session->login != code.login) return Verdict::SessionEnded;
  identity = services_.gate.identity_of(code.login);
  admission = services_.gate.admit(code.login, client.system);
  return admission.allowed && identity ? Verdict::Good : Verdict::NotAdmitted;
}

/// Uses the code up, with the evidence. False if somebody was first: then what was issued for it is revoked, once.
Result<bool> Provider::consume(const Code& code, Verdict verdict, const audit::Entry& entry, std::string_view jti) {
  const Instant now = services_.clock.now();
  audit::Entry replay = entry;
  replay.type = "token.refused";
  replay.result = "refused";
  if (verdict == Verdict::Good) replay.facts.push_back({"reason", std::string(name_of(Verdict::Replayed))});
  return services_.store.write([&](store::Transaction& tx) -> Result<bool> {
    if (use_code(tx, code.digest, jti, now)) {
      services_.recorder.record(tx, entry);
      return true;
    }
    if (revoke_code(tx, code.digest, now)) services_.recorder.record(tx, replay);
    return false;
  });
}

http::Response Provider::redeem(const Client& client, const http::Values& form) {
  const std::string_view text = form.value("code");
  if (text.empty()) return refuse_token(Fault::InvalidRequest, "code");
  const std::string digest = base64url(sha256(bytes_of(text)));
  const auto found = services_.store.read(
      [&](store::Reader& reader) -> Result<std::optional<Code>> { return find_code(reader, digest); });
  if (!found) return refuse_token(fault_of(found.error()));
  if (!*found) return refuse_token(Fault::InvalidGrant);
  const Code& code = **found;

  const Redemption redemption{std::string(form.value("redirect_uri")), std::string(form.value("code_verifier"))};
  Verdict verdict = judge(code, client.id, redemption, services_.clock.now());
  signin::Admission admission;
  std::optional<signin::Identity> identity;
  if (verdict == Verdict::Good) verdict = judge_by_gate(code, client, admission, identity);

  const std::string jti = Id<struct TokenTag>::make(services_.random).text();
  const auto first = consume(code, verdict, token_entry(code, client.id, verdict, jti, admission), jti);
  if (!first) return refuse_token(fault_of(first.error()));
  if (!*first || verdict != Verdict::Good) return refuse_token(Fault::InvalidGrant);

  const Grant grant{issuer_,     jti,        client.id,      code.session,
                    code.scopes, code.nonce, code.auth_time, services_.clock.now()};
  auto document = token_document(grant, *identity, client.alg);
  if (!document) return refuse_token(fault_of(document.error()));
  return sealed(http::Response::json(std::move(*document)));
}

Result<std::string> Provider::token_document(const Grant& grant, const signin::Identity& identity,
                                             SigningAlg alg) const {
  const auto keys = services_.keys.current();
  // Access tokens are read by ourselves only, so they are signed the cheap way, whatever the client reads.
  const SigningKey* access_key = keys->signer(SigningAlg::ES256, grant.issued_at);
  const SigningKey* id_key = keys->signer(alg, grant.issued_at);
  if (!access_key || !id_key) return Failure(Error::internal("no signing key"));
  const std::string access_token =
      TRY(access_key->sign(kAccessTokenType, boost::json::serialize(access_token_claims(grant, identity.login))));
  const std::string id_token =
      TRY(id_key->sign(kIdTokenType, boost::json::serialize(id_token_claims(grant, identity, access_token))));
  return boost::json::serialize(boost::json::object{{"access_token", access_token},
                                                    {"token_type", "Bearer"},
                                                    {"expires_in", kTokenLives.count()},
                                                    {"id_token", id_token},
                                                    {"scope", text_of(grant.scopes)}});
}

}  // namespace khien::oidc
