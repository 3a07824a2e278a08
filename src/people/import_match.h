// Which known person a row of a staff list is; used by the planner of people only.
#pragma once

#include <map>
#include <unordered_map>

#include "people/import_people.h"
#include "people/import_person_row.h"

namespace khien::people {

/// Indexes the known people once, and remembers which rows were seen.
class PersonMatcher {
 public:
  /// All must outlive it.
  PersonMatcher(const Directory& known, const PrivateReader& private_facts);

  /// The known person; nullopt for a new one; an error if the row cannot be told apart or contradicts itself.
  [[nodiscard]] Result<std::optional<PersonId>> match(const PersonRow& row) const;

  /// An error that names the earlier row of the same person.
  Result<void> claim(const PersonRow& row, const std::optional<PersonId>& found);

 private:
  struct MarkHash {
    std::size_t operator()(const Mark& mark) const;
  };
  [[nodiscard]] Result<std::optional<PersonId>> match_likeness(const PersonRow& row) const;
  [[nodiscard]] Result<void> refuse_half_known(const PersonRow& row) const;
  [[nodiscard]] const Person& person(const PersonId& id) const { return known_.person(id)->person; }
  [[nodiscard]] std::string described(const PersonId& id) const;

  const Directory& known_;
  const PrivateReader& private_facts_;
  mutable std::unordered_multimap<std::string, PersonId> by_name_;  ///< folded; made when first needed
  std::unordered_map<Mark, PersonId, MarkHash> by_identity_;
  std::unordered_map<std::string, PersonId> by_staff_code_;
  std::unordered_multimap<Mark, PersonId, MarkHash> by_likeness_;

  std::unordered_map<PersonId, std::size_t> claimed_;
  std::unordered_map<Mark, std::size_t, MarkHash> claimed_identities_;
  std::unordered_map<std::string, std::size_t> claimed_staff_codes_;
  std::map<std::pair<Mark, UnitId>, std::size_t> claimed_likenesses_;
};

}  // namespace khien::people
