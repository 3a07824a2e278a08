// What tests of directives share: the installation of people/testing.h with directives on top.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "directives/migrations.h"
#include "directives/service.h"
#include "people/testing.h"

namespace khien::testing_support {

/// Codes that are as said here.
class FixedNames final : public directives::Names {
 public:
  std::map<std::string, UnitId, std::less<>> units;
  std::map<std::string, SystemId, std::less<>> systems;
  std::map<std::string, GroupId, std::less<>> groups;

  [[nodiscard]] std::optional<UnitId> unit(std::string_view code) const override { return find(units, code); }
  [[nodiscard]] std::optional<SystemId> system(std::string_view code) const override { return find(systems, code); }
  [[nodiscard]] std::optional<GroupId> group(std::string_view code) const override { return find(groups, code); }
  [[nodiscard]] bool has(const UnitId& id) const override { return any_is(units, id); }
  [[nodiscard]] bool has(const SystemId& id) const override { return any_is(systems, id); }
  [[nodiscard]] bool has(const GroupId& id) const override { return any_is(groups, id); }

 private:
  template <class Map>
  static bool any_is(const Map& map, const typename Map::mapped_type& id) {
    return std::ranges::any_of(map, [&](const auto& entry) { return entry.second == id; });
  }
  template <class Map>
  static std::optional<typename Map::mapped_type> find(const Map& map, std::string_view code) {
    const auto found = map.find(code);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  }
};

/// A province (`TINH`) with two departments (`SNV`, `SYT`); today is 2025-06-01.
class DirectivesWorld : public PeopleWorld {
 public:
  DirectivesWorld() : PeopleWorld(directives::migrations()) {
    directives = std::make_unique<directives::Directives>(*store, log, *people, clock, random);
    follow(*directives);
    province = add_unit("TINH", "UBND tỉnh Mẫu", {});
    home = add_unit("SNV", "Sở Nội vụ", province);
    health = add_unit("SYT", "Sở Y tế", province);
    names.systems["tthc"] = SystemId::make(random);
  }

  UnitId add_unit(const std::string& code, const std::string& name, const UnitId& parent) {
    const auto id = must(people->add_unit(by, {{day("2020-01-01"), {}}, code, name, parent, people::Tree::State, ""}));
    names.units[code] = id;
    sync();
    return id;
  }

  /// One clause `CODE-1` that orders a length of at least so many characters.
  static directives::DirectiveText text(const std::string& code, const std::string& from, int min_length = 8,
                                        const std::string& adopted_by = "TINH") {
    directives::DirectiveText out;
    out.code = code;
    out.issuer = "Tiểu ban An toàn thông tin";
    out.subject = "bảo mật";
    out.adopted_by = adopted_by;
    out.from = parse_date(from);
    out.clauses.push_back({code + "-1",
                           {"Mật khẩu đủ dài.", "Long passwords."},
                           std::nullopt,
                           {must(policy::make_control(policy::Kind::PasswordComposition, policy::Force::Must,
                                                      {{"min_length", std::int64_t{min_length}}}))}});
    return out;
  }

  DirectiveId add(const directives::DirectiveText& wanted) {
    const auto id = must(directives->add(by, wanted, names, "x.yaml"));
    sync();
    return id;
  }

  FixedNames names;
  std::unique_ptr<directives::Directives> directives;
  UnitId province, home, health;
};

}  // namespace khien::testing_support
