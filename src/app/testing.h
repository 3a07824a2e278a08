// What tests of this folder share: an installation in a folder that goes with the test, at a clock that stands still.
#pragma once

#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include "app/installation.h"
#include "base/clock.h"
#include "base/random.h"
#include "people/testing.h"

namespace khien::testing_support {

class AppWorld {
 public:
  /// Cheap hashes and a free port; further lines of khien.yaml may be given.
  explicit AppWorld(const std::string& config = {}) {
    std::filesystem::create_directories(folder.path);
    must(app::write_file(folder.config(), "argon2_memory_kib: 8192\nargon2_passes: 1\n" + config, false));
  }

  /// `KHIEN_…` as set here, not in the process.
  [[nodiscard]] app::Environment environment() const {
    return [this](const std::string& name) -> std::optional<std::string> {
      const auto found = variables.find(name);
      return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
  }
  Result<void> initialise() { return app::initialise(folder, environment(), clock, random); }
  Result<std::unique_ptr<app::Installation>> open(app::Installation::Mode mode) {
    return app::Installation::open(folder, mode, environment(), clock, random);
  }

  TemporaryFolder temporary;
  app::Folder folder{temporary.path() / "data"};
  std::map<std::string, std::string> variables;
  ManualClock clock{day("2025-06-01")};
  SystemRandom random;
  people::By by{audit::Actor::operator_named("test"), ""};
};

}  // namespace khien::testing_support
