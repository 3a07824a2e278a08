// What the ids of the log are called, for whoever reads it: the log itself knows only ids.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "app/installation.h"

namespace khien::cli {

/// Names out of the registers as they are now. Ids of every kind look alike and none is two things', so an id alone is
/// enough.
class LogNames {
 public:
  explicit LogNames(app::Installation& opened);

  /// Code of a system, group or directive, user name of a login, `annv@tthc`, name and code of a person or a unit as
  /// it was called at `at`. What belonged to a person whose data are erased is called so. nullopt if no register has
  /// it.
  [[nodiscard]] std::optional<std::string> name_of(std::string_view id, Instant at) const;

 private:
  [[nodiscard]] bool is_erased(const PersonId& person) const;
  [[nodiscard]] std::optional<std::string> unit_at(const UnitId& id, Instant at) const;

  std::shared_ptr<const people::Directory> directory_;
  std::shared_ptr<const accounts::Register> accounts_;
  std::shared_ptr<const credentials::Logins> logins_;
  std::shared_ptr<const directives::Register> directives_;
  oidc::Clients& clients_;
  std::map<RequestId, std::int64_t> requests_;  ///< their numbers
};

}  // namespace khien::cli
