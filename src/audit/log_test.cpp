#include "audit/log.h"

#include <filesystem>
#include <thread>

#include "audit/encode.h"
#include "audit/stored_tiles.h"
#include "audit/testing.h"

namespace khien::audit {
namespace {

using testing_support::noon;

struct LogTest : testing_support::Installation {
  std::vector<std::string> entries() {
    return *store_->read([](store::Reader& reader) -> Result<std::vector<std::string>> {
      std::vector<std::string> out;
      each_entry(reader, 0, UINT64_MAX, UINT64_MAX, [&](const EntryRow& row) {
        EXPECT_EQ(row.leaf, out.size());
        out.emplace_back(row.bytes);
      });
      return out;
    });
  }
  TreeHead head_of_entries() {
    Frontier frontier;
    for (const auto& bytes : entries()) frontier.add(leaf_hash(bytes_of(bytes)));
    return frontier.head();
  }
};

TEST_F(LogTest, AnEmptyLogHasTheEmptyRootAndSignsNothing) {
  EXPECT_EQ(log_->head(), (TreeHead{0, empty_root()}));
  EXPECT_FALSE(*log_->sign_checkpoint(noon()));
  EXPECT_FALSE(log_->latest());
}

TEST_F(LogTest, EntriesOfOneWriteGetTheirNumbersInTheOrderOfRecording) {
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    for (int i = 0; i < 20; ++i) log_->record(tx, some_entry(19 - i));
    return {};
  }));
  const auto bytes = entries();
  ASSERT_EQ(bytes.size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(bytes[i], *encode(some_entry(19 - i), {}));
  EXPECT_EQ(log_->head(), head_of_entries());
}

TEST_F(LogTest, AnEntryIsThereIfAndOnlyIfItsWriteIs) {
  ASSERT_TRUE(record(1));
  ASSERT_FALSE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->record(tx, some_entry(2));
    return Failure(Error::refused({"không", "no"}));
  }));
  ASSERT_TRUE(record(3));
  const auto bytes = entries();
  ASSERT_EQ(bytes.size(), 2U);
  EXPECT_EQ(bytes[1], *encode(some_entry(3), {}));
  EXPECT_EQ(log_->head(), head_of_entries());
}

TEST_F(LogTest, AnEntryThatCannotBeEncodedFailsItsWriteAndNothingElse) {
  Entry bad = some_entry(1);
  bad.facts.push_back({"user", "\xff"});
  EXPECT_FALSE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->record(tx, bad);
    return {};
  }));
  ASSERT_TRUE(record(2));
  EXPECT_EQ(log_->head().size, 1U);
}

TEST_F(LogTest, TheTreeGoesOnAfterAFailedBatchAsIfItHadNotBeen) {
  ASSERT_TRUE(record(1));
  const auto before = log_->head();
  // A row that the log did not write fails the whole batch.
  EXPECT_FALSE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->record(tx, some_entry(2));
    insert_pending(tx, {0, noon(), "a.forged", "x", "{}", "tag"});
    return {};
  }));
  EXPECT_EQ(log_->head(), before);
  ASSERT_TRUE(record(3));
  EXPECT_EQ(log_->head(), head_of_entries());
}

TEST_F(LogTest, ALongLogGoesOnAfterReopeningWithTheSameRoot) {
  for (const int count : {1, 254, 1, 1, 900}) {
    record_many(count);
    const auto head = log_->head();
    open_log();
    EXPECT_EQ(log_->head(), head);
  }
  ASSERT_TRUE(record(1));
  EXPECT_EQ(log_->head(), head_of_entries());
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
    EXPECT_EQ(*root_at(subtrees_in(reader), log_->head().size), log_->head().root);
    return {};
  }));
}

TEST_F(LogTest, ManyThreadsGiveADenseLog) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) EXPECT_TRUE(record(t * 100 + i));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(log_->head(), head_of_entries());
  EXPECT_EQ(log_->head().size, 400U);
}

TEST_F(LogTest, SubscribersHearOfEveryEntryInOrderBeforeTheWriterIsAnswered) {
  std::vector<Change> heard;
  log_->subscribe([&](std::span<const Change> changes) {
    EXPECT_EQ(log_->head().size, changes.back().leaf + 1);
    heard.insert(heard.end(), changes.begin(), changes.end());
  });
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(record(i));
    ASSERT_EQ(heard.size(), static_cast<std::size_t>(i + 1));
    EXPECT_EQ(heard[i].leaf, static_cast<std::uint64_t>(i));
    EXPECT_EQ(heard[i].type, "password.changed");
    EXPECT_EQ(heard[i].subject, "login/" + std::to_string(i));
  }
}

TEST_F(LogTest, ACheckpointIsSignedAtMostOnceASecondAndOnlyIfTheLogGrew) {
  ASSERT_TRUE(record(1));
  EXPECT_TRUE(*log_->sign_checkpoint(noon()));
  EXPECT_EQ(verify_checkpoint(*log_->latest(), log_->verifier_key())->head, log_->head());
  EXPECT_FALSE(*log_->sign_checkpoint(noon() + std::chrono::hours(1)));
  ASSERT_TRUE(record(2));
  EXPECT_FALSE(*log_->sign_checkpoint(noon() + std::chrono::milliseconds(999)));
  EXPECT_TRUE(*log_->sign_checkpoint(noon() + std::chrono::seconds(1)));
  ASSERT_TRUE(record(3));
  EXPECT_TRUE(*log_->sign_checkpoint(noon() - std::chrono::hours(1)));
  ASSERT_TRUE(record(4));
  ASSERT_TRUE(log_->stop(noon() - std::chrono::hours(1)));
  EXPECT_EQ(verify_checkpoint(*log_->latest(), log_->verifier_key())->head.size, 4U);
  const auto note = log_->latest();
  open_log();
  EXPECT_EQ(log_->latest(), note);
  EXPECT_FALSE(*log_->sign_checkpoint(noon() + std::chrono::hours(9)));
}

