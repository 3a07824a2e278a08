#include "accounts/entries.h"

namespace khien::accounts {
namespace {

using audit::Entry;
using audit::Fact;

Entry begin_entry(const By& by, std::string type, Instant now, std::string subject) {
  std::string result = type.substr(type.rfind('.') + 1);
  Entry entry{std::move(type), now, by.actor, std::move(subject), {}, {}, std::move(result), std::nullopt, {}};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  return entry;
}

void add_change(std::vector<Fact>& facts, const std::string& name, std::string before, std::string after) {
  if (before == after) return;
  if (!before.empty()) facts.push_back({"was." + name, std::move(before)});
  facts.push_back({name, std::move(after)});
}

template <class IdType>
std::string text_of(const IdType& id) {
  return id.is_nil() ? std::string() : id.text();
}
std::string text_of(bool flag) {
  return flag ? "true" : "false";
}
std::string text_of(const std::optional<Instant>& at) {
  return at ? iso(*at) : std::string();
}
std::string text_of(const std::vector<PersonId>& people) {
  std::string out;
  for (const auto& person : people) out += (out.empty() ? "" : " ") + person.text();
  return out;
}

void add_account_changes(Entry& entry, const Account& before, const Account& after, bool is_new) {
  const auto was = [&](std::string_view code) { return is_new ? std::string() : std::string(code); };
  auto& facts = entry.facts;
  add_change(facts, "system", text_of(before.system), text_of(after.system));
  add_change(facts, "kind", was(policy::code_of(before.kind)), std::string(policy::code_of(after.kind)));
  add_change(facts, "login", text_of(before.login), text_of(after.login));
  add_change(facts, "holder", text_of(before.holder), text_of(after.holder));
  add_change(facts, "unit", text_of(before.unit), text_of(after.unit));
  add_change(facts, "named_users", text_of(before.named_users), text_of(after.named_users));
  add_change(facts, "wanted", was(code_of(before.wanted)), std::string(code_of(after.wanted)));
  add_change(facts, "observed", was(code_of(before.observed.state)), std::string(code_of(after.observed.state)));
  add_change(facts, "as_of", text_of(before.observed.as_of), text_of(after.observed.as_of));
  add_change(facts, "created_at", was(iso(before.created_at)), iso(after.created_at));
  add_change(facts, "closed_at", text_of(before.closed_at), text_of(after.closed_at));
}

}  // namespace

std::string subject_of(const SystemId& id) {
  return "system/" + id.text();
}
std::string subject_of(const AccountId& id) {
  return "account/" + id.text();
}
std::string subject_of(const ExceptionId& id) {
  return "exception/" + id.text();
}
std::string observations_subject(const SystemId& system) {
  return "observations/" + system.text();
}

Entry system_entry(const By& by, std::string type, Instant now, const System& before, const System& after) {
  Entry entry = begin_entry(by, std::move(type), now, subject_of(after.id));
  const bool is_new = before.id.is_nil();
  const auto was = [&](bool flag) { return is_new ? std::string() : text_of(flag); };
  add_change(entry.facts, "code", before.code, after.code);
  add_change(entry.facts, "name", before.name, after.name);
  add_change(entry.facts, "owner", text_of(before.owner), text_of(after.owner));
  add_change(entry.facts, "operator_name", before.operator_name, after.operator_name);
  add_change(entry.facts, "behind_gate", was(before.behind_gate), text_of(after.behind_gate));
  add_change(entry.facts, "login_is_ours", was(before.login_is_ours), text_of(after.login_is_ours));
  return entry;
}

Entry account_entry(const By& by, std::string type, Instant now, const Account& before, const Account& after) {
  Entry entry = begin_entry(by, std::move(type), now, subject_of(after.id));
  add_account_changes(entry, before, after, before.id.is_nil());
  if (is_ones_own(after.kind)) entry.person = after.holder;
  add_change(entry.person ? entry.personal : entry.facts, "user_name", before.user_name, after.user_name);
  return entry;
}

Entry hold_entry(const By& by, Instant now, std::string subject, policy::Kind kind,
                 const std::optional<policy::HoldRecord>& before, const std::optional<policy::HoldRecord>& after) {
  Entry entry = begin_entry(by, after ? "hold.recorded" : "hold.withdrawn", now, std::move(subject));
  const auto hold = [](const auto& record) { return record ? std::string(policy::code_of(record->hold)) : ""; };
  const auto was = before.value_or(policy::HoldRecord{});
  const auto is = after.value_or(policy::HoldRecord{});
  entry.facts.push_back({"kind", std::string(policy::code_of(kind))});
  add_change(entry.facts, "hold", hold(before), hold(after));
  add_change(entry.facts, "as_of", text_of(was.as_of), text_of(is.as_of));
  add_change(entry.facts, "letter", was.letter, is.letter);
  return entry;
}

Entry exception_entry(const By& by, std::string type, Instant now, const policy::Exception& exception) {
  Entry entry = begin_entry(by, std::move(type), now, subject_of(exception.id));
  for (const auto& [directive, clause] : exception.clauses) entry.clauses.push_back(directive.text() + "/" + clause);
  entry.facts.push_back({"of", exception.subject});
  entry.facts.push_back({"owner", exception.owner.text()});
  entry.facts.push_back({"reason", exception.reason});
  entry.facts.push_back({"compensating_measure", exception.compensating_measure});
  entry.facts.push_back({"from", iso(exception.from)});
  entry.facts.push_back({"until", iso(exception.until)});
  return entry;
}

Entry observations_entry(const By& by, Instant now, const SystemId& system, Instant as_of, const StateCounts& counts) {
  Entry entry = begin_entry(by, "accounts.observed", now, observations_subject(system));
  entry.facts.push_back({"as_of", iso(as_of)});
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] != 0)
      entry.facts.push_back({std::string(code_of(static_cast<ObservedState>(i))), std::to_string(counts[i])});
  return entry;
}

}  // namespace khien::accounts
