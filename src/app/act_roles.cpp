// Granting a role, and ending one.
#include <algorithm>

#include "app/acts.h"
#include "people/rules.h"

namespace khien::app {
namespace {

people::About about_of(const people::RoleScope& scope) {
  people::About about;
  if (!scope.unit.is_nil()) about.units.push_back(scope.unit);
  if (!scope.system.is_nil()) about.system = scope.system;
  return about;
}

/// The person's roles as they are now: what a grant is weighed against.
std::string facts_of(const people::Directory& directory, const PersonId& person) {
  std::string out;
  if (const auto* record = directory.person(person))
    for (const auto& grant : record->roles)
      out += grant.id.text() + " " + iso(grant.valid.from) + " " + (grant.valid.to ? iso(*grant.valid.to) : "-") + "\n";
  return out;
}

Line holder_line(const people::Directory& directory, const PersonId& person) {
  const auto* record = directory.person(person);
  const std::string name = record == nullptr ? person.text() : record->person.name;
  return {Line::Kind::Note, {"người được nêu: " + name, "the person: " + name}};
}

}  // namespace

Text words_of(Installation& opened, const people::RoleGrant& grant) {
  const Text role = people::name_of(grant.role);
  if (!grant.scope.system.is_nil()) {
    const auto known = opened.accounts().snapshot();
    const auto* system = known->system(grant.scope.system);
    const std::string code = system == nullptr ? grant.scope.system.text() : system->code;
    return {role.vi + ", hệ thống " + code, role.en + ", system " + code};
  }
  if (grant.scope.is_whole()) return {role.vi + ", toàn hệ thống", role.en + ", everything"};
  const auto directory = opened.people().snapshot();
  const std::string unit = people::UnitTree(*directory, opened.clock.now()).path_name(grant.scope.unit);
  const std::string name = unit.empty() ? grant.scope.unit.text() : unit;
  return {role.vi + ", " + name, role.en + ", " + name};
}

people::About GrantRole::about(Installation&) const {
  return about_of(grant.scope);
}

Parameters GrantRole::parameters() const {
  Parameters out{{"person", grant.person.text()},
                 {"role", std::string(people::code_of(grant.role))},
                 {"from", iso(grant.valid.from)}};
  if (!grant.scope.unit.is_nil()) out["unit"] = grant.scope.unit.text();
  if (!grant.scope.system.is_nil()) out["system"] = grant.scope.system.text();
  if (grant.valid.to) out["until"] = iso(*grant.valid.to);
  return out;
}

Result<std::unique_ptr<Act>> GrantRole::from_request(const Parameters& parameters) {
  auto act = std::make_unique<GrantRole>();
  const auto role = people::parse_role(value_of(parameters, "role"));
  const auto person = PersonId::parse(value_of(parameters, "person"));
  const auto from = parse_instant(value_of(parameters, "from"));
  if (!role || !person || !from) return Failure(Error::internal("a request for a role cannot be read"));
  act->grant.role = *role;
  act->grant.person = *person;
  act->grant.scope.unit = UnitId::parse(value_of(parameters, "unit")).value_or(UnitId{});
  act->grant.scope.system = SystemId::parse(value_of(parameters, "system")).value_or(SystemId{});
  act->grant.valid = {*from, parse_instant(value_of(parameters, "until"))};
  return act;
}

Result<Prospect> GrantRole::look(Installation& opened) const {
  const auto directory = opened.people().snapshot();
  const auto* record = directory->person(grant.person);
  if (record == nullptr)
    return Failure(Error::not_found({"Không có người này trong danh sách.", "There is no such person."}));
  TRY(people::check_grant(grant, record->roles));
  const Text role = words_of(opened, grant);
  return Prospect{.summary = {"giao vai trò " + role.vi, "grant the role " + role.en},
                  .lines = {holder_line(*directory, grant.person)},
                  .facts = facts_of(*directory, grant.person)};
}

Result<Lines> GrantRole::carry_out(Installation& opened, const people::By& by) const {
  auto timely = grant;
  timely.valid.from = std::max(timely.valid.from, opened.clock.now());
  const auto id = TRY(opened.people().grant_role(by, timely));
  const Text role = words_of(opened, grant);
  return Lines{{Line::Kind::Result, Text::format("Đã giao vai trò {0}. Mã: {1}", "Granted the role {2}. Id: {1}",
                                                 role.vi, id.text(), role.en)}};
}

people::About EndRole::about(Installation& opened) const {
  const auto directory = opened.people().snapshot();
  if (const auto* record = directory->person(person))
    for (const auto& one : record->roles)
      if (one.id == grant) return about_of(one.scope);
  return people::About::whole();
}

Parameters EndRole::parameters() const {
  return {{"grant", grant.text()}, {"person", person.text()}};
}

Result<std::unique_ptr<Act>> EndRole::from_request(const Parameters& parameters) {
  auto act = std::make_unique<EndRole>();
  act->grant = RoleGrantId::parse(value_of(parameters, "grant")).value_or(RoleGrantId{});
  act->person = PersonId::parse(value_of(parameters, "person")).value_or(PersonId{});
  return act;
}

Result<Prospect> EndRole::look(Installation& opened) const {
  const auto directory = opened.people().snapshot();
  const auto* record = directory->person(person);
  if (record != nullptr)
    for (const auto& one : record->roles)
      if (one.id == grant) {
        const Text role = words_of(opened, one);
        return Prospect{.summary = {"thôi giao vai trò " + role.vi, "end the role " + role.en},
                        .lines = {holder_line(*directory, person)},
                        .facts = facts_of(*directory, person)};
      }
  return Failure(Error::not_found({"Không có lần giao vai trò này.", "There is no such grant of a role."}));
}

Result<Lines> EndRole::carry_out(Installation& opened, const people::By& by) const {
  TRY(opened.people().end_role(by, grant, opened.clock.now()));
  return Lines{{Line::Kind::Result, {"Đã thôi giao vai trò.", "The role has ended."}}};
}

}  // namespace khien::app
