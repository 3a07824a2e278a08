// The service of clients: adding, listing, disabling, removing, each with its evidence.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/recorder.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/snapshot.h"
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

/// Thread-safe. Who may change clients is decided by the caller.
class Clients {
 public:
  Clients(store::Store& store, audit::Recorder& recorder, const Clock& clock, Random& random)
      : store_(store), recorder_(recorder), clock_(clock), random_(random) {}

  Result<void> load();
  /// Reads anew if an entry of a commit names a client; for changes made by other nodes.
  Result<void> apply(std::span<const audit::Change> changes);

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
  using Table = std::unordered_map<ClientId, std::shared_ptr<const Client>>;

  audit::Entry entry(const Client& client, const audit::Actor& by, std::string_view what) const;
  Result<std::shared_ptr<const Client>> must_find(const ClientId& id) const;

  store::Store& store_;
  audit::Recorder& recorder_;
  const Clock& clock_;
  Random& random_;
  std::mutex loading_;  // an older reading never replaces a newer one
  Snapshot<Table> table_;
};

/// As stored: base64url of SHA-256. A secret of 256 random bits needs no slow hash.
std::string digest_of_secret(std::string_view secret);

}  // namespace khien::oidc
