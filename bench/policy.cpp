// The policy of accounts: looked up when nothing changed, joined from scratch with 50 directives, and a million
// accounts assessed for every control on one core.
#include <benchmark/benchmark.h>

#include <vector>

#include "base/random.h"
#include "policy/assess.h"
#include "policy/decide.h"
#include "policy/policy_set.h"

namespace {

using namespace khien;
using namespace khien::policy;

constexpr Instant kNow = instant_of(1'790'000'000'000'000);
constexpr std::size_t kUnits = 500;
constexpr std::size_t kSystems = 7;

template <class IdType>
IdType numbered(std::size_t n) {
  IdType id;
  id.bytes[0] = static_cast<unsigned char>(n);
  id.bytes[1] = static_cast<unsigned char>(n >> 8);
  id.bytes[2] = 1;
  return id;
}

Control control(Kind kind, const RawParameters& parameters = {}) {
  return *make_control(kind, Force::Must, parameters);
}

/// A letter like the founding ones: about twenty clauses; scopes differ between letters.
Directive letter(std::size_t n) {
  Directive out;
  out.id = numbered<DirectiveId>(n);
  out.code = "B" + std::to_string(n);
  out.from = kNow - std::chrono::hours(24 * 100);
  if (n % 3 == 1) out.scope.units = {numbered<UnitId>(n % kUnits)};
  if (n % 5 == 2) out.scope.systems = {numbered<SystemId>(n % kSystems)};
  const auto add = [&](Kind kind, const RawParameters& parameters = {}) {
    out.clauses.push_back(
        {out.code + "-" + std::to_string(out.clauses.size()), {}, std::nullopt, {control(kind, parameters)}});
  };
  add(Kind::PasswordComposition, {{"min_length", static_cast<std::int64_t>(8 + n % 5)}});
  add(Kind::PasswordComposition, {{"require", std::vector<std::string>{"upper", "lower", "digit", "special"}}});
  add(Kind::PasswordRotation, {{"max_age", n % 2 == 0 ? "P45D" : "P6M"}});
  add(Kind::PasswordCutoff, {{"date", "2024-10-26"}});
  for (std::size_t k = 2; k < 40; k += 2) {
    const auto kind = static_cast<Kind>(k);
    if (kind != Kind::PasswordHistory && kind != Kind::MailBulkNotice && spec_of(kind).parameters.empty()) add(kind);
  }
  return out;
}

std::shared_ptr<const PolicySet> fifty_letters() {
  std::vector<Directive> all;
  for (std::size_t n = 0; n < 50; ++n) all.push_back(letter(n));
  return PolicySet::compile(std::move(all), kNow);
}

ScopeMask mask_of(const PolicySet& set, std::size_t n) {
  const std::array units{numbered<UnitId>(n % kUnits), numbered<UnitId>(0)};
  return set.unit_mask(units) & set.system_mask(numbered<SystemId>(n % kSystems)) &
         set.kind_mask(AccountKind::Personal) & set.group_mask({});
}

void looked_up(benchmark::State& state) {
  const auto set = fifty_letters();
  std::vector<ScopeMask> units;
  for (std::size_t n = 0; n < kUnits; ++n) {
    const std::array above{numbered<UnitId>(n), numbered<UnitId>(0)};
    units.push_back(set->unit_mask(above));
  }
  const ScopeMask no_groups = set->group_mask({});
  std::size_t n = 0;
  for (auto _ : state) {
    ++n;
    const auto policy = set->shared(units[n % kUnits] & set->system_mask(numbered<SystemId>(n % kSystems)) &
                                    set->kind_mask(AccountKind::Personal) & no_groups);
    benchmark::DoNotOptimize(policy);
  }
}
BENCHMARK(looked_up)->Unit(benchmark::kNanosecond);

void from_scratch(benchmark::State& state) {
  const auto set = fifty_letters();
  const ScopeMask mask = mask_of(*set, 1);
  for (auto _ : state) benchmark::DoNotOptimize(set->join_for(mask, {}));
}
BENCHMARK(from_scratch)->Unit(benchmark::kMicrosecond);

void a_million_accounts(benchmark::State& state) {
  const auto set = fifty_letters();
  SeededRandom random(1);
  std::vector<PasswordFacts> passwords;
  for (int i = 0; i < 1000; ++i)
    passwords.push_back({.state = PasswordState::Own,
                         .changed_at = kNow - std::chrono::hours(24) * static_cast<int>(random.below(400)),
                         .rule_min_length = 8,
                         .rule_classes = 15});
  std::vector<ScopeMask> units;
  for (std::size_t n = 0; n < kUnits; ++n) {
    const std::array above{numbered<UnitId>(n), numbered<UnitId>(0)};
    units.push_back(set->unit_mask(above));
  }
  const ScopeMask no_groups = set->group_mask({});
  const std::array done{numbered<DirectiveId>(0)};
  for (auto _ : state) {
    std::size_t violations = 0;
    for (std::size_t n = 0; n < 1'000'000; ++n) {
      const AccountFacts account{set->shared(units[n % kUnits] & set->system_mask(numbered<SystemId>(n % kSystems)) &
                                             set->kind_mask(AccountKind::Personal) & no_groups),
                                 kNow - std::chrono::hours(24 * 900)};
      const auto assessed = assess(account, &passwords[n % passwords.size()], done, done, Holds{}, *set, kNow);
      for (const auto& one : assessed) violations += one.compliance == Compliance::Violates ? 1 : 0;
    }
    benchmark::DoNotOptimize(violations);
  }
}
BENCHMARK(a_million_accounts)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
