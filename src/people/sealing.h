// Personal columns at rest: encrypted for reading back, and keyed digests for exact look-up.
#pragma once

#include <string>
#include <vector>

#include "people/person_rules.h"
#include "people/types.h"
#include "store/keyring.h"

namespace khien::people {

/// The keyed digests of personal values; equal values give equal marks, and nobody without the key learns more.
class Marker {
 public:
  /// Marks with the newest key, and knows the marks that older keys made.
  explicit Marker(const store::Keyring& keys);
  /// The key must outlive it.
  explicit Marker(const store::Key& digest_key) : keys_{&digest_key} {}

  [[nodiscard]] Mark identity(std::string_view identity_number) const;
  /// One mark for name and birth date together, so that equal birth dates of others do not show.
  [[nodiscard]] Mark likeness(std::string_view name, const BirthDate& birth_date) const;
  /// The marks by every key that there is, the newest first: rows keep the mark of an older key until they are renewed.
  [[nodiscard]] std::vector<Mark> identities(std::string_view identity_number) const;
  [[nodiscard]] std::vector<Mark> likenesses(std::string_view name, const BirthDate& birth_date) const;
  [[nodiscard]] const std::string& key_id() const { return keys_.front()->id; }

  /// The person with the marks that follow from the details. The details must be clean.
  [[nodiscard]] Person person_of(const PersonId& id, const PersonDetails& details) const;

 private:
  std::vector<const store::Key*> keys_;  ///< the newest first, never empty
};

/// The encrypted columns as stored: `KEYID.SEALED`, empty where nothing is known.
struct SealedFacts {
  std::string birth_date;
  std::string identity_number;
  std::string phone;
};

/// Each value is bound to the person and the column, so that rows and columns cannot be exchanged.
SealedFacts seal_facts(const store::Keyring& keys, const PersonId& person, const PrivateFacts& facts, Random& random);
/// An error if a key is missing or a column is not what was sealed for that person.
Result<PrivateFacts> open_facts(const store::Keyring& keys, const PersonId& person, const SealedFacts& sealed);

/// How many persons have columns sealed, or marks made, with the key of that id.
std::int64_t count_sealed_under(store::Reader& reader, std::string_view field_key);
std::int64_t count_marked_under(store::Reader& reader, std::string_view digest_key);

}  // namespace khien::people
