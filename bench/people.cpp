// A province of 100,000 people: importing them, loading the snapshot, and the questions that every decision asks.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <map>

#include "people/rules.h"
#include "people/search.h"
#include "people/testing.h"

namespace {

using namespace khien;
using namespace khien::people;
using testing_support::day;
using testing_support::must;
using testing_support::PeopleWorld;

constexpr std::size_t kPeople = 100'000;
constexpr std::size_t kUnits = 2'000;

sheets::Table units() {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < kUnits; ++i) {
    const auto parent = i == 0 ? std::string() : "U" + std::to_string((i - 1) / 12);
    rows.push_back({"U" + std::to_string(i), "Đơn vị số " + std::to_string(i), parent, "1/1/2000"});
  }
  return testing_support::text_table("don-vi.csv", {"code", "name", "parent_code", "from"}, 2, rows);
}

sheets::Table people_of_province() {
  static constexpr std::array kFamily{"Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Võ"};
  static constexpr std::array kMiddle{"Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Hữu"};
  static constexpr std::array kGiven{"An", "Bình", "Cường", "Dũng", "Hà", "Hòa", "Hùng", "Lan", "Ủy", "Yến", "Ánh"};
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < kPeople; ++i) {
    const auto name = fmt::format("{} {} {}", kFamily[i % 8], kMiddle[i / 8 % 7], kGiven[i / 56 % 11]);
    rows.push_back({name, fmt::format("{}/{}/{}", i % 28 + 1, i % 12 + 1, 1965 + i % 40), fmt::format("0480{:08}", i),
                    "U" + std::to_string(i % kUnits), "Chuyên viên phòng nghiệp vụ", "công chức",
                    fmt::format("09{:08}", i), fmt::format("canbo{}@tinh.gov.vn", i), "1/1/2020"});
  }
  return testing_support::text_table(
      "can-bo.csv",
      {"name", "birth_date", "identity_number", "unit_code", "position", "category", "phone", "work_mail", "from"}, 2,
      rows);
}

/// One world for all benchmarks, made by the first that asks.
PeopleWorld& world() {
  static const auto made = [] {
    auto fresh = std::make_unique<PeopleWorld>();
    must(fresh->people->import_units(fresh->by, units()));
    must(fresh->people->import_people(fresh->by, people_of_province()));
    fresh->sync();
    return fresh;
  }();
  return *made;
}

double megabytes_in_use() {
  return static_cast<double>(mallinfo2().uordblks) / (1 << 20);
}

void import_100000_people(benchmark::State& state) {
  const auto table = people_of_province();
  for (auto _ : state) {
    state.PauseTiming();
    auto fresh = std::make_unique<PeopleWorld>();
    must(fresh->people->import_units(fresh->by, units()));
    state.ResumeTiming();
    const auto plan = must(fresh->people->import_people(fresh->by, table));
    if (plan.count(sheets::PlannedAct::Add) != kPeople) state.SkipWithError("the plan has problems");
    state.PauseTiming();
    fresh.reset();
    state.ResumeTiming();
  }
}
BENCHMARK(import_100000_people)->Unit(benchmark::kMillisecond)->Iterations(1)->MeasureProcessCPUTime()->UseRealTime();

void import_the_same_again(benchmark::State& state) {
  const auto table = people_of_province();
  auto& shared = world();
  for (auto _ : state)
    if (!must(shared.people->import_people(shared.by, table)).changes_nothing()) state.SkipWithError("it changed");
}
BENCHMARK(import_the_same_again)->Unit(benchmark::kMillisecond)->Iterations(1)->MeasureProcessCPUTime()->UseRealTime();

void load_snapshot(benchmark::State& state) {
  auto& shared = world();
  for (auto _ : state) must(shared.people->load());
  const double before = megabytes_in_use();
  const auto second = must(shared.people->as_known_at(Instant::max()));
  state.counters["MiB"] = megabytes_in_use() - before;
}
BENCHMARK(load_snapshot)->Unit(benchmark::kMillisecond)->UseRealTime();

void apply_one_change(benchmark::State& state) {
  auto& shared = world();
  const auto id = *must(shared.people->find_person_by_identity("048000000777"));
  const audit::Change change{1, "person.changed", subject_of(id)};
  for (auto _ : state) must(shared.people->apply(std::span(&change, 1)));
}
BENCHMARK(apply_one_change)->Unit(benchmark::kMicrosecond);

void works_within_root(benchmark::State& state) {
  auto& shared = world();
  const auto known = shared.people->snapshot();
  const auto id = *must(shared.people->find_person_by_identity("048000000777"));
  const auto root = *UnitTree(*known, day("2025-06-01")).unit_coded("U0");
  for (auto _ : state) benchmark::DoNotOptimize(works_within(*known, id, root, day("2025-06-01")));
}
BENCHMARK(works_within_root);

void people_within_root(benchmark::State& state) {
  auto& shared = world();
  const auto known = shared.people->snapshot();
  const auto root = *UnitTree(*known, day("2025-06-01")).unit_coded("U0");
  for (auto _ : state) benchmark::DoNotOptimize(people_within(*known, root, day("2025-06-01")));
}
BENCHMARK(people_within_root)->Unit(benchmark::kMillisecond);

void search_by_name(benchmark::State& state) {
  const auto known = world().people->snapshot();
  for (auto _ : state) benchmark::DoNotOptimize(search(*known, "hoang huu yen", 20));
}
BENCHMARK(search_by_name)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
