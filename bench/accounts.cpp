// A province of 100,000 people with 400,000 accounts: opening them, loading the snapshot, and the questions that every
// decision asks.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include "accounts/scope.h"
#include "accounts/testing.h"

namespace {

using namespace khien;
using namespace khien::accounts;
using testing_support::AccountsWorld;
using testing_support::day;
using testing_support::must;
using testing_support::text_table;

constexpr std::size_t kPeople = 100'000;
constexpr std::size_t kUnits = 2'000;

std::string code_of_unit(std::size_t i) {
  return "U" + std::to_string(i);
}

void add_people(AccountsWorld& world) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < kUnits; ++i)
    rows.push_back({code_of_unit(i), "Đơn vị số " + std::to_string(i),
                    i == 0 ? std::string() : code_of_unit((i - 1) / 12), "1/1/2000"});
  must(
      world.people->import_units(world.by, text_table("don-vi.csv", {"code", "name", "parent_code", "from"}, 2, rows)));
  rows.clear();
  for (std::size_t i = 0; i < kPeople; ++i)
    rows.push_back({"Nguyễn Văn Hùng", fmt::format("CB{:06}", i), code_of_unit(i % kUnits), "1/1/2020"});
  must(world.people->import_people(world.by,
                                   text_table("can-bo.csv", {"name", "staff_code", "unit_code", "from"}, 2, rows)));
  world.sync();
}

/// Each person has a mail account, named as an address, and one in three more systems.
std::vector<NewAccount> four_accounts_each(AccountsWorld& world) {
  const std::array systems{
      world.mail, world.tthc,
      must(world.accounts->add_system(world.by, {{}, "vb", "Quản lý văn bản", {}, "", true, true})),
      must(world.accounts->add_system(world.by, {{}, "cb", "Hồ sơ cán bộ", {}, "", false, true}))};
  world.sync();
  std::vector<NewAccount> wanted;
  wanted.reserve(kPeople * systems.size());
  std::size_t number = 0;
  world.people->snapshot()->people().for_each([&](const PersonId& holder, const people::PersonRecord&) {
    const auto login = LoginId::make(world.random);
    ++number;
    for (const auto& system : systems)
      wanted.push_back({.system = system,
                        .user_name = system == world.mail ? fmt::format("hungnv{}@tinhthunghiem.gov.vn", number)
                                                          : fmt::format("hungnv{}", number),
                        .holder = holder,
                        .login = system == world.tthc ? LoginId{} : login,
                        .wanted = LifecycleState::Active});
  });
  return wanted;
}

/// One world for all benchmarks, made by the first that asks.
AccountsWorld& world() {
  static const auto made = [] {
    auto fresh = std::make_unique<AccountsWorld>();
    add_people(*fresh);
    must(fresh->accounts->open_accounts(fresh->by, four_accounts_each(*fresh)));
    fresh->sync();
    return fresh;
  }();
  return *made;
}

AccountId some_account() {
  return *world().accounts->snapshot()->account_named(world().mail, "hungnv777@tinhthunghiem.gov.vn");
}

double megabytes_in_use() {
  const auto use = mallinfo2();
  return static_cast<double>(use.uordblks + use.hblkhd) / (1 << 20);
}

void open_400000_accounts(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    auto fresh = std::make_unique<AccountsWorld>();
    add_people(*fresh);
    const auto wanted = four_accounts_each(*fresh);
    state.ResumeTiming();
    must(fresh->accounts->open_accounts(fresh->by, wanted));
    state.PauseTiming();
    fresh.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(open_400000_accounts)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void load_snapshot(benchmark::State& state) {
  auto& shared = world();
  for (auto _ : state) must(shared.accounts->load());
  const double before = megabytes_in_use();
  const auto second = must(shared.accounts->as_known_at(Instant::max()));
  state.counters["MiB"] = megabytes_in_use() - before;
  state.counters["accounts"] = static_cast<double>(second.account_count());
}
BENCHMARK(load_snapshot)->Unit(benchmark::kMillisecond)->UseRealTime();

void apply_one_change(benchmark::State& state) {
  auto& shared = world();
  const audit::Change change{1, "account.locked", subject_of(some_account())};
  for (auto _ : state) must(shared.accounts->apply(std::span(&change, 1)));
}
BENCHMARK(apply_one_change)->Unit(benchmark::kMicrosecond);

void accounts_of_a_login(benchmark::State& state) {
  const auto known = world().accounts->snapshot();
  const auto login = known->account(some_account())->login;
  for (auto _ : state)
    for (const auto& id : known->opened_by(login)) benchmark::DoNotOptimize(known->account(id));
}
BENCHMARK(accounts_of_a_login);

void account_by_name(benchmark::State& state) {
  const auto known = world().accounts->snapshot();
  for (auto _ : state) benchmark::DoNotOptimize(known->account_named(world().mail, "HungNV777@tinhthunghiem.gov.vn"));
}
BENCHMARK(account_by_name);

void plan_the_same_again(benchmark::State& state) {
  auto& shared = world();
  std::vector<std::vector<std::string>> rows;
  const auto directory = shared.people->snapshot();
  shared.accounts->snapshot()->each_account([&](const Account& account) {
    if (account.system == shared.mail)
      rows.push_back({"mail", account.user_name, directory->person(account.holder)->person.staff_code});
  });
  const auto table = text_table("tai-khoan.csv", {"system", "user_name", "staff_code"}, 2, rows);
  for (auto _ : state)
    if (!shared.accounts->plan_import(table).plan.changes_nothing()) state.SkipWithError("it would change something");
}
BENCHMARK(plan_the_same_again)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

void observe_100000(benchmark::State& state) {
  auto& shared = world();
  std::vector<Seen> seen;
  shared.accounts->snapshot()->each_account([&](const Account& account) {
    if (account.system == shared.tthc) seen.push_back({account.id, ObservedState::Active});
  });
  for (auto _ : state) must(shared.accounts->observe_all(shared.by, shared.tthc, seen, day("2025-05-01")));
}
BENCHMARK(observe_100000)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
