#include "protocols/oidc/refusals.h"

namespace khien::oidc {

namespace {

/// The code on the wire, or where that says less than we know a word of our own.
std::string_view name_of(Fault fault) {
  if (fault == Fault::TooManyAttempts) return "too_many_attempts";
  if (fault == Fault::TooManyCodes) return "too_many_codes";
  return facts_of(fault).code;
}

}  // namespace

std::string_view name_of(Endpoint endpoint) {
  return endpoint == Endpoint::Authorize ? "authorize" : "token";
}

std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> Refusals::totals() const {
  std::map<std::pair<std::string_view, std::string_view>, std::uint64_t> out;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const std::uint64_t count = counts_.at(i).load(std::memory_order_relaxed);
    if (count == 0) continue;
    out[{name_of(static_cast<Endpoint>(i / kFaults)), name_of(static_cast<Fault>(i % kFaults))}] += count;
  }
  return out;
}

}  // namespace khien::oidc
