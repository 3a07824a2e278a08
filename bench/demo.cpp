// A demonstration province of 100,000 people: making it, and writing it into an empty installation with its evidence.
#include "bench/fresh_installation.h"

namespace {

using namespace khien;

constexpr std::size_t kPeople = 100'000;

void make_100000_people(benchmark::State& state) {
  std::size_t accounts = 0;
  for (auto _ : state) accounts = demo::make_province(kPeople, 1, bench::kToday).accounts.size();
  state.counters["accounts"] = static_cast<double>(accounts);
}
BENCHMARK(make_100000_people)->Unit(benchmark::kMillisecond);

void apply_100000_people(benchmark::State& state) {
  const auto province = demo::make_province(kPeople, 1, bench::kToday);
  for (auto _ : state) {
    state.PauseTiming();
    auto fresh = std::make_unique<bench::FreshInstallation>();
    state.ResumeTiming();
    fresh->add_province(province);
    state.PauseTiming();
    state.counters["entries"] = static_cast<double>(fresh->opened->log().head().size);
    fresh.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(apply_100000_people)->Unit(benchmark::kSecond)->Iterations(1)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
