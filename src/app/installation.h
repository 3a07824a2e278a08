// An opened installation: its database, keys, log and every service, built in layer order and taken down in reverse.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "accounts/service.h"
#include "app/config.h"
#include "app/folder.h"
#include "audit/log.h"
#include "credentials/service.h"
#include "directives/service.h"
#include "people/requests.h"
#include "people/service.h"
#include "protocols/oidc/clients.h"
#include "protocols/oidc/key_set.h"
#include "signin/service.h"
#include "signin/standing.h"
#include "store/keyring.h"

namespace khien::app {

/// Where the root key lies: as configured, or in the folder.
std::string root_key_path(const Folder& folder, const Config& config);
bool is_installed(const Folder& folder);
/// Whether the files that the configuration names can be read; one Error tells all. NotFound if the folder has neither
/// an installation nor a configuration for one; the root key is there only once `init` has made it.
Result<void> check_files(const Folder& folder, const Config& config);

/// Makes the folder, its root key, configuration and database. Conflict if there is an installation already.
Result<void> initialise(const Folder& folder, const Environment& environment, const Clock& clock, Random& random);

class Installation {
 public:
  enum class Mode {
    Change,  ///< takes the folder's lock, upgrades the schema
    Read,    ///< beside a running server; nothing can be changed
  };
  static Result<std::unique_ptr<Installation>> open(const Folder& folder, Mode mode, const Environment& environment,
                                                    const Clock& clock, Random& random);
  ~Installation();

  const Folder folder;
  const Config config;
  const Clock& clock;
  Random& random;

  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] store::Keyring& keys() { return *keys_; }
  /// Throws if opened for reading.
  [[nodiscard]] audit::Log& log();
  [[nodiscard]] audit::Recorder& recorder();
  [[nodiscard]] people::People& people() { return *people_; }
  [[nodiscard]] people::Requests& requests() { return *requests_; }
  [[nodiscard]] directives::Directives& directives() { return *directives_; }
  [[nodiscard]] accounts::Accounts& accounts() { return *accounts_; }
  [[nodiscard]] credentials::Credentials& credentials() { return *credentials_; }
  [[nodiscard]] credentials::HashingFigures hashing() const { return pool_->figures(); }
  [[nodiscard]] signin::Standings& standings() { return *standings_; }
  [[nodiscard]] oidc::Clients& clients() { return *clients_; }
  /// Signing keys of tokens; made by whoever starts serving.
  [[nodiscard]] oidc::Keys& token_keys() { return *token_keys_; }
  [[nodiscard]] const std::string& id() const { return id_; }

 private:
  Installation(Folder where, Config settings, const Clock& time, Random& randomness);
  Result<void> start(Mode mode);

  std::optional<FolderLock> lock_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Keyring> keys_;
  std::string id_;
  std::unique_ptr<audit::Log> log_;
  std::unique_ptr<audit::Recorder> no_log_;
  std::unique_ptr<credentials::HashingPool> pool_;
  std::unique_ptr<people::People> people_;
  std::unique_ptr<people::Requests> requests_;
  std::unique_ptr<directives::Directives> directives_;
  std::unique_ptr<accounts::Accounts> accounts_;
  std::unique_ptr<credentials::Credentials> credentials_;
  std::unique_ptr<signin::Standings> standings_;
  std::unique_ptr<oidc::Clients> clients_;
  std::unique_ptr<oidc::Keys> token_keys_;
  std::unique_ptr<audit::Follower> key_follower_;
};

/// Every step of the schema, in the order in which it is applied.
std::vector<store::Migration> all_migrations();

}  // namespace khien::app
