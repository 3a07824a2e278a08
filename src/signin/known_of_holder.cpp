#include "signin/known_of_holder.h"

#include "people/rules.h"

namespace khien::signin {

credentials::GuessContext known_of_holder(const View& view, const Standing& standing, people::People& people,
                                          const std::string& installation_name) {
  credentials::GuessContext context;
  const PersonId& holder = standing.login.holder;
  for (const LoginId& id : view.logins().of_holder(holder))
    if (const auto* login = view.logins().find(id)) context.user_names.push_back(login->user_name);
  const people::UnitTree tree(view.directory(), view.at());
  if (const auto* record = view.directory().person(holder)) {
    context.full_name = record->person.name;
    if (!record->person.work_mail.empty()) context.user_names.push_back(record->person.work_mail);
    if (!record->person.staff_code.empty()) context.numbers.push_back(record->person.staff_code);
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
  if (const auto known = people.private_facts(holder)) {
    context.birth_date = known->birth_date;
    if (!known->identity_number.empty()) context.numbers.push_back(known->identity_number);
    if (!known->phone.empty()) context.numbers.push_back(known->phone);
  }
  context.issuer = installation_name;
  return context;
}

}  // namespace khien::signin
