#include "signin/early_cutoff.h"

#include <gtest/gtest.h>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using testing_support::day;
using testing_support::must;

/// Today is 2025-06-01; the one password is of 2025-05-20.
class EarlyCutoffTest : public testing::Test, protected testing_support::SignInWorld {
 protected:
  void SetUp() override { know_monitoring(holder); }

  /// Of a directive with two clauses that is not adopted.
  std::vector<EarlyCutoff> early(const std::string& date, const std::string& from,
                                 std::span<const DirectiveId> replaced = {}) {
    const std::string cutoff = "password.cutoff, force: must, params: {date: \"" + date + "\"}";
    const auto id = adopt("TH" + std::to_string(++made_), {cutoff, cutoff}, from);
    auto others = directives->snapshot()->directives();
    const auto found = std::ranges::find(others, id, &policy::Directive::id);
    const policy::Directive wanted = *found;
    others.erase(found);
    directives::Register without = *directives->snapshot();
    without.put(std::move(others));
    must(directives->withdraw(by, id, wanted.from + std::chrono::seconds(1), "chỉ để thử"));
    return early_cutoffs(*standings, without, wanted, replaced, clock.now());
  }

 private:
  int made_ = 0;
};

TEST_F(EarlyCutoffTest, ThatHasPassedShutsOutToday) {
  const auto found = early("2025-05-25", "2025-05-21");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].date, *parse_date("2025-05-25"));
  EXPECT_EQ(found[0].clauses.size(), 2U);
  EXPECT_EQ(found[0].acts_on, *parse_date("2025-06-01"));
  EXPECT_EQ(found[0].shut_out_today, 1U);
  EXPECT_EQ(found[0].shut_out_then, 1U);
}

TEST_F(EarlyCutoffTest, BeforeTheFirstDayShutsOutOnThatDay) {
  const auto found = early("2025-06-10", "2025-06-20");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].acts_on, *parse_date("2025-06-20"));
  EXPECT_EQ(found[0].shut_out_today, 0U);
  EXPECT_EQ(found[0].shut_out_then, 1U);
}

TEST_F(EarlyCutoffTest, CountsOnlyWhomTheDirectiveItselfShutsOut) {
  adopt("KH", {"password.cutoff, force: must, params: {date: \"2025-05-25\"}"}, "2025-05-21");
  const auto found = early("2025-05-10", "2025-05-01");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].shut_out_today, 0U) << "the password was changed while this one was in force";
}

TEST_F(EarlyCutoffTest, IsNoneWhereTheDateLeavesTime) {
  EXPECT_TRUE(early("2025-06-20", "2025-06-10").empty());
  EXPECT_TRUE(early("2025-06-01", "2025-05-10").empty()) << "today";
}

}  // namespace
}  // namespace khien::signin
