// SQLite: one writer thread commits batches of write closures; a few connections read; a third party moves the WAL
// back.
//
// Who owns what: the writer connection belongs to the writer thread; a reader connection belongs to whoever took it
// from the pool; the checkpointer has a connection of its own. Callers block on their Job until the batch that holds it
// is durable.
#include <soci/sqlite3/soci-sqlite3.h>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/connection.h"
#include "store/migrations.h"
#include "store/store.h"

namespace khien::store {
namespace {

constexpr std::size_t kCheckpointPages = 1000;    // 4 MiB: the checkpointer is woken
constexpr std::size_t kMostWalPages = 64 * 1024;  // 256 MiB: the writer waits for a checkpoint itself

Error unavailable(const std::string& detail) {
  return Error::unavailable({"Cơ sở dữ liệu tạm thời không ghi hoặc đọc được; việc vừa làm chưa được lưu.",
                             "The database cannot be read or written now; what was asked has not been saved."},
                            detail);
}

sqlite_api::sqlite3* native(Connection& connection) {
  return static_cast<soci::sqlite3_session_backend*>(connection.session().get_backend())->conn_;
}

std::unique_ptr<Connection> connect(const SqliteOptions& options, std::int64_t cache_kib) {
  std::string parameters = "dbname=" + options.path + " timeout=10";
  if (options.read_only) parameters += " readonly=true";
  auto connection = std::make_unique<Connection>(*soci::factory_sqlite3(), parameters);
  connection->run("pragma foreign_keys = on");
  connection->run("pragma cache_size = -" + std::to_string(cache_kib));
  connection->run("pragma temp_store = memory");
  connection->run("pragma wal_autocheckpoint = 0");
  connection->run("pragma synchronous = full");
  // What is deleted or overwritten is zeroed in the file: a person who was erased cannot be read out of free pages.
  connection->run("pragma secure_delete = on");
  return connection;
}

/// A connection belongs to one thread at a time, so SQLite need not lock it for every column of every row. Once, before
/// the first connection of the process.
void leave_locking_to_us() {
  static const int done = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  static_cast<void>(done);  // if somebody opened a database before, it locks as ever
}

/// A write closure that waits for its batch.
struct Job {
  const std::function<Result<void>(Transaction&)>& closure;
  std::optional<Result<void>> outcome{};
  bool done = false;
};

class ReaderPool {
 public:
  ReaderPool(const SqliteOptions& options) {
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i)
      free_.push_back(connect(options, options.cache_kib / 8));
  }

  std::unique_ptr<Connection> take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty(); });
    auto connection = std::move(free_.back());
    free_.pop_back();
    return connection;
  }

  void give_back(std::unique_ptr<Connection> connection) {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(std::move(connection));
    }
    returned_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> free_;
};

class SqliteStore final : public Store {
 public:
  explicit SqliteStore(const SqliteOptions& options) : options_(options), writer_(connect(options, options.cache_kib)) {
    if (!options.read_only) {
      writer_->run("pragma journal_mode = wal");
      prepare_migrations(*writer_);
      checkpointer_connection_ = connect(options, 1024);
      sqlite3_wal_hook(native(*writer_), &SqliteStore::on_wal, this);
    }
    readers_ = std::make_unique<ReaderPool>(options);
    if (!options.read_only) {
      writer_thread_ = std::thread([this] { write_batches(); });
      checkpointer_thread_ = std::thread([this] { checkpoint(); });
    }
  }

