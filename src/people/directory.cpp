#include "people/directory.h"

#include <algorithm>
#include <tuple>

namespace khien::people {
namespace {

/// Keeps a sorted vector of ids without repetition.
template <class IdType>
void insert_sorted(std::vector<IdType>& ids, const IdType& id) {
  const auto place = std::ranges::lower_bound(ids, id);
  if (place == ids.end() || *place != id) ids.insert(place, id);
}

template <class Key, class Value>
const Value& found_or_empty(const PersistentMap<Key, Value>& map, const Key& key) {
  static const Value empty;
  const Value* found = map.find(key);
  return found == nullptr ? empty : *found;
}

bool starts_before(const Posting& a, const Posting& b) {
  return std::tie(a.valid.from, a.id) < std::tie(b.valid.from, b.id);
}
bool role_before(const RoleGrant& a, const RoleGrant& b) {
  return std::tie(a.valid.from, a.id) < std::tie(b.valid.from, b.id);
}
bool group_before(const Membership& a, const Membership& b) {
  return std::tie(a.group, a.valid.from) < std::tie(b.group, b.valid.from);
}

}  // namespace

const std::vector<UnitId>& Directory::units_coded(const std::string& code) const {
  return found_or_empty(coded_, code);
}
const std::vector<PersonId>& Directory::people_posted_in(const UnitId& unit) const {
  return found_or_empty(posted_, unit);
}
const std::vector<UnitSuccession>& Directory::successions_of(const UnitId& old) const {
  return found_or_empty(successions_, old);
}

void Directory::put(Unit unit) {
  if (const Unit* before = units_.find(unit.id))
    for (const auto& version : before->versions) std::erase(coded_.edit(version.code), unit.id);
  for (const auto& version : unit.versions) insert_sorted(coded_.edit(version.code), unit.id);
  const UnitId id = unit.id;
  units_.set(id, std::move(unit));
}

void Directory::put(PersonRecord record) {
  const PersonId id = record.person.id;
  if (const PersonRecord* before = people_.find(id))
    for (const auto& posting : before->postings) std::erase(posted_.edit(posting.unit), id);
  std::ranges::sort(record.postings, starts_before);
  std::ranges::sort(record.memberships, group_before);
  std::ranges::sort(record.roles, role_before);
  for (const auto& posting : record.postings) index_posting(posting);
  people_.set(id, std::move(record));
}

void Directory::put(Group group) {
  const GroupId id = group.id;
  groups_.set(id, std::move(group));
}

void Directory::put_successions(const UnitId& old, std::vector<UnitSuccession> successions) {
  successions_.set(old, std::move(successions));
}

void Directory::add(Posting posting) {
  index_posting(posting);
  auto& postings = people_.edit(posting.person).postings;
  postings.insert(std::ranges::upper_bound(postings, posting, starts_before), std::move(posting));
}

void Directory::add(Membership membership) {
  auto& memberships = people_.edit(membership.person).memberships;
  memberships.insert(std::ranges::upper_bound(memberships, membership, group_before), membership);
}

void Directory::add(RoleGrant grant) {
  auto& roles = people_.edit(grant.person).roles;
  roles.insert(std::ranges::upper_bound(roles, grant, role_before), grant);
}

void Directory::index_posting(const Posting& posting) {
  insert_sorted(posted_.edit(posting.unit), posting.person);
}

}  // namespace khien::people
