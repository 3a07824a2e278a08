#include "credentials/hashing_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "base/turn_queue.h"
#include "credentials/argon2_arena.h"

namespace khien::credentials {
namespace {

struct Job {
  Secret password;
  Bytes salt;
  Argon2Parameters parameters;
  HashingPool::Done done;
  std::chrono::microseconds queued{};
};

void lower_priority(int niceness) {
  if (niceness == 0) return;
  // On Linux the priority belongs to the thread. A refusal only costs latency.
  const auto self = static_cast<id_t>(gettid());
  static_cast<void>(setpriority(PRIO_PROCESS, self, getpriority(PRIO_PROCESS, self) + niceness));
}

}  // namespace

struct HashingPool::State {
  State(const HashingPoolOptions& options, const Clock& time) : clock(time), queue(options.queue) {}

  void work(int niceness) {
    lower_priority(niceness);
    Argon2Arena arena;
    for (;;) {
      std::unique_lock lock(mutex);
      ready.wait(lock, [this] { return stopping || queue.size() != 0; });
      if (stopping) return;
      Job job = std::move(queue.pop()->second);
      const auto wait = clock.monotonic() - job.queued;
      lock.unlock();
      Result<PasswordHash> made = [&] {
        const Argon2Arena::Active scope(arena);
        return hash(job.password, job.salt, job.parameters);
      }();
      lock.lock();
      ++figures.done;
      figures.work += std::uint64_t{job.parameters.memory_kib} * job.parameters.passes;
      figures.waited += wait;
      figures.longest_wait = std::max(figures.longest_wait, wait);
      lock.unlock();
      job.done(std::move(made));
    }
  }

  const Clock& clock;
  mutable std::mutex mutex;
  std::condition_variable ready;
  TurnQueue<std::uint64_t, Job> queue;
  HashingFigures figures;
  bool stopping = false;
  std::vector<std::jthread> threads;
};

HashingPool::HashingPool(const HashingPoolOptions& options, const Clock& clock)
    : state_(std::make_unique<State>(options, clock)) {
  for (unsigned i = 0; i < options.threads; ++i)
    state_->threads.emplace_back([state = state_.get(), niceness = options.niceness] { state->work(niceness); });
}

HashingPool::~HashingPool() {
  {
    const std::scoped_lock lock(state_->mutex);
    state_->stopping = true;
  }
  state_->ready.notify_all();
  state_->threads.clear();
  while (auto left = state_->queue.pop()) left->second.done(Failure(Error::busy()));
}

Result<void> HashingPool::submit(std::uint64_t source, Secret password, Bytes holder_salt, Argon2Parameters parameters,
                                 Done done) {
  // Refused here already, so that a megabyte of password never waits in the queue.
  if (password.size() > kMaxPasswordBytes) TRY(prepare(password));
  {
    const std::scoped_lock lock(state_->mutex);
    Job job{std::move(password), std::move(holder_salt), parameters, std::move(done), state_->clock.monotonic()};
    if (state_->stopping || !state_->queue.push(source, std::move(job))) {
      ++state_->figures.busy;
      return Failure(Error::busy());
    }
  }
  state_->ready.notify_one();
  return {};
}

Result<PasswordHash> HashingPool::run(std::uint64_t source, Secret password, Bytes holder_salt,
                                      Argon2Parameters parameters) {
  std::promise<Result<PasswordHash>> promise;
  auto answer = promise.get_future();
  TRY(submit(
      source, std::move(password), std::move(holder_salt), parameters,
      [promise = std::move(promise)](Result<PasswordHash> made) mutable { promise.set_value(std::move(made)); }));
  return answer.get();
}

HashingFigures HashingPool::figures() const {
  const std::scoped_lock lock(state_->mutex);
  HashingFigures out = state_->figures;
  out.waiting = state_->queue.size();
  return out;
}

}  // namespace khien::credentials
