#include "app/origin.h"

#include <gtest/gtest.h>

namespace khien::app {
namespace {

http::Request request(const std::string& peer, http::Fields headers) {
  http::Request out;
  out.peer = peer;
  out.headers = std::move(headers);
  return out;
}

TEST(Origin, IsLocalForWhoAsksThisMachineDirectly) {
  for (const char* host : {"127.0.0.1:8443", "localhost", "localhost:8443", "[::1]:8443", "127.8.0.1"})
    EXPECT_EQ(origin_of(request("127.0.0.1", {{"Host", host}})), Origin::Local) << host;
  EXPECT_EQ(origin_of(request("::1", {{"host", "[::1]"}})), Origin::Local);
}

TEST(Origin, IsAProxyIfAHeaderOfOneIsThereWhateverItSays) {
  for (const char* name :
       {"Forwarded", "Via", "X-Forwarded-For", "x-forwarded-for", "X-Forwarded-Host", "X-Forwarded-Proto",
        "X-Forwarded-Server", "X-Real-IP", "X-Forwarded-Port", "x-forwarded-prefix", "X-Original-URL", "X-Client-IP"})
    for (const char* value : {"203.0.113.5", "127.0.0.1", ""})
      EXPECT_EQ(origin_of(request("127.0.0.1", {{"Host", "127.0.0.1"}, {name, value}})), Origin::Proxied)
          << name << ": " << value;
}

TEST(Origin, IsAProxyIfTheHostIsNotOfThisMachine) {
  for (const char* host : {"khien.example.gov.vn",
                           "127.0.0.1.example.org",
                           "localhost.example.org",
                           "",
                           "[::2]",
                           "[",
                           "localhost:1@evil",
                           "localhost:",
                           "localhost:0",
                           "localhost:65536",
                           "localhost:+1",
                           "localhost:1:2",
                           "127.",
                           "127.1",
                           "127.0.0.1.",
                           "127.0.0.256",
                           "127.0.0.01",
                           "127.1.evil",
                           "[localhost]",
                           "[::1",
                           "::1",
                           "[::1]x",
                           "[::1]:",
                           "[::1]:8443x",
                           "[::1]]",
                           "[[::1]",
                           "[::1]:8443]",
                           " localhost",
                           "localhost ",
                           "user@localhost",
                           "localhost/",
                           "0.0.0.0"})
    EXPECT_EQ(origin_of(request("127.0.0.1", {{"Host", host}})), Origin::Proxied) << host;
  EXPECT_EQ(mark_of_proxy(request("127.0.0.1", {})), "Host") << "no Host at all";
}

TEST(Origin, IsRemoteForEverybodyElse) {
  for (const char* peer : {"192.0.2.1", "2001:db8::1", "", "128.0.0.1", "::2"})
    EXPECT_EQ(origin_of(request(peer, {{"Host", "127.0.0.1"}})), Origin::Remote) << peer;
}

}  // namespace
}  // namespace khien::app
