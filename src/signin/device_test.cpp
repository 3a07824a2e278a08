#include "signin/device.h"

#include <gtest/gtest.h>

#include "signin/flow.h"
#include "signin/testing.h"

namespace khien::signin {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using testing_support::must;

class TrustedDevicesTest : public testing::Test, protected testing_support::SignInWorld {
 protected:
  credentials::Login now_of(const LoginId& id) { return *credentials->snapshot()->find(id); }
  bool knows(const std::string& cookie) {
    const auto seen = now_of(login);
    return devices.of(&seen, cookie).has_value();
  }

  TrustedDevices devices{*keys, clock, random, days{30}};
};

TEST_F(TrustedDevicesTest, AreKnownForThirtyDaysAfterTheLastSignIn) {
  const std::string cookie = devices.trust(now_of(login), std::nullopt);
  clock.advance(days{29});
  const auto seen = now_of(login);
  const auto known = devices.of(&seen, cookie);
  ASSERT_TRUE(known);
  const std::string renewed = devices.trust(seen, known);
  clock.advance(days{1});
  EXPECT_FALSE(knows(cookie));
  EXPECT_TRUE(knows(renewed));
  EXPECT_EQ(devices.open(renewed)->id, known->id) << "the same device";
}

TEST_F(TrustedDevicesTest, AreOfOneLogin) {
  const LoginId other = add_login("binh.tt", add_person("Trần Thị Bình", office), {mail});
  set_password(other, kPassword);
  ASSERT_EQ(now_of(other).epoch, now_of(login).epoch);
  EXPECT_FALSE(knows(devices.trust(now_of(other), std::nullopt)));
  EXPECT_FALSE(devices.of(nullptr, devices.trust(now_of(login), std::nullopt))) << "a name that is nobody's";
}

TEST_F(TrustedDevicesTest, CannotBeForged) {
  const std::string cookie = devices.trust(now_of(login), std::nullopt);
  for (std::size_t i = 0; i < cookie.size(); ++i) {
    std::string changed = cookie;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(knows(changed)) << i;
  }
  EXPECT_FALSE(knows(""));
  EXPECT_FALSE(knows(flows->seal(flow_for("an.nv")))) << "a cookie that anybody gets for a name";
}

TEST_F(TrustedDevicesTest, AreVoidOnceTheLoginWasLockedSuspectedOrClosed) {
  using policy::LifecycleState;
  std::string cookie = devices.trust(now_of(login), std::nullopt);
  must(credentials->set_state(by, login, LifecycleState::Suspended));
  EXPECT_FALSE(knows(cookie));
  must(credentials->set_state(by, login, LifecycleState::Active));
  EXPECT_FALSE(knows(cookie)) << "unlocking does not give it back";
  cookie = devices.trust(now_of(login), std::nullopt);
  EXPECT_TRUE(knows(cookie));
  must(credentials->suspect(by, login, clock.now() - days{3}, "lộ", {}));
  EXPECT_FALSE(knows(cookie));
  cookie = devices.trust(now_of(login), std::nullopt);
  must(credentials->set_state(by, login, LifecycleState::Closed));
  EXPECT_FALSE(knows(cookie));
}

TEST_F(TrustedDevicesTest, AreNotKeptKnownByAClockThatStepsBack) {
  const std::string cookie = devices.trust(now_of(login), std::nullopt);
  clock.set_wall(clock.now() - minutes{1});
  EXPECT_TRUE(knows(cookie));
  clock.set_wall(clock.now() - minutes{1});
  EXPECT_FALSE(knows(cookie));
}

}  // namespace
}  // namespace khien::signin
