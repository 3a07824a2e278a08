// What an attacker tries against the flow: each attempt, and how it ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <thread>

#include "protocols/oidc/testing.h"

namespace khien::oidc {
namespace {

using testing::kCallback;
using testing::kVerifier;
using testing::must;
using testing::Tokens;

class Attack : public ::testing::Test, protected testing::World {
 protected:
  /// True if the answer sends the browser nowhere.
  static bool stays(const http::Response& response) {
    return response.status == 400 && response.header("Location").empty();
  }
  std::string error_of(const http::Fields& changes) { return answered(authorize(changes), "error"); }
  /// A token that the provider's own key signed over these claims.
  std::string signed_by_us(const boost::json::object& claims, std::string_view typ,
                           SigningAlg alg = SigningAlg::ES256) {
    return must(keys->current()->signer(alg, clock.now())->sign(typ, boost::json::serialize(claims)));
  }
  std::string files() {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  }
};

TEST_F(Attack, AReplayedCodeIsRefusedAndTheTokensOfItsFirstUseAreTakenBack) {
  const std::string stolen = code();
  const std::string access_token = redeem(stolen).text("access_token");
  ASSERT_EQ(userinfo(access_token).status, 200);
  EXPECT_EQ(redeem(stolen).text("error"), "invalid_grant");
  EXPECT_EQ(userinfo(access_token).text("error"), "invalid_token");
  EXPECT_EQ(redeem(stolen).text("error"), "invalid_grant");
  const auto recorded = entries();
  ASSERT_EQ(recorded.size(), 2);  // issued, then one refusal however often it is tried again
  EXPECT_EQ(recorded[1].type, "token.refused");
  EXPECT_EQ(recorded[1].facts.back().value, "replayed");
}

TEST_F(Attack, OfTwoClientsWithOneCodeAtTheSameMomentOnlyOneGetsTokens) {
  for (int round = 0; round < 5; ++round) {
    const std::string once = code();
    std::array<Tokens, 4> answers;
    {
      std::vector<std::jthread> threads;
      for (auto& answer : answers) threads.emplace_back([&] { answer = redeem(once); });
    }
    const auto issued = std::ranges::count(answers, 200, &Tokens::status);
    EXPECT_LE(issued, 1);
    for (const auto& answer : answers) EXPECT_NE(userinfo(answer.text("access_token")).status, 200);
  }
}

TEST_F(Attack, ACodeOfAnotherClientIsRefusedAndUsedUp) {
  const auto thief = must(clients->add(by, {"Khác", system, {kCallback}, {}}));
  const std::string stolen = code();
  EXPECT_EQ(redeem_as(thief, stolen).text("error"), "invalid_grant");
  EXPECT_EQ(redeem(stolen).text("error"), "invalid_grant");
}

TEST_F(Attack, OnlyRegisteredAddressesAreAnsweredByteForByte) {
  for (const char* uri :
       {"https://evil.example/", "https://motcua.example.gov.vn/oidc/callback/",
        "https://motcua.example.gov.vn/oidc/callback/../x", "https://motcua.example.gov.vn/oidc/callbackevil",
        "https://motcua.example.gov.vn/oidc/callback?x=1", "https://motcua.example.gov.vn/oidc/callback#x",
        "https://motcua.example.gov.vn.evil.example/oidc/callback",
        "https://motcua.example.gov.vn@evil.example/oidc/callback", "https://motcua.example.gov.vn:443/oidc/callback",
        "http://motcua.example.gov.vn/oidc/callback", "https://MOTCUA.example.gov.vn/oidc/callback",
        "https://motcua.example.gov.vn/oidc%2Fcallback", "//motcua.example.gov.vn/oidc/callback",
        "https://motcua.example.gov.vn\\@evil.example/oidc/callback", "javascript:alert(1)", "", "-"})
    EXPECT_TRUE(stays(authorize({{"redirect_uri", uri}}))) << uri;
  EXPECT_EQ(pages.back().kind, Page::Kind::Error);
}

TEST_F(Attack, LoopbackPortsAreFreeForPublicClientsOnLoopbackOnly) {
  const auto app = must(clients->add(by, {"Ứng dụng", system, {"http://127.0.0.1:7000/cb"}, {}, AuthMethod::None}));
  const auto at = [&](const char* uri) { return authorize({{"client_id", app.id.text()}, {"redirect_uri", uri}}); };
  EXPECT_EQ(at("http://127.0.0.1:9/cb").status, 303);
  for (const char* uri :
       {"http://127.0.0.1:9@evil.example/cb", "http://127.0.0.1.evil.example/cb", "http://[::1]:9/cb",
        "http://127.0.0.1:9/cb2", "http://127.0.0.1:9/CB", "http://localhost:9/cb", "https://127.0.0.1:9/cb",
        "http://127.0.0.1:99999/cb", "http://127.0.0.1:/cbx", "http://127.0.0.1:9evil/cb"})
    EXPECT_TRUE(stays(at(uri))) << uri;
  // A client with a secret has no such freedom.
  const auto server = must(clients->add(by, {"Máy chủ", system, {"http://127.0.0.1:7000/cb"}, {}}));
  EXPECT_TRUE(stays(authorize({{"client_id", server.id.text()}, {"redirect_uri", "http://127.0.0.1:9/cb"}})));
}

TEST_F(Attack, TheTokenRequestMustNameTheSameAddress) {
  EXPECT_EQ(redeem(code(), {{"redirect_uri", kCallback + "/"}}).text("error"), "invalid_grant");
  EXPECT_EQ(redeem(code(), {{"redirect_uri", "-"}}).text("error"), "invalid_grant");
}

TEST_F(Attack, PkceCannotBeLeftOutWeakenedOrGuessed) {
  const std::string other(43, 'a');
  EXPECT_EQ(redeem(code(), {{"code_verifier", "-"}}).text("error"), "invalid_grant");
  EXPECT_EQ(redeem(code(), {{"code_verifier", other}}).text("error"), "invalid_grant");
  EXPECT_EQ(redeem(code(), {{"code_verifier", testing::kChallenge}}).text("error"), "invalid_grant");
  EXPECT_EQ(error_of({{"code_challenge_method", "plain"}, {"code_challenge", kVerifier}}), "invalid_request");
  EXPECT_EQ(error_of({{"code_challenge_method", "-"}}), "invalid_request");  // would mean plain
  EXPECT_EQ(error_of({{"code_challenge", "-"}}), "invalid_request");
  EXPECT_EQ(error_of({{"code_challenge", "short"}}), "invalid_request");
  // Downgrade: the attacker strips the challenge from the request, the victim's client still sends its verifier.
  const http::Fields stripped{{"code_challenge", "-"}, {"code_challenge_method", "-"}};
  EXPECT_EQ(redeem(code(stripped)).text("error"), "invalid_grant");
  EXPECT_EQ(redeem(code(stripped), {{"code_verifier", "-"}}).status, 200);  // a client without PKCE, with its secret
}

TEST_F(Attack, APublicClientCannotDoWithoutPkce) {
  const auto app = must(clients->add(by, {"Ứng dụng", system, {kCallback}, {}, AuthMethod::None}));
  EXPECT_EQ(error_of({{"client_id", app.id.text()}, {"code_challenge", "-"}, {"code_challenge_method", "-"}}),
            "invalid_request");
}

TEST_F(Attack, MissingDoubledAndForeignParametersAreRefused) {
  EXPECT_EQ(error_of({{"response_type", "-"}}), "invalid_request");
  for (const char* type : {"token", "id_token", "code id_token", "none"})
    EXPECT_EQ(error_of({{"response_type", type}}), "unsupported_response_type") << type;
  EXPECT_EQ(error_of({{"scope", "profile"}}), "invalid_scope");
  EXPECT_EQ(error_of({{"scope", "-"}}), "invalid_scope");
  EXPECT_EQ(error_of({{"response_mode", "fragment"}}), "invalid_request");
  EXPECT_EQ(error_of({{"prompt", "none login"}}), "invalid_request");
  EXPECT_EQ(error_of({{"prompt", "create"}}), "invalid_request");
  for (const char* age : {"-1", "1.5", "9999999999", "ten", "+5"})
    EXPECT_EQ(error_of({{"max_age", age}}), "invalid_request") << age;
  EXPECT_EQ(error_of({{"request", "eyJ"}}), "request_not_supported");
  EXPECT_EQ(error_of({{"request_uri", "https://evil.example/r"}}), "request_uri_not_supported");
  EXPECT_EQ(error_of({{"registration", "{}"}}), "registration_not_supported");
  for (const char* client : {"-", "", "unknown", "AAAAAAAAAAAAAAAAAAAAAA"})
    EXPECT_TRUE(stays(authorize({{"client_id", client}}))) << client;

  const std::string target = http::with_query(kAuthorizePath, request());
  EXPECT_EQ(answered(get(target + "&scope=openid"), "error"), "invalid_request");
  EXPECT_EQ(answered(get(target + "&nonce=x"), "error"), "invalid_request");
  EXPECT_TRUE(stays(get(target + "&client_id=" + web.id.text())));
  EXPECT_TRUE(stays(get(target + "&redirect_uri=https%3A%2F%2Fevil.example")));
  const auto doubled = get(target + "&state=other");
  EXPECT_EQ(answered(doubled, "error"), "invalid_request");
  EXPECT_FALSE(doubled.header("Location").contains("state="));
}

TEST_F(Attack, ADoubledOrMissingParameterAtTheTokenEndpointIsRefused) {
  const std::string path(kTokenPath);
  const http::Fields form{{"grant_type", "authorization_code"}, {"code", code()}, {"code", code()}};
  EXPECT_EQ(read(post(path, form, {basic(web)})).text("error"), "invalid_request");
  EXPECT_EQ(redeem(code(), {{"grant_type", "-"}}).text("error"), "invalid_request");
  EXPECT_EQ(redeem("", {{"code", "-"}}).text("error"), "invalid_request");
  for (const char* type : {"password", "client_credentials", "refresh_token", "implicit"})
    EXPECT_EQ(redeem(code(), {{"grant_type", type}}).text("error"), "unsupported_grant_type") << type;
  EXPECT_EQ(
      read(send(http::Method::Post, path, {basic(web), {"Content-Type", "application/json"}}, "{}")).text("error"),
      "invalid_request");
  EXPECT_EQ(read(post(path + "?client_secret=x", {{"grant_type", "authorization_code"}})).text("error"),
            "invalid_request");
  EXPECT_EQ(send(http::Method::Get, path, {}).status, 404);
}

TEST_F(Attack, EveryAnswerNamesItsIssuerAgainstMixUp) {
  EXPECT_EQ(answered(authorize(), "iss"), testing::kIssuer);
  EXPECT_EQ(answered(authorize({{"scope", "x"}}), "iss"), testing::kIssuer);
  gate.admission.allowed = false;
  authorize();
  http::Response back;
  back.set("Location", pages.back().link->href);
  EXPECT_EQ(answered(back, "iss"), testing::kIssuer);
}

TEST_F(Attack, StateCannotBringAHeaderOrALineOfItsOwn) {
  for (const char* state : {"a\r\nSet-Cookie: x=1", "a\nb", "a\tb", "\x7f", "ủ"}) {
    const auto answer = authorize({{"state", state}});
    EXPECT_EQ(answered(answer, "error"), "invalid_request");
    EXPECT_FALSE(answer.header("Location").contains("state=")) << state;
  }
  const auto answer = authorize({{"state", "a&code=evil#x \"<>'"}});
  EXPECT_EQ(answered(answer, "state"), "a&code=evil#x \"<>'");
  EXPECT_NE(answered(answer, "code"), "evil");
  for (const char c : answer.header("Location")) EXPECT_TRUE(c > ' ' && c < '\x7f');
}

TEST_F(Attack, OversizedParametersAreRefused) {
  EXPECT_FALSE(code({{"state", std::string(2048, 's')}}).empty());
  EXPECT_EQ(error_of({{"state", std::string(2049, 's')}}), "invalid_request");
  EXPECT_FALSE(code({{"nonce", std::string(4096, 'n')}}).empty());
  EXPECT_EQ(error_of({{"nonce", std::string(4097, 'n')}}), "invalid_request");
  EXPECT_EQ(error_of({{"unknown", std::string(4097, 'n')}}), "invalid_request");
  http::Fields many;
  for (int i = 0; i < 60; ++i) many.push_back({"x" + std::to_string(i), "y"});
  EXPECT_EQ(error_of(many), "invalid_request");
  cookie.clear();  // too long to travel through the sign-in page
  EXPECT_EQ(error_of({{"nonce", std::string(4000, 'n')}, {"state", std::string(2000, '%')}}), "invalid_request");
  EXPECT_TRUE(redeem(std::string(9000, 'c')).text("error") == "invalid_request");
}

TEST_F(Attack, ACodeLivesForAMinuteAndNotLongerWhenTheClockStepsBack) {
  const std::string in_time = code();
  const std::string late = code();
  clock.advance(std::chrono::seconds{59});
  EXPECT_EQ(redeem(in_time).status, 200);
  clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(redeem(late).text("error"), "invalid_grant");
  const std::string before_the_step = code();
  clock.set_wall(clock.now() - std::chrono::hours{1});
  EXPECT_EQ(redeem(before_the_step).text("error"), "invalid_grant");
}

TEST_F(Attack, AnAccessTokenExpiresAndDoesNotReviveWhenTheClockStepsBack) {
  const std::string token = redeem(code()).text("access_token");
  const Instant issued = clock.now();
  clock.advance(std::chrono::seconds{299});
  EXPECT_EQ(userinfo(token).status, 200);
  clock.advance(std::chrono::seconds{1});
  EXPECT_EQ(userinfo(token).status, 401);
  clock.set_wall(issued - std::chrono::minutes{1});
  EXPECT_EQ(userinfo(token).status, 401);
}

TEST_F(Attack, MaxAgeIsNotSatisfiedByASignInInTheFuture) {
  clock.set_wall(clock.now() - std::chrono::hours{1});
  EXPECT_EQ(error_of({{"max_age", "60"}, {"prompt", "none"}}), "login_required");
}

TEST_F(Attack, AForgedTimeOfAskingDoesNotPassForASignIn) {
  const auto asked = [&](Instant at) {
    return authorize({{"prompt", "login"}, {std::string(kAskedAt), std::to_string(micros_of(at))}});
  };
  clock.advance(std::chrono::hours{2});
  EXPECT_TRUE(asked(instant_of(0)).header("Location").starts_with("/sign-in?"));
  EXPECT_TRUE(asked(clock.now() - std::chrono::hours{3}).header("Location").starts_with("/sign-in?"));
  EXPECT_TRUE(asked(clock.now() - std::chrono::hours{1}).header("Location").starts_with("/sign-in?"));
  EXPECT_TRUE(asked(clock.now() + std::chrono::hours{1}).header("Location").starts_with("/sign-in?"));
  // Just before the sign-in: a true one would do.
  sign_in();
  EXPECT_TRUE(asked(clock.now() - std::chrono::seconds{1}).header("Location").starts_with("/sign-in?"));
}

TEST_F(Attack, ATimeOfAskingHoldsForTheRequestThatItWasGivenToAndNoOther) {
  const http::Values wanted(request({{"prompt", "login"}}));
  const Instant at = clock.now();
  clock.advance(std::chrono::seconds{1});
  sign_in();
  const http::Fields given = asked_times.with_time(wanted, at);
  const std::string& time = given.back().value;
  const auto sent_away = [&](const http::Fields& fields) {
    return get(http::with_query(kAuthorizePath, fields)).header("Location").starts_with("/sign-in?");
  };
  EXPECT_FALSE(answered(get(http::with_query(kAuthorizePath, given)), "code").empty());
  for (const http::Fields& changes : std::vector<http::Fields>{
           {{"state", "another"}}, {{"nonce", "another"}}, {{"scope", "openid"}}, {{"max_age", "0"}}}) {
    http::Fields other = request({{"prompt", "login"}, changes.front()});
    other.push_back({std::string(kAskedAt), time});
    EXPECT_TRUE(sent_away(other)) << changes.front().name;
  }
  const std::string digest = time.substr(time.find('.'));
  for (const std::string& forged :
       {std::to_string(micros_of(at) - 1) + digest, time.substr(0, time.find('.')), time + "A", digest,
        std::string("."), asked_times.with_time(http::Values(), at).back().value,
        AskedTimes(Secret(std::string(32, 'x'))).with_time(wanted, at).back().value}) {
    http::Fields fields = request({{"prompt", "login"}});
    fields.push_back({std::string(kAskedAt), forged});
    EXPECT_TRUE(sent_away(fields)) << forged;
  }
}

TEST_F(Attack, OnlyOurOwnUnexpiredAccessTokensAreRead) {
  const Tokens tokens = redeem(code());
  const std::string good = tokens.text("access_token");
  const auto claims = parse_jwt(good)->claims;
  const auto with = [&](const char* name, auto value) {
    auto changed = claims;
    changed[name] = value;
    return signed_by_us(changed, kAccessTokenType);
  };
  EXPECT_EQ(userinfo(with("iss", testing::kIssuer)).status, 200);  // signing by hand works
  EXPECT_EQ(userinfo(with("iss", "https://evil.example")).status, 401);
  EXPECT_EQ(userinfo(with("aud", web.id.text())).status, 401);
  EXPECT_EQ(userinfo(with("exp", 1)).status, 401);
  EXPECT_EQ(userinfo(with("exp", "never")).status, 401);
  EXPECT_EQ(userinfo(with("jti", "unknown")).status, 401);
  EXPECT_EQ(userinfo(with("client_id", "unknown")).status, 401);
  EXPECT_EQ(userinfo(tokens.text("id_token")).status, 401);
  EXPECT_EQ(userinfo(signed_by_us(claims, kIdTokenType)).status, 401);
}

TEST_F(Attack, AlgorithmsAreNotTheTokensToChoose) {
  const std::string good = redeem(code()).text("access_token");
  const std::string payload = good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1);
  const SigningKey* rsa = keys->current()->signer(SigningAlg::RS256, clock.now());
  const SigningKey* ec = keys->current()->signer(SigningAlg::ES256, clock.now());
  const auto header = [](const std::string& alg, const std::string& kid) {
    return base64url(bytes_of(R"({"alg":")" + alg + R"(","kid":")" + kid + R"(","typ":"at+jwt"})"));
  };
  const auto forged = [&](const std::string& head, ByteView signature) {
    return head + "." + payload + "." + base64url(signature);
  };
  const std::string none = header("none", ec->kid()) + "." + payload + ".";
  EXPECT_EQ(userinfo(none).status, 401);
  EXPECT_EQ(userinfo(none + "AA").status, 401);
  // The public key as the secret of an HMAC.
  for (const SigningKey* key : {rsa, ec}) {
    const std::string head = header("HS256", key->kid());
    const auto mac = hmac_sha256(Secret(key->public_jwk()), bytes_of(head + "." + payload));
    EXPECT_EQ(userinfo(forged(head, mac)).status, 401);
  }
  // One key's name, the other's algorithm.
  const Bytes zeros(256);
  EXPECT_EQ(userinfo(forged(header("RS256", ec->kid()), zeros)).status, 401);
  EXPECT_EQ(userinfo(forged(header("ES256", rsa->kid()), zeros)).status, 401);
  EXPECT_EQ(userinfo(forged(header("ES256", ec->kid()), ByteView(zeros).first(64))).status, 401);
  EXPECT_EQ(userinfo(forged(header("ES256", "unknown"), ByteView(zeros).first(64))).status, 401);
}

TEST_F(Attack, TheTokensOfAnotherInstallationAreStrangers) {
  const testing::World other;
  EXPECT_EQ(userinfo(must(other.keys->current()
                              ->signer(SigningAlg::ES256, clock.now())
                              ->sign(kAccessTokenType,
                                     boost::json::serialize(parse_jwt(redeem(code()).text("access_token"))->claims))))
                .status,
            401);
}

TEST_F(Attack, ClientSecretsAreChecked) {
  auto wrong = web;
  wrong.secret = Secret(std::string(43, 'x'));
  EXPECT_EQ(redeem_as(wrong, code()).text("error"), "invalid_client");
  wrong.secret = Secret(std::string(web.secret.reveal().substr(0, 42)));
  EXPECT_EQ(redeem_as(wrong, code()).status, 401);
  wrong.secret = {};
  EXPECT_EQ(redeem_as(wrong, code()).status, 401);
  const std::string path(kTokenPath);
  const http::Fields by_post{{"grant_type", "authorization_code"},
                             {"code", code()},
                             {"client_id", web.id.text()},
                             {"client_secret", std::string(web.secret.reveal())}};
  EXPECT_EQ(post(path, by_post).status, 401);                                           // registered for Basic
  EXPECT_EQ(post(path, {{"client_id", web.id.text()}}).status, 401);                    // not a public client
  EXPECT_EQ(read(post(path, by_post, {basic(web)})).text("error"), "invalid_request");  // both at once
  EXPECT_EQ(post(path, {}, {{"Authorization", "Basic !!!"}}).header("WWW-Authenticate"), "Basic realm=\"khien\"");
  EXPECT_EQ(post(path, {}, {{"Authorization", "Digest x"}}).status, 401);
}

TEST_F(Attack, GuessingAClientsSecretIsStoppedPerAddressWithoutShuttingTheClientOut) {
  auto wrong = web;
  wrong.secret = Secret(std::string(43, 'x'));
  peer = "198.51.100.7";
  for (std::size_t i = 0; i < kClientFailures; ++i) EXPECT_EQ(redeem_as(wrong, "c").status, 401);
  EXPECT_EQ(redeem_as(wrong, "c").status, 429);
  EXPECT_EQ(redeem(code()).status, 200);  // whoever knows it is not kept out by others at his address
  EXPECT_EQ(redeem_as(wrong, "c").status, 429);
  peer = "192.0.2.10";
  EXPECT_EQ(redeem(code()).status, 200);
  EXPECT_EQ(redeem_as(wrong, "c").status, 401);
  peer = "198.51.100.7";
  clock.advance(kClientFailureWindow);
  EXPECT_EQ(redeem_as(wrong, "c").status, 401);
}

TEST_F(Attack, RefusalsAreCountedByEndpointAndErrorAndNothingThatAPeerSendsBecomesALabel) {
  using Totals = std::map<std::pair<std::string_view, std::string_view>, std::uint64_t>;
  redeem(code());
  EXPECT_EQ(provider->refusals().totals(), Totals{}) << "what is given is no refusal";
  authorize({{"client_id", "made-up"}});
  authorize({{"response_type", "made-up"}});
  authorize({{"scope", "-"}});
  gate.admission = {.allowed = false, .refusal = {"Không.", "No."}};
  authorize();
  authorize({{"prompt", "none"}});
  EXPECT_TRUE(provider->way_back(http::with_query(kAuthorizePath, request()))) << "a link is no answer";
  redeem("made-up");
  redeem("made-up", {{"grant_type", "made-up"}});
  AddedClient stranger = web;
  stranger.secret = Secret("made-up");
  for (std::size_t i = 0; i < kClientFailures + 2; ++i) redeem_as(stranger, "made-up");
  EXPECT_EQ(provider->refusals().totals(), (Totals{{{"authorize", "access_denied"}, 2},
                                                   {{"authorize", "invalid_scope"}, 1},
                                                   {{"authorize", "unauthorized_client"}, 1},
                                                   {{"authorize", "unsupported_response_type"}, 1},
                                                   {{"token", "invalid_client"}, kClientFailures},
                                                   {{"token", "invalid_grant"}, 1},
                                                   {{"token", "too_many_attempts"}, 2},
                                                   {{"token", "unsupported_grant_type"}, 1}}));
}

TEST_F(Attack, NeitherCodesNorSecretsNorTokensAreStoredOrRecorded) {
  const std::string text = code({{"state", "the-state-of-the-client"}});
  const Tokens tokens = redeem(text);
  const std::string replayed = redeem(text).text("error");
  const std::string all = files();
  std::string recorded;
  for (const auto& entry : entries()) {
    recorded += entry.subject;
    for (const auto& fact : entry.facts) recorded += fact.value + "\n";
  }
  ASSERT_TRUE(all.contains(base64url(sha256(bytes_of(text)))));  // these are the files that hold the code's row
  for (const std::string& hidden : {text, std::string(web.secret.reveal()), tokens.text("access_token"),
                                    tokens.text("id_token"), std::string("the-state-of-the-client")}) {
    EXPECT_FALSE(all.contains(hidden));
    EXPECT_FALSE(recorded.contains(hidden));
  }
  for (const auto& fault : faults) EXPECT_FALSE(fault.contains(text));
}

TEST_F(Attack, AnswersAreNotCachedAndTellNobodyWhereTheyCameFrom) {
  gate.admission.allowed = false;
  const auto refused = authorize();
  gate.admission.allowed = true;
  const auto answer = authorize();
  const auto token_answer = post(std::string(kTokenPath), {}, {basic(web)});
  for (const auto* response : {&refused, &answer, &token_answer}) {
    EXPECT_EQ(response->header("Cache-Control"), "no-store");
    EXPECT_EQ(response->header("Referrer-Policy"), "no-referrer");
  }
}

TEST_F(Attack, ADisabledOrRemovedClientGetsNothing) {
  const std::string before = code();
  must(clients->set_disabled(by, web.id, true));
  EXPECT_TRUE(stays(authorize()));
  EXPECT_EQ(redeem(before).text("error"), "invalid_client");
  must(clients->remove(by, web.id));
  EXPECT_TRUE(stays(authorize()));
  EXPECT_EQ(redeem(before).text("error"), "invalid_client");
}

TEST_F(Attack, ALoginGetsSoManyCodesAMinuteAndTheClientIsToldToWait) {
  for (std::size_t i = 0; i < kMostCodesAMinute; ++i) ASSERT_FALSE(code().empty()) << i;
  const auto over = authorize();
  EXPECT_EQ(answered(over, "error"), "temporarily_unavailable");
  EXPECT_EQ(answered(over, "state"), "s-123");
  EXPECT_TRUE(answered(over, "code").empty());
  EXPECT_EQ((provider->refusals().totals().at({"authorize", "too_many_codes"})), 1U);
  sign_in();
  EXPECT_TRUE(code().empty()) << "another session of the same login";
  clock.advance(std::chrono::minutes{1});
  EXPECT_FALSE(code().empty());
}

}  // namespace
}  // namespace khien::oidc
