// Which known person a row of a list of accounts means; used by the planner of accounts only.
#pragma once

#include <cstring>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "people/directory.h"
#include "people/sealing.h"

namespace khien::accounts {

/// What a row says of a person; what is empty was not said.
struct PersonWords {
  std::string name;
  std::string identity_number;  ///< clean
  std::string staff_code;       ///< clean
  std::optional<people::BirthDate> birth_date;
  UnitId unit;

  [[nodiscard]] bool is_numbered() const { return !identity_number.empty() || !staff_code.empty(); }
  /// A name alone says who somebody is called, not who it is.
  [[nodiscard]] bool names_somebody() const { return is_numbered() || (!name.empty() && birth_date); }
};

/// Finds people by identity number, else by staff code, else by unit, name and birth date; never by name alone. No
/// message holds an identity number.
class HolderFinder {
 public:
  /// Indexes the known people once; directory and marker must outlive it.
  HolderFinder(const people::Directory& directory, const people::Marker& marker, Instant now);

  /// The one person, or an error that says why there is none.
  [[nodiscard]] Result<PersonId> find(const PersonWords& words) const;
  /// By a cell that holds a staff code, an identity number or the work mail of one person only.
  [[nodiscard]] Result<PersonId> find_by_word(const std::string& text) const;
  [[nodiscard]] std::string name_of(const PersonId& person) const;

 private:
  struct MarkHash {
    std::size_t operator()(const people::Mark& mark) const {
      std::size_t value = 0;
      std::memcpy(&value, mark.data(), sizeof value);
      return value;
    }
  };
  [[nodiscard]] std::optional<PersonId> by_identity(const std::string& number) const;
  [[nodiscard]] std::optional<PersonId> by_staff_code(const std::string& code) const;
  [[nodiscard]] Result<std::optional<PersonId>> by_work_mail(const std::string& mail) const;
  [[nodiscard]] Result<PersonId> by_likeness(const PersonWords& words) const;
  [[nodiscard]] Result<PersonId> named_alike(const PersonId& person, const std::string& name) const;
  [[nodiscard]] bool belongs_to(const PersonId& person, const UnitId& unit) const;

  const people::Directory& directory_;
  const people::Marker& marker_;
  Instant now_;
  std::unordered_map<people::Mark, PersonId, MarkHash> identities_;
  std::unordered_multimap<people::Mark, PersonId, MarkHash> likenesses_;
  std::unordered_map<std::string, PersonId> staff_codes_;
  std::unordered_multimap<std::string, PersonId> work_mails_;
};

}  // namespace khien::accounts
