#include "signin/network_range.h"

#include <arpa/inet.h>

#include <charconv>

namespace khien::signin {
namespace {

constexpr std::size_t kBitsOfV4 = 96;

/// The address, and whether it was an IPv4 one.
std::optional<std::pair<std::array<unsigned char, 16>, bool>> parse_address(std::string_view text) {
  std::array<unsigned char, 16> out{};
  const std::string terminated(text);
  if (inet_pton(AF_INET6, terminated.c_str(), out.data()) == 1) return std::pair(out, false);
  out = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (inet_pton(AF_INET, terminated.c_str(), out.data() + 12) == 1) return std::pair(out, true);
  return std::nullopt;
}

}  // namespace

bool NetworkRange::contains(std::string_view text) const {
  const auto other = parse_address(text);
  if (!other) return false;
  for (std::size_t i = 0; i < bits; ++i) {
    const auto mask = static_cast<unsigned char>(0x80 >> (i % 8));
    if ((address[i / 8] & mask) != (other->first[i / 8] & mask)) return false;
  }
  return true;
}

std::optional<NetworkRange> parse_network_range(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  NetworkRange range{address->first, 128};
  if (slash == std::string_view::npos) return range;
  const std::string_view digits = text.substr(slash + 1);
  const std::size_t most = address->second ? 128 - kBitsOfV4 : 128;
  std::size_t bits = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (problem != std::errc{} || end != digits.data() + digits.size() || bits > most) return std::nullopt;
  range.bits = bits + (128 - most);
  return range;
}

}  // namespace khien::signin
