#include "credentials/hashing_pool.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>
#include <latch>
#include <vector>

#include "credentials/argon2_arena.h"

namespace khien::credentials {
namespace {

constexpr Argon2Parameters kCheap{.memory_kib = 64, .passes = 1};
const Bytes kSalt(kHolderSaltBytes, 7);

std::string hex_of(const Result<PasswordHash>& made) {
  return made ? hex(made->bytes.bytes()) : "";
}

Secret secret(std::string text) {
  return Secret(std::move(text));
}

/// A pool whose only thread is held in the first job's answer until `open`.
class HeldPool {
 public:
  explicit HeldPool(std::size_t queue) : pool({.threads = 1, .queue = queue, .niceness = 0}, clock) {
    const auto put = pool.submit(0, secret("first"), kSalt, kCheap, [this](Result<PasswordHash>) {
      held_.count_down();
      opened_.wait();
    });
    EXPECT_TRUE(put);
    held_.wait();
  }
  ~HeldPool() { open(); }
  void open() {
    if (!opened_.try_wait()) opened_.count_down();
  }

 private:
  std::latch held_{1};
  std::latch opened_{1};

 public:
  ManualClock clock{instant_of(0)};
  HashingPool pool;
};

TEST(HashingPool, ComputesWhatTheBareFunctionComputes) {
  const SystemClock clock;
  HashingPool pool({.threads = 2}, clock);
  for (const Argon2Parameters& parameters : {Argon2Parameters{}, kCheap, Argon2Parameters{.memory_kib = 4096}})
    for (const char* password : {"một", "hai", "ba"})
      EXPECT_EQ(hex_of(pool.run(1, secret(password), kSalt, parameters)),
                hex_of(hash(secret(password), kSalt, parameters)))
          << password;
}

TEST(HashingPool, HandsErrorsOfHashingOver) {
  const SystemClock clock;
  HashingPool pool({}, clock);
  EXPECT_EQ(pool.run(1, secret(""), kSalt, kCheap).error().kind(), ErrorKind::Invalid);
  EXPECT_EQ(pool.run(1, secret(std::string(5000, 'x')), kSalt, kCheap).error().kind(), ErrorKind::Invalid);
}

TEST(HashingPool, AnswersBusyWhenTheQueueIsFull) {
  HeldPool held(4);
  int answered = 0;
  std::latch all(4);
  const auto count = [&](Result<PasswordHash> made) {
    answered += made ? 1 : 0;
    all.count_down();
  };
  for (std::uint64_t source = 1; source <= 4; ++source)
    ASSERT_TRUE(held.pool.submit(source, secret("x"), kSalt, kCheap, count));
  const auto refused = held.pool.submit(5, secret("x"), kSalt, kCheap, count);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Busy);
  EXPECT_EQ(held.pool.figures().busy, 1U);
  EXPECT_EQ(held.pool.figures().waiting, 4U);
  held.open();
  all.wait();
  EXPECT_EQ(answered, 4);
}

TEST(HashingPool, GivesOneSourceHalfOfTheQueueAtMost) {
  HeldPool held(8);
  const auto ignore = [](const Result<PasswordHash>&) {};
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(held.pool.submit(1, secret("x"), kSalt, kCheap, ignore));
  EXPECT_FALSE(held.pool.submit(1, secret("x"), kSalt, kCheap, ignore));
  EXPECT_TRUE(held.pool.submit(2, secret("x"), kSalt, kCheap, ignore));
}

TEST(HashingPool, LetsSourcesTakeTurns) {
  HeldPool held(16);
  std::vector<std::uint64_t> order;
  std::latch all(7);
  const auto put = [&](std::uint64_t source) {
    ASSERT_TRUE(held.pool.submit(source, secret("x"), kSalt, kCheap, [&order, &all, source](Result<PasswordHash>) {
      order.push_back(source);
      all.count_down();
    }));
  };
  for (int i = 0; i < 5; ++i) put(1);
  put(2);
  put(3);
  held.open();
  all.wait();
  EXPECT_EQ(order, (std::vector<std::uint64_t>{1, 2, 3, 1, 1, 1, 1}));
}

TEST(HashingPool, MeasuresHowLongJobsWait) {
  HeldPool held(4);
  std::promise<void> done;
  ASSERT_TRUE(held.pool.submit(1, secret("x"), kSalt, kCheap, [&](Result<PasswordHash>) { done.set_value(); }));
  held.clock.advance(std::chrono::milliseconds{250});
  held.open();
  done.get_future().wait();
  const auto figures = held.pool.figures();
  EXPECT_EQ(figures.done, 2U);
  EXPECT_EQ(figures.longest_wait, std::chrono::milliseconds{250});
  EXPECT_EQ(figures.waited, std::chrono::milliseconds{250});
}

TEST(HashingPool, AnswersBusyToThoseThatWaitWhenItEnds) {
  const ManualClock clock(instant_of(0));
  std::promise<ErrorKind> promise;
  auto kind = promise.get_future();
  {
    std::latch held(1);
    std::latch opened(1);
    HashingPool pool({.threads = 1}, clock);
    ASSERT_TRUE(pool.submit(1, secret("x"), kSalt, kCheap, [&](Result<PasswordHash>) {
      held.count_down();
      // Longer than the destructor needs to say that it stops; nothing depends on the time it takes.
      opened.wait();
    }));
    held.wait();
    for (int i = 0; i < 3; ++i)
      ASSERT_TRUE(
          pool.submit(2, secret("x"), kSalt, {.memory_kib = 65536, .passes = 2}, [&, i](Result<PasswordHash> made) {
            if (i == 2) promise.set_value(made ? ErrorKind::Internal : made.error().kind());
          }));
    opened.count_down();
  }
  EXPECT_EQ(kind.get(), ErrorKind::Busy);
}

TEST(HashingPool, RunsAtLowerPriority) {
  const SystemClock clock;
  const int own = getpriority(PRIO_PROCESS, 0);
  std::promise<int> promise;
  HashingPool pool({.threads = 1, .niceness = 5}, clock);
  ASSERT_TRUE(pool.submit(1, secret("x"), kSalt, kCheap,
                          [&](Result<PasswordHash>) { promise.set_value(getpriority(PRIO_PROCESS, 0)); }));
  EXPECT_EQ(promise.get_future().get(), std::min(own + 5, 19));
  EXPECT_EQ(getpriority(PRIO_PROCESS, 0), own);
}

TEST(Argon2Arena, LendsItsMemoryToEveryHash) {
  Argon2Arena arena;
  const auto first = hash(secret("x"), kSalt, {});
  EXPECT_EQ(arena.lent(), 0U);
  for (int i = 0; i < 3; ++i) {
    const Argon2Arena::Active scope(arena);
    EXPECT_EQ(hex_of(hash(secret("x"), kSalt, {})), hex_of(first));
  }
  EXPECT_EQ(arena.lent(), 3U);
}

TEST(Argon2Arena, LendsOnceAtATimeAndGrows) {
  Argon2Arena arena;
  void* const small = arena.lend(1 << 20);
  ASSERT_NE(small, nullptr);
  EXPECT_EQ(arena.lend(1 << 20), nullptr);
  EXPECT_FALSE(arena.take_back(&arena));
  EXPECT_TRUE(arena.take_back(small));
  EXPECT_FALSE(arena.take_back(small));
  auto* const large = static_cast<char*>(arena.lend(8 << 20));
  ASSERT_NE(large, nullptr);
  large[(8 << 20) - 1] = 'x';
  EXPECT_TRUE(arena.take_back(large));
  EXPECT_EQ(arena.lend(1 << 20), large);
}

}  // namespace
}  // namespace khien::credentials
