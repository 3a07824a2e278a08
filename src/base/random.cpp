#include "base/random.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace khien {

std::uint64_t Random::below(std::uint64_t bound) {
  const std::uint64_t threshold = (0 - bound) % bound;  // 2^64 mod bound: values below it are drawn again
  for (;;) {
    std::array<unsigned char, 8> bytes{};
    fill(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    if (value >= threshold) return value % bound;
  }
}

void SystemRandom::fill(std::span<unsigned char> out) {
  randombytes_buf(out.data(), out.size());
}

SeededRandom::SeededRandom(std::uint64_t seed) {
  std::memcpy(seed_.data(), &seed, sizeof seed);
}

void SeededRandom::fill(std::span<unsigned char> out) {
  while (!out.empty()) {
    if (used_ == block_.size()) {
      ++counter_;
      std::memcpy(seed_.data() + 8, &counter_, sizeof counter_);
      randombytes_buf_deterministic(block_.data(), block_.size(), seed_.data());
      used_ = 0;
    }
    const std::size_t take = std::min(out.size(), block_.size() - used_);
    std::memcpy(out.data(), block_.data() + used_, take);
    used_ += take;
    out = out.subspan(take);
  }
}

}  // namespace khien
