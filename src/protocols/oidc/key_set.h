// The signing keys of the provider: which one signs, which ones relying parties are shown.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/feed.h"
#include "audit/recorder.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/snapshot.h"
#include "protocols/oidc/jose.h"
#include "protocols/oidc/jwt.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::oidc {

/// A new key is shown this long before it signs, so that whoever caches the set knows it by then.
inline constexpr std::chrono::minutes kKeyLead{15};
/// A retired key is shown this long: the tokens that it signed have expired, sign-out hints mostly.
inline constexpr std::chrono::hours kKeyShownAfterRetiring{24 * 7};

struct StoredKey {
  std::shared_ptr<const SigningKey> key;
  Instant created_at;
  std::optional<Instant> retired_at;
};

/// An immutable set. It holds only keys that are still shown at the time of loading.
class KeySet {
 public:
  KeySet() = default;
  explicit KeySet(std::vector<StoredKey> keys) : keys_(std::move(keys)) {}

  /// The newest that everybody may know by now; before any is, the oldest. nullptr if there is none of that algorithm.
  [[nodiscard]] const SigningKey* signer(SigningAlg alg, Instant now) const;
  /// nullptr if it is unknown, or not shown any more.
  [[nodiscard]] const SigningKey* find(std::string_view kid, Instant now) const;
  /// RFC 7517 section 5: the public halves.
  [[nodiscard]] std::string jwks(Instant now) const;

  /// The token, if one of these keys signed it with its own algorithm and it is of that type. Nothing else is checked.
  [[nodiscard]] std::optional<Jwt> verified(std::string_view compact, std::string_view typ, Instant now) const;

 private:
  std::vector<StoredKey> keys_;
};

struct SealedKey;

/// The keys in the database, each sealed under the keyring's Purpose::Token. Thread-safe. It follows the log, so that
/// keys that another process made are known.
class Keys final : public audit::Follower {
 public:
  Keys(store::Store& store, audit::Recorder& recorder, const store::Keyring& keyring, const Clock& clock,
       Random& random)
      : store_(store), recorder_(recorder), keyring_(keyring), clock_(clock), random_(random) {}

  /// Makes one key for each algorithm that has none, then loads.
  Result<void> start();
  Result<void> load() override;
  Result<void> apply(std::span<const audit::Change> changes) override;
  /// New keys for both algorithms; the old ones sign until everybody may know the new, and are shown for a week more.
  Result<void> rotate(const audit::Actor& by);
  /// The same, and everything sealed with a new wrapping key, in one write; `add` stores that key and records it.
  Result<void> rotate(const audit::Actor& by, const store::Key& wrapping,
                      const std::function<Result<void>(store::Transaction&)>& add);

  [[nodiscard]] std::shared_ptr<const KeySet> current() const { return current_.get(); }

 private:
  using Further = std::function<Result<void>(store::Transaction&)>;
  Result<void> create(std::span<const SigningAlg> algs, const audit::Actor& by, const store::Key& wrapping,
                      const Further& further);
  [[nodiscard]] Result<Secret> unseal(const SealedKey& row) const;
  [[nodiscard]] std::string sealed_under(const store::Key& wrapping, std::string_view kid, const Secret& jwk) const;

  store::Store& store_;
  audit::Recorder& recorder_;
  const store::Keyring& keyring_;
  const Clock& clock_;
  Random& random_;
  Snapshot<KeySet> current_;
};

/// Signing keys, shown ones and forgotten ones, that are sealed under the key of that id.
std::int64_t count_keys_under(store::Reader& reader, std::string_view wrapping_key);

}  // namespace khien::oidc
