// Randomness as a parameter: nobody but main chooses where it comes from.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace khien {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<unsigned char> out) = 0;

  /// A uniform number in [0, bound), without modulo bias; `bound` is at least 1.
  std::uint64_t below(std::uint64_t bound);
};

/// The operating system's generator. Safe to share between threads.
class SystemRandom final : public Random {
 public:
  void fill(std::span<unsigned char> out) override;
};

/// A repeatable stream (ChaCha20) for demonstrations and tests, never for secrets of a real installation.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(std::span<unsigned char> out) override;

 private:
  std::array<unsigned char, 32> seed_{};
  std::array<unsigned char, 1024> block_{};
  std::size_t used_ = sizeof(block_);
  std::uint64_t counter_ = 0;
};

}  // namespace khien
