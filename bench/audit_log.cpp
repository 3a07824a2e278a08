// The evidence log against what the machine can do: appends beside bare inserts of rows of the same size into SQLite
// (WAL, synchronous=FULL) in the same run, and the rate of verification beside that of SHA-256 alone.
#include <benchmark/benchmark.h>

#include <sqlite3.h>

#include <chrono>
#include <filesystem>

#include "audit/log.h"
#include "audit/schema.h"
#include "audit/verify.h"
#include "store/testing.h"

namespace {

using namespace khien;
using namespace khien::audit;

constexpr store::Migration kBare{
    "bench", 1, "create table bare (id integer not null primary key, at bigint not null, bytes text not null);\n"};
constexpr store::Sql kInsertBare{"insert into bare (at, bytes) values (:1, :2)"};

Entry some_entry(std::uint64_t number) {
  return {.type = "password.changed",
          .at = instant_of(static_cast<std::int64_t>(1'700'000'000'000'000 + number)),
          .actor = {Actor::Kind::Login, "AAAAAAAAAAAAAAAAAAAAAA"},
          .subject = "login/AAAAAAAAAAAAAAAAA" + std::to_string(10000 + number % 10000),
          .clauses = {"123/UBND-NC#2.a"},
          .facts = {{"number", std::to_string(number)}, {"min_length", "8"}, {"set_by", "holder"}},
          .result = "changed"};
}

struct Installation {
  Installation() {
    if (!start_crypto()) std::abort();
    store = std::move(*store::open_sqlite({.path = folder.file("khien.db")}));
    std::vector<store::Migration> all(store::keyring_migrations().begin(), store::keyring_migrations().end());
    all.insert(all.end(), migrations().begin(), migrations().end());
    all.push_back(kBare);
    const Secret root{std::string(32, 'r')};
    if (!store->migrate(all, instant_of(1)) || !store::Keyring::create_missing(*store, root, random, instant_of(1)))
      std::abort();
    keyring = *store::Keyring::load(*store, root);
    log = *Log::open(*store, *keyring, random, "bench");
  }
  void append(std::uint64_t first, std::uint64_t count) {
    const auto written = store->write([&](store::Transaction& tx) -> Result<void> {
      for (std::uint64_t i = 0; i < count; ++i) log->record(tx, some_entry(first + i));
      return {};
    });
    if (!written) std::abort();
  }

  khien::testing_support::TemporaryFolder folder;
  SystemRandom random;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Keyring> keyring;
  std::unique_ptr<Log> log;
};

/// range(0): rows in one durable write.
void bare_insert(benchmark::State& state) {
  Installation installation;
  const std::string bytes = *encode(some_entry(0), {});
  for (auto _ : state) {
    const auto written = installation.store->write([&](store::Transaction& tx) -> Result<void> {
      for (std::int64_t i = 0; i < state.range(0); ++i) tx.execute(kInsertBare, i, bytes);
      return {};
    });
    if (!written) state.SkipWithError("a write failed");
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void append(benchmark::State& state) {
  Installation installation;
  std::uint64_t next = 0;
  for (auto _ : state) {
    installation.append(next, static_cast<std::uint64_t>(state.range(0)));
    next += static_cast<std::uint64_t>(state.range(0));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// SQLite itself, without anything of ours: a table of texts, WAL, synchronous=FULL, one commit a batch.
class RawSqlite {
 public:
  RawSqlite() {
    if (sqlite3_open(folder_.file("raw.db").c_str(), &database_) != SQLITE_OK) std::abort();
    run("pragma journal_mode = wal");
    run("pragma synchronous = full");
    run("create table bare (id integer primary key, bytes text not null)");
    if (sqlite3_prepare_v2(database_, "insert into bare (bytes) values (?)", -1, &insert_, nullptr) != SQLITE_OK)
      std::abort();
  }
  ~RawSqlite() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  RawSqlite(const RawSqlite&) = delete;
  RawSqlite& operator=(const RawSqlite&) = delete;

  void write(std::span<const std::string> batch) {
    run("begin immediate");
    for (const auto& bytes : batch) {
      sqlite3_bind_text(insert_, 1, bytes.data(), static_cast<int>(bytes.size()), SQLITE_STATIC);
      if (sqlite3_step(insert_) != SQLITE_DONE) std::abort();
      sqlite3_reset(insert_);
    }
    run("commit");
  }

 private:
  void run(const char* sql) {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
  }

  khien::testing_support::TemporaryFolder folder_;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

/// Appends of range(0) entries in one write, in turn with the least that any log must do with the same bytes: SQLite's
/// own durable commit of them, and SHA-256 over them and over a node each. `ratio` is the time of the append over both.
void append_against_the_limit(benchmark::State& state) {
  Installation installation;
  RawSqlite raw;
  const auto count = static_cast<std::uint64_t>(state.range(0));
  std::vector<std::string> batch(count);
  std::uint64_t next = 0;
  std::chrono::duration<double> ours{}, sqlite{}, hashing{};
  const auto timed = [](auto& total, const auto& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    total += taken;
    return taken.count();
  };
  for (auto _ : state) {
    for (std::uint64_t i = 0; i < count; ++i) batch[i] = *encode(some_entry(next + i), {});
    timed(sqlite, [&] { raw.write(batch); });
    timed(hashing, [&] {
      Digest hash{};
      for (const auto& bytes : batch) hash = node_hash(hash, leaf_hash(bytes_of(bytes)));
      benchmark::DoNotOptimize(hash);
    });
    state.SetIterationTime(timed(ours, [&] { installation.append(next, count); }));
    next += count;
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  const auto batches = static_cast<double>(state.iterations());
  state.counters["sqlite_us"] = sqlite.count() * 1e6 / batches;
  state.counters["hash_us"] = hashing.count() * 1e6 / batches;
  state.counters["ratio"] = ours.count() / (sqlite.count() + hashing.count());
}

constexpr std::uint64_t kVerified = 200'000;

void verify_all(benchmark::State& state) {
  Installation installation;
  for (std::uint64_t i = 0; i < kVerified; i += 1000) installation.append(i, 1000);
  if (!installation.log->stop(instant_of(1'800'000'000'000'000))) std::abort();
  for (auto _ : state) {
    const auto report = installation.store->read([&](store::Reader& reader) {
      return verify(reader, {.keys = {installation.log->verifier_key()}, .keyring = installation.keyring.get()});
    });
    if (!report || !report->passed() || report->entries != kVerified) state.SkipWithError("the log is not whole");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kVerified));
}

/// What verification must hash: the leaf and one node for each entry.
void hash_only(benchmark::State& state) {
  const std::string bytes = *encode(some_entry(0), {});
  Digest hash{};
  for (auto _ : state) {
    hash = node_hash(hash, leaf_hash(bytes_of(bytes)));
    benchmark::DoNotOptimize(hash);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["entry_bytes"] = static_cast<double>(bytes.size());
}

void decode_only(benchmark::State& state) {
  const std::string bytes = *encode(some_entry(0), {});
  for (auto _ : state) benchmark::DoNotOptimize(decode(bytes));
  state.SetItemsProcessed(state.iterations());
}

void sign_and_verify_checkpoint(benchmark::State& state) {
  if (!start_crypto()) std::abort();
  const Secret seed{std::string(32, 's')};
  const VerifierKey key{.name = "khien/bench", .public_key = ed25519_public(seed)};
  for (auto _ : state) {
    const auto note = sign_checkpoint({.origin = "khien/bench", .head = {1, {}}}, "khien/bench", seed);
    benchmark::DoNotOptimize(verify_checkpoint(note, key));
  }
}

BENCHMARK(bare_insert)->Arg(1)->Arg(100)->Arg(500)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(append)->Arg(1)->Arg(100)->Arg(500)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(append_against_the_limit)->Arg(1)->Arg(100)->Arg(500)->UseManualTime();
BENCHMARK(verify_all)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(hash_only);
BENCHMARK(decode_only);
BENCHMARK(sign_and_verify_checkpoint);

}  // namespace

BENCHMARK_MAIN();
