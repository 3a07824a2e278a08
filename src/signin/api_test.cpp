// The pages as a browser uses them: forms and their tokens, cookies, tabs, languages.
#include "signin/api.h"

#include <embedded/pages.h>
#include <embedded/web_static.h>
#include <gtest/gtest.h>

#include "http/form.h"
#include "http/headers.h"
#include "http/url.h"
#include "signin/testing.h"

namespace khien::signin {
namespace {

using http::Fields;
using http::Response;
using testing_support::day;
using testing_support::must;

const std::string kOrigin = "https://khien.example.gov.vn";
const std::string kMarked = "Mậtkhẩu#73xyZqw";

/// The value of an attribute of the first tag that has the words before it; empty if there is none.
std::string attribute(const Response& page, std::string_view tag, std::string_view name) {
  const std::string_view text = page.content();
  const auto at = text.find(tag);
  if (at == std::string_view::npos) return {};
  const std::string_view whole = text.substr(at, text.find('>', at) - at);
  const std::string key = std::string(name) + "=\"";
  const auto begin = whole.find(key);
  if (begin == std::string_view::npos) return {};
  const auto value = whole.substr(begin + key.size());
  return std::string(value.substr(0, value.find('"')));
}
std::string token_of(const Response& page) {
  return attribute(page, "<input type=\"hidden\" name=\"csrf\"", "value");
}
bool shows(const Response& page, std::string_view words) {
  return page.content().find(words) != std::string_view::npos;
}

class Pages : public testing::Test, protected testing_support::SignInWorld {
 protected:
  Pages() {
    const auto no_origins = [](std::string_view) { return std::vector<std::string>{}; };
    const auto way_back = [](std::string_view target) -> std::optional<WayBack> {
      if (!target.starts_with("/oauth2/authorize")) return std::nullopt;
      return WayBack{{"Quay lại Một cửa", "Back to Một cửa"}, "https://motcua.example.gov.vn/cb?error=a&state=\"x"};
    };
    const auto language = [](std::string_view target) {
      return target.ends_with("ui_locales=en") ? std::optional(Language::English) : std::nullopt;
    };
    parts = std::make_shared<PageParts>(
        PageParts{*sign_in, *flows, pages, csrf, *people, {kOrigin}, no_origins, way_back, language});
    add_routes(router, parts);
  }

  /// Cookies of one browser.
  using Jar = std::map<std::string, std::string>;

  Response send(Jar& jar, http::Method method, const std::string& target, std::string body, Fields headers) {
    http::Request request;
    request.method = method;
    request.target = target;
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.raw_query = target.substr(std::min(question + 1, target.size()));
    request.query = must(http::parse_urlencoded(request.raw_query));
    request.headers = std::move(headers);
    std::string cookies;
    for (const auto& [name, value] : jar) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    if (!cookies.empty()) request.headers.push_back({"Cookie", cookies});
    request.body = std::move(body);
    request.peer = "192.0.2.7";
    const auto match = router.match(method, request.path);
    if (match.route == nullptr) return Response(404);
    auto response = router.run(*match.route, request, [](std::string_view fault) { ADD_FAILURE() << fault; });
    for (const auto& cookie : response.cookies) {
      if (cookie.lives && cookie.lives->count() <= 0)
        jar.erase(cookie.name);
      else
        jar[cookie.name] = cookie.value;
    }
    return response;
  }
  Response get(Jar& jar, const std::string& target) { return send(jar, http::Method::Get, target, "", {}); }
  Response post(Jar& jar, const std::string& path, const Fields& form, const std::string& origin = kOrigin) {
    return send(jar, http::Method::Post, path, http::build_query(form),
                {{"Content-Type", "application/x-www-form-urlencoded"}, {"Origin", origin}});
  }
  /// To the page that asks for the password.
  Response name(Jar& jar, const std::string& user_name = "an.nv", const std::string& target = "/oauth2/authorize?a=1") {
    EXPECT_EQ(post(jar, "/signin", {{"user_name", user_name}, {"continue", target}}).header("Location"),
              "/signin/password");
    return get(jar, "/signin/password");
  }
  Response password(Jar& jar, std::string_view given = kPassword, Fields more = {}) {
    more.push_back({"csrf", token_of(get(jar, "/signin/password"))});
    more.push_back({"password", std::string(given)});
    return post(jar, "/signin/password", more);
  }
  /// Signed in, with nothing owed.
  Jar in(Fields more = {}) {
    know_monitoring(holder);
    Jar jar;
    name(jar);
    EXPECT_EQ(password(jar, kPassword, std::move(more)).header("Location"), "/oauth2/authorize?a=1");
    return jar;
  }
  /// At the page of steps, which it returns.
  Response steps(Jar& jar) {
    name(jar);
    EXPECT_EQ(password(jar).header("Location"), "/signin/steps");
    return get(jar, "/signin/steps");
  }
  static bool is_in(const Jar& jar) { return jar.contains(std::string(kSessionCookie)); }

