// The service of clients: adding, listing, disabling, removing, each with its evidence.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/feed.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/secret.h"
#include "protocols/oidc/types.h"
#include "store/store.h"

namespace khien::oidc {

struct NewClient {
  std::string name;
  SystemId system;
  std::vector<std::string> redirect_uris;
  std::vector<std::string> post_logout_redirect_uris;
  AuthMethod auth_method = AuthMethod::SecretBasic;
  SigningAlg alg = SigningAlg::RS256;
};

/// What is shown once.
struct AddedClient {
  ClientId id;
  Secret secret;  ///< 43 characters; empty for a public client
};

using ClientTable = std::unordered_map<ClientId, std::shared_ptr<const Client>>;

/// Thread-safe. Who may change clients is decided by the caller. The snapshot follows `client/ID`.
class Clients final : public audit::Followed<ClientTable> {
 public:
  Clients(store::Store& store, audit::Recorder& recorder, const Clock& clock, Random& random);

  /// Invalid: what check_client() says.
  Result<AddedClient> add(const audit::Actor& by, const NewClient& wanted);
  /// By name.
  [[nodiscard]] std::vector<Client> list() const;
  /// Also one that is disabled; nullptr if there is none.
  [[nodiscard]] std::shared_ptr<const Client> find(const ClientId& id) const;
  /// A disabled client gets no codes and no tokens, and its access tokens are refused. Conflict if it is so already.
  Result<void> set_disabled(const audit::Actor& by, const ClientId& id, bool disabled);
  /// For good; its client_id is never used again.
  Result<void> remove(const audit::Actor& by, const ClientId& id);

 private:
  Result<ClientTable> read_all(store::Reader& reader) override;
  Result<void> read_anew(store::Reader& reader, ClientTable& table, const audit::Subject& subject) override;
  audit::Entry entry(const Client& client, const audit::Actor& by, std::string_view what) const;
  Result<std::shared_ptr<const Client>> must_find(const ClientId& id) const;

  audit::Recorder& recorder_;
  const Clock& clock_;
  Random& random_;
};

/// As stored: base64url of SHA-256. A secret of 256 random bits needs no slow hash.
std::string digest_of_secret(std::string_view secret);

/// Every code that any client got for a login goes, within a write of the caller; their number.
std::int64_t erase_codes(store::Transaction& tx, const LoginId& login);

/// Every code of everybody, and with them the tokens issued for them; for a database that was restored. Their number.
std::int64_t erase_all_codes(store::Transaction& tx);

}  // namespace khien::oidc
