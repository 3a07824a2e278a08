// A directive: a confirmed letter as controls with scope and dates. Plain values, no I/O.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "policy/catalogue.h"
#include "policy/value.h"

namespace khien::policy {

/// The four kinds of account of TCVN's list columns.
enum class AccountKind : std::uint8_t { Personal, Unit, Administrator, Service };
inline constexpr std::size_t kAccountKindCount = 4;
std::string_view code_of(AccountKind kind);
std::optional<AccountKind> parse_account_kind(std::string_view code);
Text name_of(AccountKind kind);

/// Whether a clause orders or only advises.
enum class Force : std::uint8_t { Must, Should };
Text name_of(Force force);

/// Whom something binds. An empty list does not narrow; lists are alternatives within and conditions between each
/// other.
struct Scope {
  std::vector<UnitId> units;  ///< roots of subtrees
  std::vector<SystemId> systems;
  std::vector<GroupId> groups;
  std::vector<AccountKind> kinds;

  bool operator==(const Scope&) const = default;
};

/// One control that a clause asks for.
struct Control {
  Kind kind = Kind::PasswordComposition;
  Force force = Force::Must;
  /// One entry per parameter of the kind, in the catalogue's order; empty where nothing is said.
  std::vector<Atoms> values;

  bool operator==(const Control&) const = default;
};

/// Builds a control and checks every parameter, all mistakes at once.
Result<Control> make_control(Kind kind, Force force, const RawParameters& parameters);
/// Back to names and values.
RawParameters raw_of(const Control& control);

struct Clause {
  std::string id;              ///< `LA-13`: short, unique within the directive
  Text words;                  ///< the letter's words or ours, as shown with every refusal
  std::optional<Scope> scope;  ///< narrows the directive's scope
  std::vector<Control> controls;
};

/// A letter that somebody here adopted. In force from `from` until `until` (withdrawn or replaced); where they are one,
/// it was called off before it began and never binds.
struct Directive {
  DirectiveId id;
  std::string code;                   ///< short name here, such as `LA`
  std::optional<std::string> number;  ///< `1017-CV/VPHU`; absent where the letter left it blank
  std::optional<std::string> date;    ///< `2024-06-07` or `2024-10`
  std::string issuer;
  std::string subject;
  UnitId adopted_by;
  Instant from;
  std::optional<Instant> until;
  Scope scope;
  std::vector<Clause> clauses;
  /// When it was put on record here, for what runs from when people could know of it; the epoch for one that is not.
  Instant recorded{};

  [[nodiscard]] bool in_force(Instant at) const { return from <= at && (!until || at < *until); }
  [[nodiscard]] bool was_called_off() const { return until && *until <= from; }
  /// No longer in force, and never again.
  [[nodiscard]] bool is_over(Instant at) const { return until && (*until <= at || was_called_off()); }
};

/// How a person names the letter: `Công văn số 1017-CV/VPHU ngày 07/06/2024 của Văn phòng …`.
Text label_of(const Directive& directive);

/// A recorded, owned, expiring waiver of named clauses for one subject. It never waives a directive that came later,
/// because it names clauses of a directive.
struct Exception {
  ExceptionId id;
  std::string subject;  ///< `account/ID`, `login/ID`, `person/ID`
  std::vector<std::pair<DirectiveId, std::string>> clauses;
  PersonId owner;
  std::string reason;
  std::string compensating_measure;
  Instant from;
  Instant until;

  [[nodiscard]] bool in_force(Instant at) const { return from <= at && at < until; }
};

}  // namespace khien::policy
