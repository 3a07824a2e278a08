#include "people/entries.h"

#include <algorithm>

#include "base/vietnamese.h"

namespace khien::people {
namespace {

using audit::Entry;
using audit::Fact;

Entry begin_entry(const By& by, std::string type, Instant now, std::string subject) {
  const auto dot = type.rfind('.');
  std::string result = type.substr(dot == std::string::npos ? 0 : dot + 1);
  Entry entry{std::move(type), now, by.actor, std::move(subject), {}, {}, std::move(result), std::nullopt, {}};
  if (!by.basis.empty()) entry.facts.push_back({"basis", by.basis});
  return entry;
}

void add_validity(std::vector<Fact>& facts, const std::string& prefix, const Validity& valid) {
  facts.push_back({prefix + "from", iso(valid.from)});
  facts.push_back({prefix + "to", valid.to ? iso(*valid.to) : std::string()});
}

/// Calls `describe(item, prefix)` for what is only in `after` ("posting.1.") and what is only in `before` ("was.1.").
template <class T, class Describe>
void differences(const std::vector<T>& before, const std::vector<T>& after, const std::string& name,
                 Describe&& describe) {
  std::size_t number = 0;
  for (const auto& item : before)
    if (std::ranges::find(after, item) == after.end())
      describe(item, "was." + name + "." + std::to_string(++number) + ".");
  number = 0;
  for (const auto& item : after)
    if (std::ranges::find(before, item) == before.end()) describe(item, name + "." + std::to_string(++number) + ".");
}

void add_change(std::vector<Fact>& facts, const std::string& name, const std::string& before,
                const std::string& after) {
  if (before == after) return;
  if (!before.empty()) facts.push_back({"was." + name, before});
  facts.push_back({name, after});
}

void add_person_changes(Entry& entry, const Person& before, const Person& after,
                        const std::vector<std::string>& secret_changes) {
  add_change(entry.personal, "name", before.name, after.name);
  add_change(entry.personal, "work_mail", before.work_mail, after.work_mail);
  add_change(entry.personal, "staff_code", before.staff_code, after.staff_code);
  if (before.category != after.category) entry.facts.push_back({"category", std::string(code_of(after.category))});
  std::string secret;
  for (const auto& column : secret_changes) secret += (secret.empty() ? "" : ",") + column;
  if (!secret.empty()) entry.facts.push_back({"changed", secret});
}

const std::vector<UnitVersion>& versions_in(const UnitBook& book, const UnitId& id) {
  static const std::vector<UnitVersion> none;
  const auto found = book.units.find(id);
  return found == book.units.end() ? none : found->second.versions;
}

}  // namespace

Result<std::string> clean_reason(const std::string& reason) {
  auto clean = clean_words(reason, 2000);
  if (!clean)
    return Failure(Error::invalid({"Cần nêu lý do (1–2000 ký tự).", "Give the reason (1 to 2000 characters)."}));
  return std::move(*clean);
}

std::string subject_of(const UnitId& id) {
  return "unit/" + id.text();
}
std::string subject_of(const PersonId& id) {
  return "person/" + id.text();
}
std::string subject_of(const GroupId& id) {
  return "group/" + id.text();
}

Entry unit_entry(const By& by, std::string type, Instant now, const UnitBook& before, const UnitBook& after,
                 const UnitId& id) {
  Entry entry = begin_entry(by, std::move(type), now, subject_of(id));
  differences(versions_in(before, id), versions_in(after, id), "version",
              [&](const UnitVersion& version, const std::string& prefix) {
                add_validity(entry.facts, prefix, version.valid);
                entry.facts.push_back({prefix + "code", version.code});
                entry.facts.push_back({prefix + "name", version.name});
                entry.facts.push_back({prefix + "parent", version.parent.is_nil() ? "" : version.parent.text()});
                entry.facts.push_back({prefix + "tree", std::string(code_of(version.tree))});
                entry.facts.push_back({prefix + "level", version.level});
              });
  std::size_t number = 0;
  for (std::size_t i = before.successions.size(); i < after.successions.size(); ++i) {
    const auto& succession = after.successions[i];
    if (succession.old == id)
      entry.facts.push_back(
          {std::string(code_of(succession.how)) + "." + std::to_string(++number), succession.successor.text()});
  }
  return entry;
}

Entry person_entry(const By& by, std::string type, Instant now, const PersonRecord& before, const PersonRecord& after,
                   const std::vector<std::string>& secret_changes) {
  Entry entry = begin_entry(by, std::move(type), now, subject_of(after.person.id));
  entry.person = after.person.id;
  add_person_changes(entry, before.person, after.person, secret_changes);
  differences(before.postings, after.postings, "posting", [&](const Posting& posting, const std::string& prefix) {
    entry.facts.push_back({prefix + "id", posting.id.text()});
    entry.facts.push_back({prefix + "unit", posting.unit.text()});
    entry.facts.push_back({prefix + "main", posting.main ? "true" : "false"});
    add_validity(entry.facts, prefix, posting.valid);
    if (!posting.position.empty()) entry.personal.push_back({prefix + "position", posting.position});
  });
  differences(before.memberships, after.memberships, "group",
              [&](const Membership& membership, const std::string& prefix) {
                entry.facts.push_back({prefix + "id", membership.group.text()});
                add_validity(entry.facts, prefix, membership.valid);
              });
  differences(before.roles, after.roles, "role", [&](const RoleGrant& grant, const std::string& prefix) {
    entry.facts.push_back({prefix + "id", grant.id.text()});
    entry.facts.push_back({prefix + "name", std::string(code_of(grant.role))});
    if (!grant.scope.unit.is_nil()) entry.facts.push_back({prefix + "unit", grant.scope.unit.text()});
    if (!grant.scope.system.is_nil()) entry.facts.push_back({prefix + "system", grant.scope.system.text()});
    add_validity(entry.facts, prefix, grant.valid);
  });
  return entry;
}

Entry group_entry(const By& by, std::string type, Instant now, const Group& group) {
  Entry entry = begin_entry(by, std::move(type), now, subject_of(group.id));
  entry.facts.push_back({"code", group.code});
  entry.facts.push_back({"name", group.name});
  return entry;
}

}  // namespace khien::people
