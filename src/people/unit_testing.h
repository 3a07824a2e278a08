// What tests of trees of units share: units without an installation.
#pragma once

#include <map>

#include "people/testing.h"
#include "people/unit_changes.h"

namespace khien::testing_support {

inline UnitId id_of(int number) {
  UnitId id;
  id.bytes[0] = static_cast<unsigned char>(number);
  id.bytes[15] = 1;
  return id;
}

inline people::UnitVersion version(std::string code, std::string name, UnitId parent, std::string_view from) {
  return {{day(from), std::nullopt}, std::move(code), std::move(name), parent, people::Tree::State, ""};
}

inline people::Directory directory_of(const people::UnitBook& book) {
  people::Directory directory;
  for (const auto& [id, unit] : book.units) directory.put(unit);
  std::map<UnitId, std::vector<people::UnitSuccession>> successions;
  for (const auto& succession : book.successions) successions[succession.old].push_back(succession);
  for (const auto& [old, list] : successions) directory.put_successions(old, list);
  return directory;
}

}  // namespace khien::testing_support
