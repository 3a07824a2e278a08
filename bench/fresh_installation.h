// What measurements share: an empty installation of the whole program in a folder that goes with it.
#pragma once

#include <benchmark/benchmark.h>

#include <memory>

#include "app/installation.h"
#include "demo/apply.h"
#include "people/testing.h"

namespace khien::bench {

using testing_support::must;

constexpr Date kToday{std::chrono::year{2026}, std::chrono::November, std::chrono::day{16}};

struct FreshInstallation {
  FreshInstallation() {
    if (!start_crypto()) std::abort();
    const auto nothing_set = [](const std::string&) -> std::optional<std::string> { return std::nullopt; };
    const app::Folder where{folder.path()};
    must(app::initialise(where, nothing_set, clock, random));
    opened = must(app::Installation::open(where, app::Installation::Mode::Change, nothing_set, clock, random));
  }

  void add_province(const demo::Province& province) {
    must(demo::apply(province, {opened->people(), opened->accounts(), opened->credentials(), opened->keys(), random},
                     by));
  }

  testing_support::TemporaryFolder folder;
  ManualClock clock{start_of(kToday) + std::chrono::hours(9)};
  SystemRandom random;
  const people::By by{audit::Actor::operator_named("bench"), ""};
  std::unique_ptr<app::Installation> opened;
};

}  // namespace khien::bench
