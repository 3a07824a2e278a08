#include "credentials/guessing_limits.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <deque>

namespace khien::credentials {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t kHolder = 1;
const Instant kStart = instant_of(1'700'000'000'000'000);

/// One of 2^32 networks; the first bytes keep them apart from the tests' own.
Network network(std::uint32_t number) {
  Network out;
  out.bytes[0] = 0x24;
  for (int i = 0; i < 4; ++i)
    out.bytes[static_cast<std::size_t>(4 + i)] = static_cast<unsigned char>(number >> (8 * i));
  return out;
}

class Limits {
 public:
  explicit Limits(const GuessingOptions& options = {}) : random_(1), limits_(options, random_) {}

  /// An attempt that is settled at once.
  Verdict attempt(const Attempt& attempt, Outcome outcome) {
    const Verdict verdict = limits_.before_attempt(attempt, now);
    limits_.after_attempt(attempt, verdict, outcome, now);
    return verdict;
  }
  bool proceeds(const Attempt& attempt, Outcome outcome = Outcome::Undecided) {
    return this->attempt(attempt, outcome).proceed();
  }
  GuessingLimits& operator*() { return limits_; }
  GuessingLimits* operator->() { return &limits_; }

  Instant now = kStart;

 private:
  SeededRandom random_;
  GuessingLimits limits_;
};

/// Guesses as fast as allowed, each time another password; the most within any hour and the whole count.
struct Guesses {
  std::size_t most_an_hour = 0;
  std::size_t all = 0;
};
Guesses guess_greedily(Limits& limits, Attempt attempt, microseconds span) {
  Guesses out;
  std::deque<Instant> last_hour;
  const Instant end = limits.now + span;
  while (limits.now < end) {
    ++attempt.candidate;
    const Verdict verdict = limits.attempt(attempt, Outcome::Wrong);
    if (!verdict.proceed()) {
      limits.now = *verdict.wait_until;
      continue;
    }
    ++out.all;
    last_hour.push_back(limits.now);
    while (last_hour.front() + hours{1} <= limits.now) last_hour.pop_front();
    out.most_an_hour = std::max(out.most_an_hour, last_hour.size());
  }
  return out;
}

TEST(GuessingLimits, LetAPersonMistypeAFewTimes) {
  Limits limits;
  for (int i = 0; i < 4; ++i) {
    EXPECT_TRUE(limits.proceeds({.login = kHolder, .network = network(1)}, Outcome::Wrong));
    limits.now += seconds{5};
  }
  EXPECT_TRUE(limits.proceeds({.login = kHolder, .network = network(1)}, Outcome::Right));
}

TEST(GuessingLimits, DoubleTheDelay) {
  Limits limits;
  const Attempt attempt{.login = kHolder, .network = network(1)};
  std::vector<double> waits;
  while (waits.size() < 6) {
    const Verdict verdict = limits.attempt(attempt, Outcome::Wrong);
    if (verdict.proceed()) continue;
    waits.push_back(std::chrono::duration<double>(*verdict.wait_until - limits.now).count());
    limits.now = *verdict.wait_until;
  }
  for (std::size_t i = 1; i < waits.size(); ++i) EXPECT_NEAR(waits[i] / waits[i - 1], 2, 0.3) << i;
}

TEST(GuessingLimits, GiveAnAttackerAtOneAddressTwentyFiveGuessesAnHourAtMost) {
  Limits limits;
  const auto guesses = guess_greedily(limits, {.login = kHolder, .network = network(1)}, hours{24 * 7});
  EXPECT_LE(guesses.most_an_hour, 25U);
  EXPECT_LE(guesses.all, 24U * 7U * 10U);
  EXPECT_GE(guesses.all, 24U * 7U);  // it is a delay, not a lock
}

TEST(GuessingLimits, GiveACallerAtTheHoldersOwnPlaceThirtyGuessesAnHourAtMost) {
  Limits limits;
  const Attempt attempt{.login = kHolder, .network = network(1)};
  ASSERT_TRUE(limits.proceeds(attempt, Outcome::Right));
  EXPECT_LE(guess_greedily(limits, attempt, hours{48}).most_an_hour, 30U);
}

TEST(GuessingLimits, CountAttemptsThatRunAtTheSameTime) {
  Limits limits;
  int proceeding = 0;
  for (std::uint32_t i = 1; i <= 1000; ++i)
    proceeding +=
        limits->before_attempt({.login = kHolder, .network = network(1), .candidate = i}, limits.now).proceed();
  EXPECT_LE(proceeding, 5);
}

TEST(GuessingLimits, HoldGuessingFromManyNetworksBack) {
  Limits limits;
  std::size_t guesses = 0;
  std::uint32_t from = 0;
  while (limits.now < kStart + hours{10}) {
    const Verdict verdict = limits.attempt({.login = kHolder, .network = network(++from)}, Outcome::Wrong);
    if (verdict.proceed())
      ++guesses;
    else
      limits.now = *verdict.wait_until;
  }
  EXPECT_LE(guesses, 40U + 10U * 120U);
}

TEST(GuessingLimits, HoldSprayingOverManyLoginsBack) {
  Limits limits;
  std::size_t guesses = 0;
  std::uint64_t login = 100;
  while (limits.now < kStart + hours{10}) {
    const Verdict verdict = limits.attempt({.login = ++login, .network = network(1)}, Outcome::Wrong);
    if (verdict.proceed())
      ++guesses;
    else
      limits.now = *verdict.wait_until;
  }
  EXPECT_LE(guesses, 35U + 10U * 25U);
}

TEST(GuessingLimits, HoldSprayingFromAllNetworksOfASiteBack) {
  Limits limits;
  std::size_t guesses = 0;
  std::uint32_t number = 0;
  while (limits.now < kStart + hours{10} && guesses < 5000) {
    ++number;  // another login and another /64 of one /48 each time
    const Verdict verdict =
        limits.attempt({.login = 100 + number, .network = network(7 + (number << 16))}, Outcome::Wrong);
    if (verdict.proceed())
      ++guesses;
    else
      limits.now = *verdict.wait_until;
  }
  EXPECT_LE(guesses, 70U + 10U * 65U);
}

TEST(GuessingLimits, LetManyAtOneSiteSignIn) {
  Limits limits;
  int refused = 0;
  for (std::uint32_t each = 1; each <= 400; ++each) {
    const Attempt attempt{.login = each, .network = network(7 + (each << 16))};
    if (each % 5 == 0) refused += limits.proceeds(attempt, Outcome::Wrong) ? 0 : 1;
    refused += limits.proceeds(attempt, Outcome::Right) ? 0 : 1;
    limits.now += seconds{1};
  }
  EXPECT_EQ(refused, 0);
}

TEST(GuessingLimits, AreNotResetByTheAttackersOwnSignIns) {
  Limits limits;
  std::size_t guesses = 0;
  std::uint64_t login = 100;
  while (limits.now < kStart + hours{10}) {
    limits.attempt({.login = 7, .network = network(1)}, Outcome::Right);
    const Verdict verdict = limits.attempt({.login = ++login, .network = network(1)}, Outcome::Wrong);
    if (verdict.proceed())
      ++guesses;
    else
      limits.now = *verdict.wait_until;
  }
  EXPECT_LE(guesses, 45U + 10U * 25U);
}

TEST(GuessingLimits, AreNotResetByAttemptsThatAreBrokenOff) {
  // The same wrong password again is not charged, so breaking it off gives nothing back.
  Limits repeated;
  for (std::uint32_t i = 1; i <= 3; ++i)
    ASSERT_TRUE(repeated.proceeds({.login = kHolder, .network = network(1), .candidate = i}, Outcome::Wrong));
  for (int i = 0; i < 50; ++i)
    repeated.proceeds({.login = kHolder, .network = network(1), .candidate = 3}, Outcome::Undecided);
  int more = 0;
  for (std::uint32_t i = 10; i <= 20; ++i)
    more += repeated.proceeds({.login = kHolder, .network = network(1), .candidate = i}, Outcome::Wrong) ? 1 : 0;
  EXPECT_LE(more, 1);
}

TEST(GuessingLimits, ChargeATelephoneWithTheOldPasswordOnce) {
  Limits limits;
  const Attempt phone{.login = kHolder, .network = network(1), .candidate = 77};
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(limits.proceeds(phone, Outcome::Wrong));
    limits.now += seconds{1};
  }
  EXPECT_TRUE(limits.proceeds({.login = kHolder, .network = network(1), .candidate = 78}, Outcome::Right));
}

TEST(GuessingLimits, LetAWholeOfficeSignInThroughOneAddress) {
  Limits limits;
  SeededRandom random(3);
  int refused = 0;
  for (std::uint64_t login = 1; login <= 400; ++login) {
    const Attempt attempt{.login = login, .network = network(1)};
    // Every fifth mistypes first.
    if (random.below(5) == 0) refused += limits.proceeds(attempt, Outcome::Wrong) ? 0 : 1;
    refused += limits.proceeds(attempt, Outcome::Right) ? 0 : 1;
    limits.now += seconds{1};
  }
  EXPECT_EQ(refused, 0);
}

TEST(GuessingLimits, ForgetPlacesAfterTheirTime) {
  Limits limits;
  const Attempt home{.login = kHolder, .network = network(1)};
  ASSERT_TRUE(limits.proceeds(home, Outcome::Right));
  EXPECT_EQ(limits->before_attempt(home, limits.now).charged, Verdict::Charged::Place);
  limits.now += hours{24 * 31};
  EXPECT_EQ(limits->before_attempt(home, limits.now).charged, Verdict::Charged::Foreign);
}

TEST(GuessingLimits, KeepAFewPlacesOfEachLogin) {
  Limits limits;
  for (std::uint32_t i = 0; i < 100; ++i) {
    limits.attempt({.login = kHolder, .network = network(i)}, Outcome::Right);
    limits.now += minutes{1};
  }
  EXPECT_EQ(limits->places(), GuessingOptions{}.places_per_login);
}

TEST(GuessingLimits, TakeSignInsOfThePastBack) {
  Limits limits;
  limits->remember(kHolder, network(5), limits.now - hours{10});
  EXPECT_EQ(limits->before_attempt({.login = kHolder, .network = network(5)}, limits.now).charged,
            Verdict::Charged::Place);
}

TEST(GuessingLimits, TreatAFrontServerGently) {
  Limits limits;
  const Attempt through{.login = kHolder, .network = network(9), .front = true};
  ASSERT_TRUE(limits.proceeds(through, Outcome::Right));
  for (std::uint32_t i = 1; i <= 200; ++i) {
    Attempt wrong = through;
    wrong.candidate = i;
    const Verdict verdict = limits.attempt(wrong, Outcome::Wrong);
    if (!verdict.proceed()) {
      EXPECT_LE(*verdict.wait_until - limits.now, seconds{10});
    }
    limits.now += seconds{3};
  }
}

// The law of this module: nobody outside the holder's places delays the holder there.
RC_GTEST_PROP(GuessingLimits, NoOutsiderDelaysTheHolderAtHisPlaces, (std::vector<std::uint32_t> acts)) {
  Limits limits({.table_entries = 64});
  const Attempt office{.login = kHolder, .network = network(1)};
  const Attempt travelling{.login = kHolder, .network = network(2), .device = 42};
  RC_ASSERT(limits.proceeds(office, Outcome::Right));
  for (const auto act : acts) {
    // From anywhere at any login; from the holder's own networks at every other login.
    const std::uint32_t from = act % 7;
    const std::uint32_t neighbour = 1 + ((1 + act % 100) << 16);  // at the site of the office
    const Network elsewhere = network(from == 0 ? act : from == 3 ? neighbour : from);
    const std::uint64_t login = from == 1 || from == 2 ? 2 + act % 50 : 1 + act % 3;
    for (int burst = 0; burst < 40; ++burst)
      limits.attempt({.login = login, .network = elsewhere, .candidate = act + burst}, Outcome::Wrong);
    limits.now += seconds{act % 100};
    RC_ASSERT(limits.proceeds(office));
    RC_ASSERT(limits.proceeds(travelling));
  }
}

TEST(GuessingLimits, StayBoundedWithTenMillionAddresses) {
  Limits limits;
  const Attempt office{.login = kHolder, .network = network(0xFFFFFFFF)};
  ASSERT_TRUE(limits.proceeds(office, Outcome::Right));
  const std::size_t before = limits->memory();
  for (std::uint32_t i = 0; i < 10'000'000; ++i) {
    limits.attempt({.login = 2 + i % 100'000, .network = network(i)}, Outcome::Wrong);
    limits.now += microseconds{100};
  }
  EXPECT_EQ(limits->memory(), before);
  EXPECT_LE(limits->memory(), std::size_t{16} << 20);
  EXPECT_TRUE(limits.proceeds(office));
}

TEST(GuessingLimits, AreNotFloodedCleanOfAnAttackersScore) {
  Limits limits({.table_entries = 1 << 12});
  const Attempt target{.login = kHolder, .network = network(1)};
  guess_greedily(limits, target, hours{2});
  // Ten times as many strangers as there are entries, each failing once.
  for (std::uint32_t i = 0; i < 40'960; ++i)
    limits.attempt({.login = 1000 + i, .network = network(100 + i)}, Outcome::Wrong);
  const auto after = guess_greedily(limits, target, hours{1});
  EXPECT_LE(after.all, 14U);
}

TEST(GuessingLimits, GiveNewcomersDuringAFloodNoLongDelay) {
  Limits limits({.table_entries = 1 << 10});
  for (std::uint32_t i = 0; i < 200'000; ++i)
    limits.attempt({.login = 1000 + i, .network = network(100 + i)}, Outcome::Wrong);
  int refused = 0;
  for (std::uint32_t i = 0; i < 100; ++i) {
    const Attempt newcomer{.login = 5'000'000 + i, .network = network(5'000'000 + i)};
    refused += limits.proceeds(newcomer, Outcome::Wrong) ? 0 : 1;
    limits.now += seconds{5};
    refused += limits.proceeds(newcomer, Outcome::Right) ? 0 : 1;
  }
  EXPECT_EQ(refused, 0);
}

TEST(GuessingLimits, SurviveAClockThatStepsBack) {
  Limits limits;
  for (int i = 0; i < 20; ++i) limits.attempt({.login = kHolder, .network = network(1)}, Outcome::Wrong);
  limits.now -= hours{5};
  const Verdict verdict = limits.attempt({.login = kHolder, .network = network(1)}, Outcome::Wrong);
  ASSERT_FALSE(verdict.proceed());
  EXPECT_LE(*verdict.wait_until - limits.now, hours{6});
}

}  // namespace
}  // namespace khien::credentials
