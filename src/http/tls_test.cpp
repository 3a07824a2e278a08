#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "http/certificate.h"
#include "http/server.h"
#include "http/testing.h"

namespace khien::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Ran {
  int status = 0;
  std::string output;
};

// Runs a foreign TLS client.
Ran run(const std::string& command) {
  Ran ran;
  FILE* pipe = popen((command + " 2>&1 </dev/null").c_str(), "r");
  std::array<char, 4096> bytes{};
  for (std::size_t size = 0; (size = fread(bytes.data(), 1, bytes.size(), pipe)) != 0;) {
    ran.output.append(bytes.data(), size);
  }
  ran.status = WEXITSTATUS(pclose(pipe));
  return ran;
}

class TlsServer : public ::testing::Test {
 protected:
  void SetUp() override {
    auto made = make_self_signed({.common_name = "khien.test", .dns_names = {"khien.test"}, .addresses = {"127.0.0.1"}},
                                 clock_.now(), random_);
    ASSERT_TRUE(made.has_value());
    std::string pattern = (std::filesystem::temp_directory_path() / "khien-tls-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    ca_ = (folder_ / "ca.pem").string();
    std::ofstream(ca_) << made->certificate_pem;
    fingerprint_ = *fingerprint(made->certificate_pem);
    tls_ = *made;
    start(std::chrono::seconds{10});
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void start(std::chrono::milliseconds handshake) {
    Router router;
    router.get("/hello", Cost::Inline,
               [](const Request& request) { return Response::text(request.tls ? "qua TLS" : "không TLS"); });
    router.get("/large", Cost::Blocking, [](const Request&) { return Response::text(std::string(3'000'000, 'x')); });
    ServerOptions options;
    options.tls = tls_;
    options.threads = 2;
    options.deadlines.handshake = handshake;
    server_ = std::make_unique<Server>(std::move(router), std::move(options), clock_);
    port_ = server_->start().value();
  }

  [[nodiscard]] Ran curl(const std::string& arguments, const std::string& path = "/hello") const {
    return run("curl -s --noproxy '*' -m 20 --cacert " + ca_ + " --resolve khien.test:" + std::to_string(port_) +
               ":127.0.0.1 " + arguments + " https://khien.test:" + std::to_string(port_) + path);
  }
  [[nodiscard]] Ran s_client(const std::string& arguments) const {
    return run("openssl s_client -connect 127.0.0.1:" + std::to_string(port_) + " " + arguments);
  }

  SystemClock clock_;
  SystemRandom random_;
  std::filesystem::path folder_;
  std::string ca_;
  std::string fingerprint_;
  Tls tls_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
};

TEST_F(TlsServer, IsTrustedByAForeignClientThatTrustsItsCertificate) {
  const Ran ran = curl("-D -");
  EXPECT_EQ(ran.status, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("qua TLS"));
  EXPECT_THAT(ran.output, HasSubstr("Strict-Transport-Security: max-age="));
  EXPECT_THAT(ran.output, HasSubstr("HTTP/1.1 200 OK"));
}

TEST_F(TlsServer, IsNotTrustedUnderAnotherName) {
  const Ran ran =
      run("curl -s --noproxy '*' -m 20 --cacert " + ca_ + " https://localhost:" + std::to_string(port_) + "/hello");
  EXPECT_EQ(ran.status, 60);
}

TEST_F(TlsServer, IsTrustedByItsAddress) {
  const Ran ran =
      run("curl -s --noproxy '*' -m 20 --cacert " + ca_ + " https://127.0.0.1:" + std::to_string(port_) + "/hello");
  EXPECT_EQ(ran.output, "qua TLS");
}

TEST_F(TlsServer, SpeaksTls12And13ButNothingOlder) {
  EXPECT_EQ(curl("--tlsv1.2 --tls-max 1.2").output, "qua TLS");
  EXPECT_EQ(curl("--tlsv1.3").output, "qua TLS");
  EXPECT_THAT(s_client("-tls1_1 -cipher ALL:@SECLEVEL=0").output, HasSubstr("alert protocol version"));
  EXPECT_THAT(s_client("-tls1_2 -cipher AES128-SHA").output, HasSubstr("alert handshake failure"))
      << "no cipher without forward secrecy";
}

TEST_F(TlsServer, AgreesOnHttp11AndRefusesAClientThatSpeaksOnlyHttp2) {
  EXPECT_THAT(s_client("-alpn h2,http/1.1").output, HasSubstr("ALPN protocol: http/1.1"));
  EXPECT_THAT(s_client("-alpn h2").output, HasSubstr("no application protocol"));
}

TEST_F(TlsServer, ResumesSessionsByTicket) {
  const std::string session = (folder_ / "session").string();
  const std::string target = "127.0.0.1:" + std::to_string(port_);
  EXPECT_THAT(run("openssl s_client -tls1_2 -connect " + target + " -sess_out " + session).output, HasSubstr("New, "));
  EXPECT_THAT(run("openssl s_client -tls1_2 -connect " + target + " -sess_in " + session).output,
              HasSubstr("Reused, "));
}

TEST_F(TlsServer, SendsLargeAnswersWholeAndKeepsTheConnection) {
  const Ran ran = curl("-o /dev/null -o /dev/null -w '%{size_download} %{num_connects};'",
                       "/large https://khien.test:" + std::to_string(port_) + "/large");
  EXPECT_EQ(ran.output, "3000000 1;3000000 0;");
}

TEST_F(TlsServer, CutsAClientThatNeverShakesHands) {
  start(std::chrono::milliseconds{50});
  testing::Client silent(port_);
  EXPECT_TRUE(silent.ends());
  EXPECT_EQ(server_->counters().timed_out, 1U);
}

TEST_F(TlsServer, SurvivesAClientThatSpeaksPlainHttp) {
  testing::Client plain(port_);
  plain.send("GET /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_NE(plain.receive().status, 200);
  EXPECT_EQ(curl("").output, "qua TLS");
}

TEST_F(TlsServer, GivesNewConnectionsTheNewCertificate) {
  auto made =
      make_self_signed({.common_name = "new", .dns_names = {"khien.test"}, .addresses = {}}, clock_.now(), random_);
  ASSERT_TRUE(server_->use_certificate(*made).has_value());
  EXPECT_EQ(curl("").status, 60) << "the old certificate is no longer shown";
  std::ofstream(ca_) << made->certificate_pem;
  EXPECT_EQ(curl("").output, "qua TLS");
  EXPECT_FALSE(server_->use_certificate({.certificate_pem = "nonsense", .key_pem = Secret("x")}).has_value());
  EXPECT_EQ(curl("").output, "qua TLS") << "the one before stays";
}

TEST_F(TlsServer, RefusesAKeyOfAnotherCertificate) {
  const auto one = make_self_signed({.common_name = "a", .dns_names = {"a"}, .addresses = {}}, clock_.now(), random_);
  const auto two = make_self_signed({.common_name = "b", .dns_names = {"b"}, .addresses = {}}, clock_.now(), random_);
  const auto used = server_->use_certificate({.certificate_pem = one->certificate_pem, .key_pem = two->key_pem});
  ASSERT_FALSE(used.has_value());
  EXPECT_EQ(used.error().kind(), ErrorKind::Invalid);
}

TEST_F(TlsServer, ShowsACertificateThatOpenSslFindsInOrder) {
  const std::string text = run("openssl x509 -noout -text -in " + ca_).output;
  EXPECT_THAT(text, HasSubstr("CA:FALSE"));
  EXPECT_THAT(text, HasSubstr("DNS:khien.test, IP Address:127.0.0.1"));
  EXPECT_THAT(text, HasSubstr("TLS Web Server Authentication"));
  EXPECT_THAT(text, HasSubstr("NIST CURVE: P-256"));
  std::string shown = run("openssl x509 -noout -fingerprint -sha256 -in " + ca_).output;
  std::erase(shown, ':');
  for (char& c : shown) c = static_cast<char>(tolower(c));
  EXPECT_THAT(shown, HasSubstr(fingerprint_));
}

TEST(Certificate, RefusesNamesThatWouldSayMoreThanTheyShould) {
  SystemRandom random;
  const Instant now = instant_of(1'700'000'000'000'000);
  EXPECT_FALSE(make_self_signed({.common_name = "x", .dns_names = {}, .addresses = {}}, now, random).has_value());
  EXPECT_FALSE(
      make_self_signed({.common_name = "x", .dns_names = {"a,DNS=evil"}, .addresses = {}}, now, random).has_value());
  EXPECT_FALSE(
      make_self_signed({.common_name = "x", .dns_names = {}, .addresses = {"300.1.1.1"}}, now, random).has_value());
  EXPECT_TRUE(make_self_signed({.common_name = "x", .dns_names = {}, .addresses = {"::1"}}, now, random).has_value());
}

}  // namespace
}  // namespace khien::http
