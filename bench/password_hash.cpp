// Argon2id by bare libsodium and by the hashing pool, in turns in one run: hashes a second, and what hashing costs
// others.
//
// bench_password_hash [ROUNDS] [SECONDS a round]: prints `name value unit` lines; the ratio is the median over rounds.
#include <fmt/format.h>
#include <sodium.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "credentials/hashing_pool.h"

namespace {

using namespace khien;
using namespace khien::credentials;
using Seconds = std::chrono::duration<double>;

const Bytes kSalt(kHolderSaltBytes, 7);
constexpr Argon2Parameters kParameters{};

double elapsed(std::chrono::steady_clock::time_point since) {
  return Seconds(std::chrono::steady_clock::now() - since).count();
}

double bare_rate(unsigned threads, double seconds) {
  std::atomic<std::size_t> done{0};
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> all;
    for (unsigned i = 0; i < threads; ++i)
      all.emplace_back([&] {
        unsigned char out[32];
        while (elapsed(start) < seconds) {
          if (crypto_pwhash(out, sizeof out, "mat khau thu", 12, kSalt.data(), kParameters.passes,
                            std::size_t{kParameters.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
            std::abort();
          ++done;
        }
      });
  }
  return static_cast<double>(done) / elapsed(start);
}

/// As many callers as keep every thread of the pool busy.
double pool_rate(HashingPool& pool, unsigned threads, double seconds) {
  std::atomic<std::size_t> done{0};
  const auto start = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> callers;
    for (unsigned i = 0; i < 2 * threads; ++i)
      callers.emplace_back([&, i] {
        while (elapsed(start) < seconds) {
          if (!pool.run(i, Secret(std::string("mat khau thu")), kSalt, kParameters)) std::abort();
          ++done;
        }
      });
  }
  return static_cast<double>(done) / elapsed(start);
}

double percentile(std::vector<double>& values, double share) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// How late a thread of ordinary priority wakes from one millisecond of sleep and does a little work, in milliseconds.
std::vector<double> wake_ups(double seconds) {
  std::vector<double> out;
  const auto start = std::chrono::steady_clock::now();
  while (elapsed(start) < seconds) {
    const auto before = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
    volatile unsigned work = 0;
    for (unsigned i = 0; i < 100'000; ++i) work = work + i;
    out.push_back(elapsed(before) * 1000);
  }
  return out;
}

std::vector<double> wake_ups_beside(HashingPool& pool, unsigned callers, double seconds) {
  std::atomic<bool> stop{false};
  std::vector<std::jthread> all;
  for (unsigned i = 0; i < callers; ++i)
    all.emplace_back([&, i] {
      while (!stop) static_cast<void>(pool.run(i, Secret(std::string("mat khau thu")), kSalt, kParameters));
    });
  auto out = wake_ups(seconds);
  stop = true;
  return out;
}

void compare(unsigned threads, int rounds, double seconds) {
  const SystemClock clock;
  HashingPool pool({.threads = threads}, clock);
  std::vector<double> bare, pooled, ratios;
  for (int round = 0; round < rounds; ++round) {
    bare.push_back(bare_rate(threads, seconds));
    pooled.push_back(pool_rate(pool, threads, seconds));
    ratios.push_back(pooled.back() / bare.back());
  }
  fmt::print("argon2_bare_{}thr {:.2f} hash/s\n", threads, percentile(bare, 0.5));
  fmt::print("argon2_pool_{}thr {:.2f} hash/s\n", threads, percentile(pooled, 0.5));
  fmt::print("argon2_pool_over_bare_{}thr {:.3f} ratio (lowest {:.3f})\n", threads, percentile(ratios, 0.5),
             percentile(ratios, 0));
}

void latency(int niceness, double seconds) {
  const SystemClock clock;
  const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
  HashingPool pool({.threads = threads, .niceness = niceness}, clock);
  auto times = wake_ups_beside(pool, 4 * threads, seconds);
  fmt::print("wake_up_beside_full_pool_nice{} {:.2f} ms p50, {:.2f} ms p99\n", niceness, percentile(times, 0.5),
             percentile(times, 0.99));
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 3;
  const double seconds = count > 2 ? std::atof(arguments[2]) : 2;
  if (!start_crypto() || rounds < 1) return 2;
  compare(1, rounds, seconds);
  compare(2, rounds, seconds);
  auto idle = wake_ups(seconds);
  fmt::print("wake_up_idle {:.2f} ms p50, {:.2f} ms p99\n", percentile(idle, 0.5), percentile(idle, 0.99));
  latency(0, seconds);
  latency(10, seconds);
  return 0;
}
