// Checks one entry by itself: that it is an entry, that the columns beside it repeat what it says, and that each of its
// commitments has an opening, or an erasure that explains why not.
#pragma once

#include <map>

#include "audit/encode.h"
#include "audit/finding.h"
#include "audit/store.h"
#include "store/keyring.h"

namespace khien::audit {

class ContentCheck {
 public:
  /// Without a keyring openings are only looked for, not opened.
  ContentCheck(store::Reader& reader, const store::Keyring* keyring);

  MaybeFinding check(const EntryRow& row, const Digest& leaf);

  [[nodiscard]] std::uint64_t opened() const { return opened_; }
  [[nodiscard]] std::uint64_t unopened() const { return unopened_; }
  [[nodiscard]] std::uint64_t erased() const { return erased_; }

 private:
  MaybeFinding check_opening(std::uint64_t number, const Digest& leaf, const PersonId& person,
                             const Commitment& commitment);
  MaybeFinding check_erased(std::uint64_t number, const Digest& leaf, const PersonId& person,
                            const Commitment& commitment);
  bool opens(const Digest& leaf, const PersonId& person, const Commitment& commitment);

  store::Reader& reader_;
  const store::Keyring* keyring_;
  std::map<PersonId, std::uint64_t> erasures_;  ///< the last entry that says so
  std::uint64_t opened_ = 0;
  std::uint64_t unopened_ = 0;
  std::uint64_t erased_ = 0;
};

}  // namespace khien::audit
