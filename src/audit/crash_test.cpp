// What a killed process leaves: the files as they are at some moment while entries are being written.
#include <fstream>
#include <thread>

#include "audit/show.h"
#include "audit/testing.h"
#include "audit/verify.h"

namespace khien::audit {
namespace {

using testing_support::noon;

struct Crash : testing_support::Installation {
  /// The bytes of the write-ahead log first: the database file only changes when that has been moved into it, which a
  /// connection of our own holds back by reading.
  void copy_files(const std::string& to) {
    ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Result<void> {
      each_entry(reader, 0, 1, 1, [](const EntryRow&) {});
      std::filesystem::copy_file(database(), to);
      std::filesystem::copy_file(database() + "-wal", to + "-wal");
      return {};
    }));
  }
};

TEST_F(Crash, EveryAcknowledgedEntryIsThereAndTheLogIsWholeWheneverTheProcessDies) {
  record_many(200);
  ASSERT_TRUE(*log_->sign_checkpoint(noon()));
  std::atomic<int> acknowledged = 0;
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) {
      ASSERT_TRUE(i % 5 == 0 ? record_personal(static_cast<unsigned char>(i)) : record(i));
      ++acknowledged;
    }
  });
  for (int round = 0; round < 6; ++round) {
    const int before = acknowledged;
    while (acknowledged < before + 40) std::this_thread::yield();
    const int promised = 200 + acknowledged;
    const std::string copy = folder_.file("copy" + std::to_string(round) + ".db");
    copy_files(copy);
    auto dead = store::open_sqlite({.path = copy});
    ASSERT_TRUE(dead) << dead.error().detail();
    auto report = (*dead)->read([&](store::Reader& reader) {
      return verify(
          reader, {.keys = {log_->verifier_key()}, .keyring = keyring_.get(), .against = {{"kept", *log_->latest()}}});
    });
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->passed()) << report->wrong->text.en;
    EXPECT_GE(report->entries, static_cast<std::uint64_t>(promised));
    auto revived = Log::open(**dead, *keyring_, random_, "abc");
    ASSERT_TRUE(revived) << revived.error().detail();
    EXPECT_EQ((*revived)->head(), (TreeHead{report->entries, report->root}));
    ASSERT_TRUE((*dead)->write([&](store::Transaction& tx) -> Result<void> {
      (*revived)->record(tx, some_entry(1));
      return {};
    }));
    EXPECT_TRUE(*(*revived)->sign_checkpoint(noon() + std::chrono::hours(1)));
  }
  stop = true;
  writer.join();
}

TEST_F(Crash, AWriteAheadLogThatIsCutAnywhereGivesAWholeOlderLog) {
  for (int i = 0; i < 12; ++i) ASSERT_TRUE(record(i));
  const std::string whole = folder_.file("whole.db");
  copy_files(whole);
  const auto length = std::filesystem::file_size(whole + "-wal");
  std::uint64_t last = 0;
  for (int step = 0; step <= 40; ++step) {
    const std::string cut = folder_.file("cut" + std::to_string(step) + ".db");
    std::filesystem::copy_file(whole, cut);
    std::filesystem::copy_file(whole + "-wal", cut + "-wal");
    std::filesystem::resize_file(cut + "-wal", length * static_cast<std::uint64_t>(step) / 40);
    auto dead = store::open_sqlite({.path = cut});
    ASSERT_TRUE(dead);
    // Before the tables were made there is no log to speak of.
    auto report = (*dead)->read([&](store::Reader& reader) {
      return verify(reader, {.keys = {log_->verifier_key()}, .keyring = keyring_.get()});
    });
    if (!report) continue;
    EXPECT_TRUE(report->passed()) << report->wrong->text.en;
    EXPECT_GE(report->entries, last);
    last = report->entries;
  }
  EXPECT_EQ(last, 12U);
}

}  // namespace
}  // namespace khien::audit
