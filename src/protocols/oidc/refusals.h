// How often the endpoints refused, by the error that they answered: for the figures of monitoring.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "protocols/oidc/errors.h"

namespace khien::oidc {

enum class Endpoint : std::uint8_t { Authorize, Token };
std::string_view name_of(Endpoint endpoint);

/// Thread-safe. Nothing that a peer sends becomes a word here: endpoints and faults are all there is.
class Refusals {
 public:
  void count(Endpoint endpoint, Fault fault) { at(endpoint, fault).fetch_add(1, std::memory_order_relaxed); }
  /// By endpoint and error since the start, those that happened. The error is the code on the wire, except
  /// `too_many_attempts` and `too_many_codes`, which the wire calls `invalid_client` and `temporarily_unavailable`.
  [[nodiscard]] std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> totals() const;

 private:
  static constexpr std::size_t kEndpoints = static_cast<std::size_t>(Endpoint::Token) + 1;
  static constexpr std::size_t kFaults = static_cast<std::size_t>(Fault::TooManyCodes) + 1;

  std::atomic<std::uint64_t>& at(Endpoint endpoint, Fault fault) {
    return counts_.at(static_cast<std::size_t>(endpoint) * kFaults + static_cast<std::size_t>(fault));
  }

  std::array<std::atomic<std::uint64_t>, kEndpoints * kFaults> counts_{};
};

}  // namespace khien::oidc
