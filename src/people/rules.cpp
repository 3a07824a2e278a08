#include "people/rules.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "people/timeline.h"

namespace khien::people {

const UnitVersion* UnitTree::version(const UnitId& unit) const {
  const Unit* found = directory_.unit(unit);
  return found == nullptr ? nullptr : item_at(found->versions, at_);
}

const UnitVersion* UnitTree::last_version(const UnitId& unit) const {
  const Unit* found = directory_.unit(unit);
  const UnitVersion* last = nullptr;
  if (found != nullptr)
    for (const auto& version : found->versions)
      if (version.valid.from <= at_) last = &version;
  return last;
}

std::optional<UnitId> UnitTree::unit_coded(const std::string& code) const {
  for (const auto& id : directory_.units_coded(code)) {
    const UnitVersion* now = version(id);
    if (now != nullptr && now->code == code) return id;
  }
  return std::nullopt;
}

std::optional<UnitId> UnitTree::parent(const UnitId& unit) const {
  const UnitVersion* now = version(unit);
  if (now == nullptr || now->parent.is_nil()) return std::nullopt;
  return now->parent;
}

std::vector<UnitId> UnitTree::ancestors(const UnitId& unit) const {
  std::vector<UnitId> out;
  if (version(unit) == nullptr) return out;
  for (std::optional<UnitId> next = unit; next && out.size() < kMostUnitDepth; next = parent(*next))
    out.push_back(*next);
  return out;
}

bool UnitTree::is_within(const UnitId& unit, const UnitId& subtree_root) const {
  if (version(unit) == nullptr) return false;
  std::optional<UnitId> next = unit;
  for (std::size_t depth = 0; next && depth < kMostUnitDepth; ++depth, next = parent(*next))
    if (*next == subtree_root) return true;
  return false;
}

std::string UnitTree::path_name(const UnitId& unit) const {
  std::string out;
  for (const auto& id : ancestors(unit)) {
    const UnitVersion* now = version(id);
    if (now == nullptr) break;
    if (!out.empty()) out += ", ";
    out += now->name;
  }
  return out;
}

template <class Wanted>
std::vector<UnitId> UnitTree::units_where(Wanted&& wanted) const {
  std::vector<std::pair<std::string, UnitId>> found;
  directory_.units().for_each([&](const UnitId& id, const Unit&) {
    const UnitVersion* now = version(id);
    if (now != nullptr && wanted(id, *now)) found.emplace_back(now->code, id);
  });
  std::ranges::sort(found);
  std::vector<UnitId> out;
  for (const auto& [code, id] : found) out.push_back(id);
  return out;
}

std::vector<UnitId> UnitTree::roots() const {
  return units_where([](const UnitId&, const UnitVersion& now) { return now.parent.is_nil(); });
}
std::vector<UnitId> UnitTree::children(const UnitId& unit) const {
  return units_where([&](const UnitId&, const UnitVersion& now) { return now.parent == unit && !unit.is_nil(); });
}
std::vector<UnitId> UnitTree::units_within(const UnitId& subtree_root) const {
  return units_where([&](const UnitId& id, const UnitVersion&) { return is_within(id, subtree_root); });
}
std::vector<UnitId> UnitTree::units_of(Tree tree) const {
  return units_where([&](const UnitId&, const UnitVersion& now) { return now.tree == tree; });
}

std::vector<UnitId> UnitTree::living_successors(const UnitId& unit) const {
  std::vector<UnitId> living;
  std::set<UnitId> seen;
  std::vector<UnitId> todo{unit};
  while (!todo.empty()) {
    const UnitId id = todo.back();
    todo.pop_back();
    if (!seen.insert(id).second) continue;
    if (version(id) != nullptr) {
      living.push_back(id);
      continue;
    }
    for (const auto& succession : directory_.successions_of(id))
      if (succession.at <= at_) todo.push_back(succession.successor);
  }
  std::ranges::sort(living);
  return living;
}

std::vector<Posting> postings_of(const Directory& directory, const PersonId& person, Instant at) {
  std::vector<Posting> out;
  const PersonRecord* record = directory.person(person);
  if (record == nullptr) return out;
  for (const auto& posting : record->postings)
    if (posting.valid.contains(at)) out.push_back(posting);
  std::ranges::sort(out, {}, [](const Posting& p) { return std::tuple(!p.main, p.valid.from, p.id); });
  return out;
}

std::optional<Posting> main_posting(const Directory& directory, const PersonId& person, Instant at) {
  const PersonRecord* record = directory.person(person);
  if (record == nullptr) return std::nullopt;
  for (const auto& posting : record->postings)
    if (posting.main && posting.valid.contains(at)) return posting;
  return std::nullopt;
}

std::vector<GroupId> groups_of(const Directory& directory, const PersonId& person, Instant at) {
  std::vector<GroupId> out;
  const PersonRecord* record = directory.person(person);
  if (record == nullptr) return out;
  for (const auto& membership : record->memberships)
    if (membership.valid.contains(at)) out.push_back(membership.group);
  return out;
}

namespace {

template <class InUnit>
bool is_posted(const PersonRecord& record, Instant at, InUnit&& in_unit) {
  return std::ranges::any_of(
      record.postings, [&](const Posting& posting) { return posting.valid.contains(at) && in_unit(posting.unit); });
}

}  // namespace

std::vector<PersonId> people_of(const Directory& directory, const UnitId& unit, Instant at) {
  std::vector<PersonId> out;
  for (const auto& id : directory.people_posted_in(unit))
    if (is_posted(*directory.person(id), at, [&](const UnitId& there) { return there == unit; })) out.push_back(id);
  return out;
}

std::vector<PersonId> people_within(const Directory& directory, const UnitId& subtree_root, Instant at) {
  std::vector<PersonId> out;
  for (const auto& unit : UnitTree(directory, at).units_within(subtree_root)) {
    const auto here = people_of(directory, unit, at);
    out.insert(out.end(), here.begin(), here.end());
  }
  std::ranges::sort(out);
  const auto repeated = std::ranges::unique(out);
  out.erase(repeated.begin(), repeated.end());
  return out;
}

bool works_within(const Directory& directory, const PersonId& person, const UnitId& subtree_root, Instant at) {
  const PersonRecord* record = directory.person(person);
  const UnitTree tree(directory, at);
  return record != nullptr &&
         is_posted(*record, at, [&](const UnitId& unit) { return tree.is_within(unit, subtree_root); });
}

std::vector<Posting> stranded_postings(const Directory& directory, Instant at) {
  std::vector<Posting> out;
  const UnitTree tree(directory, at);
  directory.people().for_each([&](const PersonId&, const PersonRecord& record) {
    for (const auto& posting : record.postings)
      if (posting.valid.contains(at) && tree.version(posting.unit) == nullptr) out.push_back(posting);
  });
  std::ranges::sort(out, {}, &Posting::id);
  return out;
}

}  // namespace khien::people
