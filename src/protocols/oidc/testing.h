// What the tests of the provider share: a gate that says what it is told, an installation with one provider, and a
// browser without a network.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/digest.h"
#include "http/form.h"
#include "http/language.h"
#include "http/url.h"
#include "people/testing.h"
#include "protocols/oidc/api.h"
#include "protocols/oidc/migrations.h"
#include "protocols/oidc/store.h"

namespace khien::oidc::testing {

using testing_support::must;

class FakeGate final : public signin::Gate {
 public:
  std::optional<signin::Session> session_of(std::string_view cookie) override {
    const auto found = cookies.find(std::string(cookie));
    return found == cookies.end() ? std::nullopt : session(found->second);
  }
  std::optional<signin::Session> session(const SessionId& id) override {
    const auto found = sessions.find(id);
    return found == sessions.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<signin::Identity> identity_of(const LoginId& login) override {
    return login == identity.login ? std::optional(identity) : std::nullopt;
  }
  signin::Admission admit(const LoginId& login, const SystemId& system) override {
    const std::lock_guard lock(mutex);  // one test asks from many threads
    asked.emplace_back(login, system);
    return admission;
  }
  [[nodiscard]] std::string sign_in_target(const std::string& continue_target, bool again) const override {
    return "/sign-in?continue=" + http::percent_encode(continue_target) + (again ? "&again=1" : "");
  }
  Result<void> sign_out(const SessionId& id, const audit::Actor&) override {
    sessions.erase(id);
    return {};
  }

  std::map<std::string, SessionId> cookies;
  std::map<SessionId, signin::Session> sessions;
  signin::Identity identity;
  signin::Admission admission{.allowed = true};
  std::mutex mutex;
  std::vector<std::pair<LoginId, SystemId>> asked;
};

inline const std::string kIssuer = "https://khien.example.gov.vn:8443";
inline const std::string kCallback = "https://motcua.example.gov.vn/oidc/callback";
inline const std::string kAfterSignOut = "https://motcua.example.gov.vn/bye";
inline const std::string kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";  // RFC 7636 appendix B
inline const std::string kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What came out of one flow.
struct Tokens {
  int status = 0;
  boost::json::object body;

  [[nodiscard]] std::string text(std::string_view name) const {
    const auto* value = body.if_contains(boost::json::string_view(name.data(), name.size()));
    return value && value->is_string() ? std::string(value->as_string()) : std::string{};
  }
};

class World {
 public:
  World() {
    store = must(store::open_sqlite({.path = folder.file("khien.db")}));
    std::vector<store::Migration> steps;
    for (const auto part : {store::keyring_migrations(), oidc::migrations()})
      steps.insert(steps.end(), part.begin(), part.end());
    steps.push_back(testing_support::MemoryLog::kMigration);
    must(store->migrate(steps, clock.now()));
    const Secret root(std::string(32, 'r'));
    must(store::Keyring::create_missing(*store, root, random, clock.now()));
    keyring = must(store::Keyring::load(*store, root));
    keys = std::make_unique<Keys>(*store, log, *keyring, clock, random);
    must(keys->start());
    clients = std::make_unique<Clients>(*store, log, clock, random);
    must(clients->load());
    log.followers = {clients.get()};
    store->observe_commits(&log);
    provider = make_provider(kIssuer);
    add_routes(router, *provider);
    sign_in();
    web = must(clients->add(by, {"Một cửa", system, {kCallback}, {kAfterSignOut}}));
    log.take(*store);
  }

  std::unique_ptr<Provider> make_provider(const std::string& issuer) {
    const auto render = [this](const http::Request& request, const Page& page) {
      pages.push_back(page);
      drawn.push_back(http::language_of(request));
      return http::Response::html("<p>" + page.message.vi + "</p>", page.status);
    };
    return must(Provider::create(issuer, {*store, log, gate, *clients, *keys, csrf, asked_times, clock, random, render,
                                          [this](std::string_view detail) { faults.emplace_back(detail); }}));
  }

  /// A new session of the same login, with its cookie.
  void sign_in() {
    session = {SessionId::make(random), login,      clock.now(), clock.now(), clock.now() + std::chrono::hours{8},
               Period{.seconds = 3600}, "127.0.0.1"};
    cookie = "cookie-" + session.id.text();
    gate.cookies[cookie] = session.id;
    gate.sessions[session.id] = session;
    gate.identity = {login,
                     PersonId::make(random),
                     "an.nv",
                     "Nguyễn Văn An",
                     "an.nv@example.gov.vn",
                     "VPUB",
                     "Văn phòng UBND",
                     "Chuyên viên",
                     {"can-bo-mot-cua", "lanh-dao"}};
  }

