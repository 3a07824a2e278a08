#include "credentials/network.h"

#include <gtest/gtest.h>

namespace khien::credentials {
namespace {

TEST(Network, IsTheSameForNeighbours) {
  EXPECT_EQ(network_of("203.113.5.7"), network_of("203.113.5.250"));
  EXPECT_NE(network_of("203.113.5.7"), network_of("203.113.6.7"));
  EXPECT_EQ(network_of("2405:4800:1:2::1"), network_of("2405:4800:1:2:ffff::9"));
  EXPECT_NE(network_of("2405:4800:1:2::1"), network_of("2405:4800:1:3::1"));
}

TEST(Network, OfAMappedAddressIsThatOfTheIpv4Address) {
  EXPECT_EQ(network_of("::ffff:203.113.5.7"), network_of("203.113.5.9"));
}

TEST(Network, LiesInASiteThatIsItselfForIpv4) {
  const auto site = [](const char* address) { return site_of(network_of(address).value()); };
  EXPECT_EQ(site("2405:4800:1:2::1"), site("2405:4800:1:fff3::1"));
  EXPECT_NE(site("2405:4800:1:2::1"), site("2405:4800:2:2::1"));
  EXPECT_EQ(site("203.113.5.7"), network_of("203.113.5.7"));
}

TEST(Network, IsNoneForWhatIsNoAddress) {
  for (const char* text : {"", "203.113.5", "203.113.5.7:80", "[::1]", "fe80::1%eth0", "example.vn", "1.2.3.4.5"})
    EXPECT_FALSE(network_of(text)) << text;
  EXPECT_FALSE(network_of(std::string(1000, '1')));
}

}  // namespace
}  // namespace khien::credentials
