#include "http/csrf.h"

#include <gtest/gtest.h>

#include <array>

namespace khien::http {
namespace {

const CsrfTokens kTokens(Secret(std::string(32, 'k')));

Request with(Fields headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(CsrfToken, BelongsToOneSessionAndOneKey) {
  const std::string token = kTokens.token("session-1");
  EXPECT_EQ(token.size(), 43U);
  EXPECT_TRUE(kTokens.matches("session-1", token));
  EXPECT_FALSE(kTokens.matches("session-2", token));
  EXPECT_FALSE(kTokens.matches("session-1", token.substr(1)));
  EXPECT_FALSE(kTokens.matches("session-1", ""));
  EXPECT_FALSE(CsrfTokens(Secret(std::string(32, 'x'))).matches("session-1", token));
}

TEST(CsrfToken, IsWorthNothingWithoutASession) {
  EXPECT_FALSE(kTokens.matches("", kTokens.token("")));
}

TEST(CsrfToken, IsTakenFromTheHeaderOrElseTheForm) {
  const std::string token = kTokens.token("s");
  const Values form({{"csrf", token}});
  EXPECT_TRUE(kTokens.matches(with({{"Cookie", "__Host-session=s"}}), "__Host-session", form));
  EXPECT_TRUE(kTokens.matches(with({{"Cookie", "__Host-session=s"}, {"x-csrf-token", token}}), "__Host-session", {}));
  EXPECT_FALSE(kTokens.matches(with({{"Cookie", "__Host-session=s"}, {"x-csrf-token", "no"}}), "__Host-session", form));
  EXPECT_FALSE(kTokens.matches(with({}), "__Host-session", form));
}

TEST(Site, IsWhatTheBrowserSays) {
  const std::array<std::string, 1> ours{"https://khien.vn"};
  EXPECT_EQ(site_of(with({{"Sec-Fetch-Site", "same-origin"}}), ours), Site::Ours);
  EXPECT_EQ(site_of(with({{"Sec-Fetch-Site", "none"}}), ours), Site::Ours);
  EXPECT_EQ(site_of(with({{"Sec-Fetch-Site", "same-site"}, {"Origin", "https://khien.vn"}}), ours), Site::Foreign);
  EXPECT_EQ(site_of(with({{"Sec-Fetch-Site", "cross-site"}}), ours), Site::Foreign);
  EXPECT_EQ(site_of(with({{"Origin", "https://khien.vn"}}), ours), Site::Ours);
  EXPECT_EQ(site_of(with({{"Origin", "https://khien.vn.evil"}}), ours), Site::Foreign);
  EXPECT_EQ(site_of(with({{"Origin", "null"}}), ours), Site::Foreign);
  EXPECT_EQ(site_of(with({}), ours), Site::Unknown);
}

}  // namespace
}  // namespace khien::http
