#include "credentials/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <span>
#include <string>

namespace khien::credentials {
namespace {

constexpr std::array<unsigned char, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<Network> network_of(std::string_view address) {
  if (address.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string text(address);
  Network out;
  if (inet_pton(AF_INET, text.c_str(), out.bytes.data() + kMapped.size()) == 1) {
    std::ranges::copy(kMapped, out.bytes.begin());
  } else if (inet_pton(AF_INET6, text.c_str(), out.bytes.data()) != 1) {
    return std::nullopt;
  }
  if (std::ranges::equal(kMapped, std::span(out.bytes).first(kMapped.size())))
    out.bytes[15] = 0;
  else
    std::fill(out.bytes.begin() + 8, out.bytes.end(), static_cast<unsigned char>(0));
  return out;
}

Network site_of(const Network& network) {
  Network out = network;
  if (!std::ranges::equal(kMapped, std::span(out.bytes).first(kMapped.size())))
    std::fill(out.bytes.begin() + kSiteBytes, out.bytes.end(), static_cast<unsigned char>(0));
  return out;
}

}  // namespace khien::credentials
