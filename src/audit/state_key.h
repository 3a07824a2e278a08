// Shows that rows which no checkpoint covers yet were written by this program: who can write to the database, but does
// not have the keys, cannot slip in an entry that the next checkpoint would sign.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "audit/merkle.h"
#include "base/secret.h"
#include "store/keyring.h"

namespace khien::audit {

/// Keys derived from those of Purpose::Log: the current one tags, every one that the keyring has is recognised.
/// Thread-safe; the keyring must outlive it.
class StateKey {
 public:
  explicit StateKey(const store::Keyring& keyring) : keyring_(keyring) {}

  /// Of the key that tags now.
  [[nodiscard]] std::string id() const { return keyring_.current(store::Purpose::Log).id; }
  [[nodiscard]] std::string tag_of_entry(const Digest& leaf) const;
  /// By the key of that id.
  [[nodiscard]] std::string tag_of_tree(std::string_view key_id, std::uint64_t generation, const TreeHead& head) const;

  /// True if one of our keys made it: what a killed process left may have been tagged before the key was rotated.
  [[nodiscard]] bool made_entry_tag(std::string_view given, const Digest& leaf) const;
  [[nodiscard]] bool made_tree_tag(std::string_view key_id, std::string_view given, std::uint64_t generation,
                                   const TreeHead& head) const;

 private:
  [[nodiscard]] std::shared_ptr<const Secret> derived(const store::Key& key) const;

  const store::Keyring& keyring_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const Secret>, std::less<>> derived_;  ///< by key id
};

}  // namespace khien::audit
