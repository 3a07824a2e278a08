// Little-endian numbers out of foreign bytes; reading beyond the end gives zeros and is remembered.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "base/encoding.h"

namespace khien::sheets {

class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  double f64() { return std::bit_cast<double>(number(8)); }
  /// As many of the next bytes as there are.
  ByteView take(std::size_t size) {
    const auto out = bytes_.subspan(at_, std::min(size, left()));
    is_short_ = is_short_ || out.size() < size;
    at_ += out.size();
    return out;
  }
  void skip(std::size_t size) { (void)take(size); }

  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  /// True once something was asked for that was not there.
  [[nodiscard]] bool is_short() const { return is_short_; }

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t out = 0;
    const ByteView part = take(size);
    for (std::size_t i = 0; i < part.size(); ++i) out |= std::uint64_t{part[i]} << (8 * i);
    return out;
  }

  ByteView bytes_;
  std::size_t at_ = 0;
  bool is_short_ = false;
};

}  // namespace khien::sheets
