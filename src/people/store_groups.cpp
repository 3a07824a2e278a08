#include "people/store.h"

namespace khien::people {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

constexpr Sql kAllGroups{"select id, code, name from people_group order by code", "ttt"};
constexpr Sql kGroup{"select id, code, name from people_group where id = :1", "ttt"};
constexpr Sql kInsertGroup{"insert into people_group (id, code, name, recorded_at) values (:1, :2, :3, :4)"};
constexpr Sql kUpdateGroup{"update people_group set code = :1, name = :2 where id = :3"};

constexpr Sql kGeneration{"select value from people_generation where only_row = 1", "i"};
constexpr Sql kBumpGeneration{"update people_generation set value = value + 1 where only_row = 1"};

Group group_of(const Row& row) {
  return {row.id<GroupId>(0), row.string(1), row.string(2)};
}

}  // namespace

std::vector<Group> load_groups(Reader& reader) {
  std::vector<Group> groups;
  reader.each(kAllGroups, [&](const Row& row) { groups.push_back(group_of(row)); });
  return groups;
}

void refresh_group(Reader& reader, Directory& directory, const GroupId& id) {
  reader.first(kGroup, [&](const Row& row) { directory.put(group_of(row)); }, id);
}

void insert_group(Transaction& transaction, const Group& group, Instant now) {
  transaction.execute(kInsertGroup, group.id, group.code, group.name, now);
}

void update_group(Transaction& transaction, const Group& group) {
  transaction.execute(kUpdateGroup, group.code, group.name, group.id);
}

std::int64_t load_generation(Reader& reader) {
  std::int64_t value = 0;
  reader.first(kGeneration, [&](const Row& row) { value = row.integer(0); });
  return value;
}

void bump_generation(Transaction& transaction) {
  transaction.execute(kBumpGeneration);
}

}  // namespace khien::people
