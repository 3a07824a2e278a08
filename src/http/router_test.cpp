#include "http/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace khien::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Handler saying(std::string word) {
  return [word = std::move(word)](const Request&) { return Response::text(word); };
}

std::string pattern_for(const Router& router, std::string_view path, Method method = Method::Get) {
  const auto match = router.match(method, path);
  return match.route == nullptr ? "" : match.route->pattern;
}

Router with(const std::vector<std::string>& patterns) {
  Router router;
  for (const std::string& pattern : patterns) router.get(pattern, Cost::Inline, saying(pattern));
  return router;
}

TEST(Router, PrefersALiteralThenOneSegmentThenTheRest) {
  const Router router = with({"/a/b", "/a/{x}", "/a/{x*}", "/{y*}"});
  EXPECT_EQ(pattern_for(router, "/a/b"), "/a/b");
  EXPECT_EQ(pattern_for(router, "/a/c"), "/a/{x}");
  EXPECT_EQ(pattern_for(router, "/a/c/d"), "/a/{x*}");
  EXPECT_EQ(pattern_for(router, "/a"), "/{y*}");
}

TEST(Router, GoesBackWhenAPreferredWayEndsNowhere) {
  const Router router = with({"/a/b/c", "/a/{x}/d", "/{p}/b/e"});
  EXPECT_EQ(pattern_for(router, "/a/b/d"), "/a/{x}/d");
  EXPECT_EQ(pattern_for(router, "/a/b/e"), "/{p}/b/e");
  EXPECT_EQ(router.match(Method::Get, "/a/b/e").parameters, (Fields{{"p", "a"}}));
}

TEST(Router, SaysWhatTheBracesStandFor) {
  const Router router = with({"/log/tile/{level}/{rest*}"});
  const auto match = router.match(Method::Get, "/log/tile/3/x001/067.p/8");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.parameters, (Fields{{"level", "3"}, {"rest", "x001/067.p/8"}}));
}

TEST(Router, TellsPathsApartThatDifferInASlash) {
  const Router router = with({"/a", "/b/", "/", "/c/{x}"});
  EXPECT_EQ(pattern_for(router, "/"), "/");
  EXPECT_EQ(pattern_for(router, "/a"), "/a");
  EXPECT_EQ(pattern_for(router, "/a/"), "");
  EXPECT_EQ(pattern_for(router, "/b"), "");
  EXPECT_EQ(pattern_for(router, "/b/"), "/b/");
  EXPECT_EQ(pattern_for(router, "//a"), "");
  EXPECT_EQ(pattern_for(router, "/c/"), "") << "a segment is not empty";
  EXPECT_EQ(pattern_for(router, ""), "");
  EXPECT_EQ(pattern_for(router, "*"), "");
}

TEST(Router, FindsTheRouteOfTheMethodEvenIfABetterPathLacksIt) {
  Router router = with({"/people/new"});
  router.post("/people/{id}", Cost::Blocking, saying("post"));
  EXPECT_EQ(pattern_for(router, "/people/new", Method::Post), "/people/{id}");
}

TEST(Router, ListsTheMethodsOfAPathThatLacksTheOneAsked) {
  Router router = with({"/a"});
  router.post("/a", Cost::Blocking, saying("post"));
  EXPECT_THAT(router.match(Method::Delete, "/a").allowed,
              ElementsAre(Method::Get, Method::Post, Method::Head, Method::Options));
  EXPECT_THAT(router.match(Method::Delete, "/b").allowed, IsEmpty());
}

TEST(Router, AnswersHeadByGetUnlessItHasARouteOfItsOwn) {
  Router router = with({"/a", "/b"});
  router.add({.method = Method::Head, .pattern = "/b", .cost = Cost::Inline, .handler = saying("head")});
  EXPECT_EQ(router.match(Method::Head, "/a").route->method, Method::Get);
  EXPECT_EQ(router.match(Method::Head, "/b").route->method, Method::Head);
}

TEST(Router, RefusesPatternsThatAreMistakes) {
  for (const std::string pattern : {"a", "", "/{", "/{}", "/{a", "/{a*}/b", "/a{b}", "/a*", "/ok"}) {
    Router router = with({"/ok"});
    EXPECT_THROW(router.get(pattern, Cost::Inline, saying("")), std::invalid_argument) << pattern;
  }
  Router same = with({"/{a}"});
  EXPECT_THROW(same.get("/{b}", Cost::Inline, saying("")), std::invalid_argument);
}

TEST(Router, DressesErrorsInThePageThatItWasGiven) {
  Router router = with({"/a"});
  router.set_error_page([](const Request& request, int status, const Text& text) {
    return Response::html(request.path + " " + std::to_string(status) + " " + text.en);
  });
  Request request;
  request.path = "/b";
  const Response page = router.no_route(request, router.match(Method::Get, "/b"));
  EXPECT_EQ(page.status, 404);
  EXPECT_EQ(page.content(), "/b 404 The requested page was not found.");
  router.set_error_page([](const Request&, int, const Text&) -> Response { throw std::runtime_error("broken page"); });
  EXPECT_EQ(router.error(request, 503).status, 503);
  EXPECT_EQ(router.error(request, 503).header("Retry-After"), "2");
}

}  // namespace
}  // namespace khien::http
