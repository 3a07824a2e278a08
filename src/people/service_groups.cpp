#include <algorithm>

#include "people/name_rules.h"
#include "people/record_changes.h"
#include "people/service.h"
#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Transaction;

Result<Group> clean_group(Group group) {
  group.code = TRY(clean_code(group.code, 40, {"Mã nhóm", "The group code"}));
  group.name = TRY(clean_free_text(group.name, 200, {"Tên nhóm", "The name of the group"}));
  if (group.code.empty() || group.name.empty())
    return Failure(Error::invalid({"Nhóm phải có mã và tên.", "A group needs a code and a name."}));
  return group;
}

Result<void> require_free_code(Reader& reader, const Group& wanted) {
  const auto groups = load_groups(reader);
  if (std::ranges::any_of(groups, [&](const Group& g) { return g.code == wanted.code && g.id != wanted.id; }))
    return Failure(
        Error::conflict(Text::format("Mã nhóm {0} đã được dùng.", "The group code {0} is taken.", wanted.code)));
  return {};
}

Result<void> require_group(Reader& reader, const GroupId& group) {
  const auto groups = load_groups(reader);
  if (std::ranges::find(groups, group, &Group::id) == groups.end())
    return Failure(Error::not_found({"Không có nhóm này.", "There is no such group."}));
  return {};
}

}  // namespace

Result<GroupId> People::add_group(const By& by, std::string code, std::string name) {
  const Instant now = clock_.now();
  const Group group = TRY(clean_group({GroupId::make(random_), std::move(code), std::move(name)}));
  TRY(store_.write([&](Transaction& tx) -> Result<void> {
    TRY(require_free_code(tx, group));
    insert_group(tx, group, now);
    recorder_.record(tx, group_entry(by, "group.added", now, group));
    bump_generation(tx);
    return {};
  }));
  return group.id;
}

Result<void> People::correct_group(const By& by, const Group& right) {
  const Instant now = clock_.now();
  const Group group = TRY(clean_group(right));
  return store_.write([&](Transaction& tx) -> Result<void> {
    TRY(require_group(tx, group.id));
    TRY(require_free_code(tx, group));
    update_group(tx, group);
    recorder_.record(tx, group_entry(by, "group.corrected", now, group));
    bump_generation(tx);
    return {};
  });
}

Result<void> People::join_group(const By& by, const GroupId& group, const PersonId& person, const Validity& valid) {
  return change_record(by, "group.joined", person, [&](Reader& reader, PersonRecord& record) -> Result<void> {
    TRY(require_group(reader, group));
    join(record, group, valid);
    return {};
  });
}

Result<void> People::leave_group(const By& by, const GroupId& group, const PersonId& person, Instant at) {
  return change_record(by, "group.left", person, [&](Reader&, PersonRecord& record) -> Result<void> {
    if (!leave(record, group, at))
      return Failure(Error::not_found(
          {"Người này không thuộc nhóm vào thời điểm đó.", "The person is not in the group at that time."}));
    return {};
  });
}

}  // namespace khien::people
