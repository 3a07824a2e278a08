#include "http/forwarded.h"

#include <gtest/gtest.h>

#include <array>

namespace khien::http {
namespace {

const std::array<std::string, 2> kProxies{"10.0.0.1", "2001:db8::1"};

Request from(std::string peer, std::string chain, std::string protocol = "") {
  Request request;
  request.peer = std::move(peer);
  request.headers = {{"X-Forwarded-For", std::move(chain)}, {"X-Forwarded-Proto", std::move(protocol)}};
  believe_proxies(request, kProxies);
  return request;
}

TEST(Forwarded, CountsOnlyFromAProxyOfOurs) {
  EXPECT_EQ(from("10.0.0.1", "203.0.113.7").peer, "203.0.113.7");
  EXPECT_EQ(from("2001:db8:0::1", "203.0.113.7").peer, "203.0.113.7");
  EXPECT_EQ(from("10.0.0.2", "203.0.113.7", "https").peer, "10.0.0.2");
  EXPECT_FALSE(from("10.0.0.2", "203.0.113.7", "https").tls);
  EXPECT_TRUE(from("10.0.0.1", "203.0.113.7", "https").tls);
}

TEST(Forwarded, TakesTheLastAddressThatNoProxyOfOursIs) {
  EXPECT_EQ(from("10.0.0.1", "6.6.6.6, 203.0.113.7, 2001:db8::1").peer, "203.0.113.7");
  EXPECT_EQ(from("10.0.0.1", "6.6.6.6, nonsense").peer, "10.0.0.1");
  EXPECT_EQ(from("10.0.0.1", "").peer, "10.0.0.1");
  EXPECT_EQ(from("10.0.0.1", "::ffff:203.0.113.7").peer, "203.0.113.7");
}

TEST(LimitKey, IsTheAddressOrTheNetworkOfAnIpv6Host) {
  EXPECT_EQ(limit_key_of("203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(limit_key_of("::ffff:203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(limit_key_of("2001:db8:1:2:3:4:5:6"), limit_key_of("2001:db8:1:2:ffff::1"));
  EXPECT_EQ(limit_key_of("2001:db8:1:2::1"), limit_key_of("2001:db8:1:3::1"));
  EXPECT_NE(limit_key_of("2001:db8:1:2::1"), limit_key_of("2001:db8:2:2::1"));
}

}  // namespace
}  // namespace khien::http
