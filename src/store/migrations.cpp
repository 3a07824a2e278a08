#include "store/migrations.h"

#include <algorithm>

namespace khien::store {
namespace {

constexpr Sql kCreate{
    "create table if not exists schema_migration ("
    " subject text not null, version bigint not null, applied_at bigint not null,"
    " primary key (subject, version))"};
constexpr Sql kIsThere{"select version from schema_migration where subject = :1 and version = :2", "i"};
constexpr Sql kRemember{"insert into schema_migration (subject, version, applied_at) values (:1, :2, :3)"};
constexpr Sql kAll{"select subject, version from schema_migration order by subject, version", "ti"};

}  // namespace

void prepare_migrations(Connection& connection) {
  connection.run(kCreate.text);
}

bool apply_migration(Connection& connection, const Migration& migration, Instant now) {
  ConnectionTransaction transaction(connection);
  if (transaction.exists(kIsThere, migration.subject, migration.version)) return false;
  for (std::size_t at = 0; at < migration.sql.size();) {
    const auto end = std::min(migration.sql.find(";\n", at), migration.sql.size());
    const std::string statement(migration.sql.substr(at, end - at));
    if (statement.find_first_not_of(" \n") != std::string::npos) connection.run(statement);
    at = end + 2;
  }
  transaction.execute(kRemember, migration.subject, migration.version, now);
  return true;
}

Result<void> compare_schema(Connection& connection, std::span<const Migration> migrations, bool complete) {
  ConnectionTransaction transaction(connection);
  std::optional<Error> problem;
  std::size_t known = 0;
  transaction.each(kAll, [&](const Row& row) {
    const auto same = [&](const Migration& m) { return m.subject == row.text(0) && m.version == row.integer(1); };
    if (std::ranges::any_of(migrations, same)) {
      ++known;
    } else if (!problem) {
      problem = Error::refused(Text::format(
          "Cơ sở dữ liệu do phiên bản Khiên mới hơn tạo ra (bước {0} {1}). Hãy dùng phiên bản mới hơn hoặc khôi phục "
          "bản sao lưu.",
          "The database was made by a newer Khiên (step {0} {1}). Use the newer version, or restore a backup.",
          row.text(0), row.integer(1)));
    }
  });
  if (problem) return Failure(std::move(*problem));
  if (complete && known < migrations.size())
    return Failure(Error::refused({"Cơ sở dữ liệu còn ở phiên bản cũ; hãy khởi động máy chủ mới một lần để nâng cấp.",
                                   "The database is of an older version; start the new server once to upgrade it."}));
  return {};
}

}  // namespace khien::store
