#include "accounts/scope.h"

#include "accounts/entries.h"
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

}  // namespace khien::accounts
