#include "signin/flow.h"

#include <gtest/gtest.h>

#include "signin/device.h"
#include "signin/identity.h"
#include "signin/sealed.h"
#include "signin/testing.h"

namespace khien::signin {
namespace {

using std::chrono::minutes;
using testing_support::day;

class FlowsTest : public testing::Test, protected testing_support::SignInWorld {
 protected:
  Flow full() {
    Flow flow = flows->begin("an.nv", "/oauth2/authorize?client_id=a&state=b%20c");
    flow.login = login;
    flow.password_checked_at = clock.now();
    flow.password_set_at = day("2025-05-20");
    flow.epoch = 7;
    flow.run = RunId::make(random);
    flow.told_of_monitoring = true;
    flow.own_machine = true;
    return flow;
  }
};

TEST_F(FlowsTest, ComeBackAsTheyWereSealed) {
  Flow flow = full();
  EXPECT_EQ(flows->open(flows->seal(flow)), flow);
  flow.password_set_at.reset();
  flow.told_of_monitoring = false;
  flow.own_machine = false;
  EXPECT_EQ(flows->open(flows->seal(flow)), flow);
  flow.user_name = "3:a:b\n7:";
  EXPECT_EQ(flows->open(flows->seal(flow)), flow) << "no field runs into the next";
}

TEST_F(FlowsTest, TellWhereTheyWereToLeadOnceTheyAreOverAndNothingElse) {
  const std::string cookie = flows->seal(full());
  EXPECT_FALSE(flows->target_of_expired(cookie)) << "it goes on";
  clock.advance(minutes{15});
  EXPECT_FALSE(flows->open(cookie));
  EXPECT_EQ(flows->target_of_expired(cookie), "/oauth2/authorize?client_id=a&state=b%20c");
  EXPECT_FALSE(flows->target_of_expired(cookie.substr(1)));
  EXPECT_FALSE(flows->target_of_expired(""));
}

TEST_F(FlowsTest, OpenNothingThatWasChangedInOneCharacter) {
  const std::string cookie = flows->seal(full());
  for (std::size_t i = 0; i < cookie.size(); ++i) {
    std::string changed = cookie;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(flows->open(changed)) << i;
  }
  for (const std::size_t length : {0UZ, 1UZ, 40UZ, cookie.size() - 1})
    EXPECT_FALSE(flows->open(cookie.substr(0, length)));
  EXPECT_FALSE(flows->open(cookie + "A"));
  EXPECT_FALSE(flows->open(std::string(100'000, 'A')));
}

TEST_F(FlowsTest, OpenNothingOfAnotherSort) {
  const Secret& key = keys->current(store::Purpose::Session).bytes;
  const std::vector<std::string> eleven(11, "x");
  EXPECT_FALSE(flows->open(seal_fields(key, "khien trusted device 1", eleven, random)));
  EXPECT_FALSE(flows->open(seal_fields(key, "khien sign-in flow 4", eleven, random))) << "no ids";
  EXPECT_FALSE(flows->open(seal_fields(key, "khien sign-in flow 4", {"x"}, random)));
  TrustedDevices devices(*keys, clock, random, std::chrono::days{30});
  EXPECT_FALSE(flows->open(devices.trust({.id = login}, std::nullopt)));
}

TEST_F(FlowsTest, OpenForAQuarterOfAnHour) {
  const std::string cookie = flows->seal(full());
  clock.advance(minutes{15} - std::chrono::microseconds{1});
  EXPECT_TRUE(flows->open(cookie));
  clock.advance(std::chrono::microseconds{1});
  EXPECT_FALSE(flows->open(cookie));
}

TEST_F(FlowsTest, AClockThatStepsBackDoesNotKeepThemOpen) {
  const std::string cookie = flows->seal(full());
  clock.set_wall(clock.now() - minutes{1});
  EXPECT_TRUE(flows->open(cookie)) << "a small correction is not worth a word";
  clock.set_wall(clock.now() - minutes{1});
  EXPECT_FALSE(flows->open(cookie));
}

TEST_F(FlowsTest, FitIntoACookieThatBrowsersKeep) {
  const Flow flow = flows->begin(std::string(kMostNameBytes, 'n'), "/" + std::string(kMostTargetBytes - 1, 't'));
  Flow whole = full();
  whole.user_name = flow.user_name;
  whole.continue_target = flow.continue_target;
  ASSERT_EQ(whole.continue_target.size(), kMostTargetBytes);
  EXPECT_LE(kFlowCookie.size() + 1 + flows->seal(whole).size(), 4096U);
}

TEST(SafeTarget, IsAPathOfOurs) {
  for (const auto* good :
       {"/", "/oauth2/authorize?a=b&c=%2F%2Fevil.example", "/password", "/a//b", "/%2f/evil.example"})
    EXPECT_EQ(safe_target(good), good);
}

TEST(SafeTarget, IsOurFirstPageForEverythingElse) {
  for (const std::string bad :
       {"", "evil.example", "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "/a\\b",
        "/\t/evil.example", "/\n/evil.example", "/ /evil.example", " /a", "javascript:alert(1)", "/a\x7f", "?a", "#a"})
    EXPECT_EQ(safe_target(bad), "/") << bad;
  EXPECT_EQ(safe_target(std::string_view("/a\0b", 4)), "/");
  EXPECT_EQ(safe_target("/" + std::string(kMostTargetBytes, 'a')), "/");
}

}  // namespace
}  // namespace khien::signin
