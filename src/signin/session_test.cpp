#include "signin/session.h"

#include <gtest/gtest.h>

#include <thread>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing_support::must;

class SessionsTest : public testing::Test, protected testing_support::SignInWorld {
 protected:
  static NewSession wanted_for(const LoginId& login, Instant now) {
    NewSession wanted;
    wanted.login = login;
    wanted.signed_in_at = now;
    wanted.idle = Period{.seconds = 900};
    wanted.lifetime = Period{.seconds = 4 * 3600};
    wanted.address = "192.0.2.7";
    wanted.entry.type = "sign_in.accepted";
    wanted.entry.at = now;
    wanted.entry.actor = audit::Actor::login(login);
    wanted.entry.result = "allowed";
    return wanted;
  }
  std::string start() { return std::string(must(sessions->start(wanted_for(login, clock.now()))).reveal()); }
  bool lives(const std::string& cookie) { return sessions->touch(cookie).has_value(); }
  std::int64_t rows() {
    static constexpr store::Sql kCount{"select count(*) from session", "i"};
    return must(store->read([](store::Reader& reader) -> Result<std::int64_t> {
      std::int64_t out = 0;
      reader.first(kCount, [&](const store::Row& row) { out = row.integer(0); });
      return out;
    }));
  }
};

TEST_F(SessionsTest, EndsWhenNothingHappensAndGoesOnWhileSomethingDoes) {
  const std::string cookie = start();
  for (int i = 0; i < 5; ++i) {
    clock.advance(minutes{14});
    ASSERT_TRUE(lives(cookie));
  }
  clock.advance(minutes{15});
  EXPECT_FALSE(lives(cookie));
}

TEST_F(SessionsTest, EndsAfterItsLifetimeWhateverHappens) {
  const std::string cookie = start();
  for (int i = 0; i < 24; ++i) {
    ASSERT_TRUE(lives(cookie)) << i;
    clock.advance(minutes{10});
  }
  EXPECT_FALSE(lives(cookie));
}

TEST_F(SessionsTest, LookingAtASessionByItsIdDoesNotProlongIt) {
  const auto session = sessions->touch(start());
  clock.advance(minutes{14});
  EXPECT_TRUE(sessions->find(session->id));
  clock.advance(minutes{1});
  EXPECT_FALSE(sessions->find(session->id));
}

TEST_F(SessionsTest, AWallClockThatStepsBackProlongsNothing) {
  const std::string cookie = start();
  clock.set_wall(clock.now() - hours{24 * 365});
  EXPECT_TRUE(lives(cookie)) << "no more time has passed than a moment";
  clock.advance(minutes{15});
  EXPECT_FALSE(lives(cookie)) << "idle";
  const std::string busy = start();
  clock.set_wall(clock.now() - hours{24 * 365});
  for (int i = 0; i < 24; ++i) {
    ASSERT_TRUE(lives(busy));
    clock.advance(minutes{10});
  }
  EXPECT_FALSE(lives(busy)) << "its lifetime";
}

TEST_F(SessionsTest, WhatWasOverStaysOverWhenTheWallClockStepsBack) {
  const std::string cookie = start();
  clock.advance(minutes{20});
  clock.set_wall(clock.now() - minutes{20});
  EXPECT_FALSE(lives(cookie));
}

TEST_F(SessionsTest, AWallClockThatJumpsForwardEndsThem) {
  const std::string cookie = start();
  clock.set_wall(clock.now() + hours{24});
  EXPECT_FALSE(lives(cookie));
}

TEST_F(SessionsTest, OneThatBeganUnderAWrongClockLivesItsTimeOnly) {
  const Instant right = clock.now();
  clock.set_wall(right + hours{24 * 365});
  const std::string cookie = start();
  clock.set_wall(right);
  EXPECT_TRUE(lives(cookie));
  clock.advance(minutes{15});
  EXPECT_FALSE(lives(cookie));
}

TEST_F(SessionsTest, ARestartKeepsThemAndNotTheirIdleTime) {
  const std::string cookie = start();
  clock.advance(minutes{10});
  restart();
  clock.advance(minutes{4});
  EXPECT_TRUE(lives(cookie));
  clock.advance(minutes{14});
  restart();
  clock.advance(minutes{1});
  EXPECT_FALSE(lives(cookie));
}

TEST_F(SessionsTest, ARestartForgetsWhatIsOverInTheDatabaseToo) {
  start();
  clock.advance(hours{5});
  const std::string other = start();
  EXPECT_EQ(rows(), 2);
  clock.advance(minutes{1});
  sessions = std::make_unique<Sessions>(*disk, log, *keys, clock, random);
  must(sessions->load());
  EXPECT_EQ(rows(), 1);
  EXPECT_TRUE(lives(other));
}

