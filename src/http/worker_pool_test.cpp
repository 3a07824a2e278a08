#include "http/worker_pool.h"

#include <gtest/gtest.h>

#include <latch>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace khien::http {
namespace {

/// Jobs that hold their threads until `open`, and the order in which jobs began.
class HeldPool {
 public:
  HeldPool(std::size_t threads, std::size_t queue) : pool(threads, queue) {}
  ~HeldPool() { open(); }

  [[nodiscard]] bool put(const std::string& source) {
    WorkerPool::Job job = [this, source] {
      {
        const std::lock_guard lock(mutex_);
        begun_.push_back(source);
      }
      opened_.wait();
    };
    return pool.try_post(source, job);
  }
  /// How many of this many more jobs are taken on.
  int taken(const std::string& source, int jobs) {
    int count = 0;
    for (int i = 0; i < jobs; ++i) count += put(source) ? 1 : 0;
    return count;
  }
  /// Waits for a job that must begin while the others are held.
  void serves(const std::string& source) {
    // Shared with the job, which runs later than this function if an assertion fails.
    const auto served = std::make_shared<std::latch>(1);
    WorkerPool::Job job = [served] { served->count_down(); };
    ASSERT_TRUE(pool.try_post(source, job));
    ASSERT_EQ(pool.waiting(), waiting_before_) << "it waits for a thread that another source holds";
    served->wait();
  }
  void expect_waiting(std::size_t count) {
    EXPECT_EQ(pool.waiting(), count);
    waiting_before_ = count;
  }
  void open() {
    if (!opened_.try_wait()) opened_.count_down();
  }
  std::vector<std::string> begun() {
    const std::lock_guard lock(mutex_);
    return begun_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> begun_;
  std::latch opened_{1};
  std::size_t waiting_before_ = 0;

 public:
  WorkerPool pool;
};

TEST(WorkerPool, LeavesHalfOfItsThreadsAndOfItsQueueToOthersThanTheOneWhoFloods) {
  HeldPool held(4, 8);
  EXPECT_EQ(held.taken("flood", 650), 2 + 4);
  held.expect_waiting(4);
  for (int i = 0; i < 3; ++i) held.serves("other");
  EXPECT_EQ(held.taken("flood", 10), 0) << "what others leave is not the flood's";
}

TEST(WorkerPool, ServesALoneSourceOnHalfOfTheThreadsToItsLastJob) {
  constexpr int kJobs = 4 + 8;
  std::latch together(4);
  std::latch all(kJobs);
  WorkerPool pool(8, 16);
  for (int i = 0; i < kJobs; ++i) {
    // The first four go on only when four run at once.
    WorkerPool::Job job = [&, i] {
      if (i < 4) together.arrive_and_wait();
      all.count_down();
    };
    ASSERT_TRUE(pool.try_post("alone", job)) << i;
  }
  all.wait();
}

TEST(WorkerPool, ServesALoneSourceAlsoWithOneThreadAndAQueueOfOne) {
  HeldPool held(1, 1);
  EXPECT_EQ(held.taken("alone", 3), 2);
  EXPECT_EQ(held.taken("other", 1), 0) << "the queue is full for everybody";
}

TEST(WorkerPool, LetsSourcesTakeTurns) {
  std::latch done(1);
  HeldPool held(1, 16);
  ASSERT_TRUE(held.put("first"));
  EXPECT_EQ(held.taken("a", 4), 4);
  ASSERT_TRUE(held.put("b"));
  ASSERT_TRUE(held.put("c"));
  WorkerPool::Job last = [&] { done.count_down(); };
  ASSERT_TRUE(held.pool.try_post("a", last));
  held.open();
  done.wait();
  EXPECT_EQ(held.begun(), (std::vector<std::string>{"first", "a", "b", "c", "a", "a", "a"}));
}

TEST(WorkerPool, LeavesARefusedJobAsItWas) {
  HeldPool held(1, 0);
  ASSERT_TRUE(held.put("a"));
  bool ran = false;
  WorkerPool::Job job = [&] { ran = true; };
  ASSERT_FALSE(held.pool.try_post("b", job));
  job();
  EXPECT_TRUE(ran);
}

TEST(WorkerPool, FinishesWhatItTookOnBeforeItEnds) {
  std::vector<int> ran;
  {
    std::latch opened(1);
    WorkerPool pool(2, 16);
    for (int i = 0; i < 8; ++i) {
      WorkerPool::Job job = [&, i] {
        opened.wait();
        ran.push_back(i);  // one source has one of the two threads
      };
      ASSERT_TRUE(pool.try_post("a", job));
    }
    opened.count_down();
  }
  EXPECT_EQ(ran, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
}

}  // namespace
}  // namespace khien::http
