#include <gtest/gtest.h>

#include "protocols/oidc/testing.h"

namespace khien::oidc {
namespace {

using testing::kAfterSignOut;
using testing::must;

class Logout : public ::testing::Test, protected testing::World {
 protected:
  Logout() { hint = redeem(code()).text("id_token"); }

  http::Response logout(const http::Fields& query) { return get(http::with_query(kLogoutPath, query)); }
  [[nodiscard]] bool signed_in() const { return gate.sessions.contains(session.id); }
  http::Response submit(http::Fields form, const http::Fields& changes = {}) {
    for (const auto& change : changes) {
      std::erase_if(form, [&](const http::Field& field) { return field.name == change.name; });
      form.push_back(change);
    }
    return post(std::string(kLogoutPath), form, cookie_header());
  }

  std::string hint;
};

TEST_F(Logout, AHintOfThisSessionEndsItAndLeadsBackToTheClient) {
  const auto answer =
      logout({{"id_token_hint", hint}, {"post_logout_redirect_uri", kAfterSignOut}, {"state", "s&x=1"}});
  EXPECT_EQ(answer.header("Location"), kAfterSignOut + "?state=s%26x%3D1");
  EXPECT_FALSE(signed_in());
  ASSERT_EQ(answer.cookies.size(), 1);
  EXPECT_EQ(answer.cookies[0].name, signin::kSessionCookie);
  EXPECT_EQ(answer.cookies[0].lives, std::chrono::seconds{0});
}

TEST_F(Logout, AnExpiredHintStillCounts) {
  clock.advance(std::chrono::hours{7});
  logout({{"id_token_hint", hint}});
  EXPECT_FALSE(signed_in());
  EXPECT_EQ(pages.back().kind, Page::Kind::SignedOut);
}

TEST_F(Logout, WithoutAHintThePersonIsAsked) {
  const auto asked =
      logout({{"client_id", web.id.text()}, {"post_logout_redirect_uri", kAfterSignOut}, {"state", "t"}});
  EXPECT_TRUE(signed_in());
  ASSERT_EQ(pages.size(), 1);
  EXPECT_EQ(pages[0].kind, Page::Kind::ConfirmSignOut);
  EXPECT_TRUE(asked.header("Content-Security-Policy").contains("https://motcua.example.gov.vn"));
  const auto done = submit(pages[0].form);
  EXPECT_FALSE(signed_in());
  EXPECT_EQ(done.header("Location"), kAfterSignOut + "?state=t");
}

TEST_F(Logout, ThePersonIsToldThatOnlyTheSessionHereEnds) {
  logout({});
  ASSERT_EQ(pages.back().kind, Page::Kind::ConfirmSignOut);
  const Text asked = pages.back().message;
  submit(pages.back().form);
  ASSERT_EQ(pages.back().kind, Page::Kind::SignedOut);
  for (const Text& text : {asked, pages.back().message}) {
    EXPECT_TRUE(text.vi.contains("đăng xuất riêng")) << text.vi;
    EXPECT_TRUE(text.en.contains("sign out of each")) << text.en;
    EXPECT_FALSE(text.vi.contains("mọi hệ thống") || text.en.contains("every system"));
  }
}

TEST_F(Logout, AConfirmationWithoutOurTokenIsForged) {
  logout({});
  const auto form = pages[0].form;
  EXPECT_EQ(submit(form, {{"csrf", "x"}}).status, 400);
  EXPECT_EQ(submit(form, {{"csrf", ""}}).status, 400);
  EXPECT_EQ(submit({{"confirm", "yes"}}).status, 400);
  EXPECT_TRUE(signed_in());
  const std::string mine = std::exchange(cookie, "cookie-of-somebody-else");
  gate.cookies[cookie] = session.id;
  EXPECT_EQ(submit(form).status, 400);  // the token of another session
  EXPECT_TRUE(signed_in());
  cookie = mine;
  submit(form);
  EXPECT_FALSE(signed_in());
}

TEST_F(Logout, AHintOfAnotherSessionOrAForgedOneOnlyAsks) {
  const auto asks = [&](const std::string& any_hint) {
    pages.clear();
    logout({{"id_token_hint", any_hint}});
    return pages.size() == 1 && pages[0].kind == Page::Kind::ConfirmSignOut && signed_in();
  };
  const auto [head, rest] = std::pair(hint.substr(0, hint.rfind('.')), hint.substr(hint.rfind('.') + 1));
  EXPECT_TRUE(asks(head + "." + std::string(rest.size(), 'A')));
  EXPECT_TRUE(asks("x.y.z"));
  auto claims = parse_jwt(hint)->claims;
  claims["iss"] = "https://evil.example";
  EXPECT_TRUE(asks(must(
      keys->current()->signer(SigningAlg::RS256, clock.now())->sign(kIdTokenType, boost::json::serialize(claims)))));
  sign_in();
  EXPECT_TRUE(asks(hint));
}

TEST_F(Logout, NothingUnregisteredIsReturnedTo) {
  for (const char* uri :
       {"https://evil.example/", "https://motcua.example.gov.vn/bye/", "https://motcua.example.gov.vn/bye?x",
        "https://motcua.example.gov.vn.evil.example/bye", "//evil.example", "/\\evil.example", "javascript:x"}) {
    for (const http::Fields& who :
         {http::Fields{{"id_token_hint", hint}}, http::Fields{{"client_id", web.id.text()}}}) {
      auto query = who;
      query.push_back({"post_logout_redirect_uri", uri});
      const auto answer = logout(query);
      EXPECT_EQ(answer.status, 400) << uri;
      EXPECT_TRUE(answer.header("Location").empty());
    }
  }
  // The address of a client that nobody named.
  EXPECT_EQ(logout({{"post_logout_redirect_uri", kAfterSignOut}}).status, 400);
  EXPECT_TRUE(signed_in());
}

TEST_F(Logout, TheReturnAddressOfOneClientIsNotAnothers) {
  const auto other = must(clients->add(by, {"Khác", system, {"https://khac.example.gov.vn/cb"}, {}}));
  EXPECT_EQ(logout({{"client_id", other.id.text()}, {"post_logout_redirect_uri", kAfterSignOut}}).status, 400);
  EXPECT_EQ(logout({{"client_id", other.id.text()}, {"id_token_hint", hint}}).status, 400);
  EXPECT_TRUE(signed_in());
}

TEST_F(Logout, APostOfTheClientIsFollowedByAGetThatBringsTheCookie) {
  const auto answer = post(std::string(kLogoutPath), {{"id_token_hint", hint}});
  EXPECT_TRUE(signed_in());
  get(std::string(answer.header("Location")));
  EXPECT_FALSE(signed_in());
}

TEST_F(Logout, WhoeverIsNotSignedInIsLedBackAllTheSame) {
  gate.sessions.clear();
  EXPECT_EQ(logout({{"id_token_hint", hint}, {"post_logout_redirect_uri", kAfterSignOut}}).header("Location"),
            kAfterSignOut);
}

TEST_F(Logout, DoubledAndOversizedParametersAreRefused) {
  EXPECT_EQ(logout({{"state", "a"}, {"state", "b"}}).status, 400);
  EXPECT_EQ(logout({{"state", std::string(2049, 's')}}).status, 400);
  EXPECT_TRUE(signed_in());
}

}  // namespace
}  // namespace khien::oidc
