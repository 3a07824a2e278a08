// Roles: who may do what for which units or which system. A grant holds in a span of time and is made or ended by two
// persons where it gives power over others.
#pragma once

#include <optional>
#include <string_view>

#include "base/ids.h"
#include "base/text.h"
#include "base/validity.h"

namespace khien::people {

/// Whoever works somewhere is a civil servant and needs no grant for what concerns himself.
enum class Role {
  UnitHead,       ///< thủ trưởng đơn vị
  UnitClerk,      ///< đầu mối của đơn vị: lists, worklists, reviews
  UnitHelper,     ///< người hỗ trợ tại đơn vị: confirms people face to face, never sees a password
  SystemOwner,    ///< chủ quản hệ thống
  Centre,         ///< trung tâm CNTT
  Auditor,        ///< kiểm tra, giám sát: sees everything, changes nothing
  PoliceContact,  ///< đầu mối công an
  BreakGlass,     ///< quản trị khẩn cấp: never shut out by a directive; every use alarms
};
inline constexpr int kRoleCount = 8;

/// Where a grant holds: the subtree of a unit, one system, or, with neither, the whole installation.
struct RoleScope {
  UnitId unit{};
  SystemId system{};

  [[nodiscard]] bool is_whole() const { return unit.is_nil() && system.is_nil(); }
  auto operator<=>(const RoleScope&) const = default;
};

struct RoleGrant {
  RoleGrantId id;
  PersonId person;
  Role role = Role::UnitClerk;
  RoleScope scope;
  Validity valid;

  bool operator==(const RoleGrant&) const = default;
};

/// As stored and typed: `unit_head`, `centre`.
std::string_view code_of(Role role);
std::optional<Role> parse_role(std::string_view code);
Text name_of(Role role);

}  // namespace khien::people
