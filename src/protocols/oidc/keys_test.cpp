// Signing keys and tokens: what signs, what is shown, what is read.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>

#include "base/testing.h"
#include "protocols/oidc/testing.h"

namespace khien::oidc {
namespace {

using testing::must;
using testing::Tokens;

class SigningKeys : public ::testing::Test, protected testing::World {
 protected:
  std::string kid(SigningAlg alg) { return keys->current()->signer(alg, clock.now())->kid(); }
  std::size_t shown() {
    return boost::json::parse(keys->current()->jwks(clock.now())).as_object().at("keys").as_array().size();
  }
  void write(const std::string& name, std::string_view text) { std::ofstream(folder.file(name)) << text; }
  int verify_in_python(const std::string& audience) {
    return std::system(("python3 " + testing_support::source_dir() + "/tests/oidc/verify_id_token.py " +
                        folder.file("jwks") + " " + folder.file("tokens") + " " + testing::kIssuer + " " + audience +
                        " > " + folder.file("claims"))
                           .c_str());
  }
};

TEST_F(SigningKeys, AreMadeOnceAndKeptSealed) {
  const std::string rsa = kid(SigningAlg::RS256);
  Keys again(*store, log, *keyring, clock, random);
  must(again.start());
  EXPECT_EQ(again.current()->signer(SigningAlg::RS256, clock.now())->kid(), rsa);
  const auto sealed =
      must(store->read([](store::Reader& reader) -> Result<std::vector<SealedKey>> { return load_keys(reader); }));
  ASSERT_EQ(sealed.size(), 2);
  for (const auto& key : sealed) EXPECT_FALSE(khien::text_of(*from_base64url(key.sealed)).contains("\"kty\""));
}

TEST_F(SigningKeys, OfAnotherKeyringAreNotOpened) {
  static constexpr store::Sql kSwap{"update oidc_key set kid = 'x' || kid"};
  must(store->write([](store::Transaction& tx) -> Result<void> {
    tx.execute(kSwap);
    return {};
  }));
  EXPECT_FALSE(keys->load());  // a row moved under another name
}

TEST_F(SigningKeys, ANewKeyIsShownBeforeItSignsAndAnOldOneAfter) {
  const std::string old = kid(SigningAlg::RS256);
  clock.advance(std::chrono::hours{24});
  const std::string before = redeem(code()).text("id_token");
  must(keys->rotate(by));
  EXPECT_EQ(shown(), 4);
  EXPECT_EQ(kid(SigningAlg::RS256), old);
  clock.advance(kKeyLead);
  EXPECT_NE(kid(SigningAlg::RS256), old);
  EXPECT_TRUE(keys->current()->verified(before, kIdTokenType, clock.now()));
  clock.advance(kKeyShownAfterRetiring);
  EXPECT_EQ(shown(), 2);
  EXPECT_FALSE(keys->current()->verified(before, kIdTokenType, clock.now()));
  must(keys->load());
  EXPECT_NE(kid(SigningAlg::RS256), old);
}

TEST_F(SigningKeys, IdTokensAreGoodToAnImplementationThatSharesNothingWithOurs) {
  const auto es =
      must(clients->add(by, {"Hồ sơ", system, {testing::kCallback}, {}, AuthMethod::SecretBasic, SigningAlg::ES256}));
  for (const AddedClient* client : {static_cast<const AddedClient*>(&web), &es}) {
    const Tokens tokens = redeem_as(*client, code({{"client_id", client->id.text()}}));
    write("jwks", get(std::string(kJwksPath)).content());
    write("tokens", boost::json::serialize(tokens.body));
    EXPECT_EQ(verify_in_python(client->id.text()), 0);
    EXPECT_NE(verify_in_python("another"), 0);
  }
}

TEST_F(SigningKeys, EveryGeneratedKeyHasFullWidthCoordinates) {
  std::set<std::string> kids;
  for (int i = 0; i < 300; ++i) {  // a stripped leading zero would show in one of 128
    const auto key = must(SigningKey::generate(SigningAlg::ES256));
    const auto jwk = boost::json::parse(key.public_jwk()).as_object();
    EXPECT_EQ(jwk.at("x").as_string().size(), 43);
    EXPECT_EQ(jwk.at("y").as_string().size(), 43);
    const std::string token = must(key.sign(kIdTokenType, "{}"));
    EXPECT_EQ(from_base64url(token.substr(token.rfind('.') + 1))->size(), 64);
    EXPECT_TRUE(key.verifies(token));
    kids.insert(key.kid());
  }
  EXPECT_EQ(kids.size(), 300);
}

std::string compact(std::string_view header, std::string_view payload, std::string_view signature = "c2ln") {
  return base64url(bytes_of(header)) + "." + base64url(bytes_of(payload)) + "." + std::string(signature);
}
constexpr std::string_view kHeader = R"({"alg":"ES256","kid":"k","typ":"JWT"})";

TEST(JwtReader, ReadsWhatWeWriteAndNothingElse) {
  ASSERT_TRUE(parse_jwt(compact(kHeader, "{}")));
  const std::string good = compact(kHeader, R"({"sub":"a","exp":12})");
  EXPECT_EQ(parse_jwt(good)->text("sub"), "a");
  EXPECT_EQ(parse_jwt(good)->time("exp"), Instant{std::chrono::seconds{12}});
  EXPECT_EQ(parse_jwt(good)->text("exp"), "");
  for (const char* header :
       {R"({"alg":"none","kid":"k","typ":"JWT"})", R"({"alg":"HS256","kid":"k","typ":"JWT"})",
        R"({"alg":"PS256","kid":"k","typ":"JWT"})", R"({"alg":"ES256","kid":"k"})", R"({"alg":"ES256","typ":"JWT"})",
        R"({"alg":"ES256","kid":"","typ":"JWT"})", R"({"alg":"ES256","kid":1,"typ":"JWT"})",
        R"({"alg":"ES256","kid":"k","typ":"JWT","crit":["exp"]})", R"({"alg":"ES256","kid":"k","typ":"JWT","jwk":{}})",
        R"({"alg":"none","alg":"ES256","kid":"k","typ":"JWT"})", R"({"alg": "ES256","kid":"k","typ":"JWT"})",
        R"(["alg"])", R"("x")", "", "{"})
    EXPECT_FALSE(parse_jwt(compact(header, "{}"))) << header;
  for (const char* payload : {"", "[]", "1", "{", R"({"a":{"b":{"c":{"d":{}}}}})"})
    EXPECT_FALSE(parse_jwt(compact(kHeader, payload))) << payload;
  EXPECT_FALSE(parse_jwt(compact(kHeader, "{}", "")));
  EXPECT_FALSE(parse_jwt(compact(kHeader, "{}", "c2ln.x")));
  EXPECT_FALSE(parse_jwt(compact(kHeader, "{}", "c2ln=")));
  EXPECT_FALSE(parse_jwt(compact(kHeader, "{}", "c2lo!")));
  EXPECT_FALSE(parse_jwt(compact(kHeader, R"({"a":")" + std::string(9000, 'x') + "\"}")));
  EXPECT_FALSE(parse_jwt("a.b"));
}

RC_GTEST_PROP(JwtReader, DoesNotReadATokenWithOneByteChanged, ()) {
  static const SigningKey key = must(SigningKey::generate(SigningAlg::ES256));
  static const std::string token = must(key.sign(kIdTokenType, R"({"sub":"a","exp":12})"));
  std::string changed = token;
  const auto at = *rc::gen::inRange<std::size_t>(0, token.size());
  changed[at] = *rc::gen::arbitrary<char>();
  RC_PRE(changed != token);
  const auto jwt = parse_jwt(changed);
  RC_ASSERT(
      (!jwt || jwt->kid != key.kid() || jwt->alg != key.alg() || jwt->typ != kIdTokenType || !key.verifies(changed)));
}

}  // namespace
}  // namespace khien::oidc
