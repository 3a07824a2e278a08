#include "store/tables.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace khien::store {
namespace {

constexpr Sql kTables{
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'schema_migration'"
    " order by rowid",
    "t"};
constexpr Sql kColumns{"select name, lower(type) from pragma_table_info(:1) order by cid", "tt"};
constexpr Sql kSteps{"select subject, version from schema_migration order by subject, version", "ti"};

/// Prepared statements are kept by the address of their text, so a text that was made is never freed.
const Sql& kept(const std::string& text, const std::string& columns) {
  struct Made {
    std::string text;
    std::string columns;
    Sql sql;
  };
  static std::mutex mutex;
  static std::map<std::pair<std::string, std::string>, std::unique_ptr<Made>> all;
  const std::lock_guard lock(mutex);
  auto& made = all[{text, columns}];
  if (!made) {
    made = std::make_unique<Made>(text, columns);
    made->sql = {made->text.c_str(), made->columns.c_str()};
  }
  return made->sql;
}

std::string list_of(const Table& table) {
  std::string out;
  for (const auto& column : table.columns) out += (out.empty() ? "\"" : ", \"") + column.name + "\"";
  return out;
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

}  // namespace

Result<std::vector<Table>> tables_of(Store& store, Reader& reader) {
  if (store.dialect() != "sqlite")
    return Failure(Error::unavailable({"Lệnh này chỉ sao lưu cơ sở dữ liệu SQLite; với PostgreSQL hãy dùng pg_dump.",
                                       "This backs up SQLite only; use pg_dump for PostgreSQL."},
                                      "no backup for this database"));
  std::vector<Table> out;
  reader.each(kTables, [&](const Row& row) { out.push_back({row.string(0), {}}); });
  for (auto& table : out) {
    // A text that is read as an integer would silently be 0: a type that is neither is refused.
    bool known = true;
    reader.each(
        kColumns,
        [&](const Row& row) {
          table.columns.push_back({row.string(0), row.text(1) != "text"});
          known = known && (row.text(1) == "text" || row.text(1) == "bigint" || row.text(1) == "integer");
        },
        table.name);
    const bool plain =
        known && is_plain_name(table.name) && std::ranges::all_of(table.columns, is_plain_name, &Column::name);
    if (!plain || table.columns.empty())
      return Failure(Error::refused(Text::format("Cơ sở dữ liệu có bảng không phải của Khiên: {0}.",
                                                 "The database has a table that is not of Khiên: {0}.", table.name)));
  }
  return out;
}

std::vector<std::pair<std::string, std::int64_t>> applied_steps(Reader& reader) {
  std::vector<std::pair<std::string, std::int64_t>> out;
  reader.each(kSteps, [&](const Row& row) { out.emplace_back(row.string(0), row.integer(1)); });
  return out;
}

const Sql& selection_of(const Table& table) {
  std::string types;
  for (const auto& column : table.columns) types += column.is_integer ? 'i' : 't';
  return kept("select " + list_of(table) + " from " + table.name, types);
}

const Sql& insertion_into(const Table& table) {
  std::string places;
  for (std::size_t i = 1; i <= table.columns.size(); ++i) places += (places.empty() ? ":" : ", :") + std::to_string(i);
  return kept("insert into " + table.name + " (" + list_of(table) + ") values (" + places + ")", "");
}

const Sql& clearing_of(const Table& table) {
  return kept("delete from " + table.name, "");
}

}  // namespace khien::store
