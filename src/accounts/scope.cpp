#include "accounts/scope.h"

#include <algorithm>

#include "people/rules.h"

namespace khien::accounts {

UnitId unit_at(const Account& account, const people::Directory& directory, Instant at) {
  if (is_ones_own(account.kind))
    if (const auto posting = people::main_posting(directory, account.holder, at)) return posting->unit;
  return account.unit;
}

std::vector<UnitId> units_above(const people::Directory& directory, const UnitId& unit, Instant at) {
  const people::UnitTree tree(directory, at);
  if (auto above = tree.ancestors(unit); !above.empty()) return above;
  std::vector<UnitId> units;
  for (const auto& successor : tree.living_successors(unit))
    for (const auto& above : tree.ancestors(successor))
      if (std::ranges::find(units, above) == units.end()) units.push_back(above);
  return units;
}

std::vector<std::pair<DirectiveId, std::string>> waived_for(const Account& account, const Register& known, Instant at) {
  std::vector<std::pair<DirectiveId, std::string>> waived;
  if (known.exceptions().empty()) return waived;
  const auto add = [&](const std::string& subject) {
    for (const auto& id : known.exceptions_of(subject)) {
      const policy::Exception* exception = known.exception(id);
      if (exception != nullptr && exception->in_force(at))
        waived.insert(waived.end(), exception->clauses.begin(), exception->clauses.end());
    }
  };
  add("account/" + account.id.text());
  if (!account.login.is_nil()) add("login/" + account.login.text());
  // What is waived for a custodian as a person must not loosen a mailbox that others use.
  if (is_ones_own(account.kind)) add("person/" + account.holder.text());
  return waived;
}

SubjectAt subject_at(const Account& account, const Register& known, const people::Directory& directory, Instant at) {
  SubjectAt subject;
  subject.unit = unit_at(account, directory, at);
  subject.units = units_above(directory, subject.unit, at);
  subject.groups = people::groups_of(directory, account.holder, at);
  subject.system = account.system;
  subject.kind = account.kind;
  subject.waived = waived_for(account, known, at);
  return subject;
}

}  // namespace khien::accounts
