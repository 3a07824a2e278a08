#include "cli/log_names.h"

#include <algorithm>

#include "cli/find.h"

namespace khien::cli {

LogNames::LogNames(app::Installation& opened)
    : directory_(opened.people().snapshot()),
      accounts_(opened.accounts().snapshot()),
      logins_(opened.credentials().snapshot()),
      directives_(opened.directives().snapshot()),
      clients_(opened.clients()) {
  if (const auto requests = opened.requests().list(false))
    for (const auto& request : *requests) requests_.emplace(request.id, request.number);
}

bool LogNames::is_erased(const PersonId& person) const {
  const auto* record = directory_->person(person);
  return record != nullptr && record->person.name == people::kErasedName;
}

std::optional<std::string> LogNames::unit_at(const UnitId& id, Instant at) const {
  const auto* unit = directory_->unit(id);
  if (unit == nullptr || unit->versions.empty()) return std::nullopt;
  const auto then =
      std::ranges::find_if(unit->versions, [&](const auto& version) { return version.valid.contains(at); });
  const auto& version = then == unit->versions.end() ? unit->versions.back() : *then;
  return version.code.empty() ? version.name : version.name + " (" + version.code + ")";
}

std::optional<std::string> LogNames::name_of(std::string_view id, Instant at) const {
  const auto person = PersonId::parse(id);
  if (!person) return std::nullopt;  // no id of anything
  if (directory_->person(*person) != nullptr) return cli::name_of(*directory_, *person);
  if (const auto* login = logins_->find(*LoginId::parse(id)))
    return is_erased(login->holder) ? std::string(people::kErasedName) : login->user_name;
  if (const auto account = accounts_->account(*AccountId::parse(id)))
    return is_erased(account->holder) ? std::string(people::kErasedName) : cli::name_of(*accounts_, *account);
  if (const auto* system = accounts_->system(*SystemId::parse(id))) return system->code;
  if (const auto* directive = directives_->directive(*DirectiveId::parse(id))) return directive->code;
  if (const auto* group = directory_->group(*GroupId::parse(id))) return group->code;
  if (const auto client = clients_.find(*ClientId::parse(id))) return client->name;
  if (const auto request = requests_.find(*RequestId::parse(id)); request != requests_.end())
    return people::request_label(request->second);
  return unit_at(*UnitId::parse(id), at);
}

}  // namespace khien::cli
