// Random controls, directives and subjects for the laws of this folder.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "policy/decide.h"
#include "policy/policy_set.h"

namespace khien::policy::testing_support {

inline Atoms random_value(const Parameter& parameter) {
  const auto text = [](int n) { return "Văn phòng " + std::to_string(n); };
  switch (parameter.type) {
    case ParameterType::Integer:
      return {
          atom_of(*rc::gen::inRange<std::int64_t>(parameter.low, std::min(parameter.high, parameter.low + 20) + 1))};
    case ParameterType::Flag:
      return {atom_of(1)};
    case ParameterType::Set: {
      Atoms atoms;
      for (std::size_t i = 0; i < parameter.codes.size(); ++i)
        if (*rc::gen::arbitrary<bool>()) atoms.push_back(atom_of(static_cast<std::int64_t>(i)));
      return atoms;
    }
    case ParameterType::Choice:
      return {atom_of(*rc::gen::inRange<std::int64_t>(0, 2))};
    case ParameterType::Duration:
      if (parameter.high <= 86400)
        return {atom_of(*rc::gen::element(Period{.seconds = 900}, Period{.seconds = 600}, Period{.seconds = 3600}))};
      return {atom_of(*rc::gen::element(Period{.months = 1}, Period{.days = 30}, Period{.days = 45},
                                        Period{.months = 6}, Period{.days = 5}))};
    case ParameterType::Day:
      return {
          atom_of(*rc::gen::element(*parse_date("2024-10-26"), *parse_date("2025-01-05"), *parse_date("2026-03-01")))};
    case ParameterType::Words:
      return {atom_of(text(*rc::gen::inRange(0, 4)))};
    case ParameterType::List:
      return {atom_of(text(*rc::gen::inRange(0, 2))), atom_of(text(*rc::gen::inRange(2, 4)))};
  }
  return {};
}

inline Control random_control() {
  const auto kind = static_cast<Kind>(*rc::gen::inRange<int>(0, kKindCount));
  Control control{kind, *rc::gen::element(Force::Must, Force::Must, Force::Should), {}};
  for (const auto& parameter : spec_of(kind).parameters)
    control.values.push_back(parameter.required || *rc::gen::arbitrary<bool>() ? random_value(parameter) : Atoms{});
  return control;
}

template <class IdType>
IdType small_id(int n) {
  IdType id;
  id.bytes[0] = static_cast<unsigned char>(n + 1);
  return id;
}

template <class T, class Make>
std::vector<T> some(int most, Make make) {
  std::vector<T> out;
  for (int n = 0; n < most; ++n)
    if (*rc::gen::inRange(0, 3) == 0) out.push_back(make(n));
  return out;
}

inline Scope random_scope() {
  return {some<UnitId>(4, small_id<UnitId>), some<SystemId>(3, small_id<SystemId>), some<GroupId>(2, small_id<GroupId>),
          some<AccountKind>(4, [](int n) { return static_cast<AccountKind>(n); })};
}

inline constexpr Instant kStart = instant_of(1'700'000'000'000'000);

inline Directive random_directive(int n) {
  Directive directive;
  directive.id = small_id<DirectiveId>(n);
  directive.code = "D" + std::to_string(n);
  directive.issuer = "UBND";
  directive.from = kStart + std::chrono::hours(24) * *rc::gen::inRange(-400, 100);
  directive.scope = random_scope();
  const int clauses = *rc::gen::inRange(1, 5);
  for (int c = 0; c < clauses; ++c) {
    Clause clause;
    clause.id = directive.code + "-" + std::to_string(c);
    if (*rc::gen::inRange(0, 4) == 0) clause.scope = random_scope();
    const int controls = *rc::gen::inRange(1, 4);
    for (int i = 0; i < controls; ++i) clause.controls.push_back(random_control());
    directive.clauses.push_back(std::move(clause));
  }
  return directive;
}

inline std::vector<Directive> random_directives(int most) {
  std::vector<Directive> out;
  const int count = *rc::gen::inRange(0, most + 1);
  for (int n = 0; n < count; ++n) out.push_back(random_directive(n));
  return out;
}

/// A subject that owns what it points to.
struct OwnedSubject {
  std::vector<UnitId> units = some<UnitId>(4, small_id<UnitId>);
  SystemId system = small_id<SystemId>(*rc::gen::inRange(0, 4));
  AccountKind kind = static_cast<AccountKind>(*rc::gen::inRange(0, 4));
  std::vector<GroupId> groups = some<GroupId>(2, small_id<GroupId>);

  [[nodiscard]] Subject view() const { return {units, system, kind, groups, {}}; }
};

}  // namespace khien::policy::testing_support