  ~SqliteStore() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    work_.notify_all();
    wal_grew_.notify_all();
    if (writer_thread_.joinable()) writer_thread_.join();
    if (checkpointer_thread_.joinable()) checkpointer_thread_.join();
  }

  void observe_commits(CommitObserver* observer) override {
    const std::lock_guard lock(mutex_);
    observer_ = observer;
  }

  Result<void> migrate(std::span<const Migration> migrations, Instant now) override {
    TRY(run_write([&](Transaction&) { return compare_schema(*writer_, migrations, false); }));
    for (const auto& migration : migrations)
      TRY(run_write([&](Transaction&) -> Result<void> {
        apply_migration(*writer_, migration, now);
        return {};
      }));
    return {};
  }

  Result<void> check_schema(std::span<const Migration> migrations) override {
    auto connection = readers_->take();
    Result<void> outcome;
    try {
      outcome = compare_schema(*connection, migrations, true);
    } catch (const std::exception& error) {
      outcome = Failure(unavailable(error.what()));
    }
    readers_->give_back(std::move(connection));
    return outcome;
  }

  [[nodiscard]] std::string_view dialect() const override { return "sqlite"; }

 protected:
  Result<void> run_write(const std::function<Result<void>(Transaction&)>& closure) override {
    if (options_.read_only)
      return Failure(Error::refused({"Cơ sở dữ liệu được mở chỉ để đọc.", "The database is open for reading only."}));
    Job job{closure};
    std::unique_lock lock(mutex_);
    if (stopping_ || queue_.size() >= options_.queue_bound) return Failure(Error::busy());
    queue_.push_back(&job);
    work_.notify_one();
    answered_.wait(lock, [&] { return job.done; });
    return std::move(*job.outcome);
  }

  Result<void> run_read(const std::function<Result<void>(Reader&)>& closure) override {
    auto connection = readers_->take();
    Result<void> outcome = Failure(Error::internal("a read did not finish"));
    try {
      connection->run("begin");
      ConnectionTransaction view(*connection);
      outcome = closure(view);
      connection->run("commit");
    } catch (const std::exception& error) {
      outcome = Failure(unavailable(error.what()));
      connection = replace(std::move(connection));
    }
    readers_->give_back(std::move(connection));
    return outcome;
  }

 private:
  /// After an error a connection may hold half a transaction: a fresh one is safer than guessing.
  std::unique_ptr<Connection> replace(std::unique_ptr<Connection> broken) {
    try {
      return connect(options_, options_.cache_kib / 8);
    } catch (const std::exception&) {
      try {
        broken->run("rollback");
      } catch (const std::exception&) {
      }
      return broken;
    }
  }

  void write_batches() {
    std::unique_lock lock(mutex_);
    for (;;) {
      work_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;  // stopping, and nothing is left to answer
      std::vector<Job*> batch;
      while (!queue_.empty() && batch.size() < options_.batch_bound) {
        batch.push_back(queue_.front());
        queue_.pop_front();
      }
      lock.unlock();
      run_batch(batch);
      lock.lock();
      for (Job* job : batch) job->done = true;
      answered_.notify_all();
    }
  }

  void run_batch(const std::vector<Job*>& batch) {
    try {
      keep_wal_bounded();
      writer_->run("begin immediate");
      ConnectionTransaction transaction(*writer_);
      bool changed = false;
      for (Job* job : batch) changed |= run_in_savepoint(*job, transaction);
      if (changed && observer_ != nullptr) observer_->before_commit(transaction);
      writer_->run("commit");
      if (changed && observer_ != nullptr) observer_->after_commit();
    } catch (const std::exception& error) {
      try {
        if (sqlite3_get_autocommit(native(*writer_)) == 0) writer_->run("rollback");
      } catch (const std::exception&) {
        // The next "begin immediate" says what is wrong.
      }
      if (observer_ != nullptr) observer_->after_rollback();
      for (Job* job : batch)
        if (!job->outcome || job->outcome->has_value()) job->outcome = Failure(unavailable(error.what()));
    }
  }

  /// True if the job's changes stay. SQLite may have ended the whole transaction on a grave error; that fails the
  /// batch.
  bool run_in_savepoint(Job& job, Transaction& transaction) {
    writer_->run("savepoint job");
    try {
      job.outcome = job.closure(transaction);
    } catch (const std::exception& error) {
      job.outcome = Failure(unavailable(error.what()));
    }
    if (sqlite3_get_autocommit(native(*writer_)) != 0) throw DatabaseError("the database ended the transaction");
    if (!job.outcome->has_value()) writer_->run("rollback to job");
    writer_->run("release job");
    return job.outcome->has_value();
  }

  void keep_wal_bounded() {
    if (wal_pages_ > kMostWalPages)
      sqlite3_wal_checkpoint_v2(native(*writer_), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }

  static int on_wal(void* self, sqlite_api::sqlite3*, const char*, int pages) {
    auto* store = static_cast<SqliteStore*>(self);
    store->wal_pages_ = static_cast<std::size_t>(pages);
    if (store->wal_pages_ >= kCheckpointPages) store->wal_grew_.notify_one();
    return SQLITE_OK;
  }

  /// Moves the WAL into the database beside the writer; only a WAL that grew past its bound stops it.
  void checkpoint() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      wal_grew_.wait(lock);
      lock.unlock();
      sqlite3_wal_checkpoint_v2(native(*checkpointer_connection_), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                nullptr);
      lock.lock();
    }
  }

  const SqliteOptions options_;
  std::unique_ptr<Connection> writer_;
  std::unique_ptr<Connection> checkpointer_connection_;
  std::unique_ptr<ReaderPool> readers_;

  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable answered_;
  std::condition_variable wal_grew_;
  std::deque<Job*> queue_;
  CommitObserver* observer_ = nullptr;
  std::atomic<std::size_t> wal_pages_{0};
  bool stopping_ = false;
  std::thread writer_thread_;
  std::thread checkpointer_thread_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const SqliteOptions& options) {
  try {
    leave_locking_to_us();
    return std::make_unique<SqliteStore>(options);
  } catch (const std::exception& error) {
    return Failure(Error::unavailable(
        Text::format(
            "Không mở được cơ sở dữ liệu {0}: tệp không tồn tại, không phải cơ sở dữ liệu hoặc không có quyền.",
            "Cannot open the database {0}: it does not exist, is not a database, or access is denied.", options.path),
        error.what()));
  }
}

}  // namespace khien::store
