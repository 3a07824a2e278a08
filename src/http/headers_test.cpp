#include "http/headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace khien::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Head, LetsTheHandlerOverrideADefault) {
  Response response = Response::html("x");
  response.set("cache-control", "private, max-age=60").set("Content-Security-Policy", "default-src 'self'");
  const std::string head = head_of(response, {.tls = true, .keep_alive = true, .date = "now"});
  EXPECT_THAT(head, HasSubstr("cache-control: private, max-age=60\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("no-store")));
  EXPECT_THAT(head, Not(HasSubstr("default-src 'none'")));
  EXPECT_THAT(head, HasSubstr("Strict-Transport-Security: "));
}

TEST(Head, WritesCookiesThatOnlyWeCanRead) {
  Response response;
  response.set_cookie({.name = "__Host-session", .value = "abc", .lives = std::chrono::minutes{15}});
  response.remove_cookie("__Host-old");
  const std::string head = head_of(response, {});
  EXPECT_THAT(head,
              HasSubstr("Set-Cookie: __Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=900\r\n"));
  EXPECT_THAT(head, HasSubstr("Set-Cookie: __Host-old=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0\r\n"));
  response.set_cookie({.name = "__Host-session", .value = "new", .lives = {}});
  EXPECT_THAT(head_of(response, {}), Not(HasSubstr("=abc"))) << "the later of one name stands";
}

TEST(Head, HasNoLengthWhereThereIsNoContent) {
  EXPECT_THAT(head_of(Response(204), {}), Not(HasSubstr("Content-Length")));
  EXPECT_THAT(head_of(Response(304), {}), Not(HasSubstr("Content-Length")));
  EXPECT_THAT(head_of(Response(303), {}), HasSubstr("Content-Length: 0\r\n"));
}

TEST(Response, MayNotSetWhatTheServerSets) {
  for (const std::string_view name : {"Content-Length", "transfer-encoding", "Connection", "Date", "Set-Cookie"}) {
    EXPECT_FALSE(may_leave(Response().set(name, "1"))) << name;
  }
  EXPECT_FALSE(may_leave(Response().set("a b", "1")));
  EXPECT_FALSE(may_leave(Response().set("", "1")));
  EXPECT_FALSE(may_leave(Response(99)));
  EXPECT_TRUE(may_leave(Response().set("X-Name", "Nguyễn\tAn")));
}

TEST(Policy, OpensFormsToOriginsAndNothingElse) {
  const std::array<std::string, 3> origins{"https://mail.gov.vn", "https://x; script-src *", "vn.app:"};
  const std::string policy = content_security_policy(origins);
  EXPECT_THAT(policy, ::testing::EndsWith("form-action 'self' https://mail.gov.vn vn.app:"));
  EXPECT_THAT(policy, Not(HasSubstr("*")));
  EXPECT_THAT(Response::html("").allow_form_action({"https://a.vn"}).header("Content-Security-Policy"),
              HasSubstr("form-action 'self' https://a.vn"));
}

RC_GTEST_PROP(Head, HasExactlyTheLinesThatWereSet, (const std::string& name, const std::string& value)) {
  Response response;
  response.set("X-" + name, value).set_cookie({.name = "c", .value = name, .lives = {}});
  if (!may_leave(response)) return;
  const std::string plain = head_of(Response(), {});
  const std::string head = head_of(response, {});
  RC_ASSERT(std::ranges::count(head, '\n') == std::ranges::count(plain, '\n') + 2);
  RC_ASSERT(std::ranges::count(head, '\r') == std::ranges::count(head, '\n'));
}

TEST(Problem, IsADocumentForProgramsInTheirLanguage) {
  const Error error = Error::conflict({"Đã có \"An\".", "\"An\" is there already."});
  const Response response = Response::problem(error, Language::English, "exists");
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.header("content-type"), "application/problem+json");
  EXPECT_EQ(response.content(), R"({"title":"\"An\" is there already.","status":409,"code":"exists"})");
}

TEST(ErrorAnswer, ShowsThePublicTextOnlyAndAsksBusyClientsToComeAgain) {
  const Response internal = Response::error(Error::internal("the secret detail"));
  EXPECT_EQ(internal.status, 500);
  EXPECT_THAT(std::string(internal.content()), Not(HasSubstr("secret")));
  const Response busy = Response::error(Error::busy());
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(busy.header("Retry-After"), "2");
}

}  // namespace
}  // namespace khien::http
