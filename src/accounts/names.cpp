#include "accounts/names.h"

#include "people/rules.h"

namespace khien::accounts {

std::optional<UnitId> NamesAt::unit(std::string_view code) const {
  return people::UnitTree(directory_, at_).unit_coded(std::string(code));
}

std::optional<SystemId> NamesAt::system(std::string_view code) const {
  const System* found = register_.system_coded(code);
  return found == nullptr ? std::nullopt : std::optional(found->id);
}

std::optional<GroupId> NamesAt::group(std::string_view code) const {
  std::optional<GroupId> found;
  directory_.groups().for_each([&](const GroupId& id, const people::Group& group) {
    if (group.code == code) found = id;
  });
  return found;
}

}  // namespace khien::accounts
