#include "app/readiness.h"

#include <array>

namespace khien::app {
namespace {

constexpr std::array kMigrations{store::Migration{
    "readiness", 1, "create table readiness (one integer not null primary key, at bigint not null);\n"}};

// Another value each time: a row that stays as it is would be written nowhere.
constexpr store::Sql kWrite{
    "insert into readiness (one, at) values (1, :1) on conflict (one) do update set at = excluded.at"};

}  // namespace

std::span<const store::Migration> readiness_migrations() {
  return kMigrations;
}

Result<void> Readiness::check() {
  const std::lock_guard lock(mutex_);
  const Instant now = steady_.now();
  if (checked_at_ && now - *checked_at_ < kFresh) return last_;
  last_ = store_.write([&](store::Transaction& tx) -> Result<void> {
    tx.execute(kWrite, now);
    return {};
  });
  checked_at_ = now;
  return last_;
}

}  // namespace khien::app
