// The network of a peer as the limits on guessing see it: neighbours that one customer can change among at will count
// as one. A site is what one customer may have of IPv6, and the whole of many small ones: looser limits act there.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace khien::credentials {

/// An IPv4 /24 (as ::ffff:a.b.c.0) or an IPv6 /64; the bits below are zero.
struct Network {
  std::array<unsigned char, 16> bytes{};
  auto operator<=>(const Network&) const = default;
};

/// Of an address as text, `203.113.5.7` or `2405:4800::1`, without port or brackets; nullopt if it is none.
std::optional<Network> network_of(std::string_view address);

/// An IPv6 /48, 65,536 networks; an IPv4 network is a site of its own. Of a network whose address was blinded, the part
/// that takes the place of the /48.
Network site_of(const Network& network);
/// How many bytes of an IPv6 network name its site.
constexpr std::size_t kSiteBytes = 6;

}  // namespace khien::credentials
