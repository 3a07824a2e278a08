#include "signin/known_of_holder.h"

#include "people/rules.h"

namespace khien::signin {

credentials::GuessContext known_of_holder(const View& view, const Standing& standing,
                                          const std::string& installation_name) {
  credentials::GuessContext context;
  const PersonId& holder = standing.login.holder;
  for (const LoginId& id : view.logins().of_holder(holder))
    if (const auto* login = view.logins().find(id)) context.user_names.push_back(login->user_name);
  const people::UnitTree tree(view.directory(), view.at());
  if (const auto* record = view.directory().person(holder)) {
    context.full_name = record->person.name;
    if (!record->person.work_mail.empty()) context.user_names.push_back(record->person.work_mail);
    if (const auto posting = people::main_posting(view.directory(), holder, view.at()))
      for (const UnitId& unit : tree.ancestors(posting->unit))
        if (const auto* version = tree.version(unit)) {
          context.unit_names.push_back(version->name);
          context.unit_names.push_back(version->code);
        }
  }
  for (const auto& account : standing.accounts) {
    context.user_names.push_back(account.user_name);
    if (const auto* system = view.accounts().system(account.system)) {
      context.system_names.push_back(system->name);
      context.system_names.push_back(system->code);
    }
  }
  context.issuer = installation_name;
  return context;
}

Result<credentials::GuessContext> with_secrets_of_holder(credentials::GuessContext known, const View& view,
                                                         const Standing& standing, people::People& people) {
  const PersonId& holder = standing.login.holder;
  const auto secret = TRY(people.private_facts(holder));
  if (secret.birth_date) known.birth_date = secret.birth_date->date();
  if (secret.birth_date && !secret.birth_date->date()) known.numbers.push_back(secret.birth_date->text());
  if (!secret.identity_number.empty()) known.numbers.push_back(secret.identity_number);
  if (!secret.phone.empty()) known.numbers.push_back(secret.phone);
  if (const auto* record = view.directory().person(holder); record != nullptr && !record->person.staff_code.empty())
    known.numbers.push_back(record->person.staff_code);
  return known;
}

}  // namespace khien::signin
