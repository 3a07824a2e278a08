// What tests of the evidence log share: an installation in a temporary folder.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "audit/log.h"
#include "audit/schema.h"
#include "store/testing.h"

namespace khien::audit::testing_support {

inline Instant noon() {
  return instant_of(1'700'000'000'000'000);
}

class Installation : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(start_crypto());
    open_store();
    std::vector<store::Migration> all(store::keyring_migrations().begin(), store::keyring_migrations().end());
    all.insert(all.end(), migrations().begin(), migrations().end());
    ASSERT_TRUE(store_->migrate(all, noon()));
    ASSERT_TRUE(store::Keyring::create_missing(*store_, root_, random_, noon()));
    open_log();
  }
  void TearDown() override {
    log_.reset();
    store_.reset();
  }

  [[nodiscard]] std::string database() const { return folder_.file("khien.db"); }

  void open_store() {
    auto opened = store::open_sqlite({.path = database()});
    ASSERT_TRUE(opened) << opened.error().detail();
    store_ = std::move(*opened);
  }
  Result<void> try_open_log() {
    log_.reset();
    keyring_ = *store::Keyring::load(*store_, root_);
    log_ = TRY(Log::open(*store_, *keyring_, random_, "abc"));
    return {};
  }
  void open_log() {
    const auto opened = try_open_log();
    ASSERT_TRUE(opened) << opened.error().detail();
  }

  /// Some entry about a login, in a write of its own.
  Result<void> record(int number) {
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      log_->record(tx, some_entry(number));
      return {};
    });
  }
  void record_many(int count) {
    for (int done = 0; done < count;) {
      const int batch = std::min(count - done, 500);
      ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
        for (int i = 0; i < batch; ++i) log_->record(tx, some_entry(done + i));
        return {};
      }));
      done += batch;
    }
  }
  static Entry some_entry(int number) {
    return {.type = "password.changed",
            .at = noon() + std::chrono::seconds(number),
            .actor = {Actor::Kind::Clock, ""},
            .subject = "login/" + std::to_string(number % 7),
            .clauses = {"123/UBND#2"},
            .facts = {{"number", std::to_string(number)}, {"text", "Nguyễn \"Văn\" Ủy"}},
            .result = "changed"};
  }
  static PersonId person(unsigned char number) {
    PersonId id;
    id.bytes.fill(number);
    return id;
  }
  Result<void> record_personal(unsigned char number) {
    Entry entry = some_entry(number);
    entry.type = "person.added";
    entry.person = person(number);
    entry.personal = {{"name", "Trần Thị " + std::to_string(number)}, {"identity_number", "001"}};
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      log_->record(tx, entry);
      return {};
    });
  }
  /// SQL of somebody who can write to the database. The text must be a literal.
  void tamper(const char* sql) {
    const store::Sql statement{sql};
    ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
      EXPECT_GT(tx.execute(statement), 0) << sql;
      return {};
    }));
  }
  void change_schema(const char* sql) {
    const store::Sql statement{sql};
    const auto changed = store_->write([&](store::Transaction& tx) -> Result<void> {
      tx.execute(statement);
      return {};
    });
    ASSERT_TRUE(changed) << changed.error().detail();
  }

  khien::testing_support::TemporaryFolder folder_;
  SystemRandom random_;
  const Secret root_{std::string(32, 'r')};
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Keyring> keyring_;
  std::unique_ptr<Log> log_;
};

}  // namespace khien::audit::testing_support
