#include "protocols/oidc/client_authentication.h"

#include "base/encoding.h"
#include "http/url.h"
#include "protocols/oidc/clients.h"

namespace khien::oidc {
namespace {

constexpr std::size_t kAuthorizationBytes = 1024;

/// RFC 7617, with both halves form-encoded as RFC 6749 section 2.3.1 asks. Our ids and secrets have no blank, so '+'
/// needs no reading.
std::expected<Credentials, Fault> read_basic(std::string_view authorization) {
  if (authorization.size() > kAuthorizationBytes) return std::unexpected(Fault::InvalidClient);
  const auto decoded = from_base64(authorization.substr(authorization.find(' ') + 1));
  if (!decoded) return std::unexpected(Fault::InvalidClient);
  const std::string_view pair = khien::text_of(*decoded);
  const std::size_t colon = pair.find(':');
  if (colon == std::string_view::npos) return std::unexpected(Fault::InvalidClient);
  const auto id = http::percent_decode(pair.substr(0, colon));
  auto secret = http::percent_decode(pair.substr(colon + 1));
  const auto client = id ? ClientId::parse(*id) : std::nullopt;
  if (!client || !secret) return std::unexpected(Fault::InvalidClient);
  return Credentials{*client, Secret{std::move(*secret)}, AuthMethod::SecretBasic};
}

bool is_basic(std::string_view authorization) {
  return authorization.size() > 6 && authorization[5] == ' ' && http::same_name(authorization.substr(0, 5), "Basic");
}

}  // namespace

std::expected<Credentials, Fault> read_credentials(std::string_view authorization, const http::Values& form) {
  const std::string_view id_text = form.value("client_id");
  if (!authorization.empty()) {
    if (form.has("client_secret")) return std::unexpected(Fault::InvalidRequest);
    if (!is_basic(authorization)) return std::unexpected(Fault::InvalidClient);
    auto credentials = read_basic(authorization);
    if (credentials && !id_text.empty() && id_text != credentials->client.text())
      return std::unexpected(Fault::InvalidRequest);
    return credentials;
  }
  const auto client = ClientId::parse(id_text);
  if (!client) return std::unexpected(Fault::InvalidClient);
  if (!form.has("client_secret")) return Credentials{*client, {}, AuthMethod::None};
  return Credentials{*client, Secret{std::string(form.value("client_secret"))}, AuthMethod::SecretPost};
}

bool are_good(const Credentials& credentials, const Client* client) {
  // Digests have one length, so that the comparison tells nothing; it runs even where the answer is known.
  const Secret digest{digest_of_secret(credentials.secret.reveal())};
  const std::string nobody(digest.size(), '-');
  const bool known = client && !client->disabled && client->auth_method == credentials.method;
  const bool same = digest.equals(known && !client->is_public() ? client->secret_digest : nobody);
  return known && (client->is_public() || same);
}

}  // namespace khien::oidc
