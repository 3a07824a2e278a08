#include "app/readiness.h"

#include <gtest/gtest.h>

#include "signin/testing.h"

namespace khien::app {
namespace {

using testing_support::must;

struct ReadinessTest : testing::Test {
  ReadinessTest() { must(store->migrate(readiness_migrations(), clock.now())); }

  std::int64_t written() {
    static constexpr store::Sql kAt{"select at from readiness", "i"};
    return must(disk.read([](store::Reader& reader) -> Result<std::int64_t> {
      std::int64_t at = 0;
      reader.first(kAt, [&](const store::Row& row) { at = row.integer(0); });
      return at;
    }));
  }

  testing_support::TemporaryFolder temporary;
  std::unique_ptr<store::Store> store = must(store::open_sqlite({.path = temporary.path() / "db"}));
  testing_support::FailingStore disk{*store};
  ManualClock clock{instant_of(1'700'000'000'000'000)};
  Readiness readiness{disk, clock};
};

TEST_F(ReadinessTest, IsNotGivenWhileNothingCanBeWritten) {
  EXPECT_TRUE(readiness.check());
  disk.fail_after(0);
  clock.advance(Readiness::kFresh);
  EXPECT_FALSE(readiness.check());
  disk.works();
  EXPECT_FALSE(readiness.check()) << "as a moment ago";
  clock.advance(Readiness::kFresh);
  EXPECT_TRUE(readiness.check());
}

TEST_F(ReadinessTest, WritesOnceHoweverOftenItIsAsked) {
  must(readiness.check());
  const auto first = written();
  for (int i = 0; i < 4; ++i) {
    clock.advance(std::chrono::seconds{1});
    must(readiness.check());
  }
  EXPECT_EQ(written(), first);
  clock.advance(std::chrono::seconds{1});
  must(readiness.check());
  EXPECT_NE(written(), first);
}

}  // namespace
}  // namespace khien::app
