// The revocation endpoint (RFC 7009).
#include "protocols/oidc/provider.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {

http::Response Provider::revoke(const http::Request& request) {
  if (!request.raw_query.empty()) return json_error(Fault::InvalidRequest, "query");
  const auto form = read_form(request);
  if (!form) return json_error(form.error(), "form");
  if (form->repeated()) return json_error(Fault::InvalidRequest, "a parameter came twice");
  const auto client = authenticate(request, *form);
  if (!client) return client_error(client.error(), request);
  const std::string_view token = form->value("token");
  if (token.empty()) return json_error(Fault::InvalidRequest, "token");

  const http::Response done = sealed(http::Response::json("{}"));
  const auto jwt = read_access_token(token);
  if (!jwt) return done;  // section 2.2: what is no token of ours any more needs no revoking
  if (jwt->text("client_id") != (*client)->id.text()) return json_error(Fault::UnauthorizedClient);

  const std::string jti(jwt->text("jti"));
  audit::Entry entry;
  entry.type = "token.revoked";
  entry.at = services_.clock.now();
  entry.actor = audit::Actor::client((*client)->id);
  entry.subject = "token/" + jti;
  entry.facts = {{"client", (*client)->id.text()}, {"login", std::string(jwt->text("sub"))}};
  entry.result = "revoked";
  const auto revoked = services_.store.write([&](store::Transaction& tx) -> Result<void> {
    const auto code = find_code_of_token(tx, jti);
    if (code && revoke_code(tx, code->digest, entry.at)) services_.recorder.record(tx, entry);
    return {};
  });
  if (!revoked) return json_error(fault_of(revoked.error()));
  return done;
}

}  // namespace khien::oidc
