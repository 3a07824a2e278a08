#include "audit/state_key.h"

#include <sodium.h>

#include <algorithm>

namespace khien::audit {
namespace {

/// BLAKE2b with a key: this is made and checked for every entry, and costs a fifth of HMAC-SHA-256. The hash has a
/// fixed length and comes last, so that parts cannot run together.
std::string tag(const Secret& key, std::string_view about, const Digest& hash) {
  std::string message(about);
  message += khien::text_of(hash);
  Digest out{};
  crypto_generichash(out.data(), out.size(), bytes_of(message).data(), message.size(), key.bytes().data(), key.size());
  return base64url(out);
}

}  // namespace

std::shared_ptr<const Secret> StateKey::derived(const store::Key& key) const {
  const std::lock_guard lock(mutex_);
  auto& made = derived_[key.id];
  if (!made) made = std::make_shared<const Secret>(derive_key(key.bytes, "khien audit state"));
  return made;
}

std::string StateKey::tag_of_entry(const Digest& leaf) const {
  return tag(*derived(keyring_.current(store::Purpose::Log)), "entry ", leaf);
}

std::string StateKey::tag_of_tree(std::string_view key_id, std::uint64_t generation, const TreeHead& head) const {
  const store::Key* key = keyring_.find(key_id);
  if (key == nullptr || key->purpose != store::Purpose::Log) return {};
  return tag(*derived(*key), "tree " + std::to_string(generation) + " " + std::to_string(head.size) + " ", head.root);
}

bool StateKey::made_entry_tag(std::string_view given, const Digest& leaf) const {
  return std::ranges::any_of(keyring_.all_of(store::Purpose::Log),
                             [&](const store::Key* key) { return tag(*derived(*key), "entry ", leaf) == given; });
}

bool StateKey::made_tree_tag(std::string_view key_id, std::string_view given, std::uint64_t generation,
                             const TreeHead& head) const {
  const std::string made = tag_of_tree(key_id, generation, head);
  return !made.empty() && made == given;
}

}  // namespace khien::audit
