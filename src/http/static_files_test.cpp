#include "http/static_files.h"

#include <embedded/http_test.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace khien::http {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

Response ask(const Router& router, std::string path, Fields headers = {}) {
  Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  auto match = router.match(request.method, request.path);
  if (match.route == nullptr) return Response(404);
  request.parameters = std::move(match.parameters);
  return match.route->handler(request);
}

TEST(EmbeddedFiles, AreByteForByteThoseOfTheFolder) {
  std::map<std::string_view, std::string_view> files;
  for (const EmbeddedFile& file : khien::embedded::http_test()) files[file.name] = file.bytes;
  EXPECT_EQ(files.at("css/app.css"), "body { color: #123; }\n");
  EXPECT_EQ(files.at("bytes.bin"), std::string_view("\x00\x01\xff\"\\", 5));
  EXPECT_EQ(files.at("empty.txt"), "");
}

TEST(StaticFiles, AreServedUnderTheirVersionForAYear) {
  const StaticFiles files("/static", Caching::Versioned, khien::embedded::http_test());
  Router router;
  files.add_to(router);
  const std::string address = files.address_of("css/app.css");
  EXPECT_THAT(address, ::testing::MatchesRegex("/static/[0-9a-f]{16}/css/app.css"));
  const Response response = ask(router, address);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.content(), "body { color: #123; }\n");
  EXPECT_EQ(response.header("Content-Type"), "text/css; charset=utf-8");
  EXPECT_THAT(response.header("Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(ask(router, "/static/0000000000000000/css/app.css").status, 404) << "another version is another address";
  EXPECT_EQ(ask(router, files.address_of("css/none.css")).status, 404);
}

TEST(StaticFiles, ChangeTheirVersionWithAnyByte) {
  const std::array one{EmbeddedFile{"a", "1"}, EmbeddedFile{"b", "2"}};
  const std::array two{EmbeddedFile{"a", "1"}, EmbeddedFile{"b", "3"}};
  const std::array swapped{EmbeddedFile{"b", "2"}, EmbeddedFile{"a", "1"}};
  const auto address = [](std::span<const EmbeddedFile> files) {
    return StaticFiles("/s", Caching::Versioned, files).address_of("a");
  };
  EXPECT_NE(address(one), address(two));
  EXPECT_EQ(address(one), address(swapped));
}

TEST(StaticFiles, AreNotSentAgainToWhoHasThem) {
  const StaticFiles files("/console", Caching::Asked, khien::embedded::http_test());
  Router router;
  files.add_to(router);
  const Response first = ask(router, "/console/css/app.css");
  EXPECT_EQ(first.header("Cache-Control"), "no-cache");
  const std::string etag(first.header("ETag"));
  EXPECT_THAT(etag, StartsWith("\""));
  const Response again = ask(router, "/console/css/app.css", {{"if-none-match", "W/" + etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.content(), "");
  EXPECT_EQ(ask(router, "/console/bytes.bin", {{"If-None-Match", etag}}).status, 200);
}

TEST(StaticFiles, HaveTheTypesThatBrowsersInsistOn) {
  EXPECT_EQ(content_type_of("a.b.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(content_type_of("x.svg"), "image/svg+xml");
  EXPECT_EQ(content_type_of("x.woff2"), "font/woff2");
  EXPECT_EQ(content_type_of("x.exe"), "application/octet-stream");
}

}  // namespace
}  // namespace khien::http
