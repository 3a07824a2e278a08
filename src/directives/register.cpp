#include "directives/register.h"

#include <algorithm>

namespace khien::directives {

std::string_view code_of(Confirmation what) {
  switch (what) {
    case Confirmation::Read:
      return "read";
    case Confirmation::Signed:
      return "signed";
    case Confirmation::Monitoring:
      return "monitoring";
  }
  return {};
}

const policy::Directive* Register::directive(const DirectiveId& id) const {
  const auto found = std::ranges::find(*directives_, id, &policy::Directive::id);
  return found == directives_->end() ? nullptr : &*found;
}

const policy::Directive* Register::coded(std::string_view code, Instant at) const {
  const policy::Directive* first = nullptr;
  for (const auto& directive : *directives_) {
    if (directive.code != code || directive.is_over(at)) continue;
    if (first == nullptr || directive.from < first->from) first = &directive;
  }
  return first;
}

const Confirmations& Register::confirmations_of(const PersonId& person) const {
  static const Confirmations kNone;
  const Confirmations* found = confirmations_.find(person);
  return found == nullptr ? kNone : *found;
}

void Register::put(std::vector<policy::Directive> directives) {
  directives_ = std::make_shared<const std::vector<policy::Directive>>(std::move(directives));
}

void Register::put(const PersonId& person, Confirmations confirmations) {
  confirmations_.set(person, std::move(confirmations));
}

void Register::put(const std::map<PersonId, Confirmations>& all) {
  confirmations_ = {};
  for (const auto& [person, confirmations] : all) confirmations_.set(person, confirmations);
}

}  // namespace khien::directives
