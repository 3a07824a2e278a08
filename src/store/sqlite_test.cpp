#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/store.h"
#include "store/testing.h"

namespace khien::store {
namespace {

constexpr Migration kTable{"test", 1, "create table thing (name text not null primary key, size bigint, note text);\n"};
constexpr Sql kInsert{"insert into thing (name, size, note) values (:1, :2, :3)"};
constexpr Sql kAll{"select name, size, note from thing order by name", "tit"};
constexpr Sql kCount{"select count(*) from thing", "i"};

class Sqlite : public testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    store_.reset();
    auto opened = open_sqlite({.path = folder_.file("test.db")});
    ASSERT_TRUE(opened) << opened.error().detail();
    store_ = std::move(*opened);
    const auto migrated = store_->migrate(std::array{kTable}, instant_of(1));
    ASSERT_TRUE(migrated) << migrated.error().detail();
  }
  std::int64_t count() {
    return *store_->read([](Reader& reader) -> Result<std::int64_t> {
      std::int64_t n = 0;
      reader.first(kCount, [&](const Row& row) { n = row.integer(0); });
      return n;
    });
  }
  Result<void> insert(std::string name) {
    return store_->write([&](Transaction& tx) -> Result<void> {
      tx.execute(kInsert, name, 1, nullptr);
      return {};
    });
  }

  testing_support::TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_F(Sqlite, ParametersThatAreNotNumberedInTheirOrderAreOurMistakeAndFail) {
  static constexpr Sql kSwapped{"update thing set note = :2 where name = :1"};
  EXPECT_FALSE(store_->write([](Transaction& tx) -> Result<void> {
    tx.execute(kSwapped, "a", "b");
    return {};
  }));
}

TEST_F(Sqlite, ReadsBackIntegersTextAndNull) {
  ASSERT_TRUE(store_->write([](Transaction& tx) -> Result<void> {
    EXPECT_EQ(tx.execute(kInsert, "Đỗ Thị Ủy", std::int64_t{1} << 60, nullptr), 1);
    EXPECT_EQ(tx.execute(kInsert, std::string("a\0b", 3), nullptr, ""), 1);
    return {};
  }));
  std::vector<std::string> names;
  ASSERT_TRUE(store_->read([&](Reader& reader) -> Result<void> {
    reader.each(kAll, [&](const Row& row) {
      names.push_back(row.string(0));
      if (names.size() == 2) {
        EXPECT_EQ(row.integer(1), std::int64_t{1} << 60);
        EXPECT_TRUE(row.is_null(2));
      } else {
        EXPECT_TRUE(row.is_null(1));
        EXPECT_EQ(row.text(2), "");
      }
    });
    return {};
  }));
  EXPECT_EQ(names, (std::vector<std::string>{std::string("a\0b", 3), "Đỗ Thị Ủy"}));
}

TEST_F(Sqlite, AnErrorUndoesTheWholeClosureAndNothingElse) {
  ASSERT_TRUE(insert("kept"));
  const auto refused = store_->write([](Transaction& tx) -> Result<void> {
    tx.execute(kInsert, "gone", 1, nullptr);
    return Failure(Error::refused({"không", "no"}));
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Refused);
  EXPECT_EQ(count(), 1);
}

TEST_F(Sqlite, ADatabaseExceptionIsAnErrorWithoutItsDetailInThePublicText) {
  ASSERT_TRUE(insert("same"));
  const auto twice = insert("same");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().kind(), ErrorKind::Unavailable);
  EXPECT_EQ(twice.error().text().en.find("UNIQUE"), std::string::npos);
  EXPECT_NE(twice.error().detail().find("UNIQUE"), std::string::npos);
  EXPECT_EQ(count(), 1);
}

TEST_F(Sqlite, ManyWritersAreCommittedAndEachGetsItsOwnAnswer) {
  std::vector<std::thread> threads;
  std::atomic<int> refused = 0;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        const auto outcome = store_->write([&](Transaction& tx) -> Result<int> {
          tx.execute(kInsert, std::to_string(t) + "-" + std::to_string(i), i, nullptr);
          if (i % 5 == 0) return Failure(Error::refused({"không", "no"}));
          return i;
        });
        if (outcome)
          EXPECT_EQ(*outcome, i);
        else
          ++refused;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, 80);
  EXPECT_EQ(count(), 320);
}

