#include "store/own_schema.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <map>

#include "store/connection.h"
#include "store/migrations.h"

namespace khien::store {
namespace {

constexpr Sql kObjects{
    "select type || ' ' || name, coalesce(sql, '') from sqlite_master where name not like 'sqlite_stat%'", "tt"};

using Objects = std::map<std::string, std::string>;

Objects objects_in(Reader& reader) {
  Objects out;
  reader.each(kObjects, [&](const Row& row) { out.emplace(row.string(0), row.string(1)); });
  return out;
}

}  // namespace

Result<void> require_own_schema(Store& store, std::span<const Migration> migrations) {
  if (store.dialect() != "sqlite") return {};
  const auto found = TRY(store.read([](Reader& reader) -> Result<Objects> { return objects_in(reader); }));
  Connection model(*soci::factory_sqlite3(), "dbname=:memory:");
  prepare_migrations(model);
  for (const auto& migration : migrations) apply_migration(model, migration, Instant{});
  ConnectionTransaction reader(model);
  const Objects wanted = objects_in(reader);
  if (found == wanted) return {};
  std::string other;
  for (const auto& [name, sql] : found) {
    const auto same = wanted.find(name);
    if (other.empty() && (same == wanted.end() || same->second != sql)) other = name;
  }
  for (const auto& [name, sql] : wanted)
    if (other.empty() && !found.contains(name)) other = name;
  return Failure(Error::refused(Text::format(
      "Cấu trúc cơ sở dữ liệu không phải do Khiên tạo ({0}): có người đã sửa tệp. Không đọc tiếp; hãy khôi phục bản "
      "sao "
      "lưu và tìm nguyên nhân.",
      "The structure of the database is not the one that Khiên makes ({0}): somebody changed the file. Nothing more of "
      "it is read; restore a backup and find out why.",
      other)));
}

}  // namespace khien::store