  http::Pages pages{must(http::Templates::load(embedded::pages())),
                    http::StaticFiles("/static", http::Caching::Versioned, embedded::web_static()), "Khiên"};
  http::CsrfTokens csrf{Secret(std::string(32, 'c'))};
  std::shared_ptr<PageParts> parts;
  http::Router router;
};

TEST_F(Pages, SigningInLeadsWhereTheBrowserCameFrom) {
  const Jar jar = in();
  ASSERT_TRUE(is_in(jar));
  EXPECT_FALSE(jar.contains(std::string(kFlowCookie))) << "it is used up";
  EXPECT_FALSE(jar.contains(std::string(kDeviceCookie)));
  Jar same = jar;
  EXPECT_TRUE(shows(get(same, "/"), "Nguyễn Văn An"));
  EXPECT_EQ(get(same, "/signin?continue=%2Fpassword").header("Location"), "/password");
}

TEST_F(Pages, NobodyIsSentToAnotherSite) {
  know_monitoring(holder);
  for (const std::string bad : {"https://evil.example/", "//evil.example/", "/\\evil.example/", "/\t/evil.example"}) {
    Jar jar;
    name(jar, "an.nv", bad);
    EXPECT_EQ(password(jar).header("Location"), "/") << bad;
    EXPECT_EQ(get(jar, "/signin?continue=" + http::percent_encode(bad)).header("Location"), "/") << "already signed in";
    const auto again = get(jar, "/signin?again=1&continue=" + http::percent_encode(bad));
    EXPECT_EQ(attribute(again, "<input type=\"hidden\" name=\"continue\"", "value"), "/");
  }
}

TEST_F(Pages, AFormWithoutItsTokenOrFromAnotherSiteDoesNothing) {
  know_monitoring(holder);
  Jar jar;
  const std::string token = token_of(name(jar));
  const Fields good{{"password", std::string(kPassword)}, {"csrf", token}};
  EXPECT_EQ(post(jar, "/signin/password", {{"password", std::string(kPassword)}}).status, 403);
  EXPECT_EQ(post(jar, "/signin/password", {good[0], {"csrf", token + "A"}}).status, 403);
  EXPECT_EQ(post(jar, "/signin/password", good, "https://evil.example").status, 403);
  EXPECT_EQ(post(jar, "/signin", {{"user_name", "an.nv"}}, "https://evil.example").status, 403);
  Jar another;
  const std::string foreign = token_of(name(another));
  EXPECT_EQ(post(jar, "/signin/password", {good[0], {"csrf", foreign}}).status, 403) << "of another sign-in";
  EXPECT_FALSE(is_in(jar));
  EXPECT_EQ(post(jar, "/signin/password", good).status, 303);
  ASSERT_TRUE(is_in(jar));
  for (const auto* path : {"/signout", "/password"}) {
    EXPECT_EQ(post(jar, path, {{"csrf", token}}).status, 403) << path;
    EXPECT_EQ(post(jar, path, {{"csrf", token_of(get(jar, "/password"))}}, "null").status, 403) << path;
  }
  EXPECT_EQ(get(jar, "/").status, 200);
}

TEST_F(Pages, AKnownAndAnUnknownNameGetTheSamePages) {
  std::vector<std::string> bodies;
  for (const std::string user : {"an.nv", "khong"}) {
    Jar jar;
    for (Response page : {name(jar, user), password(jar, "Sai-mat-khau.1")}) {
      std::string body(page.content());
      for (std::size_t at = 0; (at = body.find(user, at)) != std::string::npos;) body.replace(at, user.size(), "NAME");
      const std::string token = token_of(page);
      body.replace(body.find(token), token.size(), "TOKEN");
      bodies.push_back(std::to_string(page.status) + body);
    }
  }
  EXPECT_EQ(bodies[0], bodies[2]);
  EXPECT_EQ(bodies[1], bodies[3]);
}

TEST_F(Pages, TooManyTriesAreAskedToWaitWithATime) {
  Jar jar;
  name(jar);
  Response last;
  for (int i = 0; i < 8; ++i) last = password(jar, "Sai-mat-khau." + std::to_string(i));
  EXPECT_EQ(last.status, 429);
  EXPECT_TRUE(shows(last, "Thử lại sau"));
}

TEST_F(Pages, ARefusalShowsItsClauseAndLeadsOnWithTheTarget) {
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-05-25\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  Jar jar;
  name(jar);
  EXPECT_EQ(password(jar).header("Location"), "/signin/steps");
  const auto refused = get(jar, "/signin/steps");
  EXPECT_EQ(refused.status, 403);
  for (const auto* part : {"TH-1", "01/TH", "25/05/2025", "Việc cần làm", "continue=%2Foauth2%2Fauthorize"})
    EXPECT_TRUE(shows(refused, part)) << part;
  EXPECT_FALSE(is_in(jar));
  const auto english = get(jar, "/signin/steps" + attribute(refused, "<a href=\"?", "href"));
  EXPECT_EQ(english.status, 403);
  for (const auto* part : {"TH-1", "01/TH", "Access ended", "What to do"}) EXPECT_TRUE(shows(english, part)) << part;
}

TEST_F(Pages, ARefusalThatHasGoneLeadsToANewSignInAndNotIn) {
  know_monitoring(holder);
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  Jar jar;
  name(jar);
  password(jar);
  EXPECT_EQ(get(jar, "/signin/steps").status, 403);
  must(credentials->set_state(by, login, policy::LifecycleState::Active));
  EXPECT_EQ(get(jar, "/signin/steps").header("Location"), "/signin/password?again=1");
  const auto asked = get(jar, "/signin/password?again=1");
  EXPECT_TRUE(shows(asked, "<strong>an.nv</strong>"));
  EXPECT_TRUE(shows(asked, "Hãy nhập lại mật khẩu để đăng nhập tiếp."));
  EXPECT_FALSE(is_in(jar));
  clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(password(jar).header("Location"), "/oauth2/authorize?a=1") << "the target is kept";
  EXPECT_TRUE(is_in(jar));
}

TEST_F(Pages, StepsThatLayOpenOverALockAreNotAnsweredWithoutThePassword) {
  Jar jar;
  const std::string token = token_of(steps(jar));
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  EXPECT_EQ(post(jar, "/signin/steps", {{"csrf", token}, {"monitoring", "1"}}).header("Location"), "/signin/steps");
  EXPECT_EQ(get(jar, "/signin/steps").status, 403);
  must(credentials->set_state(by, login, policy::LifecycleState::Active));
  const auto sent = post(jar, "/signin/steps", {{"csrf", token}, {"monitoring", "1"}});
  EXPECT_EQ(sent.status, 409);
  EXPECT_TRUE(shows(sent, "href=\"/signin/password?again=1\""));
  EXPECT_FALSE(is_in(jar));
}

TEST_F(Pages, ARefusalLeadsBackToTheSystemThatSentThePersonAndNowhereElse) {
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  Jar jar;
  name(jar);
  password(jar);
  const auto refused = get(jar, "/signin/steps");
  EXPECT_EQ(attribute(refused, "<a class=\"button\"", "href"),
            "https://motcua.example.gov.vn/cb?error=a&amp;state=&quot;x");
  EXPECT_TRUE(shows(refused, ">Quay lại Một cửa<"));
  name(jar, "an.nv", "/password");
  password(jar);
  EXPECT_FALSE(shows(get(jar, "/signin/steps"), "Quay lại")) << "nobody sent the browser";
}

TEST_F(Pages, AHintFillsTheFieldAndIsOnlyAValue) {
  Jar jar;
  const auto field = [&](const std::string& hint) {
    return attribute(get(jar, "/signin?continue=%2Fpassword&login_hint=" + http::percent_encode(hint)),
                     "<input id=\"user_name\"", "value");
  };
  EXPECT_EQ(field("an.nv"), "an.nv");
  EXPECT_EQ(field("khong"), "khong");
  EXPECT_EQ(field("\"><script>alert(1)</script>"), "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  EXPECT_EQ(field(std::string(kMostNameBytes + 1, 'a')), "");
  EXPECT_EQ(field(""), "");
  EXPECT_FALSE(jar.contains(std::string(kFlowCookie))) << "nothing has begun";
}

TEST_F(Pages, TheLanguageThatASystemAsksForHoldsForItsSignInAndNoLonger) {
  const std::string target = "/oauth2/authorize?ui_locales=en";
  const std::string first = "/signin?continue=" + http::percent_encode(target);
  const auto is_english = [](const Response& page) { return shows(page, "<html lang=\"en\">"); };
  issue(login);
  Jar jar;
  EXPECT_TRUE(is_english(get(jar, first)));
  EXPECT_TRUE(is_english(post(jar, "/signin", {{"user_name", ""}, {"continue", target}})));
  EXPECT_TRUE(is_english(name(jar, "an.nv", target)));
  EXPECT_TRUE(is_english(password(jar, "Sai-mat-khau.1")));
  password(jar, kIssued);
  EXPECT_TRUE(is_english(get(jar, "/signin/steps")));
  EXPECT_FALSE(jar.contains("lang")) << "kept for other sign-ins";
  EXPECT_FALSE(is_english(get(jar, "/signin")));
  EXPECT_FALSE(is_english(get(jar, "/signin/steps?lang=vi"))) << "the person chooses another";
  EXPECT_FALSE(is_english(get(jar, "/signin/steps")));
  EXPECT_FALSE(is_english(get(jar, first))) << "and is not asked again";
  EXPECT_EQ(jar["lang"], "vi");
  Jar other;
  get(other, "/signin?lang=xx");
  EXPECT_FALSE(other.contains("lang")) << "no language was chosen";
}

TEST_F(Pages, ASignInThatIsOverBeginsAgainWithItsTargetAndSaysWhy) {
  Jar jar;
  const std::string token = token_of(name(jar));
  clock.advance(std::chrono::minutes{15});
  const auto sent = post(jar, "/signin/password", {{"csrf", token}, {"password", std::string(kPassword)}});
  EXPECT_EQ(sent.header("Location"), "/signin?continue=%2Foauth2%2Fauthorize%3Fa%3D1&over=1");
  const auto page = get(jar, std::string(sent.header("Location")));
  EXPECT_TRUE(shows(page, "đã quá 15 phút"));
  EXPECT_EQ(attribute(page, "<input type=\"hidden\" name=\"continue\"", "value"), "/oauth2/authorize?a=1");
  EXPECT_FALSE(shows(get(jar, "/signin"), "đã quá 15 phút"));
}

TEST_F(Pages, ABrowserThatKeepsNoCookieIsToldSoAndNotSentRoundInSilence) {
  Jar jar;
  post(jar, "/signin", {{"user_name", "an.nv"}, {"continue", "/"}});
  Jar none;
  const auto away = get(none, "/signin/password");
  EXPECT_EQ(away.header("Location"), "/signin?continue=%2F&over=1");
  EXPECT_TRUE(shows(get(none, std::string(away.header("Location"))), "hãy cho phép cookie"));
  Jar signed_in = in();
  EXPECT_EQ(get(signed_in, "/signin?continue=%2F&over=1").header("Location"), "/") << "back, after signing in";
}

TEST_F(Pages, ASessionThatEndedIsToldAndTheFormOfAChangeLeadsBackToIt) {
  Jar jar = in();
  const std::string token = token_of(get(jar, "/password"));
  clock.advance(std::chrono::hours{3});
  const auto sent = post(jar, "/password", {{"csrf", token}, {"password", std::string(kPassword)}});
  EXPECT_EQ(sent.header("Location"), "/signin?continue=%2Fpassword");
  EXPECT_TRUE(shows(get(jar, std::string(sent.header("Location"))), "Phiên đăng nhập trước đã kết thúc"));
  Jar nobody;
  EXPECT_FALSE(shows(get(nobody, "/signin"), "Phiên đăng nhập trước"));
}

TEST_F(Pages, AnOldFormLeadsToTheSignInThatTheBrowserIsIn) {
  Jar jar;
  const std::string first = token_of(name(jar));
  name(jar, "an.nv", "/password");
  const auto refused = post(jar, "/signin/password", {{"csrf", first}, {"password", std::string(kPassword)}});
  EXPECT_EQ(refused.status, 403);
  EXPECT_TRUE(shows(refused, "href=\"/signin?continue=%2Fpassword&amp;again=1\""));
  EXPECT_TRUE(shows(refused, "thẻ khác của trình duyệt"));
}

TEST_F(Pages, WhoeverIsToChangeTheUserIsToldWhoIsSignedIn) {
  Jar jar = in();
  const auto page = get(jar, "/signin?again=1&login_hint=giang.vt");
  EXPECT_TRUE(shows(page, "Đang đăng nhập bằng tên <strong>an.nv</strong>"));
  EXPECT_EQ(attribute(page, "<input id=\"user_name\"", "value"), "giang.vt");
  Jar nobody;
  EXPECT_FALSE(shows(get(nobody, "/signin?again=1"), "Đang đăng nhập"));
}

TEST_F(Pages, ANameThatIsEmptyOrEndlessIsAskedForAgainAndTheTargetIsKeptInBothLanguages) {
  for (const auto& bad : {std::string(), std::string("   "), std::string(kMostNameBytes + 1, 'a')}) {
    Jar jar;
    const auto page = post(jar, "/signin", {{"user_name", bad}, {"continue", "/password?a=1&b=2"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_EQ(attribute(page, "<input type=\"hidden\" name=\"continue\"", "value"), "/password?a=1&amp;b=2");
    std::string link = attribute(page, "<a href=\"?", "href");
    if (const auto at = link.find("&amp;"); at != std::string::npos) link.erase(at + 1, 4);
    EXPECT_EQ(link, "?continue=%2Fpassword%3Fa%3D1%26b%3D2&lang=en");
    EXPECT_TRUE(shows(get(jar, "/signin" + link), "/password?a")) << "the link leads to the same form";
    EXPECT_TRUE(jar.empty() || !jar.contains(std::string(kFlowCookie)));
  }
}

TEST_F(Pages, WhatAnAttackerTypesIsShownAsText) {
  Jar jar;
  const auto page = name(jar, "<script>alert(1)</script>");
  EXPECT_FALSE(shows(page, "<script>alert"));
  EXPECT_TRUE(shows(page, "&lt;script&gt;"));
}

TEST_F(Pages, WhatMayWaitSaysSoAndUntilWhenBesideAChangeThatMayNot) {
  adopt("PB", {"directive.disseminate, force: must, params: {}", "account.accountability, force: must, params: {}"},
        "2025-05-30");
  issue(login);
  Jar jar;
  name(jar);
  password(jar, kIssued);
  const auto page = get(jar, "/signin/steps");
  EXPECT_TRUE(shows(page, "name=\"fresh\""));
  for (const std::string_view box : {"name=\"read\"", "name=\"signed\""}) {
    const auto text = page.content().substr(page.content().find(box));
    EXPECT_TRUE(text.substr(0, text.find("</label>")).contains("có thể để sau, chậm nhất hết ngày 10/06/2025")) << box;
  }
}

// Tabs.

TEST_F(Pages, TheStepsMayLieOpenInTwoTabs) {
  Jar jar;
  const std::string first = token_of(steps(jar));
  const std::string kept = jar[std::string(kFlowCookie)];
  const std::string second = token_of(get(jar, "/signin/steps?lang=en"));
  EXPECT_EQ(jar[std::string(kFlowCookie)], kept) << "looking changes nothing";
  EXPECT_EQ(first, second);
  EXPECT_EQ(post(jar, "/signin/steps", {{"csrf", first}, {"monitoring", "1"}}).header("Location"),
            "/oauth2/authorize?a=1");
  ASSERT_TRUE(is_in(jar));
  EXPECT_EQ(post(jar, "/signin/steps", {{"csrf", second}, {"monitoring", "1"}}).header("Location"),
            "/signin?continue=%2F&over=1");
  EXPECT_EQ(get(jar, "/signin").header("Location"), "/") << "the other tab is signed in too";
  EXPECT_EQ(sessions->live_count(), 1U);
}

TEST_F(Pages, ATabFromBeforeTheChangeOfPasswordCanAnswerWhatIsLeft) {
  const auto directive = adopt("PB", {"directive.disseminate, force: must, params: {}"}, "2025-05-01");
  know_monitoring(holder);
  issue(login);
  Jar jar;
  name(jar);
  ASSERT_EQ(password(jar, kIssued).header("Location"), "/signin/steps");
  const std::string token = token_of(get(jar, "/signin/steps"));
  const std::string fresh(kFresh);
  const auto left = post(jar, "/signin/steps", {{"csrf", token}, {"fresh", fresh}, {"again", fresh}});
  ASSERT_EQ(left.status, 200) << "the directive is still to be read";
  EXPECT_FALSE(is_in(jar));
  EXPECT_EQ(post(jar, "/signin/steps", {{"csrf", token}, {"read", directive.text()}}).status, 303);
  EXPECT_TRUE(is_in(jar));
}

TEST_F(Pages, OfTwoSignInsInOneBrowserTheFormOfTheFirstIsNotTakenForTheSecond) {
  know_monitoring(holder);
  Jar jar;
  const std::string first = token_of(name(jar));
  name(jar, "binh.tt");
  EXPECT_EQ(post(jar, "/signin/password", {{"csrf", first}, {"password", std::string(kPassword)}}).status, 403);
  EXPECT_FALSE(is_in(jar));
}

TEST_F(Pages, AFormSentTwiceLeadsToTheSamePlaceAndOpensOneSession) {
  Jar jar;
  const std::string token = token_of(steps(jar));
  const Jar before = jar;
  const Fields form{{"csrf", token}, {"monitoring", "1"}};
  ASSERT_EQ(post(jar, "/signin/steps", form).status, 303);
  Jar with_session = before;  // the browser had the first answer's cookies when it sent the second
  with_session[std::string(kSessionCookie)] = jar[std::string(kSessionCookie)];
  EXPECT_EQ(post(with_session, "/signin/steps", form).header("Location"), "/oauth2/authorize?a=1");
  Jar without = before;  // or it had not, or is a thief's
  const auto again = post(without, "/signin/steps", form);
  EXPECT_EQ(again.status, 409);
  EXPECT_TRUE(shows(again, "href=\"/signin/password?again=1\""));
  EXPECT_FALSE(is_in(without));
  EXPECT_EQ(sessions->live_count(), 1U);
}

TEST_F(Pages, AFlowOfAnotherLoginDoesNotPassForThisOne) {
  const LoginId other = add_login("binh.tt", add_person("Trần Thị Bình", office), {mail});
  set_password(other, kFresh);
  Jar mine;
  const std::string token = token_of(steps(mine));
  Jar theirs;
  name(theirs, "binh.tt");
  EXPECT_EQ(post(theirs, "/signin/steps", {{"csrf", token}, {"monitoring", "1"}}).status, 403);
  EXPECT_EQ(post(theirs, "/signin/steps", {{"csrf", token_of(get(theirs, "/signin/password"))}}).header("Location"),
            "/signin/password")
      << "its password was not checked";
  ASSERT_EQ(password(theirs, kFresh).header("Location"), "/signin/steps");
  EXPECT_EQ(post(theirs, "/signin/steps", {{"csrf", token}, {"monitoring", "1"}}).status, 403);
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(Pages, WithoutAFlowTheBeginningIsShown) {
  Jar jar;
  for (const auto* path : {"/signin/password", "/signin/steps"}) {
    EXPECT_EQ(get(jar, path).header("Location"), "/signin?continue=%2F&over=1") << path;
    EXPECT_EQ(post(jar, path, {{"monitoring", "1"}}).header("Location"), "/signin?continue=%2F&over=1") << path;
  }
  EXPECT_EQ(get(jar, "/").header("Location"), "/signin");
  EXPECT_EQ(post(jar, "/password", {{"monitoring", "1"}}).header("Location"), "/signin?continue=%2Fpassword");
  name(jar);
  EXPECT_EQ(get(jar, "/signin/steps").header("Location"), "/signin/password") << "the password was not checked";
}

// Signed in.

TEST_F(Pages, SigningOutEndsTheSessionItself) {
  Jar jar = in();
  const Jar copy = jar;
  EXPECT_EQ(post(jar, "/signout", {{"csrf", token_of(get(jar, "/"))}}).header("Location"), "/signin?signed_out=1");
  EXPECT_FALSE(is_in(jar));
  EXPECT_TRUE(get(jar, "/signin?signed_out=1").body.contains("Đã đăng xuất"));
  EXPECT_FALSE(get(jar, "/signin").body.contains("Đã đăng xuất"));
  Jar thief = copy;
  EXPECT_EQ(get(thief, "/").header("Location"), "/signin");
}

TEST_F(Pages, SigningOutEndsTheSessionAlsoOnAFullDisk) {
  Jar jar = in();
  const Jar copy = jar;
  const std::string token = token_of(get(jar, "/"));
  disk->fail_after(0);
  EXPECT_EQ(post(jar, "/signout", {{"csrf", token}}).header("Location"), "/signin?signed_out=1");
  EXPECT_FALSE(is_in(jar));
  Jar thief = copy;
  EXPECT_EQ(get(thief, "/").header("Location"), "/signin");
  disk->works();
  must(sign_in->end_void_sessions());
  EXPECT_EQ(count("session.ended"), 1U);
  restart();
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(Pages, ALockedLoginSeesNothingMoreInItsOpenSession) {
  Jar jar = in();
  must(credentials->set_state(by, login, policy::LifecycleState::Closed));
  EXPECT_EQ(get(jar, "/").header("Location"), "/signin");
  EXPECT_EQ(get(jar, "/password").status, 303);
}

TEST_F(Pages, ChangingThePasswordSaysWhatIsWrongAndThenThatItIsDone) {
  Jar jar = in();
  const auto change = [&](std::string_view current, std::string_view fresh, std::string_view again) {
    return post(jar, "/password",
                {{"csrf", token_of(get(jar, "/password"))},
                 {"password", std::string(current)},
                 {"fresh", std::string(fresh)},
                 {"again", std::string(again)}});
  };
  EXPECT_TRUE(shows(change(kPassword, kFresh, "x"), "không giống nhau"));
  EXPECT_TRUE(shows(change("Sai-mat-khau.1", kFresh, kFresh), "Mật khẩu hiện tại không đúng"));
  EXPECT_TRUE(shows(change(kPassword, kPassword, kPassword), "phải khác mật khẩu đang dùng"));
  const auto done = change(kPassword, kFresh, kFresh);
  EXPECT_EQ(done.status, 200);
  EXPECT_TRUE(shows(done, "Đã đổi mật khẩu"));
  EXPECT_EQ(get(jar, "/").status, 200);
}

TEST_F(Pages, AWriteThatFailsOpensNoSessionAndAsksToTryAgain) {
  know_monitoring(holder);
  Jar jar;
  name(jar);
  disk->fail_after(0);
  EXPECT_EQ(password(jar).status, 503);
  EXPECT_FALSE(is_in(jar));
  disk->works();
  EXPECT_EQ(password(jar).status, 303);
}

TEST_F(Pages, ARuleThatNoClauseAsksForIsSaidToBeOurOwn) {
  Jar jar = in();
  const auto change = [&](std::string_view fresh) {
    return post(jar, "/password",
                {{"csrf", token_of(get(jar, "/password"))},
                 {"password", std::string(kPassword)},
                 {"fresh", std::string(fresh)},
                 {"again", std::string(fresh)}});
  };
  constexpr std::string_view kOwn = "Quy tắc riêng của Khiên";
  EXPECT_TRUE(shows(change("an.nv2025"), kOwn));
  EXPECT_TRUE(shows(change(kPassword), kOwn)) << "the present one";
  EXPECT_FALSE(shows(change(kMarked), kOwn)) << "marks are no rule";
  adopt("DD", {"password.not_guessable, force: must, params: {}"});
  const auto by_clause = change("an.nv2025");
  EXPECT_TRUE(shows(by_clause, "DD-1"));
  EXPECT_FALSE(shows(by_clause, kOwn));
}

// Letters with marks, as a Telex or VNI keyboard makes them.

constexpr std::string_view kMarksBox = "name=\"marks_meant\"";

TEST_F(Pages, ANewPasswordWithMarksIsPointedOutOnceAndTakenWhenItIsMeant) {
  know_monitoring(holder);
  issue(login);
  Jar jar;
  name(jar);
  ASSERT_EQ(password(jar, kIssued).header("Location"), "/signin/steps");
  const auto page = get(jar, "/signin/steps");
  EXPECT_FALSE(shows(page, kMarksBox)) << "nobody is asked before";
  const Fields form{{"csrf", token_of(page)}, {"fresh", kMarked}, {"again", kMarked}};
  const auto pointed_out = post(jar, "/signin/steps", form);
  EXPECT_EQ(pointed_out.status, 422);
  EXPECT_TRUE(shows(pointed_out, "Telex"));
  EXPECT_TRUE(shows(pointed_out, kMarksBox));
  EXPECT_FALSE(shows(pointed_out, kMarked)) << "a password is never shown";
  EXPECT_FALSE(is_in(jar));
  Fields meant = form;
  meant.push_back({"marks_meant", "1"});
  EXPECT_EQ(post(jar, "/signin/steps", meant).status, 303);
  EXPECT_TRUE(is_in(jar));
}

TEST_F(Pages, OnesOwnChangePointsOutMarksToo) {
  Jar jar = in();
  const auto change = [&](std::string_view fresh, Fields more = {}) {
    more.insert(more.end(), {{"csrf", token_of(get(jar, "/password"))},
                             {"password", std::string(kPassword)},
                             {"fresh", std::string(fresh)},
                             {"again", std::string(fresh)}});
    return post(jar, "/password", more);
  };
  EXPECT_FALSE(shows(get(jar, "/password"), kMarksBox));
  const auto pointed_out = change(kMarked);
  EXPECT_EQ(pointed_out.status, 422);
  EXPECT_TRUE(shows(pointed_out, "Telex") && shows(pointed_out, kMarksBox));
  EXPECT_FALSE(shows(pointed_out, kMarked));
  const auto weak = change("Mật1", {{"marks_meant", "1"}});
  EXPECT_EQ(weak.status, 422) << "what is meant is still judged";
  EXPECT_TRUE(shows(weak, "value=\"1\" checked")) << "and needs not be said again";
  EXPECT_EQ(change(kMarked, {{"marks_meant", "1"}}).status, 200);
}

TEST_F(Pages, ANewPasswordWithoutMarksIsNotAskedAbout) {
  Jar jar = in();
  const auto done = post(jar, "/password",
                         {{"csrf", token_of(get(jar, "/password"))},
                          {"password", std::string(kPassword)},
                          {"fresh", "Mot-kieu.khac72€"},
                          {"again", "Mot-kieu.khac72€"}});
  EXPECT_EQ(done.status, 200) << "a sign is no letter";
}

TEST_F(Pages, AWrongPasswordWithMarksNamesTheKeyboardForKnownAndUnknownNamesAlike) {
  for (const std::string user : {"an.nv", "khong"}) {
    Jar jar;
    name(jar, user);
    EXPECT_FALSE(shows(password(jar, "Sai-mat-khau.1"), "có chữ có dấu"));
    const auto page = password(jar, "Sai-mật-khẩu.1");
    EXPECT_EQ(page.status, 401);
    EXPECT_TRUE(shows(page, "có chữ có dấu"));
    EXPECT_FALSE(shows(page, "Sai-mật"));
  }
}

TEST_F(Pages, ANameWithMarksIsPointedOutBeforeThePassword) {
  for (const std::string user : {"án.nv", "khóng", "nguyễnvăná"}) {
    Jar jar;
    const auto page = post(jar, "/signin", {{"user_name", user}, {"continue", "/password"}});
    EXPECT_EQ(page.status, 422) << user;
    EXPECT_TRUE(shows(page, "Tên đăng nhập không có dấu"));
    EXPECT_EQ(attribute(page, "<input id=\"user_name\"", "value"), user) << "to be mended";
    EXPECT_EQ(attribute(page, "<input type=\"hidden\" name=\"continue\"", "value"), "/password");
    EXPECT_FALSE(jar.contains(std::string(kFlowCookie)));
  }
  Jar jar;
  EXPECT_EQ(post(jar, "/signin", {{"user_name", "\u200ban.nv\u00a0"}}).status, 303) << "a pasted blank is no letter";
}

// A machine of one's own.

TEST_F(Pages, OnlyTheBoxMakesAMachineKnownAndItStartsEmpty) {
  Jar first;
  EXPECT_FALSE(shows(name(first), "value=\"1\" checked"));
  Jar jar = in({{"own_machine", "1"}});
  ASSERT_TRUE(jar.contains(std::string(kDeviceCookie)));
  const std::string kept = jar[std::string(kDeviceCookie)];
  jar.erase(std::string(kSessionCookie));
  EXPECT_TRUE(shows(name(jar), "value=\"1\" checked")) << "known";
  EXPECT_FALSE(shows(name(jar, "binh.tt"), "value=\"1\" checked")) << "to its own login only";
  name(jar);
  EXPECT_EQ(password(jar, kPassword, {{"own_machine", "1"}}).status, 303);
  EXPECT_NE(jar[std::string(kDeviceCookie)], kept) << "renewed";
  jar.erase(std::string(kSessionCookie));
  name(jar);
  EXPECT_EQ(password(jar).status, 303);
  EXPECT_FALSE(jar.contains(std::string(kDeviceCookie))) << "unticked, it is forgotten";
}

TEST_F(Pages, TheCookieOfAMachineIsKeptThirtyDaysAndReadByUsOnly) {
  know_monitoring(holder);
  Jar jar;
  name(jar);
  const auto done = password(jar, kPassword, {{"own_machine", "1"}});
  const auto cookie = std::ranges::find(done.cookies, kDeviceCookie, &http::Cookie::name);
  ASSERT_NE(cookie, done.cookies.end());
  EXPECT_EQ(cookie->lives, std::chrono::days{30});
  EXPECT_TRUE(cookie->name.starts_with("__Host-")) << "Secure, HttpOnly, SameSite=Lax: http/headers_test.cpp";
}

TEST_F(Pages, TheBoxIsRememberedOverTheSteps) {
  Jar jar;
  name(jar);
  ASSERT_EQ(password(jar, kPassword, {{"own_machine", "1"}}).header("Location"), "/signin/steps");
  EXPECT_FALSE(jar.contains(std::string(kDeviceCookie)));
  EXPECT_EQ(post(jar, "/signin/steps", {{"csrf", token_of(get(jar, "/signin/steps"))}, {"monitoring", "1"}}).status,
            303);
  EXPECT_TRUE(jar.contains(std::string(kDeviceCookie)));
}

}  // namespace
}  // namespace khien::signin