TEST_F(Sqlite, WhatWasAcknowledgedIsThereAfterReopening) {
  ASSERT_TRUE(insert("first"));
  reopen();
  EXPECT_EQ(count(), 1);
}

TEST_F(Sqlite, AReadSeesOneConsistentViewWhileOthersWrite) {
  ASSERT_TRUE(insert("one"));
  ASSERT_TRUE(store_->read([&](Reader& reader) -> Result<void> {
    std::int64_t before = 0;
    std::int64_t after = 0;
    reader.first(kCount, [&](const Row& row) { before = row.integer(0); });
    EXPECT_TRUE(insert("two"));
    reader.first(kCount, [&](const Row& row) { after = row.integer(0); });
    EXPECT_EQ(before, after);
    return {};
  }));
  EXPECT_EQ(count(), 2);
}

class Watcher : public CommitObserver {
 public:
  void before_commit(Transaction& tx) override {
    ++before;
    if (fail) throw std::runtime_error("no");
    tx.execute(kInsert, "watched " + std::to_string(before), 0, nullptr);
  }
  void after_commit() noexcept override { ++after; }
  void after_rollback() noexcept override { ++rolled_back; }
  int before = 0;
  int after = 0;
  int rolled_back = 0;
  bool fail = false;
};

TEST_F(Sqlite, TheObserverIsPartOfTheTransactionAndItsFailureFailsTheBatch) {
  Watcher watcher;
  store_->observe_commits(&watcher);
  ASSERT_TRUE(insert("a"));
  EXPECT_EQ(watcher.after, 1);
  EXPECT_EQ(count(), 2);
  watcher.fail = true;
  EXPECT_FALSE(insert("b"));
  EXPECT_EQ(watcher.rolled_back, 1);
  EXPECT_EQ(count(), 2);
  store_->observe_commits(nullptr);
}

TEST_F(Sqlite, AMigrationIsAppliedOnceAndANewerSchemaIsRefused) {
  constexpr Migration next{"test", 2, "alter table thing add column more text;\n"};
  ASSERT_TRUE(store_->migrate(std::array{kTable, next}, instant_of(2)));
  ASSERT_TRUE(store_->migrate(std::array{kTable, next}, instant_of(3)));
  EXPECT_TRUE(store_->check_schema(std::array{kTable, next}));
  const auto older_program = store_->migrate(std::array{kTable}, instant_of(4));
  ASSERT_FALSE(older_program);
  EXPECT_EQ(older_program.error().kind(), ErrorKind::Refused);
}

TEST_F(Sqlite, AMigrationThatFailsLeavesNothing) {
  constexpr Migration broken{"test", 2, "create table half (a text);\ncreate nonsense;\n"};
  EXPECT_FALSE(store_->migrate(std::array{kTable, broken}, instant_of(2)));
  EXPECT_TRUE(store_->check_schema(std::array{kTable}));
  constexpr Migration whole{"test", 2, "create table half (a text);\n"};
  EXPECT_TRUE(store_->migrate(std::array{kTable, whole}, instant_of(2)));
}

TEST_F(Sqlite, AFileThatIsNoDatabaseIsAClearError) {
  const auto path = folder_.file("letter.txt");
  std::ofstream(path) << std::string(5000, 'x');
  const auto opened = open_sqlite({.path = path});
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().text().en.find("letter.txt"), std::string::npos);
}

TEST_F(Sqlite, AMissingFolderIsAClearError) {
  EXPECT_FALSE(open_sqlite({.path = folder_.file("no/such/folder.db")}));
}

TEST_F(Sqlite, AStoreOpenedForReadingRefusesToWrite) {
  auto reader = open_sqlite({.path = folder_.file("test.db"), .read_only = true});
  ASSERT_TRUE(reader) << reader.error().detail();
  const auto outcome = (*reader)->write([](Transaction&) -> Result<void> { return {}; });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind(), ErrorKind::Refused);
}

}  // namespace
}  // namespace khien::store
