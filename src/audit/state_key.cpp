#include "audit/state_key.h"

#include <sodium.h>

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

StateKey::StateKey(const store::Key& log_key) : id_(log_key.id), key_(derive_key(log_key.bytes, "khien audit state")) {}

std::string StateKey::tag_of_entry(const Digest& leaf) const {
  return tag(key_, "entry ", leaf);
}

std::string StateKey::tag_of_tree(std::uint64_t generation, const TreeHead& head) const {
  return tag(key_, "tree " + std::to_string(generation) + " " + std::to_string(head.size) + " ", head.root);
}

}  // namespace khien::audit
