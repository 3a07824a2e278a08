// A process that is killed while many threads write: what it answered is there, nothing is half there, the log is
// whole, and the next process goes on. Again and again on the same database.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>
#include <thread>

#include "audit/testing.h"
#include "audit/verify.h"

namespace khien::audit {
namespace {

using testing_support::noon;

class Kill : public testing_support::Installation {
 protected:
  static constexpr int kWriters = 6;

  void SetUp() override {
    Installation::SetUp();
    change_schema("create table thing (id bigint not null, part bigint not null, primary key (id, part))");
    close();
  }
  void close() {
    log_.reset();
    keyring_.reset();
    store_.reset();
  }

  /// Two rows and two entries that belong together.
  Result<void> put(std::int64_t id) {
    static constexpr store::Sql kPut{"insert into thing (id, part) values (:1, :2)"};
    return store_->write([&](store::Transaction& tx) -> Result<void> {
      for (int part = 0; part < 2; ++part) {
        tx.execute(kPut, id, part);
        Entry entry = some_entry(1);
        entry.subject = "thing/" + std::to_string(id);
        log_->record(tx, entry);
      }
      return {};
    });
  }

  /// Writes for ever, and tells of each answer through the pipe.
  [[noreturn]] void write_until_killed(int round, int pipe) {
    open_store();
    open_log();
    std::vector<std::thread> writers;
    for (int writer = 0; writer < kWriters; ++writer)
      writers.emplace_back([&, writer] {
        for (std::int64_t i = 0;; ++i) {
          const std::int64_t id = (round * std::int64_t{kWriters} + writer) * 1'000'000 + i;
          if (!put(id) || ::write(pipe, &id, sizeof id) != sizeof id) _exit(2);
        }
      });
    for (;;) {
      static_cast<void>(log_->sign_checkpoint(noon() + std::chrono::hours(round)));
      std::this_thread::yield();
    }
  }

  /// How many parts each thing has, and how many entries are about it.
  std::map<std::int64_t, std::pair<int, int>> found() {
    static constexpr store::Sql kThings{"select id from thing", "i"};
    std::map<std::int64_t, std::pair<int, int>> out;
    const auto read = store_->read([&](store::Reader& reader) -> Result<void> {
      reader.each(kThings, [&](const store::Row& row) { ++out[row.integer(0)].first; });
      each_entry(reader, 0, INT64_MAX, INT64_MAX, [&](const EntryRow& row) {
        if (row.subject.starts_with("thing/")) ++out[std::stoll(std::string(row.subject.substr(6)))].second;
      });
      return {};
    });
    EXPECT_TRUE(read);
    return out;
  }
};

TEST_F(Kill, WhatWasAnsweredIsThereNothingIsHalfThereAndTheLogIsWhole) {
  std::vector<std::int64_t> answered;
  for (int round = 0; round < 12; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) write_until_killed(round, pipe[1]);
    ::close(pipe[1]);
    // Killed after so many answers, which is at any moment of a later batch; what it told before it died still comes.
    const std::size_t wanted = answered.size() + 30 + static_cast<std::size_t>(round) * 7;
    bool killed = false;
    for (std::int64_t id = 0; ::read(pipe[0], &id, sizeof id) == sizeof id;) {
      answered.push_back(id);
      if (!killed && answered.size() >= wanted) killed = ::kill(child, SIGKILL) == 0;
    }
    ::close(pipe[0]);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;

    open_store();
    open_log();
    const auto things = found();
    for (const std::int64_t id : answered) ASSERT_TRUE(things.contains(id)) << "answered, and not there: " << id;
    for (const auto& [id, parts] : things) ASSERT_EQ(parts, std::pair(2, 2)) << "half there: " << id;
    const auto report = store_->read([&](store::Reader& reader) {
      return verify(reader, {.keys = {log_->verifier_key()}, .keyring = keyring_.get()});
    });
    ASSERT_TRUE(report) << report.error().detail();
    ASSERT_TRUE(report->passed()) << report->wrong->text.en;
    ASSERT_EQ(report->entries, log_->head().size);
    close();
  }
}

}  // namespace
}  // namespace khien::audit
