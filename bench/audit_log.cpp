// The evidence log against what the machine can do: appends beside bare inserts of rows of the same size into SQLite
// (WAL, synchronous=FULL) in the same run, and the rate of verification beside that of SHA-256 alone.
#include <benchmark/benchmark.h>

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
BENCHMARK(verify_all)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(hash_only);
BENCHMARK(decode_only);
BENCHMARK(sign_and_verify_checkpoint);

}  // namespace

BENCHMARK_MAIN();
