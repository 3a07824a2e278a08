// The policy of an account as a gate asks for it, from the snapshots of a whole installation with 52 directives: its
// unit, everything above it, its groups, its exceptions, then the policy. "Kept": nothing changed since it was asked
// before. "From scratch": every cache is empty.
#include <filesystem>
#include <fstream>

#include "accounts/names.h"
#include "bench/fresh_installation.h"
#include "demo/adopt.h"
#include "directives/text.h"
#include "signin/standing.h"

namespace {

using namespace khien;
using bench::must;
using policy::operator&;

constexpr std::size_t kPeople = 2000;
constexpr int kCopies = 13;  // of the four shipped directives

std::vector<demo::Template> shipped() {
  std::vector<demo::Template> out;
  for (const auto& file : std::filesystem::directory_iterator("directives")) {
    if (file.path().extension() != ".yaml") continue;
    std::ifstream in(file.path());
    out.push_back({file.path().filename().string(), std::string(std::istreambuf_iterator<char>(in), {})});
  }
  return out;
}

struct World : bench::FreshInstallation {
  World() {
    add_province(demo::make_province(kPeople, 1, bench::kToday));
    const accounts::NamesAt names(*opened->accounts().snapshot(), *opened->people().snapshot(), clock.now());
    for (const std::string& yaml : must(demo::demo_directives(shipped(), bench::kToday))) {
      auto text = must(directives::parse_directive(yaml, "bench"));
      const std::string code = text.code;
      for (int copy = 0; copy < kCopies; ++copy) {
        text.code = code + std::to_string(copy);
        must(opened->directives().add(by, text, names, "bench"));
      }
    }
    const auto known = opened->accounts().snapshot();
    known->each_account([&](const accounts::Account& account) { all.push_back(account); });
  }

  std::vector<accounts::Account> all;
};

World& world() {
  static World made;
  return made;
}

void kept(benchmark::State& state) {
  World& at = world();
  const auto view = at.opened->standings().view();
  for (const auto& account : at.all) benchmark::DoNotOptimize(view->policy_of(account));
  std::size_t n = 0;
  for (auto _ : state) benchmark::DoNotOptimize(view->policy_of(at.all[++n % at.all.size()]));
}
BENCHMARK(kept)->Unit(benchmark::kNanosecond);

/// As a request does it: a view of its own.
void kept_in_a_new_view(benchmark::State& state) {
  World& at = world();
  const auto first = at.opened->standings().view();
  for (const auto& account : at.all) benchmark::DoNotOptimize(first->policy_of(account));
  std::size_t n = 0;
  for (auto _ : state) benchmark::DoNotOptimize(at.opened->standings().view()->policy_of(at.all[++n % at.all.size()]));
}
BENCHMARK(kept_in_a_new_view)->Unit(benchmark::kNanosecond);

void from_scratch(benchmark::State& state) {
  World& at = world();
  const auto view = at.opened->standings().view();
  const signin::UnitMasks masks(at.opened->people().snapshot(), at.opened->directives().policies(view->at()),
                                view->at());
  std::size_t n = 0;
  for (auto _ : state) {
    const auto& account = at.all[++n % at.all.size()];
    const auto mask =
        masks.work_out(accounts::unit_at(account, view->directory(), view->at())) & view->other_mask(account);
    benchmark::DoNotOptimize(view->set().join_for(
        mask, view->set().indices_of(accounts::waived_for(account, view->accounts(), view->at()))));
  }
}
BENCHMARK(from_scratch)->Unit(benchmark::kMicrosecond);

/// What is worked out once when a unit or a directive changes.
void units_anew(benchmark::State& state) {
  World& at = world();
  const auto directory = at.opened->people().snapshot();
  const auto set = at.opened->directives().policies(at.clock.now());
  for (auto _ : state) benchmark::DoNotOptimize(signin::UnitMasks(directory, set, at.clock.now()));
  state.counters["units"] = static_cast<double>(directory->units().size());
}
BENCHMARK(units_anew)->Unit(benchmark::kMicrosecond);

/// The first question after a directive was added: compiled, then joined.
void compiled_anew(benchmark::State& state) {
  World& at = world();
  const auto directives = at.opened->directives().snapshot()->directives();
  for (auto _ : state) benchmark::DoNotOptimize(policy::PolicySet::compile(directives, at.clock.now()));
  state.counters["directives"] = static_cast<double>(directives.size());
}
BENCHMARK(compiled_anew)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
