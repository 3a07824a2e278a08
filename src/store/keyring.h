// The keys of an installation, wrapped by a root key that lies outside the database and its backups.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

/// The purpose of that name; nullopt if there is none.
std::optional<Purpose> parse_purpose(std::string_view name);

struct Key {
  std::string id;  ///< stored beside everything made with it
  Purpose purpose;
  Secret bytes;  ///< 32 bytes
};

/// A key that is not in the database yet. Made outside the transaction that adds it, which may run more than once.
struct NewKey {
  Key key;
  std::string wrapped;
  std::string root_id;
};

/// A key as the database has it.
struct KeyRow {
  std::string id;
  std::string purpose;
  Instant created_at{};
  std::string root_id;  ///< of the root key that wraps it; empty if it was wrapped before that was kept
};
/// In the order in which they were made.
std::vector<KeyRow> stored_keys(Reader& reader);

/// Eight hexadecimal digits that name a root key and say nothing else about it.
std::string root_key_id(const Secret& root);

/// Holds the unwrapped keys in memory; safe to share between threads. A key that was found stays where it is for as
/// long as the keyring lives, so that references hold.
class Keyring {
 public:
  /// Creates one key for each purpose that has none. The root key has 32 bytes. Refused if the root key is not the one
  /// of this database.
  static Result<void> create_missing(Store& store, const Secret& root, Random& random, Instant now);
  /// An error if a key cannot be unwrapped: the root key is not the one of this database.
  static Result<std::unique_ptr<Keyring>> load(Store& store, const Secret& root);

  /// The newest key of a purpose, for new data.
  [[nodiscard]] const Key& current(Purpose purpose) const;
  /// nullptr if there is none of that id.
  [[nodiscard]] const Key* find(std::string_view id) const;
  /// Every key of a purpose, the newest first.
  [[nodiscard]] std::vector<const Key*> all_of(Purpose purpose) const;

  /// A further key of a purpose, wrapped.
  [[nodiscard]] NewKey make(Purpose purpose, Random& random) const;
  /// From the commit and the next refresh on it is the current one.
  static void insert(Transaction& tx, const NewKey& made, Instant now);
  /// Overwrites and removes a key that nothing uses any more: the caller has looked.
  static void remove(Transaction& tx, std::string_view id);
  /// False if a newer key of its purpose is stored, which this keyring has not heard of.
  static bool is_current_in(Reader& reader, const Key& key);
  /// Reads keys that were added since.
  Result<void> refresh(Store& store);

  /// Wraps every key anew. After the commit the caller hands the new root key to use_root.
  static Result<void> rewrap(Transaction& tx, const Secret& old_root, const Secret& new_root, Random& random);
  void use_root(const Secret& root);
  [[nodiscard]] std::string root_id() const;
  [[nodiscard]] Secret root() const;

 private:
  mutable std::shared_mutex mutex_;  ///< guards everything; entries of keys_ stay where they are and never change
  Secret root_;
  std::map<std::string, Key, std::less<>> keys_;
  std::map<Purpose, std::vector<const Key*>> by_purpose_;  ///< the oldest first
};

/// The tables that the keyring needs.
std::span<const Migration> keyring_migrations();

}  // namespace khien::store
