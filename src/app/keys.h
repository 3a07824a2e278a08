// The keys of an installation as its operators see them: which there are, what uses them, a new one for a purpose, the
// renewal of what is under an old one, a new root key.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/installation.h"

namespace khien::app {

/// A key and what is made with it.
struct KeyUse {
  store::KeyRow key;
  store::Purpose purpose;
  bool current = false;
  std::optional<Instant> replaced_at;  ///< when its successor was made
  std::int64_t uses = 0;               ///< rows that need it; of a log key: what it tagged and is still needed for
  Text what;                           ///< what these rows are
};
Result<std::vector<KeyUse>> list_keys(Installation& installation);

/// What a purpose is called.
Text words_of(store::Purpose purpose);

/// A new key, with an entry; old rows stay readable. Of the session key it is refused: it would end every session.
/// The id of the new key.
Result<std::string> rotate_key(Installation& installation, const people::By& by, store::Purpose purpose);

/// How long a replaced key is kept at least: a write that had begun before may still use it.
inline constexpr std::chrono::hours kKeyKeptAfterReplacing{1};
/// Refused for a key that is current, was replaced less than an hour ago, or is still used by a row.
Result<void> remove_key(Installation& installation, const people::By& by, const std::string& id);

/// Wraps every key with the root key of that file, which is made if there is none. The id of the new root key. The
/// configuration must then name the file: until it does, the installation does not open.
Result<std::string> rewrap_keys(Installation& installation, const people::By& by, const std::string& new_root_file);

/// Moves rows under old keys to the current ones in bounded batches, each a write of its own. Where it is stands in the
/// rows: after a killed process it goes on with those that are left.
class KeyRenewal {
 public:
  static constexpr std::uint64_t kBatch = 200;

  explicit KeyRenewal(Installation& installation) : installation_(installation) {}

  /// One batch; false once nothing is left.
  Result<bool> step();
  /// Batches for about that long, then until the next call; nothing if no key was replaced since it came to the end.
  Result<void> work_for(std::chrono::milliseconds most);

 private:
  [[nodiscard]] std::string current_keys() const;

  Installation& installation_;
  PersonId person_{};      ///< of people: begin after this one
  PersonId person_key_{};  ///< of the log's keys of persons
  std::string done_with_;  ///< the current keys when the end was reached
};

/// Brings the keyring up to date when an entry says that there is a new key.
std::unique_ptr<audit::Follower> follow_keys(store::Store& store, store::Keyring& keys);

}  // namespace khien::app
