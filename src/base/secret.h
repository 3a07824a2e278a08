// Secrets: bytes that are wiped when they go, and that no stream, formatter or comparison operator accepts.
#pragma once

#include <sodium.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.h"

namespace khien {

/// A password, key or token. Printing it does not compile (tests/must_not_compile).
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string bytes) : bytes_(std::move(bytes)) {}
  explicit Secret(ByteView bytes) : bytes_(text_of(bytes)) {}
  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
  Secret& operator=(const Secret& other) {
    if (this != &other) {
      wipe();
      bytes_ = other.bytes_;
    }
    return *this;
  }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      wipe();
      bytes_ = other.bytes_;
      other.wipe();
    }
    return *this;
  }
  ~Secret() { wipe(); }

  bool operator==(const Secret&) const = delete;

  /// The bytes, for the one call that needs them. Do not keep the view.
  [[nodiscard]] std::string_view reveal() const { return bytes_; }
  [[nodiscard]] ByteView bytes() const { return bytes_of(bytes_); }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

  /// Compares in time that depends on the lengths only.
  [[nodiscard]] bool equals(std::string_view other) const {
    return bytes_.size() == other.size() && sodium_memcmp(bytes_.data(), other.data(), other.size()) == 0;
  }

 private:
  void wipe() {
    sodium_memzero(bytes_.data(), bytes_.size());
    bytes_.clear();
  }

  std::string bytes_;
};

}  // namespace khien
