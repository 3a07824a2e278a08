// The keys of an installation, wrapped by a root key that lies outside the database and its backups.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "store/store.h"

namespace khien::store {

/// What a key is for; a key of one purpose is never used for another.
enum class Purpose {
  Field,    ///< encrypts personal columns, and the per-person keys of the evidence log
  Digest,   ///< exact look-up of encrypted columns
  Pepper,   ///< password verifiers
  Log,      ///< Ed25519 seed that signs checkpoints
  Token,    ///< Ed25519/RSA private keys of the token issuer are sealed under it
  Session,  ///< digests of session cookies, CSRF tokens, flow cookies
};
std::string_view name_of(Purpose purpose);

struct Key {
  std::string id;  ///< stored beside everything made with it
  Purpose purpose;
  Secret bytes;  ///< 32 bytes
};

/// Holds the unwrapped keys in memory. Immutable after loading; safe to share.
class Keyring {
 public:
  /// Creates one key for each purpose that has none. The root key has 32 bytes.
  static Result<void> create_missing(Store& store, const Secret& root, Random& random, Instant now);
  /// An error if a key cannot be unwrapped: the root key is not the one of this database.
  static Result<std::unique_ptr<Keyring>> load(Store& store, const Secret& root);

  /// The newest key of a purpose, for new data.
  [[nodiscard]] const Key& current(Purpose purpose) const;
  /// nullptr if there is none of that id.
  [[nodiscard]] const Key* find(std::string_view id) const;

 private:
  std::map<std::string, Key, std::less<>> keys_;
  std::map<Purpose, std::string> current_;
};

/// The tables that the keyring needs.
std::span<const Migration> keyring_migrations();

}  // namespace khien::store
