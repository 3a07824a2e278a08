#include "accounts/scope.h"

#include <algorithm>

#include "accounts/entries.h"
#include "people/former_units.h"
#include "people/rules.h"

namespace khien::accounts {

UnitId unit_at(const Account& account, const people::Directory& directory, Instant at) {
  if (is_ones_own(account.kind))
    if (const auto posting = people::main_posting(directory, account.holder, at)) return posting->unit;
  return account.unit;
}

std::vector<const policy::Exception*> exceptions_for(const Account& account, const Register& known, Instant at) {
  std::vector<const policy::Exception*> out;
  if (known.exceptions().empty()) return out;
  const auto add = [&](const std::string& subject) {
    for (const auto& id : known.exceptions_of(subject)) {
      const policy::Exception* exception = known.exception(id);
      if (exception != nullptr && exception->in_force(at)) out.push_back(exception);
    }
  };
  add(subject_of(account.id));
  if (!account.login.is_nil()) add("login/" + account.login.text());
  // What is waived for a custodian as a person must not loosen a mailbox that others use.
  if (is_ones_own(account.kind)) add("person/" + account.holder.text());
  return out;
}

std::vector<std::pair<DirectiveId, std::string>> waived_for(const Account& account, const Register& known, Instant at) {
  std::vector<std::pair<DirectiveId, std::string>> waived;
  for (const auto* exception : exceptions_for(account, known, at))
    waived.insert(waived.end(), exception->clauses.begin(), exception->clauses.end());
  return waived;
}

SubjectAt subject_at(const Account& account, const Register& known, const people::Directory& directory, Instant at) {
  SubjectAt subject;
  subject.unit = unit_at(account, directory, at);
  subject.units = people::units_above(directory, subject.unit, at);
  std::vector<UnitId> all;
  directory.units().for_each([&](const UnitId& id, const people::Unit&) { all.push_back(id); });
  for (const auto& former : people::FormerUnits(directory, all, at).speaking_for(subject.unit))
    if (std::ranges::find(subject.units, former) == subject.units.end()) subject.units.push_back(former);
  subject.groups = people::groups_of(directory, account.holder, at);
  subject.system = account.system;
  subject.kind = account.kind;
  subject.waived = waived_for(account, known, at);
  return subject;
}

}  // namespace khien::accounts
