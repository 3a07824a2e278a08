#include "signin/network_range.h"

#include <gtest/gtest.h>

namespace khien::signin {
namespace {

bool within(std::string_view range, std::string_view address) {
  const auto parsed = parse_network_range(range);
  return parsed && parsed->contains(address);
}

TEST(NetworkRange, HoldsTheAddressesOfItsNetwork) {
  EXPECT_TRUE(within("10.1.2.0/24", "10.1.2.255"));
  EXPECT_FALSE(within("10.1.2.0/24", "10.1.3.0"));
  EXPECT_TRUE(within("10.1.2.3", "10.1.2.3"));
  EXPECT_FALSE(within("10.1.2.3", "10.1.2.4"));
  EXPECT_TRUE(within("0.0.0.0/0", "192.0.2.1"));
  EXPECT_TRUE(within("2001:db8::/32", "2001:db8:1::7"));
  EXPECT_FALSE(within("2001:db8::/32", "2001:db9::7"));
}

TEST(NetworkRange, AnIpv4AddressWrittenAsIpv6IsTheSame) {
  EXPECT_TRUE(within("10.1.2.0/24", "::ffff:10.1.2.7"));
}

TEST(NetworkRange, WhatIsNoneIsRefused) {
  for (const auto* bad : {"", "10.1.2", "10.1.2.0/33", "10.1.2.0/", "10.1.2.0/-1", "10.1.2.0/8x", "desk", "::1/129"})
    EXPECT_FALSE(parse_network_range(bad)) << bad;
  EXPECT_FALSE(within("0.0.0.0/0", "nobody"));
}

}  // namespace
}  // namespace khien::signin
