#include "signin/standing.h"

#include <gtest/gtest.h>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using policy::Kind;
using policy::Verdict;
using testing_support::day;
using testing_support::must;

class StandingTest : public testing::Test, protected testing_support::SignInWorld {
 protected:
  bool asks(Kind kind) { return standing().account_facts.front().policy->must.of(kind).asked(); }
};

TEST_F(StandingTest, JoinsTheAccountsThatTheLoginOpensAndKnowsWhatWasConfirmed) {
  const auto before = standing();
  EXPECT_EQ(before.accounts.size(), 1U);
  EXPECT_EQ(before.decision.verdict, Verdict::StepsOwed);
  know_monitoring(holder);
  EXPECT_EQ(standing().decision.verdict, Verdict::Allowed);
  EXPECT_EQ(before.decision.verdict, Verdict::StepsOwed) << "what was seen stays as it was seen";
}

TEST_F(StandingTest, CountsClosedAccountsAmongTheAccountsButNotAsOpen) {
  know_monitoring(holder);
  must(accounts->close(by, accounts->snapshot()->opened_by(login).front()));
  EXPECT_EQ(standing().accounts.size(), 1U);
  EXPECT_EQ(standing().decision.verdict, Verdict::Refused);
}

TEST_F(StandingTest, IsThatOfTheDateAsked) {
  know_monitoring(holder);
  adopt("DK", {"password.rotation, force: must, params: {max_age: P30D}"}, "2025-07-01");
  const auto at = [&](std::string_view date) {
    const auto view = standings->view(day(date));
    return view->standing_of(*view->logins().find(login)).decision.verdict;
  };
  EXPECT_EQ(at("2025-06-30"), Verdict::Allowed);
  EXPECT_EQ(at("2025-07-01"), Verdict::StepsOwed);
  EXPECT_EQ(at("2025-06-30"), Verdict::Allowed) << "a look at the future leaves the present as it is";
}

TEST_F(StandingTest, FollowsADirectiveOnceItIsAdopted) {
  EXPECT_FALSE(asks(Kind::PasswordRotation));
  adopt("DK", {"password.rotation, force: must, params: {max_age: P30D}"});
  EXPECT_TRUE(asks(Kind::PasswordRotation));
}

TEST_F(StandingTest, AnExceptionWaivesItsClauseForItsTimeOnly) {
  const auto directive = adopt("DK", {"password.rotation, force: must, params: {max_age: P30D}"});
  policy::Exception exception;
  exception.subject = "login/" + login.text();
  exception.clauses = {{directive, "DK-1"}};
  exception.owner = holder;
  exception.reason = "đang nghỉ ốm";
  exception.compensating_measure = "khóa từ xa";
  exception.from = clock.now();
  exception.until = clock.now() + std::chrono::days{10};
  must(accounts->add_exception(by, exception, *directives->snapshot()));
  EXPECT_FALSE(asks(Kind::PasswordRotation));
  clock.advance(std::chrono::days{10});
  EXPECT_TRUE(asks(Kind::PasswordRotation));
}

TEST_F(StandingTest, NamesClausesByTheirIds) {
  adopt("DK", {"password.rotation, force: must, params: {max_age: P10D}"});
  const auto owing = standing();
  EXPECT_EQ(owing.clause_ids(owing.decision.steps.front().clauses), std::vector<std::string>{"DK-1"});
}

}  // namespace
}  // namespace khien::signin
