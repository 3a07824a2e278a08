#include <gtest/gtest.h>

#include "protocols/oidc/client_rules.h"
#include "protocols/oidc/testing.h"

namespace khien::oidc {
namespace {

using testing::must;

class ClientService : public ::testing::Test, protected testing::World {};

TEST_F(ClientService, AddsListsDisablesAndRemovesEachWithItsEntry) {
  const auto added = must(clients->add(by, {"An",
                                            system,
                                            {"https://an.example/cb"},
                                            {"https://an.example/bye"},
                                            AuthMethod::SecretPost,
                                            SigningAlg::ES256}));
  EXPECT_EQ(added.secret.size(), 43);
  ASSERT_EQ(clients->list().size(), 2);
  EXPECT_EQ(clients->list()[0].name, "An");  // by name
  must(clients->set_disabled(by, added.id, true));
  EXPECT_TRUE(clients->find(added.id)->disabled);
  EXPECT_EQ(clients->set_disabled(by, added.id, true).error().kind(), ErrorKind::Conflict);
  must(clients->set_disabled(by, added.id, false));
  must(clients->remove(by, added.id));
  EXPECT_FALSE(clients->find(added.id));
  EXPECT_EQ(clients->remove(by, added.id).error().kind(), ErrorKind::NotFound);
  std::vector<std::string> types;
  for (const auto& entry : entries()) {
    EXPECT_EQ(entry.subject, "client/" + added.id.text());
    EXPECT_EQ(entry.actor.id, "test");
    types.push_back(entry.type);
  }
  EXPECT_EQ(types, (std::vector<std::string>{"client.added", "client.disabled", "client.enabled", "client.removed"}));
}

TEST_F(ClientService, TakesSeveralAddressesEachAFactOfItsOwn) {
  const auto added = must(clients->add(by, {"An",
                                            system,
                                            {"https://an.example/a", "https://an.example/b"},
                                            {"https://an.example/bye", "https://an.example/ciao"}}));
  EXPECT_EQ(clients->find(added.id)->redirect_uris.size(), 2U);
  const auto recorded = entries();
  ASSERT_EQ(recorded.size(), 1U);
  std::map<std::string, std::string> facts;
  for (const auto& fact : recorded[0].facts) EXPECT_TRUE(facts.emplace(fact.name, fact.value).second) << fact.name;
  EXPECT_EQ(facts["redirect_uri"], "https://an.example/a");
  EXPECT_EQ(facts["redirect_uri.2"], "https://an.example/b");
  EXPECT_EQ(facts["post_logout_redirect_uri"], "https://an.example/bye");
  EXPECT_EQ(facts["post_logout_redirect_uri.2"], "https://an.example/ciao");
  EXPECT_TRUE(audit::encode(recorded[0], {})) << "the log takes it";
}

TEST_F(ClientService, KeepsEverythingOverARestart) {
  const Client before = *clients->find(web.id);
  Clients again(*store, log, clock, random);
  must(again.load());
  const auto after = again.find(web.id);
  ASSERT_TRUE(after);
  EXPECT_EQ(after->name, before.name);
  EXPECT_EQ(after->system, before.system);
  EXPECT_EQ(after->redirect_uris, before.redirect_uris);
  EXPECT_EQ(after->post_logout_redirect_uris, before.post_logout_redirect_uris);
  EXPECT_EQ(after->auth_method, before.auth_method);
  EXPECT_EQ(after->alg, before.alg);
  EXPECT_EQ(after->secret_digest, digest_of_secret(web.secret.reveal()));
  EXPECT_EQ(after->created_at, before.created_at);
}

TEST_F(ClientService, SaysEveryMistakeOfANewClientAtOnce) {
  const auto refused = clients->add(by, {"", system, {"http://an.example/cb", "https://an.example/#x"}, {"ftp://x/"}});
  ASSERT_FALSE(refused);
  const std::string& text = refused.error().text().en;
  for (const char* part : {"1 to 200 bytes", "must be https", "fragment", "ftp://x/"})
    EXPECT_TRUE(text.contains(part)) << part;
  EXPECT_TRUE(entries().empty());
}

TEST_F(ClientService, TheIssuerIsAnOrigin) {
  const auto make = [&](const std::string& issuer) {
    return Provider::create(issuer, {*store, log, gate, *clients, *keys, csrf, asked_times, clock, random, {}, {}})
        .has_value();
  };
  EXPECT_TRUE(make("https://khien.example.gov.vn"));
  EXPECT_TRUE(make("http://127.0.0.1:8080"));
  for (const char* bad :
       {"https://khien.example.gov.vn/", "https://khien.example.gov.vn/a", "http://khien.example.gov.vn",
        "khien.example.gov.vn", "https://KHIEN.example", "https://khien.example:443", ""})
    EXPECT_FALSE(make(bad)) << bad;
}

TEST(ClientRules, TakeHttpsAndHttpOnTheLoopbackOnly) {
  for (const char* good : {"https://an.example/cb", "https://an.example/cb?a=1", "http://127.0.0.1/cb",
                           "http://127.0.0.1:9000/cb", "http://[::1]/cb", "http://localhost:3000/cb"})
    EXPECT_TRUE(check_client_uri(good)) << good;
  for (const char* bad :
       {"http://an.example/cb", "https://an.example/*", "https://an.example/#f", "https://u@an.example/",
        "https://an.example/a b", "https://an.example/\n", "javascript:alert(1)", "vn.app:/cb", "/cb",
        "//an.example/cb", "https:///cb", "http://127.0.0.1.evil.example/", "http://localhost.evil.example/",
        "https://an.example\\@evil.example/", ""})
    EXPECT_FALSE(check_client_uri(bad)) << bad;
  EXPECT_FALSE(check_client_uri("https://an.example/" + std::string(1024, 'a')));
}

}  // namespace
}  // namespace khien::oidc