  http::Response send(http::Method method, const std::string& target, http::Fields headers, std::string body = {}) {
    http::Request request;
    request.method = method;
    request.target = target;
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.raw_query = target.substr(std::min(question + 1, target.size()));
    request.query = must(http::parse_urlencoded(request.raw_query));
    request.headers = std::move(headers);
    request.body = std::move(body);
    request.peer = peer;
    request.tls = true;
    const auto match = router.match(method, request.path);
    if (!match.route) return http::Response(404);
    return router.run(*match.route, request, [this](std::string_view fault) { faults.emplace_back(fault); });
  }
  /// As the browser of the session.
  http::Response get(const std::string& target) { return send(http::Method::Get, target, cookie_header()); }
  http::Response post(const std::string& path, const http::Fields& form, http::Fields headers = {}) {
    headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    return send(http::Method::Post, path, std::move(headers), http::build_query(form));
  }
  [[nodiscard]] http::Fields cookie_header() const {
    if (cookie.empty()) return {};
    return {{"Cookie", std::string(signin::kSessionCookie) + "=" + cookie}};
  }

  /// A good authorization request with these fields changed, or left out where the value is "-".
  [[nodiscard]] http::Fields request(const http::Fields& changes = {}) const {
    http::Fields fields{{"response_type", "code"},
                        {"client_id", web.id.text()},
                        {"redirect_uri", kCallback},
                        {"scope", "openid profile email unit"},
                        {"state", "s-123"},
                        {"nonce", "n-456"},
                        {"code_challenge", kChallenge},
                        {"code_challenge_method", "S256"}};
    for (const auto& change : changes) {
      std::erase_if(fields, [&](const http::Field& field) { return field.name == change.name; });
      if (change.value != "-") fields.push_back(change);
    }
    return fields;
  }
  http::Response authorize(const http::Fields& changes = {}) {
    return get(http::with_query(kAuthorizePath, request(changes)));
  }
  /// A parameter of the answer that a response redirects to; empty if there is none.
  static std::string answered(const http::Response& response, std::string_view name) {
    const auto url = http::parse_url(response.header("Location"));
    if (!url) return {};
    return std::string(must(http::parse_urlencoded(url->query)).value(name));
  }
  std::string code(const http::Fields& changes = {}) { return answered(authorize(changes), "code"); }

  [[nodiscard]] http::Field basic(const AddedClient& client) const {
    return {"Authorization", "Basic " + base64(bytes_of(client.id.text() + ":" + std::string(client.secret.reveal())))};
  }
  Tokens redeem(const std::string& code, const http::Fields& changes = {}) { return redeem_as(web, code, changes); }
  Tokens redeem_as(const AddedClient& client, const std::string& code, const http::Fields& changes = {}) {
    http::Fields form{{"grant_type", "authorization_code"},
                      {"code", code},
                      {"redirect_uri", kCallback},
                      {"code_verifier", kVerifier}};
    for (const auto& change : changes) {
      std::erase_if(form, [&](const http::Field& field) { return field.name == change.name; });
      if (change.value != "-") form.push_back(change);
    }
    return read(post(std::string(kTokenPath), form, {basic(client)}));
  }
  static Tokens read(const http::Response& response) {
    auto value = boost::json::parse(response.content());
    return {response.status, value.as_object()};
  }
  Tokens userinfo(const std::string& access_token) {
    return read(send(http::Method::Get, std::string(kUserinfoPath), {{"Authorization", "Bearer " + access_token}}));
  }
  std::vector<audit::Entry> entries() { return log.take(*store); }

  testing_support::TemporaryFolder folder;
  ManualClock clock{testing_support::day("2025-06-02")};
  SystemRandom random;
  testing_support::MemoryLog log;
  std::unique_ptr<store::Store> store;
  std::unique_ptr<store::Keyring> keyring;
  std::unique_ptr<Keys> keys;
  std::unique_ptr<Clients> clients;
  FakeGate gate;
  http::CsrfTokens csrf{Secret(std::string(32, 'c'))};
  AskedTimes asked_times{Secret(std::string(32, 't'))};
  std::vector<Page> pages;
  std::vector<Language> drawn;  ///< the languages that they were drawn in
  std::vector<std::string> faults;
  std::unique_ptr<Provider> provider;
  http::Router router;
  audit::Actor by = audit::Actor::operator_named("test");
  SystemId system = SystemId::make(random);
  LoginId login = LoginId::make(random);
  signin::Session session;
  std::string cookie;
  std::string peer = "192.0.2.10";
  AddedClient web;
};

}  // namespace khien::oidc::testing
