// A demonstration province of 100,000 people: making it, and writing it into an empty installation with its evidence.
#include <benchmark/benchmark.h>

#include <chrono>

#include "accounts/migrations.h"
#include "audit/log.h"
#include "audit/schema.h"
#include "credentials/login_store.h"
#include "credentials/migrations.h"
#include "demo/apply.h"
#include "directives/migrations.h"
#include "people/migrations.h"
#include "people/testing.h"

namespace {

using namespace khien;
using testing_support::must;

constexpr std::size_t kPeople = 100'000;
constexpr Date kToday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{16}};

struct Installation {
  Installation() {
    if (!start_crypto()) std::abort();
    store = must(store::open_sqlite({.path = folder.file("khien.db")}));
    std::vector<store::Migration> all;
    for (const auto& some : {store::keyring_migrations(), audit::migrations(), people::migrations(),
                             directives::migrations(), accounts::migrations(), credentials::migrations()})
      all.insert(all.end(), some.begin(), some.end());
    must(store->migrate(all, clock.now()));
    const Secret root(std::string(32, 'r'));
    must(store::Keyring::create_missing(*store, root, random, clock.now()));
    keys = must(store::Keyring::load(*store, root));
    log = must(audit::Log::open(*store, *keys, random, "bench"));
    people.emplace(*store, *log, *keys, clock, random);
    accounts.emplace(*store, *log, *people, *keys, clock, random);
    pool.emplace(credentials::HashingPoolOptions{}, clock);
    logins.emplace(*store, *log, *keys, *pool, credentials::Argon2Parameters{}, clock, random);
    must(people->load());
    must(accounts->load());
    must(logins->load());
    log->subscribe([this](std::span<const audit::Change> changes) {
      must(people->apply(changes));
      must(accounts->apply(changes));
      must(logins->apply(changes));
    });
  }

  testing_support::TemporaryFolder folder;
  ManualClock clock{start_of(kToday) + std::chrono::hours(9)};
  SystemRandom random;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Keyring> keys;
  std::unique_ptr<audit::Log> log;
  std::optional<people::People> people;
  std::optional<accounts::Accounts> accounts;
  std::optional<credentials::HashingPool> pool;
  std::optional<credentials::Credentials> logins;
};

void make_100000_people(benchmark::State& state) {
  std::size_t accounts = 0;
  for (auto _ : state) accounts = demo::make_province(kPeople, 1, kToday).accounts.size();
  state.counters["accounts"] = static_cast<double>(accounts);
}
BENCHMARK(make_100000_people)->Unit(benchmark::kMillisecond);

void apply_100000_people(benchmark::State& state) {
  const auto province = demo::make_province(kPeople, 1, kToday);
  const people::By by{audit::Actor::operator_named("bench"), ""};
  for (auto _ : state) {
    state.PauseTiming();
    auto fresh = std::make_unique<Installation>();
    state.ResumeTiming();
    must(demo::apply(province, {*fresh->people, *fresh->accounts, *fresh->logins, *fresh->keys, fresh->random}, by));
    state.PauseTiming();
    state.counters["entries"] = static_cast<double>(fresh->log->head().size);
    fresh.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(apply_100000_people)->Unit(benchmark::kSecond)->Iterations(1)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
