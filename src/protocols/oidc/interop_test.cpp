// The whole flow with a relying party that shares nothing with us, Apache with mod_auth_openidc, over TLS and our own
// server. Needs the real time, because Apache has no other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "base/testing.h"
#include "http/certificate.h"
#include "http/server.h"
#include "protocols/oidc/testing.h"

namespace khien::oidc {
namespace {

using ::testing::HasSubstr;
using testing::must;

struct Ran {
  int status = 0;
  std::string output;
};

Ran run_python(const std::string& arguments) {
  Ran ran;
  const std::string command = "python3 '" + testing_support::source_dir() + "/tests/oidc/apache/" + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> bytes{};
  for (std::size_t size = 0; (size = fread(bytes.data(), 1, bytes.size(), pipe)) != 0;)
    ran.output.append(bytes.data(), size);
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

std::uint16_t free_port() {
  return static_cast<std::uint16_t>(std::stoi(run_python("relying_party.py' --free-port").output));
}

class Interop : public ::testing::TestWithParam<SigningAlg>, protected testing::World {
 protected:
  /// A provider on a port of its own, whose sign-in page asks nothing. The World's own has no address.
  void serve(std::uint16_t port) {
    issuer = "https://127.0.0.1:" + std::to_string(port);
    served = make_provider(issuer);
    http::Router routes;
    add_routes(routes, *served);
    routes.get("/sign-in", http::Cost::Inline, [this](const http::Request& request) {
      auto response = http::Response::redirect(request.query.value("continue"));
      response.set_cookie({.name = std::string(signin::kSessionCookie), .value = cookie});
      return response;
    });
    const auto tls =
        must(http::make_self_signed({.common_name = "khien", .addresses = {"127.0.0.1"}}, clock.now(), random));
    write("ca.pem", tls.certificate_pem);
    http::ServerOptions options;
    options.port = port;
    options.tls = tls;
    options.threads = 1;
    server = std::make_unique<http::Server>(std::move(routes), std::move(options), clock);
    must(server->start());
  }
  void write(const std::string& name, std::string_view text) { std::ofstream(folder.file(name)) << text; }

  std::string issuer;
  std::unique_ptr<Provider> served;
  std::unique_ptr<http::Server> server;
};

TEST_P(Interop, ApacheSignsAUserInReadsTheClaimsAndSignsOut) {
  clock.set_wall(SystemClock().now());
  sign_in();
  serve(free_port());
  const std::string party_port = std::to_string(free_port());
  const std::string party = "http://127.0.0.1:" + party_port;
  const auto client = must(clients->add(by, {"Apache",
                                             system,
                                             {party + "/protected/callback"},
                                             {party + "/goodbye.html"},
                                             AuthMethod::SecretBasic,
                                             GetParam()}));
  write("secret", client.secret.reveal());
  const Ran ran = run_python("flow.py' " + party_port + " " + issuer + " " + folder.file("ca.pem") + " " +
                             client.id.text() + " " + folder.file("secret") + " " + std::string(name_of(GetParam())));
  if (ran.status == 77) GTEST_SKIP() << "Apache with mod_auth_openidc is not installed";
  ASSERT_EQ(ran.status, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("X-Remote-User: an.nv\n"));
  EXPECT_THAT(ran.output, HasSubstr("X-Subject: " + login.text() + "\n"));
  EXPECT_THAT(ran.output, HasSubstr("X-Unit-Code: VPUB\n"));
  EXPECT_THAT(ran.output, HasSubstr("userinfo name: Nguyễn Văn An\n"));
  EXPECT_THAT(ran.output, HasSubstr("id token sid: " + session.id.text() + "\n"));
  EXPECT_THAT(ran.output, HasSubstr("signed out at: " + party + "/goodbye.html"));
  EXPECT_FALSE(gate.sessions.contains(session.id));
  server->stop();
  std::vector<std::string> types;
  for (const auto& entry : entries()) types.push_back(entry.type);
  EXPECT_EQ(types, (std::vector<std::string>{"client.added", "token.issued", "token.revoked"}));
  EXPECT_TRUE(pages.empty());
}

INSTANTIATE_TEST_SUITE_P(BothAlgorithms, Interop, ::testing::Values(SigningAlg::RS256, SigningAlg::ES256),
                         [](const auto& of) { return std::string(name_of(of.param)); });

}  // namespace
}  // namespace khien::oidc