TEST_F(SessionsTest, OneThatIsOverIsRecordedOnceWithTheReason) {
  const auto ended = [&] {
    std::vector<std::string> out;
    for (const auto& entry : std::exchange(entries, {}))
      if (entry.type == "session.ended") {
        EXPECT_EQ(entry.actor.kind, audit::Actor::Kind::Clock);
        out.push_back(entry.facts[1].value + " " + entry.facts[2].value);
      }
    return out;
  };
  const std::string begun = iso(clock.now());
  start();
  must(sessions->flush());
  EXPECT_TRUE(ended().empty());
  clock.advance(minutes{15});
  for (int i = 0; i < 2; ++i) must(sessions->flush());
  EXPECT_EQ(ended(), std::vector{"idle " + begun});
  const std::string busy = start();
  for (int i = 0; i < 23; ++i) {
    clock.advance(minutes{10});
    ASSERT_TRUE(lives(busy));
  }
  const std::string last = iso(clock.now());
  clock.advance(minutes{10});
  must(sessions->flush());
  EXPECT_EQ(ended(), std::vector{"lifetime " + last});
  const std::string again = iso(clock.now());
  start();
  clock.advance(hours{1});
  for (int i = 0; i < 2; ++i) {
    sessions = std::make_unique<Sessions>(*disk, log, *keys, clock, random);
    must(sessions->load());
  }
  EXPECT_EQ(ended(), std::vector{"idle " + again}) << "also what ended while nobody ran";
  EXPECT_EQ(rows(), 0);
}

TEST_F(SessionsTest, ARestartUnderAnEarlierClockKeepsNoSessionFromTheFuture) {
  const std::string cookie = start();
  clock.set_wall(clock.now() - hours{24});
  restart();
  EXPECT_FALSE(lives(cookie)) << "otherwise it would live a day longer";
  EXPECT_EQ(rows(), 0);
}

TEST_F(SessionsTest, OnlyTheCookieItselfOpens) {
  const std::string cookie = start();
  EXPECT_FALSE(lives(""));
  EXPECT_FALSE(lives(cookie + "A"));
  std::string other = cookie;
  other[5] = other[5] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(lives(other));
  EXPECT_FALSE(lives(sessions->digest_of(cookie))) << "what is stored is not the cookie";
}

TEST_F(SessionsTest, AWriteThatFailsStartsNone) {
  disk->fail_after(0);
  EXPECT_FALSE(sessions->start(wanted_for(login, clock.now())));
  EXPECT_EQ(sessions->live_count(), 0U);
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(count("sign_in.accepted"), 0U);
}

TEST_F(SessionsTest, OneEndsAlsoIfItCannotBeWrittenAndItsRowAndEntryFollow) {
  const std::string cookie = start();
  const auto session = sessions->touch(cookie);
  disk->fail_after(0);
  EXPECT_FALSE(sessions->end(session->id, audit::Actor::login(login), "signed out"));
  EXPECT_FALSE(lives(cookie));
  EXPECT_FALSE(sessions->find(session->id));
  EXPECT_FALSE(sessions->flush());
  const Instant ended = clock.now();
  disk->works();
  clock.advance(minutes{1});
  must(sessions->flush());
  EXPECT_EQ(count("session.ended"), 1U);
  EXPECT_EQ(entries.back().at, ended);
  EXPECT_EQ(entries.back().facts.at(1).value, "signed out");
  EXPECT_EQ(rows(), 0);
  restart();
  EXPECT_FALSE(lives(cookie));
  must(sessions->flush());
  EXPECT_EQ(count("session.ended"), 1U);
}

TEST_F(SessionsTest, TheNewestOfALoginStayAndTheOldestEndWithAnEntry) {
  std::vector<std::string> cookies;
  for (std::size_t i = 0; i < Sessions::kMostOfALogin; ++i) {
    cookies.push_back(start());
    clock.advance(std::chrono::seconds{1});
  }
  EXPECT_EQ(count("session.ended"), 0U);
  restart();  // which of them are old is known afterwards as well
  cookies.push_back(start());
  cookies.push_back(start());
  for (std::size_t i = 0; i < cookies.size(); ++i) EXPECT_EQ(lives(cookies[i]), i >= 2) << i;
  EXPECT_EQ(count("session.ended"), 2U);
  EXPECT_EQ(entries.back().facts.at(1).value, "too many sessions");
  EXPECT_EQ(rows(), static_cast<std::int64_t>(Sessions::kMostOfALogin));
  for (int i = 0; i < 100; ++i) start();
  EXPECT_EQ(sessions->live_count(), Sessions::kMostOfALogin);
}

TEST_F(SessionsTest, WhatWasSeenIsWrittenTheNextTimeIfTheWriteFails) {
  const std::string cookie = start();
  clock.advance(minutes{10});
  ASSERT_TRUE(lives(cookie));
  disk->fail_after(0);
  EXPECT_FALSE(sessions->flush());
  disk->works();
  restart();
  clock.advance(minutes{10});
  EXPECT_TRUE(lives(cookie));
}

TEST_F(SessionsTest, EndingOneManyTimesAtOnceIsRecordedOnce) {
  const auto session = sessions->touch(start());
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] { must(sessions->end(session->id, audit::Actor::login(login), "signed out")); });
  threads.clear();
  EXPECT_EQ(count("session.ended"), 1U);
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(SessionsTest, EachIsEndedOnceHoweverManyBeginMeanwhile) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 10; ++n) start();
    });
  threads.emplace_back([&] {
    for (int n = 0; n < 20; ++n)
      must(sessions->end_if([](const Session&) { return true; }, audit::Actor::login(login), "password changed"));
  });
  threads.clear();
  must(sessions->end_if([](const Session&) { return true; }, audit::Actor::login(login), "password changed"));
  EXPECT_EQ(sessions->live_count(), 0U);
  EXPECT_EQ(rows(), 0);
  EXPECT_EQ(count("session.ended"), 40U);
}

}  // namespace
}  // namespace khien::signin