TEST_F(LogTest, WhatWasLeftUnsequencedIsNumberedAtTheNextStart) {
  log_.reset();  // nobody observes: as on a database whose sequencer was killed
  const StateKey key(*keyring_);
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    for (int i = 0; i < 3; ++i) {
      const std::string bytes = *encode(some_entry(i), {});
      insert_recorded(tx, key, i, some_entry(i), bytes, leaf_hash(bytes_of(bytes)));
    }
    return {};
  }));
  EXPECT_EQ(entries().size(), 0U);
  open_log();
  EXPECT_EQ(entries().size(), 3U);
  EXPECT_EQ(log_->head(), head_of_entries());
}

TEST_F(LogTest, PersonalFactsAreCommittedToAndOpenedWithThePersonsKeyOnly) {
  ASSERT_TRUE(record_personal(1));
  const std::string bytes = entries()[0];
  EXPECT_EQ(bytes.find("Trần"), std::string::npos);
  const auto stored = *decode(bytes);
  ASSERT_EQ(stored.commitments.size(), 2U);
  const Digest leaf = leaf_hash(bytes_of(bytes));
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
    const auto key = person_key(reader, *keyring_, person(1));
    EXPECT_FALSE(person_key(reader, *keyring_, person(2)));
    const auto opening = read_opening(reader, *key, leaf, "name");
    EXPECT_EQ(opening->value, "Trần Thị 1");
    EXPECT_EQ(commit_to(opening->salt, "name", opening->value), stored.commitments[0].digest);
    EXPECT_FALSE(read_opening(reader, Secret(std::string(32, 'x')), leaf, "name"));
    return {};
  }));
}

TEST_F(LogTest, ErasingAPersonDestroysTheKeyAndIsItselfAnEntry) {
  ASSERT_TRUE(record_personal(1));
  ASSERT_TRUE(record_personal(2));
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->erase_person(tx, person(1), Actor::operator_named("admin"), noon());
    return {};
  }));
  const auto stored = *decode(entries()[2]);
  EXPECT_EQ(stored.entry.type, "person.erased");
  EXPECT_EQ(stored.entry.person, person(1));
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
    EXPECT_FALSE(person_key(reader, *keyring_, person(1)));
    EXPECT_TRUE(person_key(reader, *keyring_, person(2)));
    return {};
  }));
}

TEST_F(LogTest, ALogThatWasChangedFromOutsideIsNotContinued) {
  record_many(300);
  ASSERT_TRUE(*log_->sign_checkpoint(noon()));
  ASSERT_TRUE(record(1));
  log_.reset();
  const char* const changes[][2]{
      {"update audit_tree set size = size - 1", "update audit_tree set size = size + 1"},
      {"update audit_tree set tag = 'x' || tag", "update audit_tree set tag = substr(tag, 2)"},
      {"update audit_tile set level = level + 9 where level = 1", "update audit_tile set level = 1 where level = 10"},
      {"update audit_tree set generation = -generation", "update audit_tree set generation = -generation"},
      {"update audit_entry set bytes = bytes || ' ' where leaf = 300",
       "update audit_entry set bytes = rtrim(bytes) where leaf = 300"},
      {"update audit_entry set bytes = bytes || ' ' where leaf = 256",
       "update audit_entry set bytes = rtrim(bytes) where leaf = 256"},
      {"update audit_entry set leaf = -300 where leaf = 300", "update audit_entry set leaf = 300 where leaf = -300"},
      {"update audit_entry set leaf = -280 where leaf = 280", "update audit_entry set leaf = 280 where leaf = -280"},
      {"insert into audit_entry (leaf, at, type, subject, bytes) values (301, 0, 't', 's', 'b')",
       "delete from audit_entry where leaf = 301"},
      {"insert into audit_entry (leaf, at, type, subject, bytes) values (90000, 0, 't', 's', 'b')",
       "delete from audit_entry where leaf = 90000"},
      {"update audit_tile set number = 99 where level = 0 and number = 1",
       "update audit_tile set number = 1 where level = 0 and number = 99"},
  };
  for (const auto& [change, back] : changes) {
    tamper(change);
    const auto opened = try_open_log();
    ASSERT_FALSE(opened) << change;
    EXPECT_EQ(opened.error().kind(), ErrorKind::Refused);
    tamper(back);
  }
  EXPECT_TRUE(try_open_log());
  log_.reset();
  tamper("delete from audit_tree");
  EXPECT_FALSE(try_open_log());
}

/// As ASSURANCE.md says: the start reads the newest tile, not the whole log.
TEST_F(LogTest, AChangeOfAnOldEntryIsLeftToVerify) {
  record_many(300);
  log_.reset();
  tamper("update audit_entry set bytes = bytes || ' ' where leaf = 255");
  EXPECT_TRUE(try_open_log());
}

TEST_F(LogTest, AFullNewestTileIsReadToo) {
  record_many(256);
  log_.reset();
  EXPECT_TRUE(try_open_log());
  log_.reset();
  tamper("update audit_entry set bytes = bytes || ' ' where leaf = 255");
  EXPECT_FALSE(try_open_log());
}

}  // namespace
}  // namespace khien::audit
