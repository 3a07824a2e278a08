// Shows that rows which no checkpoint covers yet were written by this program: who can write to the database, but does
// not have the keys, cannot slip in an entry that the next checkpoint would sign.
#pragma once

#include <string>
#include <string_view>

#include "audit/merkle.h"
#include "base/secret.h"
#include "store/keyring.h"

namespace khien::audit {

class StateKey {
 public:
  /// Derived from a key of Purpose::Log.
  explicit StateKey(const store::Key& log_key);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] std::string tag_of_entry(const Digest& leaf) const;
  [[nodiscard]] std::string tag_of_tree(std::uint64_t generation, const TreeHead& head) const;

 private:
  std::string id_;
  Secret key_;
};

}  // namespace khien::audit
