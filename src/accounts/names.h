// What the codes of a directive name at one instant: units, systems and groups.
#pragma once

#include "accounts/register.h"
#include "directives/text.h"
#include "people/directory.h"

namespace khien::accounts {

/// Register and directory must outlive it.
class NamesAt final : public directives::Names {
 public:
  NamesAt(const Register& known, const people::Directory& directory, Instant at)
      : register_(known), directory_(directory), at_(at) {}

  /// Codes are reused over time: the unit that bears it at the instant.
  [[nodiscard]] std::optional<UnitId> unit(std::string_view code) const override;
  [[nodiscard]] std::optional<SystemId> system(std::string_view code) const override;
  [[nodiscard]] std::optional<GroupId> group(std::string_view code) const override;
  [[nodiscard]] bool has(const UnitId& id) const override { return directory_.unit(id) != nullptr; }
  [[nodiscard]] bool has(const SystemId& id) const override { return register_.system(id) != nullptr; }
  [[nodiscard]] bool has(const GroupId& id) const override { return directory_.groups().contains(id); }

 private:
  const Register& register_;
  const people::Directory& directory_;
  Instant at_;
};

}  // namespace khien::accounts
