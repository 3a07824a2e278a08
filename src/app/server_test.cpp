#include "app/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "app/certificate_files.h"
#include "app/testing.h"
#include "http/certificate.h"

namespace khien::app {
namespace {

using testing::HasSubstr;
using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;
using testing_support::AppWorld;
using testing_support::must;

/// Output of a foreign client.
std::string run(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>/dev/null </dev/null").c_str(), "r");
  std::array<char, 4096> bytes{};
  for (std::size_t size = 0; (size = fread(bytes.data(), 1, bytes.size(), pipe)) != 0;) out.append(bytes.data(), size);
  pclose(pipe);
  return out;
}

class ServerTest : public testing::Test, protected AppWorld {
 protected:
  void start() {
    must(initialise());
    CaptureStderr();
    opened = must(open(Installation::Mode::Change));
    server = must(Server::start(*opened, 0));
  }
  void TearDown() override {
    server.reset();
    if (opened) GetCapturedStderr();
  }
  /// What the server has logged since the last call.
  static std::string logged() {
    auto out = GetCapturedStderr();
    CaptureStderr();
    return out;
  }
  /// Status of an answer.
  std::string status(const std::string& path, const std::string& options = "") const {
    return run("curl -sk --noproxy '*' -m 20 -o /dev/null -w '%{http_code}' " + options + " " + server->url() + path);
  }
  [[nodiscard]] std::string shown_fingerprint() const {
    const auto pem = run("openssl s_client -connect " + server->url().substr(8));
    return must(http::fingerprint(pem.substr(pem.find("-----BEGIN CERTIFICATE"))));
  }
  http::Tls fresh() {
    return must(http::make_self_signed({.common_name = "Fresh", .dns_names = {"localhost"}, .addresses = {}},
                                       clock.now(), random));
  }
  void put(const http::Tls& tls) const {
    must(write_file(folder.certificate_key(), tls.key_pem.reveal(), true));
    must(write_file(folder.certificate(), tls.certificate_pem, false));
  }
  void a_minute_later() {
    clock.advance(std::chrono::minutes(1));
    server->tick();
  }
  std::unique_ptr<Installation> opened;
  std::unique_ptr<Server> server;
};

TEST_F(ServerTest, ServesItsPagesHealthAndLogAndStopsOnce) {
  start();
  EXPECT_EQ(status("/health/live"), "200");
  EXPECT_EQ(status("/health/ready"), "200");
  EXPECT_EQ(status("/signin"), "200");
  EXPECT_EQ(status("/.well-known/openid-configuration"), "200");
  EXPECT_EQ(status("/nothing"), "404");
  server->tick();
  EXPECT_EQ(status("/log/checkpoint"), "200");
  server->stop();
  server->stop();
  EXPECT_EQ(status("/health/live"), "000");
}

TEST_F(ServerTest, WhatCannotBeShownHasTheHeadingOfItsFault) {
  start();
  const auto heading = [&](const std::string& path, const std::string& options) {
    const auto page =
        run("curl -sk --noproxy '*' -m 20 -H 'Accept-Language: vi' " + options + " " + server->url() + path);
    const auto begin = std::min(page.find("<h1>"), page.size());
    return page.substr(begin, page.find("</h1>") - begin);
  };
  EXPECT_EQ(heading("/khong-co", ""), "<h1>Không có trang này");
  EXPECT_EQ(heading("/signin", "-X DELETE"), "<h1>Trang này không nhận yêu cầu như vậy");
  EXPECT_EQ(heading("/signin?a=%ff", ""), "<h1>Yêu cầu không hợp lệ");
  EXPECT_EQ(heading("/signin", "-d a=" + std::string(70'000, 'a')), "<h1>Dữ liệu gửi lên quá lớn");
}

TEST_F(ServerTest, FiguresAndEntriesAreForThisMachineAndNotForAProxyOnIt) {
  start();
  must(opened->people().add_group(by, "g", "Nhóm"));
  server->tick();
  for (const std::string path : {"/metrics", "/log/tile/entries/000.p/1"}) {
    const std::string direct = status(path);
    EXPECT_NE(direct, "403") << path;
    for (const char* header : {"'Via: 1.1 proxy'", "'Forwarded: for=203.0.113.5'", "'X-Forwarded-For: 203.0.113.5'",
                               "'X-Forwarded-For: 127.0.0.1'", "'Host: khien.example.gov.vn'"})
      EXPECT_EQ(status(path, std::string("-H ") + header), "403") << path << " " << header;
  }
  EXPECT_EQ(status("/metrics"), "200");
  EXPECT_EQ(status("/log/checkpoint", "-H 'Via: 1.1 proxy'"), "200") << "checkpoints are for everybody";
  EXPECT_THAT(logged(), HasSubstr(R"("header":"Via")"));
}

TEST_F(ServerTest, FiguresTellOfTheHashesThatWaitAndOfTheNewestCheckpoint) {
  start();
  must(opened->people().add_group(by, "g", "Nhóm"));
  server->tick();
  clock.advance(std::chrono::seconds{90});
  EXPECT_EQ(status("/oauth2/token", "-d grant_type=authorization_code"), "401");
  const auto figures = run("curl -sk --noproxy '*' -m 20 " + server->url() + "/metrics");
  EXPECT_THAT(figures, HasSubstr("# TYPE khien_busy_answers_total counter"));
  EXPECT_THAT(figures, HasSubstr("khien_hashing_waiting 0"));
  EXPECT_THAT(figures, HasSubstr(R"(khien_oidc_refusals_total{endpoint="token",error="invalid_client"} 1)"));
  EXPECT_THAT(figures, HasSubstr("khien_checkpoint_age_seconds 90"));
  EXPECT_THAT(figures, HasSubstr("khien_checkpoint_entries "));
}

TEST_F(ServerTest, TellsOfAProxyOnceAMinute) {
  start();
  server->tick();
  for (int i = 0; i < 3; ++i) status("/metrics", "-H 'Via: 1.1 proxy'");
  const auto count = [](const std::string& text) {
    std::size_t found = 0;
    for (std::size_t at = 0; (at = text.find("came through a proxy", at)) != std::string::npos; ++at) ++found;
    return found;
  };
  EXPECT_EQ(count(logged()), 1U);
  a_minute_later();
  status("/metrics", "-H 'Via: 1.1 proxy'");
  EXPECT_EQ(count(logged()), 1U);
}

TEST_F(ServerTest, ATrustedProxyDoesNotOpenThemEither) {
  variables["KHIEN_TRUSTED_PROXIES"] = "127.0.0.1";
  start();
  EXPECT_EQ(status("/metrics", "-H 'X-Forwarded-For: 203.0.113.5'"), "404");
  EXPECT_EQ(status("/metrics", "-H 'X-Forwarded-For: 127.0.0.1'"), "403");
  EXPECT_EQ(status("/metrics", "-H 'Via: 1.1 proxy'"), "403") << "it forgot to say for whom";
}

TEST_F(ServerTest, ShowsARenewedCertificateWithinAMinute) {
  start();
  server->tick();
  const auto old = shown_fingerprint();
  const auto tls = fresh();
  put(tls);
  a_minute_later();
  const auto now_shown = must(http::fingerprint(tls.certificate_pem));
  EXPECT_NE(now_shown, old);
  EXPECT_EQ(shown_fingerprint(), now_shown);
  EXPECT_THAT(logged(), HasSubstr("certificate renewed"));
  a_minute_later();
  EXPECT_EQ(logged().find("certificate renewed"), std::string::npos) << "once for each change";
}

TEST_F(ServerTest, KeepsTheOldCertificateWhileTheNewOneCannotBeUsed) {
  start();
  server->tick();
  const auto old = shown_fingerprint();
  const auto tls = fresh();
  must(write_file(folder.certificate(), tls.certificate_pem, false));  // the key comes later
  a_minute_later();
  EXPECT_EQ(shown_fingerprint(), old);
  EXPECT_THAT(logged(), HasSubstr("the old one stays"));
  a_minute_later();
  EXPECT_EQ(logged().find("the old one stays"), std::string::npos) << "told once";
  std::filesystem::remove(folder.certificate());
  a_minute_later();
  EXPECT_EQ(shown_fingerprint(), old);
  EXPECT_THAT(logged(), HasSubstr("cannot be read"));
  put(tls);
  a_minute_later();
  EXPECT_EQ(shown_fingerprint(), must(http::fingerprint(tls.certificate_pem)));
}

TEST_F(ServerTest, DoesNotStartWithACertificateThatCannotBeUsed) {
  must(initialise());
  opened = must(open(Installation::Mode::Change));
  CaptureStderr();
  must(write_file(folder.certificate(), "no certificate", false));
  must(write_file(folder.certificate_key(), "no key", true));
  EXPECT_FALSE(Server::start(*opened, 0));
  std::filesystem::remove(folder.certificate_key());
  EXPECT_FALSE(Server::start(*opened, 0));
}

TEST_F(ServerTest, TheSelfMadeCertificateIsKeptForTheNextStart) {
  start();
  const auto first = shown_fingerprint();
  server.reset();
  server = must(Server::start(*opened, 0));
  EXPECT_EQ(shown_fingerprint(), first);
}

}  // namespace
}  // namespace khien::app
