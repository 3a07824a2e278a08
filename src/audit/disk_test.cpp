// A disk that fails under the log: whatever fails when, the writer is told, nothing half-done is there, and the process
// goes on once the disk does.
#include "audit/feed.h"
#include "audit/testing.h"
#include "audit/verify.h"
#include "store/faulty_disk.h"

namespace khien::audit {
namespace {

using khien::testing_support::FaultyDisk;
using testing_support::noon;

class Disk : public testing_support::Installation {
 protected:
  void SetUp() override {
    Installation::SetUp();
    change_schema("create table thing (id integer not null primary key, text text not null)");
  }

  /// A row of some pages and two entries about it, one with something personal.
  Result<void> put(int id) {
    static constexpr store::Sql kPut{"insert into thing (id, text) values (:1, :2)"};
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      tx.execute(kPut, id, std::string(20'000, 'x'));
      log_->record(tx, some_entry(id));
      Entry personal = some_entry(id);
      personal.person = person(static_cast<unsigned char>(id));
      personal.personal = {{"name", "Trần Thị Sáu"}};
      log_->record(tx, personal);
      return {};
    });
  }

  std::vector<std::int64_t> things() {
    static constexpr store::Sql kThings{"select id from thing order by id", "i"};
    std::vector<std::int64_t> ids;
    const auto read = store_->read([&](store::Reader& reader) -> Result<void> {
      reader.each(kThings, [&](const store::Row& row) { ids.push_back(row.integer(0)); });
      return {};
    });
    EXPECT_TRUE(read);
    return ids;
  }

  void expect_whole(std::uint64_t entries) {
    const auto report = store_->read([&](store::Reader& reader) {
      return verify(reader, {.keys = {log_->verifier_key()}, .keyring = keyring_.get()});
    });
    ASSERT_TRUE(report) << report.error().detail();
    EXPECT_TRUE(report->passed()) << report->wrong->text.en;
    EXPECT_EQ(report->entries, entries);
    EXPECT_EQ(log_->head().size, entries);
  }

  /// The disk fails at its first write, its second … until a whole write goes through without reaching the fault.
  void fail_at_every_step(int code) {
    std::vector<std::int64_t> expected;
    int id = 0;
    bool fails = true;
    for (int step = 0; fails; ++step) {
      ASSERT_LT(step, 500) << "the fault never comes to an end";
      disk_.fail_after(step, code);
      const auto written = put(++id);
      fails = !written;
      if (fails) {
        EXPECT_TRUE(disk_.has_failed());
        EXPECT_EQ(written.error().kind(), ErrorKind::Unavailable);
      } else {
        expected.push_back(id);
      }
      disk_.heal();
      ASSERT_EQ(things(), expected) << "the fault came after " << step << " operations";
      ASSERT_NO_FATAL_FAILURE(expect_whole(2 * expected.size()));
      ASSERT_TRUE(put(++id)) << "the disk is well again, after a fault after " << step << " operations";
      expected.push_back(id);
    }
    EXPECT_GT(id, 10);
    log_.reset();
    store_.reset();
    open_store();
    open_log();
    EXPECT_EQ(things(), expected);
    expect_whole(2 * expected.size());
  }

  FaultyDisk disk_;
};

TEST_F(Disk, AFullDiskAtAnyStepOfAWriteIsAnErrorAndLeavesNothing) {
  fail_at_every_step(SQLITE_FULL);
}
TEST_F(Disk, AWriteErrorAtAnyStepIsAnErrorAndLeavesNothing) {
  fail_at_every_step(SQLITE_IOERR_WRITE);
}
TEST_F(Disk, ASyncThatFailsIsAnErrorAndLeavesNothing) {
  fail_at_every_step(SQLITE_IOERR_FSYNC);
}

TEST_F(Disk, EveryWriterOfABatchThatCannotBeCommittedIsToldAndSubscribersHearNothingOfIt) {
  std::size_t heard = 0;
  log_->subscribe([&](std::span<const Change> changes) { heard += changes.size(); });
  ASSERT_TRUE(put(1));
  disk_.fail_after(0, SQLITE_FULL);
  std::atomic<int> failed = 0;
  std::vector<std::thread> writers;
  for (int i = 2; i < 10; ++i) writers.emplace_back([&, i] { failed += put(i) ? 0 : 1; });
  for (auto& writer : writers) writer.join();
  EXPECT_EQ(failed, 8);
  EXPECT_EQ(heard, 2U);
  disk_.heal();
  EXPECT_EQ(things(), std::vector<std::int64_t>{1});
  expect_whole(2);
}

TEST_F(Disk, ACheckpointThatCannotBeStoredIsAnErrorAndIsSignedWhenTheDiskIsWell) {
  ASSERT_TRUE(put(1));
  disk_.fail_after(0, SQLITE_FULL);
  EXPECT_FALSE(log_->sign_checkpoint(noon()));
  EXPECT_FALSE(log_->latest());
  disk_.heal();
  EXPECT_TRUE(*log_->sign_checkpoint(noon()));
  expect_whole(2);
}

}  // namespace
}  // namespace khien::audit
