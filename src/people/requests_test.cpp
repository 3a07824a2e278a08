#include "people/requests.h"

#include <gtest/gtest.h>

#include "people/testing.h"

namespace khien::people {
namespace {

using namespace testing_support;

class RequestsTest : public ::testing::Test, protected PeopleWorld {
 protected:
  PersonId person(const std::string& name) { return must(people->add_person(by, {.name = name})); }
  By as(const PersonId& who) { return {audit::Actor::person(who), ""}; }
  Request proposed(const std::string& payload = {}) {
    return must(requests.propose(as(an), {.act = Act::WithdrawDirective,
                                          .parameters = "{}",
                                          .payload = payload,
                                          .facts = "now",
                                          .summary = {"Thu hồi LA", "Withdraw LA"},
                                          .affected = 7}));
  }
  RequestState state(const Request& request) { return must(requests.find(request.number)).state; }

  Requests requests{*store, log, *keys, clock, random};
  const PersonId an = person("An"), binh = person("Bình"), chi = person("Chi");
};

TEST_F(RequestsTest, IsApprovedByAnotherOnceAndThenCarriedOut) {
  const auto request = proposed("tệp");
  EXPECT_EQ(must(requests.payload(request.id)), "tệp");
  EXPECT_EQ(must(requests.approve(as(binh), request.id, "now")).decided_by, binh);
  EXPECT_FALSE(requests.approve(as(chi), request.id, "now"));
  must(requests.finish(as(an), request.id, true, ""));
  EXPECT_EQ(state(request), RequestState::Done);
  EXPECT_EQ(must(requests.payload(request.id)), "");
  EXPECT_FALSE(requests.finish(as(an), request.id, true, ""));
}

TEST_F(RequestsTest, IsNotApprovedByItsProposer) {
  const auto request = proposed();
  const auto refused = requests.approve(as(an), request.id, "now");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Refused);
  EXPECT_EQ(state(request), RequestState::Proposed);
}

TEST_F(RequestsTest, IsVoidOnceItsFactsHaveChanged) {
  const auto request = proposed();
  const auto refused = requests.approve(as(binh), request.id, "later");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(state(request), RequestState::Outdated);
  EXPECT_FALSE(requests.approve(as(binh), request.id, "now"));
}

TEST_F(RequestsTest, ExpiresAfterThreeDays) {
  const auto request = proposed();
  clock.set_wall(request.expires_at);
  EXPECT_EQ(state(request), RequestState::Expired);
  EXPECT_FALSE(requests.approve(as(binh), request.id, "now"));
  sync();
  EXPECT_EQ(must(requests.expire_due()), 1U);
  EXPECT_EQ(must(requests.expire_due()), 0U);
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "request.expired");
}

TEST_F(RequestsTest, IsWithdrawnByItsProposerAndRefusedByOthersWithAReason) {
  const auto mine = proposed();
  EXPECT_FALSE(requests.withdraw(as(binh), mine.id, "nhầm"));
  EXPECT_FALSE(requests.refuse(as(an), mine.id, "nhầm"));
  EXPECT_FALSE(requests.withdraw(as(an), mine.id, ""));
  must(requests.withdraw(as(an), mine.id, "nhầm"));
  const auto other = proposed();
  must(requests.refuse(as(binh), other.id, "chưa đủ căn cứ"));
  EXPECT_EQ(state(mine), RequestState::Withdrawn);
  EXPECT_EQ(must(requests.find(other.number)).reason, "chưa đủ căn cứ");
}

TEST_F(RequestsTest, TakesPersonsNotOperatingSystemUsers) {
  EXPECT_FALSE(requests.propose(by, {.act = Act::RotateKey}));
  const auto request = proposed();
  EXPECT_FALSE(requests.approve(by, request.id, "now"));
}

TEST_F(RequestsTest, FilesAreNotReadableInTheDatabase) {
  const auto request = proposed("079301001234");
  const std::string stored = bytes_of_files();
  EXPECT_NE(stored.find(request.id.text()), std::string::npos);  // the files are the ones that hold the request
  EXPECT_EQ(stored.find("079301001234"), std::string::npos);
}

TEST_F(RequestsTest, EveryStepIsAnEntryThatNamesTheNumber) {
  sync();
  const auto request = proposed();
  must(requests.approve(as(binh), request.id, "now"));
  must(requests.finish(as(an), request.id, false, "đĩa đầy"));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].type, "request.proposed");
  EXPECT_EQ(entries[1].type, "request.approved");
  EXPECT_EQ(entries[2].type, "request.failed");
  for (const auto& entry : entries) EXPECT_EQ(entry.facts.front().value, "DN-1");
}

TEST(RequestLabel, IsReadWithAndWithoutItsLetters) {
  EXPECT_EQ(parse_request_label("DN-12"), 12);
  EXPECT_EQ(parse_request_label("12"), 12);
  EXPECT_FALSE(parse_request_label("DN-"));
  EXPECT_FALSE(parse_request_label("0"));
  EXPECT_FALSE(parse_request_label("12x"));
}

}  // namespace
}  // namespace khien::people
