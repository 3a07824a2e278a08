// Networks as an operator writes them: 10.1.2.0/24, 2001:db8::/48, one address.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace khien::signin {

/// IPv4 addresses are kept as IPv6 ones (::ffff:0:0/96).
struct NetworkRange {
  std::array<unsigned char, 16> address{};
  std::size_t bits = 128;

  /// False for what is no address.
  [[nodiscard]] bool contains(std::string_view address) const;
};

/// nullopt unless it is an address, or one with a number of bits.
std::optional<NetworkRange> parse_network_range(std::string_view text);

}  // namespace khien::signin
