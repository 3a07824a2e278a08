#include <algorithm>
#include <set>

#include "people/authority.h"
#include "people/person_rules.h"
#include "people/service.h"
#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Transaction;

constexpr std::size_t kFewestCentre = 2;

Error unknown_grant() {
  return Error::not_found({"Không có lần giao vai trò này.", "There is no such grant of a role."});
}

/// Persons who hold the centre's role for everything at that time without that grant.
std::size_t centre_without(Reader& reader, const RoleGrantId& grant, Instant at) {
  std::set<PersonId> people;
  for (const auto& other : load_grants(reader, Role::Centre))
    if (other.id != grant && other.scope.is_whole() && other.valid.contains(at)) people.insert(other.person);
  return people.size();
}

}  // namespace

Result<RoleGrantId> People::grant_role(const By& by, RoleGrant grant) {
  grant.id = RoleGrantId::make(random_);
  TRY(change_record(by, "role.granted", grant.person, [&](Reader&, PersonRecord& record) -> Result<void> {
    TRY(check_grant(grant, record.roles));
    record.roles.push_back(grant);
    return {};
  }));
  return grant.id;
}

Result<void> People::end_role(const By& by, const RoleGrantId& grant, Instant at) {
  const PersonId person = TRY(store_.read([&](Reader& reader) -> Result<PersonId> {
    const auto found = find_person_of_role(reader, grant);
    if (!found) return Failure(unknown_grant());
    return *found;
  }));
  return change_record(by, "role.ended", person, [&](Reader& reader, PersonRecord& record) -> Result<void> {
    const auto found = std::ranges::find(record.roles, grant, &RoleGrant::id);
    if (found == record.roles.end()) return Failure(unknown_grant());
    if (found->valid.end() <= at)
      return Failure(Error::conflict(Text::format("Vai trò này đã kết thúc từ {0}.", "This role ended on {0} already.",
                                                  dmy(date_of(found->valid.end())))));
    const bool keeps_all = found->role == Role::Centre && found->scope.is_whole() && load_founded_at(reader);
    if (keeps_all && centre_without(reader, grant, at) < kFewestCentre)
      return Failure(Error::refused(
          {"Phải còn ít nhất hai người quản trị của trung tâm CNTT có phạm vi toàn hệ thống; hãy giao cho người khác "
           "trước.",
           "At least two administrators of the IT centre for everything must remain; appoint another first."}));
    if (at <= found->valid.from)
      record.roles.erase(found);
    else
      found->valid.to = at;
    return {};
  });
}

Result<void> People::found_roles(const By& by, const std::vector<PersonId>& centre) {
  const Instant now = clock_.now();
  auto distinct = centre;
  std::ranges::sort(distinct);
  distinct.erase(std::ranges::unique(distinct).begin(), distinct.end());
  if (distinct.size() < kFewestCentre)
    return Failure(Error::invalid(
        {"Cần nêu ít nhất hai người quản trị khác nhau.", "Name at least two different administrators."}));
  std::vector<RoleGrant> grants;
  for (const auto& person : distinct)
    grants.push_back({RoleGrantId::make(random_), person, Role::Centre, {}, {now, std::nullopt}});
  return store_.write([&](Transaction& tx) -> Result<void> {
    if (load_founded_at(tx))
      return Failure(Error::conflict({"Hệ thống đã có người quản trị; hãy giao thêm vai trò bằng khien role grant.",
                                      "The installation has its administrators; grant further roles with khien role "
                                      "grant."}));
    for (const auto& grant : grants) {
      auto before = load_person(tx, grant.person);
      if (!before)
        return Failure(Error::not_found({"Không có người này trong danh sách.", "There is no such person."}));
      PersonRecord after = *before;
      TRY(check_grant(grant, after.roles));
      after.roles.push_back(grant);
      TRY(save_record(tx, by, "role.founded", now, std::move(*before), std::move(after)));
    }
    save_founded(tx, now);
    bump_generation(tx);
    return {};
  });
}

Result<bool> People::has_founded_roles() {
  return store_.read([](Reader& reader) -> Result<bool> { return load_founded_at(reader).has_value(); });
}

}  // namespace khien::people
