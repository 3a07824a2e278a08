// A directive as a file: YAML that a person fills in, read with every mistake at its line, and written back.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "policy/directive.h"

namespace khien::directives {

/// Scope by codes, as a person writes it. `id:…` stands for an id where a program wrote it.
struct ScopeText {
  std::vector<std::string> units;
  std::vector<std::string> systems;
  std::vector<std::string> groups;
  std::vector<policy::AccountKind> accounts;
  std::size_t line = 0;
  std::map<std::string, std::size_t, std::less<>> lines = {};  ///< where each code stands in the file

  [[nodiscard]] std::size_t line_of(std::string_view code) const;
  [[nodiscard]] bool empty() const { return units.empty() && systems.empty() && groups.empty() && accounts.empty(); }
};

struct ClauseText {
  std::string id;
  Text words;
  std::optional<ScopeText> scope;
  std::vector<policy::Control> controls;
  std::vector<std::size_t> control_lines = {};  ///< one for each control, if it was read from a file

  [[nodiscard]] std::size_t line_of_control(std::size_t index) const {
    return index < control_lines.size() ? control_lines[index] : 0;
  }
};

struct DirectiveText {
  std::string code;
  std::optional<std::string> number;
  std::optional<std::string> date;
  std::string issuer;
  std::string subject;
  std::optional<std::string> adopted_by;
  std::optional<Date> from;
  std::optional<Date> until;
  Text note;
  ScopeText scope;
  std::vector<ClauseText> clauses;

  /// Where they stand in the file; 0 for what came from elsewhere.
  struct Lines {
    std::size_t code = 0;
    std::size_t adopted_by = 0;
    std::size_t until = 0;
  };
  Lines lines = {};
};

/// Reads YAML (or JSON, which is YAML). At most 1 MiB, 500 clauses, 20 controls a clause. One Error tells all mistakes,
/// each with `file:line`.
Result<DirectiveText> parse_directive(std::string_view yaml, const std::string& file);

/// The same as JSON text, which parse_directive reads back.
std::string write_directive(const DirectiveText& directive);

/// Finds what a code names here and now; nullopt if there is none.
class Names {
 public:
  virtual ~Names() = default;
  [[nodiscard]] virtual std::optional<UnitId> unit(std::string_view code) const = 0;
  [[nodiscard]] virtual std::optional<SystemId> system(std::string_view code) const = 0;
  [[nodiscard]] virtual std::optional<GroupId> group(std::string_view code) const = 0;
  /// Whether there is one of that id, at whatever time.
  [[nodiscard]] virtual bool has(const UnitId& id) const = 0;
  [[nodiscard]] virtual bool has(const SystemId& id) const = 0;
  [[nodiscard]] virtual bool has(const GroupId& id) const = 0;
};

/// Replaces codes by ids, for adopting. Reported with their lines: codes and ids (`id:…`) that nothing here has, also
/// those of systems in parameters, and `days` without the `within` whose days it counts.
Result<policy::Directive> resolve(const DirectiveText& text, const DirectiveId& id, const Names& names,
                                  const std::string& file);
/// What was adopted, which names everything by id: taken as it is, since what was right then may be gone by now.
Result<policy::Directive> resolve_stored(const DirectiveText& text, const DirectiveId& id, const std::string& file);
/// Back to text, with `id:…` for units, systems and groups.
DirectiveText text_of(const policy::Directive& directive);

}  // namespace khien::directives
