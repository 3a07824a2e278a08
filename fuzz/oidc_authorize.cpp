// Authorization requests as they come in a query: whatever they hold, an answer goes only to a registered address, and
// a request that is taken keeps its bounds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/encoding.h"
#include "http/form.h"
#include "protocols/oidc/authorization_request.h"

namespace {

using namespace khien;

oidc::Client make_client(bool is_public) {
  oidc::Client client;
  client.id.bytes.fill(is_public ? 1 : 2);
  client.redirect_uris = {is_public ? "http://127.0.0.1/cb" : "https://an.example/cb"};
  client.auth_method = is_public ? oidc::AuthMethod::None : oidc::AuthMethod::SecretBasic;
  return client;
}

const oidc::Client* find_client(const ClientId& id) {
  static const oidc::Client app = make_client(true);
  static const oidc::Client web = make_client(false);
  if (id == app.id) return &app;
  return id == web.id ? &web : nullptr;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void require_registered(std::string_view uri) {
  if (uri == "https://an.example/cb" || uri == "http://127.0.0.1/cb") return;
  require(uri.starts_with("http://127.0.0.1:") && uri.ends_with("/cb"));
  const std::string_view port = uri.substr(17, uri.size() - 20);
  require(port.size() < 6 && std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto values = http::parse_urlencoded(text_of(ByteView(data, size)));
  if (!values) return 0;
  static const oidc::AskedTimes asked_times{Secret(std::string(32, 't'))};
  const auto request = oidc::read_authorization(*values, find_client, asked_times);
  if (!request) {
    if (request.error().answer) require_registered(request.error().answer->redirect_uri);
    if (request.error().answer) require(request.error().answer->state.size() <= oidc::kStateBytes);
    return 0;
  }
  require_registered(request->redirect_uri);
  require(request->scopes.openid && request->state.size() <= oidc::kStateBytes);
  require(request->nonce.size() <= oidc::kParameterBytes);
  require(!find_client(request->client)->is_public() || !request->code_challenge.empty());
  require(std::ranges::all_of(request->state, [](char c) { return c >= ' ' && c <= '~'; }));
  static_cast<void>(oidc::is_fresh_enough(*request, instant_of(1), instant_of(2)));
  return 0;
}
