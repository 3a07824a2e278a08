// The authorization code flow when everybody behaves, and what it leaves behind.
#include <gtest/gtest.h>

#include <fstream>

#include "protocols/oidc/testing.h"

namespace khien::oidc {
namespace {

using testing::must;
using testing::Tokens;

class Flow : public ::testing::Test, protected testing::World {
 protected:
  Jwt id_token(const Tokens& tokens) {
    auto jwt = keys->current()->verified(tokens.text("id_token"), kIdTokenType, clock.now());
    EXPECT_TRUE(jwt);
    return jwt.value_or(Jwt{});
  }
  /// What the redirect to the sign-in page tells it.
  static http::Values away_to_sign_in(const http::Response& response) {
    const std::string_view location = response.header("Location");
    EXPECT_TRUE(location.starts_with("/sign-in?")) << location;
    return must(http::parse_urlencoded(location.substr(std::min(location.size(), location.find('?') + 1))));
  }
  std::int64_t seconds(Instant instant) { return micros_of(instant) / 1'000'000; }
};

TEST_F(Flow, ASignedInUserComesBackWithACodeThatBecomesTokens) {
  const auto answer = authorize();
  EXPECT_EQ(answer.status, 303);
  EXPECT_TRUE(answer.header("Location").starts_with(testing::kCallback + "?"));
  EXPECT_EQ(answered(answer, "state"), "s-123");
  EXPECT_EQ(answered(answer, "iss"), testing::kIssuer);

  clock.advance(std::chrono::seconds{5});
  const Tokens tokens = redeem(answered(answer, "code"));
  ASSERT_EQ(tokens.status, 200);
  EXPECT_EQ(tokens.text("token_type"), "Bearer");
  EXPECT_EQ(tokens.body.at("expires_in").as_int64(), 300);
  EXPECT_EQ(tokens.text("scope"), "openid profile email unit");

  const Jwt jwt = id_token(tokens);
  EXPECT_EQ(jwt.alg, SigningAlg::RS256);
  EXPECT_EQ(jwt.text("iss"), testing::kIssuer);
  EXPECT_EQ(jwt.text("sub"), login.text());
  EXPECT_EQ(jwt.text("aud"), web.id.text());
  EXPECT_EQ(jwt.text("nonce"), "n-456");
  EXPECT_EQ(jwt.text("sid"), session.id.text());
  EXPECT_EQ(jwt.text("name"), "Nguyễn Văn An");
  EXPECT_EQ(jwt.text("preferred_username"), "an.nv");
  EXPECT_EQ(jwt.text("email"), "an.nv@example.gov.vn");
  EXPECT_EQ(jwt.text("unit_code"), "VPUB");
  EXPECT_EQ(jwt.text("at_hash"), at_hash(tokens.text("access_token")));
  EXPECT_EQ(jwt.time("auth_time"), session.signed_in_at);
  EXPECT_EQ(jwt.claims.at("iat").as_int64(), seconds(clock.now()));
  EXPECT_EQ(jwt.claims.at("exp").as_int64(), seconds(clock.now()) + 300);

  const Tokens info = userinfo(tokens.text("access_token"));
  ASSERT_EQ(info.status, 200);
  EXPECT_EQ(info.text("sub"), login.text());
  EXPECT_EQ(info.text("position"), "Chuyên viên");
  EXPECT_EQ(info.body.at("groups").as_array().size(), 2);
  EXPECT_EQ(gate.asked, (std::vector(3, std::pair(login, system))));  // at the code, at the tokens, at userinfo
}

TEST_F(Flow, AClientGetsOnlyTheClaimsOfTheScopesThatItAskedFor) {
  const Tokens tokens = redeem(code({{"scope", "openid email offline_access"}}));
  EXPECT_EQ(tokens.text("scope"), "openid email");
  EXPECT_FALSE(tokens.body.contains("refresh_token"));
  const Tokens info = userinfo(tokens.text("access_token"));
  EXPECT_EQ(info.text("email"), "an.nv@example.gov.vn");
  for (const char* name : {"name", "preferred_username", "unit_code", "groups", "position"}) {
    EXPECT_FALSE(info.body.contains(name)) << name;
    EXPECT_FALSE(id_token(tokens).claims.contains(name)) << name;
  }
}

TEST_F(Flow, AClientThatReadsES256GetsIt) {
  const auto es =
      must(clients->add(by, {"Hồ sơ", system, {testing::kCallback}, {}, AuthMethod::SecretPost, SigningAlg::ES256}));
  const auto answer = authorize({{"client_id", es.id.text()}});
  const Tokens tokens = read(post(std::string(kTokenPath), {{"grant_type", "authorization_code"},
                                                            {"code", answered(answer, "code")},
                                                            {"redirect_uri", testing::kCallback},
                                                            {"code_verifier", testing::kVerifier},
                                                            {"client_id", es.id.text()},
                                                            {"client_secret", std::string(es.secret.reveal())}}));
  ASSERT_EQ(tokens.status, 200);
  EXPECT_EQ(id_token(tokens).alg, SigningAlg::ES256);
}

TEST_F(Flow, APublicClientProvesItselfByPkceAndMayUseAnyLoopbackPort) {
  const auto app = must(clients->add(by, {"Ứng dụng", system, {"http://127.0.0.1/cb"}, {}, AuthMethod::None}));
  EXPECT_TRUE(app.secret.empty());
  const std::string uri = "http://127.0.0.1:49152/cb";
  const auto answer = authorize({{"client_id", app.id.text()}, {"redirect_uri", uri}});
  ASSERT_TRUE(answer.header("Location").starts_with(uri + "?code="));
  const Tokens tokens = read(post(std::string(kTokenPath), {{"grant_type", "authorization_code"},
                                                            {"code", answered(answer, "code")},
                                                            {"redirect_uri", uri},
                                                            {"code_verifier", testing::kVerifier},
                                                            {"client_id", app.id.text()}}));
  EXPECT_EQ(tokens.status, 200);
}

TEST_F(Flow, WithoutASessionTheBrowserGoesToSignInAndComesBackToTheSameRequest) {
  const std::string signed_in = std::exchange(cookie, "");
  const auto away = authorize({{"login_hint", "an.nv"}});
  EXPECT_TRUE(away.header("Location").starts_with("/sign-in?continue="));
  const auto query = must(http::parse_urlencoded(away.header("Location").substr(std::string("/sign-in?").size())));
  EXPECT_EQ(query.value("login_hint"), "an.nv");
  EXPECT_FALSE(query.has("again"));
  cookie = signed_in;
  const auto back = get(std::string(query.value("continue")));
  EXPECT_EQ(answered(back, "state"), "s-123");
  EXPECT_EQ(redeem(answered(back, "code")).status, 200);
}

TEST_F(Flow, PromptLoginAsksOnceForANewSignIn) {
  const auto away = authorize({{"prompt", "login"}});
  const auto query = must(http::parse_urlencoded(away.header("Location").substr(std::string("/sign-in?").size())));
  EXPECT_EQ(query.value("again"), "1");
  const std::string target(query.value("continue"));
  EXPECT_TRUE(get(target).header("Location").starts_with("/sign-in?"));  // the old session does not do
  clock.advance(std::chrono::seconds{20});
  sign_in();
  EXPECT_FALSE(answered(get(target), "code").empty());
}

TEST_F(Flow, MaxAgeAsksForANewSignInOnceTheOldOneIsTooOld) {
  clock.advance(std::chrono::minutes{10});
  EXPECT_FALSE(code({{"max_age", "600"}}).empty());
  clock.advance(std::chrono::seconds{1});
  EXPECT_TRUE(authorize({{"max_age", "600"}}).header("Location").starts_with("/sign-in?"));
  EXPECT_EQ(answered(authorize({{"max_age", "600"}, {"prompt", "none"}}), "error"), "login_required");
}

TEST_F(Flow, PromptNoneNeverShowsAPage) {
  EXPECT_FALSE(code({{"prompt", "none"}}).empty());
  gate.admission = {.allowed = false, .refusal = {"Chưa được vào.", "Not now."}, .clauses = {"ag.4"}};
  EXPECT_EQ(answered(authorize({{"prompt", "none"}}), "error"), "access_denied");
  gate.admission.steps_owed = true;
  EXPECT_EQ(answered(authorize({{"prompt", "none"}}), "error"), "interaction_required");
  cookie.clear();
  const auto answer = authorize({{"prompt", "none"}});
  EXPECT_EQ(answered(answer, "error"), "login_required");
  EXPECT_EQ(answered(answer, "iss"), testing::kIssuer);
  EXPECT_TRUE(pages.empty());
}

TEST_F(Flow, AHintOfAnotherUserIsNotAnsweredWithThisOne) {
  const Tokens tokens = redeem(code());
  const std::string hint = tokens.text("id_token");
  EXPECT_FALSE(code({{"prompt", "none"}, {"id_token_hint", hint}}).empty());
  login = LoginId::make(random);
  sign_in();
  EXPECT_EQ(answered(authorize({{"prompt", "none"}, {"id_token_hint", hint}}), "error"), "login_required");
  EXPECT_TRUE(authorize({{"id_token_hint", hint}}).header("Location").starts_with("/sign-in?"));
}

TEST_F(Flow, ALoginHintOfAnotherUserIsNotAnsweredSilentlyWithThisOne) {
  for (const char* mine : {"an.nv", " AN.NV ", "an.nv@example.gov.vn"})
    EXPECT_FALSE(code({{"prompt", "none"}, {"login_hint", mine}}).empty()) << mine;
  // A name that is nobody's is answered like one that is: clients learn no names.
  for (const char* another : {"giang.vt", "khong", "an.nv@khac.gov.vn", "a"}) {
    const auto silent = authorize({{"prompt", "none"}, {"login_hint", another}});
    EXPECT_EQ(answered(silent, "error"), "login_required") << another;
    EXPECT_EQ(answered(silent, "code"), "");
    const auto away = away_to_sign_in(authorize({{"login_hint", another}}));
    EXPECT_EQ(away.value("again"), "1");
    EXPECT_EQ(away.value("login_hint"), another);
  }
  EXPECT_TRUE(pages.empty());
}

TEST_F(Flow, WhoeverSignsInAfterALoginHintIsWhoeverThePersonChose) {
  const auto away = away_to_sign_in(authorize({{"login_hint", "giang.vt"}}));
  EXPECT_TRUE(get(std::string(away.value("continue"))).header("Location").starts_with("/sign-in?")) << "not signed in";
  clock.advance(std::chrono::seconds{20});
  sign_in();
  EXPECT_FALSE(answered(get(std::string(away.value("continue"))), "code").empty());
}

TEST_F(Flow, TheFirstOfTheAskedLanguagesThatWeSpeakIsThatOfThePages) {
  const auto language = [&](const std::string& asked) {
    const std::string signed_in = std::exchange(cookie, "");
    const auto away = away_to_sign_in(authorize({{"ui_locales", asked}}));
    cookie = signed_in;
    EXPECT_FALSE(away.has("lang")) << "that is what the person chooses, and is kept";
    return provider->language(away.value("continue"));
  };
  EXPECT_EQ(language("en"), Language::English);
  EXPECT_EQ(language("fr-CA en-GB vi"), Language::English);
  EXPECT_EQ(language("VI-vn en"), Language::Vietnamese);
  EXPECT_EQ(language("fr de"), std::nullopt);
  EXPECT_EQ(language("english"), std::nullopt);
  EXPECT_EQ(language(""), std::nullopt);
  EXPECT_EQ(provider->language("/password?ui_locales=en"), std::nullopt) << "no client asks";
  gate.admission = {.allowed = false};
  authorize({{"ui_locales", "en"}});
  EXPECT_EQ(drawn.back(), Language::English);
  get(http::with_query(kAuthorizePath, request({{"ui_locales", "en"}, {"lang", "vi"}})));
  EXPECT_EQ(drawn.back(), Language::Vietnamese) << "what the person chooses on the page wins";
  const auto again = away_to_sign_in(authorize({{"ui_locales", "en"}, {"prompt", "login"}}));
  clock.advance(std::chrono::seconds{20});
  sign_in();
  get(std::string(again.value("continue")));
  EXPECT_EQ(drawn.back(), Language::English) << "the same sign-in";
  auto headers = cookie_header();
  headers.front().value += "; lang=vi";
  send(http::Method::Get, std::string(again.value("continue")), headers);
  EXPECT_EQ(drawn.back(), Language::Vietnamese) << "what the person has chosen wins";
}

TEST_F(Flow, ATurnedPageIsStillTheSameRequest) {
  const auto away = away_to_sign_in(authorize({{"prompt", "login"}}));
  clock.advance(std::chrono::seconds{20});
  sign_in();
  EXPECT_FALSE(answered(get(std::string(away.value("continue")) + "&lang=en"), "code").empty());
}

TEST_F(Flow, TheSignInPageLearnsTheWayBackToTheClientAndOnlyToARegisteredAddress) {
  const auto back = provider->way_back(http::with_query(kAuthorizePath, request()));
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->label.vi.contains("Một cửa"));
  EXPECT_TRUE(back->href.starts_with(testing::kCallback + "?"));
  http::Response there;
  there.set("Location", back->href);
  EXPECT_EQ(answered(there, "error"), "access_denied");
  EXPECT_EQ(answered(there, "state"), "s-123");
  EXPECT_EQ(answered(there, "iss"), testing::kIssuer);
  for (const auto& bad : {http::Field{"redirect_uri", "https://evil.example/cb"}, http::Field{"redirect_uri", "-"},
                          http::Field{"client_id", "khong"}, http::Field{"client_id", "-"}})
    EXPECT_FALSE(provider->way_back(http::with_query(kAuthorizePath, request({bad})))) << bad.name << bad.value;
  EXPECT_FALSE(provider->way_back("/"));
  EXPECT_FALSE(provider->way_back("/password?" + http::build_query(request())));
  must(clients->set_disabled(by, web.id, true));
  EXPECT_FALSE(provider->way_back(http::with_query(kAuthorizePath, request()))) << "of a disabled client";
}

TEST_F(Flow, AFaultThatIsShownSaysWhomToTellAndKeepsTheTechnicalWordApart) {
  for (const auto& [bad, technical] :
       {std::pair{http::Field{"client_id", "khong"}, "unauthorized_client: client_id"},
        std::pair{http::Field{"redirect_uri", "https://evil.example/cb"}, "invalid_request: redirect_uri"}}) {
    EXPECT_EQ(authorize({bad}).status, 400);
    const Page& page = pages.back();
    EXPECT_EQ(page.technical, technical);
    EXPECT_TRUE(page.message.vi.contains("Báo cho bộ phận quản trị")) << page.message.vi;
    EXPECT_TRUE(page.message.en.contains("Tell the administrators")) << page.message.en;
    EXPECT_FALSE(page.message.vi.contains(bad.name) || page.message.en.contains(bad.name)) << page.message.vi;
  }
}

TEST_F(Flow, AStepStillOwedLeadsBackToSignIn) {
  gate.admission = {.allowed = false, .clauses = {"ag.2"}, .steps_owed = true};
  EXPECT_TRUE(authorize().header("Location").starts_with("/sign-in?continue="));
}

TEST_F(Flow, ARefusalNamesItsClauseOnAPageThatLeadsBackToTheClient) {
  gate.admission = {.allowed = false, .refusal = {"Tài khoản bị khóa theo công văn.", "Locked."}, .clauses = {"ag.4"}};
  const auto answer = authorize();
  EXPECT_EQ(answer.status, 403);
  ASSERT_EQ(pages.size(), 1);
  EXPECT_EQ(pages[0].kind, Page::Kind::Refused);
  EXPECT_EQ(pages[0].message.vi, "Tài khoản bị khóa theo công văn.");
  http::Response back;
  back.set("Location", pages[0].link->href);
  EXPECT_TRUE(pages[0].link->href.starts_with(testing::kCallback));
  EXPECT_EQ(answered(back, "error"), "access_denied");
  EXPECT_EQ(answered(back, "state"), "s-123");

  const auto recorded = entries();
  ASSERT_EQ(recorded.size(), 1);
  EXPECT_EQ(recorded[0].type, "token.refused");
  EXPECT_EQ(recorded[0].actor.id, login.text());
  EXPECT_EQ(recorded[0].clauses, std::vector<std::string>{"ag.4"});
}

TEST_F(Flow, TheSameRefusalIsRecordedOnceAnHour) {
  gate.admission = {.allowed = false, .clauses = {"ag.4"}};
  for (int i = 0; i < 5; ++i) authorize();
  EXPECT_EQ(entries().size(), 1);
  gate.admission.clauses = {"vb.7"};
  authorize();
  clock.advance(std::chrono::minutes{61});
  authorize();
  EXPECT_EQ(entries().size(), 2);
}

TEST_F(Flow, IssuedTokensAreRecordedWithTheUseOfTheCode) {
  gate.admission.clauses = {"ag.9"};
  const Tokens tokens = redeem(code());
  const auto recorded = entries();
  ASSERT_EQ(recorded.size(), 1);
  const auto jwt = parse_jwt(tokens.text("access_token"));
  EXPECT_EQ(recorded[0].type, "token.issued");
  EXPECT_EQ(recorded[0].subject, "token/" + std::string(jwt->text("jti")));
  EXPECT_EQ(recorded[0].actor.id, web.id.text());
  EXPECT_EQ(recorded[0].clauses, std::vector<std::string>{"ag.9"});
  const auto fact = [&](std::string_view name) {
    for (const auto& each : recorded[0].facts)
      if (each.name == name) return each.value;
    return std::string{};
  };
  EXPECT_EQ(fact("client"), web.id.text());
  EXPECT_EQ(fact("login"), login.text());
  EXPECT_EQ(fact("session"), session.id.text());
}

TEST_F(Flow, PolicyAndSessionAreAskedAgainWhenTheCodeIsRedeemed) {
  const std::string locked_since = code();
  gate.admission = {.allowed = false, .clauses = {"ag.4"}};
  EXPECT_EQ(redeem(locked_since).text("error"), "invalid_grant");
  auto recorded = entries();
  ASSERT_EQ(recorded.size(), 1);
  EXPECT_EQ(recorded[0].type, "token.refused");
  EXPECT_EQ(recorded[0].clauses, std::vector<std::string>{"ag.4"});

  gate.admission = {.allowed = true};
  const std::string signed_out_since = code();
  gate.sessions.clear();
  EXPECT_EQ(redeem(signed_out_since).text("error"), "invalid_grant");
}

TEST_F(Flow, UserinfoAnswersOnlyWhileSessionPolicyAndClientAllow) {
  const std::string token = redeem(code()).text("access_token");
  EXPECT_EQ(userinfo(token).status, 200);
  gate.admission.allowed = false;
  EXPECT_EQ(userinfo(token).status, 401);
  gate.admission.allowed = true;
  must(clients->set_disabled(by, web.id, true));
  EXPECT_EQ(userinfo(token).status, 401);
  must(clients->set_disabled(by, web.id, false));
  EXPECT_EQ(userinfo(token).status, 200);
  gate.sessions.clear();
  EXPECT_EQ(userinfo(token).text("error"), "invalid_token");
}

TEST_F(Flow, UserinfoTakesTheTokenFromAHeaderOrAFormButNotFromTheUrlAndNotTwice) {
  const std::string token = redeem(code()).text("access_token");
  EXPECT_EQ(post(std::string(kUserinfoPath), {{"access_token", token}}).status, 200);
  EXPECT_EQ(post(std::string(kUserinfoPath), {{"access_token", token}}, {{"Authorization", "Bearer " + token}}).status,
            400);
  EXPECT_EQ(get(std::string(kUserinfoPath) + "?access_token=" + token).status, 400);
  const auto nothing = get(std::string(kUserinfoPath));
  EXPECT_EQ(nothing.status, 401);
  EXPECT_EQ(nothing.header("WWW-Authenticate"), "Bearer");
}

TEST_F(Flow, ARevokedTokenIsRefusedAndAnotherClientCannotRevokeIt) {
  const auto other = must(clients->add(by, {"Khác", system, {"https://khac.example.gov.vn/cb"}, {}}));
  const std::string token = redeem(code()).text("access_token");
  const std::string path(kRevokePath);
  EXPECT_EQ(post(path, {{"token", token}}, {basic(other)}).status, 400);
  EXPECT_EQ(userinfo(token).status, 200);
  EXPECT_EQ(post(path, {{"token", token}}).status, 401);
  EXPECT_EQ(post(path, {{"token", token}}, {basic(web)}).status, 200);
  EXPECT_EQ(userinfo(token).status, 401);
  EXPECT_EQ(post(path, {{"token", "no such token"}}, {basic(web)}).status, 200);
  EXPECT_EQ(entries().back().type, "token.revoked");
}

TEST_F(Flow, APostedRequestOfAnotherSiteIsFollowedByAGetThatBringsTheCookie) {
  const std::string signed_in = std::exchange(cookie, "");
  const auto answer = post(std::string(kAuthorizePath), request());
  cookie = signed_in;
  EXPECT_FALSE(answered(get(std::string(answer.header("Location"))), "code").empty());
  EXPECT_FALSE(answered(post(std::string(kAuthorizePath), request(), cookie_header()), "code").empty());
}

TEST_F(Flow, DiscoveryNamesWhatThereIs) {
  const auto answer = get(std::string(kDiscoveryPath));
  const Tokens document = read(answer);
  EXPECT_EQ(document.text("issuer"), testing::kIssuer);
  EXPECT_EQ(document.text("token_endpoint"), testing::kIssuer + "/oauth2/token");
  for (const char* name : {"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri",
                           "end_session_endpoint", "revocation_endpoint"}) {
    const auto url = must(http::parse_url(document.text(name)));
    EXPECT_TRUE(router.match(http::Method::Get, url.path).route || router.match(http::Method::Post, url.path).route)
        << name;
  }
  const Tokens jwks = read(get(std::string(kJwksPath)));
  ASSERT_EQ(jwks.body.at("keys").as_array().size(), 2);
  for (const auto& key : jwks.body.at("keys").as_array())
    for (const char* secret : {"d", "p", "q", "dp", "dq", "qi", "k"}) EXPECT_FALSE(key.as_object().contains(secret));
}

TEST_F(Flow, TheSignInPageLearnsWhereItsFormWillEnd) {
  const std::string target = http::with_query(kAuthorizePath, request());
  EXPECT_EQ(provider->form_origins(target), std::vector<std::string>{"https://motcua.example.gov.vn"});
  EXPECT_TRUE(provider->form_origins("/").empty());
  EXPECT_TRUE(
      provider->form_origins(http::with_query(kAuthorizePath, request({{"redirect_uri", "https://evil"}}))).empty());
}

TEST_F(Flow, PurgeForgetsCodesWhoseTokensHaveExpired) {
  const std::string token = redeem(code()).text("access_token");
  clock.advance(std::chrono::seconds{299});
  EXPECT_EQ(must(provider->purge()), 0);
  EXPECT_EQ(userinfo(token).status, 200);
  clock.advance(std::chrono::seconds{300});
  EXPECT_EQ(must(provider->purge()), 1);
}

}  // namespace
}  // namespace khien::oidc
