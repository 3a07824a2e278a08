#include "http/url.h"

#include <gtest/gtest.h>

namespace khien::http {
namespace {

TEST(Url, IsTakenApart) {
  const Url url = parse_url("HTTPS://Khien.Example.gov.VN:8443/a%20b/c?d=e&f#g").value();
  EXPECT_EQ(url.scheme, "https");
  EXPECT_EQ(url.host, "khien.example.gov.vn");
  EXPECT_EQ(url.port, 8443);
  EXPECT_EQ(url.path, "/a%20b/c");
  EXPECT_EQ(url.query, "d=e&f");
  EXPECT_EQ(url.fragment, "g");
  EXPECT_TRUE(url.has_query && url.has_fragment && !url.has_user);
}

TEST(Url, KnowsThePortOfItsScheme) {
  EXPECT_EQ(parse_url("https://h")->port, 443);
  EXPECT_EQ(parse_url("http://h:")->port, 80);
  EXPECT_EQ(parse_url("vn.gov.app:/callback")->port, 0);
}

TEST(Url, SaysWhetherANameAndPasswordStandInIt) {
  EXPECT_TRUE(parse_url("https://khien.gov.vn@evil.example/")->has_user);
  EXPECT_EQ(parse_url("https://khien.gov.vn@evil.example/")->host, "evil.example");
}

TEST(Url, IsRefusedWhenItIsNotAbsoluteOrNotOne) {
  for (const std::string text :
       {"", "/a", "//h/a", "h", "https://", "https:///a", "http:a", "https://h:99999/", "https://h:0/", "https://a b/",
        "https://h/%zz", "https://h/\r\nX", "https://[::1/", "https://h/\xff", "http://127.0.0.1.evil.example/",
        "http://127.0.0.1evil/", "http://[::1]evil/"}) {
    EXPECT_FALSE(parse_url(text).has_value()) << text;
  }
  EXPECT_FALSE(parse_url("https://h/" + std::string(9000, 'a')).has_value());
}

TEST(Origin, LeavesOutTheSchemesOwnPort) {
  EXPECT_EQ(origin_of("https://H.vn/a?b"), "https://h.vn");
  EXPECT_EQ(origin_of("https://h.vn:443/"), "https://h.vn");
  EXPECT_EQ(origin_of("https://h.vn:8443/"), "https://h.vn:8443");
  EXPECT_EQ(origin_of("http://[::1]:8080/x"), "http://[::1]:8080");
  EXPECT_EQ(origin_of("vn.gov.app:/callback"), "");
  EXPECT_EQ(origin_of("no url"), "");
}

TEST(Query, IsAppendedBeforeTheFragmentAndAfterWhatIsThere) {
  const Fields fields{{"code", "a b&c"}, {"state", "đ"}};
  EXPECT_EQ(with_query("https://h/cb", fields), "https://h/cb?code=a%20b%26c&state=%C4%91");
  EXPECT_EQ(with_query("https://h/cb?x=1#f", fields), "https://h/cb?x=1&code=a%20b%26c&state=%C4%91#f");
  EXPECT_EQ(with_query("https://h/cb?", {{"a", "1"}}), "https://h/cb?a=1");
  EXPECT_EQ(with_query("https://h/cb", {}), "https://h/cb");
}

}  // namespace
}  // namespace khien::http
