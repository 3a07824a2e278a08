// What the commitments of an entry stand for: salt and value of each, sealed under a key of the person whom they are
// about. Destroying that key erases them for good and leaves every proof whole.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/encode.h"
#include "audit/merkle.h"
#include "base/random.h"
#include "base/secret.h"
#include "store/keyring.h"
#include "store/store.h"

namespace khien::audit {

struct Opening {
  Salt salt{};
  std::string value;
};

/// Person keys are wrapped by the installation's field key. Nothing is kept in memory: a key that a rolled-back
/// transaction made must not seal anything.
class Openings {
 public:
  Openings(const store::Keyring& keyring, Random& random) : keyring_(keyring), random_(random) {}

  /// Seals under the person's key, which is made if there is none. `leaf` names the entry.
  void seal_in(store::Transaction& tx, const PersonId& person, const Digest& leaf, std::string_view name,
               const Opening& opening) const;

 private:
  [[nodiscard]] Secret key_of(store::Transaction& tx, const PersonId& person) const;

  const store::Keyring& keyring_;
  Random& random_;
};

/// How far a renewal that goes through persons in the order of their ids has come.
struct RenewalStep {
  PersonId last;           ///< begin the next step after this one
  std::uint64_t done = 0;  ///< rows made anew in this step; 0 at the end
};
/// Wraps the next person keys with the current field key, at most `limit`, in one write. Persons that are erased
/// meanwhile stay erased.
Result<RenewalStep> renew_person_keys(store::Store& store, const store::Keyring& keyring, Random& random,
                                      const PersonId& after, std::uint64_t limit);

/// The person's key; nullopt if it was destroyed or cannot be unwrapped.
std::optional<Secret> person_key(store::Reader& reader, const store::Keyring& keyring, const PersonId& person);
/// nullopt if there is none, or it cannot be opened with that key. The caller compares it with the commitment.
std::optional<Opening> read_opening(store::Reader& reader, const Secret& key, const Digest& leaf,
                                    std::string_view name);
/// True if a sealed opening is there, whatever it holds.
bool has_opening(store::Reader& reader, const Digest& leaf, std::string_view name);

}  // namespace khien::audit
