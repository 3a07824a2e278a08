#include "protocols/oidc/refusals.h"

namespace khien::oidc {

std::string_view name_of(Endpoint endpoint) {
  return endpoint == Endpoint::Authorize ? "authorize" : "token";
}

std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> Refusals::totals() const {
  std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> out;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const std::uint64_t count = counts_.at(i).load(std::memory_order_relaxed);
    if (count == 0) continue;
    const auto fault = static_cast<Fault>(i % kFaults);
    const std::string_view error = fault == Fault::TooManyAttempts ? "too_many_attempts" : facts_of(fault).code;
    out[{name_of(static_cast<Endpoint>(i / kFaults)), error}] += count;
  }
  return out;
}

}  // namespace khien::oidc
