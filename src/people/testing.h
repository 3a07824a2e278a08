// What tests of people and of the subjects above it share: an installation in a folder that goes with the test, and a
// log that keeps its entries in memory.
#pragma once

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "audit/encode.h"
#include "audit/recorder.h"
#include "base/clock.h"
#include "base/random.h"
#include "people/migrations.h"
#include "people/service.h"
#include "sheets/table.h"
#include "store/keyring.h"
#include "store/testing.h"

namespace khien::testing_support {

/// Keeps entries in memory, and a row of each in the transaction, so that what is rolled back is not counted.
class MemoryLog final : public audit::Recorder, public store::CommitObserver {
 public:
  static constexpr store::Migration kMigration{"memory_log", 1,
                                               "create table memory_log (number bigint not null primary key);\n"};

  void record(store::Transaction& transaction, const audit::Entry& entry) override {
    static constexpr store::Sql kInsert{"insert into memory_log (number) values (:1)"};
    // As the real log: an entry that cannot be encoded fails the write.
    if (const auto encoded = audit::encode(entry, {}); !encoded) throw std::invalid_argument(encoded.error().detail());
    transaction.execute(kInsert, entries_.size());
    entries_.push_back(entry);
  }

  /// As the real log: snapshots are up to date before the writer is answered.
  void before_commit(store::Transaction&) override {}
  void after_commit() noexcept override {
    std::vector<audit::Change> changes;
    for (; fed_ < entries_.size(); ++fed_) changes.push_back({fed_, entries_[fed_].type, entries_[fed_].subject});
    for (audit::Follower* follower : followers)
      if (!follower->apply(changes)) std::abort();
  }
  void after_rollback() noexcept override {}

  std::vector<audit::Follower*> followers;

  void erase_person(store::Transaction& transaction, const PersonId& person, const audit::Actor& by, Instant at,
                    std::vector<audit::Fact> facts) override {
    record(transaction, {.type = std::string(audit::kPersonErased),
                         .at = at,
                         .actor = by,
                         .subject = "person/" + person.text(),
                         .facts = std::move(facts),
                         .result = "erased",
                         .person = person});
  }

  /// Committed entries since the last call, in order.
  std::vector<audit::Entry> take(store::Store& store) {
    static constexpr store::Sql kSince{"select number from memory_log where number >= :1 order by number", "i"};
    std::vector<audit::Entry> out;
    const auto read = store.read([&](store::Reader& reader) -> Result<void> {
      reader.each(
          kSince, [&](const store::Row& row) { out.push_back(entries_[static_cast<std::size_t>(row.integer(0))]); },
          taken_);
      return {};
    });
    if (!read) std::abort();
    taken_ = entries_.size();
    return out;
  }

 private:
  std::vector<audit::Entry> entries_;
  std::size_t taken_ = 0;
  std::size_t fed_ = 0;
};

/// `2025-07-01` as the instant at which that day begins.
inline Instant day(std::string_view iso) {
  const auto date = parse_date(iso);
  if (!date) std::abort();
  return start_of(*date);
}

/// A table as if read from a file: its first row has that number, its columns stand in the order of the keys.
inline sheets::Table text_table(std::string file, std::vector<std::string> keys, std::size_t first_row,
                                const std::vector<std::vector<std::string>>& rows) {
  sheets::Table table;
  table.file = std::move(file);
  table.keys = std::move(keys);
  for (std::size_t i = 0; i < table.keys.size(); ++i) table.columns.push_back(i + 1);
  for (const auto& texts : rows) {
    sheets::TableRow row{first_row + table.rows.size(), std::vector<sheets::Cell>(table.keys.size())};
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (!texts[i].empty()) row.cells[i] = {texts[i], sheets::CellKind::Text, false};
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The value, or the end of the test program with the reason.
template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s (%s)\n", result.error().text().en.c_str(), result.error().detail().c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// A database with keys and the service of people, at a clock that stands still.
class PeopleWorld {
 public:
  /// Further migrations come after those of people; they must have static storage.
  explicit PeopleWorld(std::span<const store::Migration> further = {}) {
    store = must(store::open_sqlite({.path = folder.file("khien.db")}));
    std::vector<store::Migration> migrations;
    const auto add = [&](std::span<const store::Migration> steps) {
      migrations.insert(migrations.end(), steps.begin(), steps.end());
    };
    add(store::keyring_migrations());
    add(std::array{MemoryLog::kMigration});
    add(people::migrations());
    add(further);
    must(store->migrate(migrations, clock.now()));
    const Secret root(std::string(32, 'r'));
    must(store::Keyring::create_missing(*store, root, random, clock.now()));
    keys = must(store::Keyring::load(*store, root));
    people = std::make_unique<people::People>(*store, log, *keys, clock, random);
    follow(*people);
  }

  /// Loads it, and keeps it up to date with every commit from now on.
  void follow(audit::Follower& follower) {
    must(follower.load());
    store->observe_commits(nullptr);
    log.followers.push_back(&follower);
    store->observe_commits(&log);
  }

  /// What was committed since the last call.
  std::vector<audit::Entry> sync() { return log.take(*store); }

  /// Everything that lies in the folder, to look for what must not be readable there.
  std::string bytes_of_files() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }

  TemporaryFolder folder;
  ManualClock clock{day("2025-06-01")};
  SystemRandom random;
  MemoryLog log;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Keyring> keys;
  std::unique_ptr<people::People> people;
  people::By by{audit::Actor::operator_named("test"), ""};
};

}  // namespace khien::testing_support
