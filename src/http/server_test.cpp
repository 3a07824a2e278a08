#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <future>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

#include "http/descriptors.h"
#include "http/testing.h"

namespace khien::http {
namespace {

using testing::Client;
using testing::Reply;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kClose = "Connection: close\r\n";

Router hello_router() {
  Router router;
  router.get("/hello", Cost::Inline, [](const Request&) { return Response::text("xin chào"); });
  router.get("/echo/{word}", Cost::Blocking,
             [](const Request& request) { return Response::text(std::string(request.parameter("word"))); });
  router.post(
      "/length", Cost::Inline,
      [](const Request& request) { return Response::text(std::to_string(request.body.size())); }, 1000);
  return router;
}

// A server on a free port, stopped at the end of the test.
struct Running {
  explicit Running(Router router, ServerOptions options = {})
      : server(std::move(router), with_threads(std::move(options)), clock) {
    const auto started = server.start();
    EXPECT_TRUE(started.has_value()) << (started ? "" : started.error().detail());
    if (started) port = *started;
  }
  static ServerOptions with_threads(ServerOptions options) {
    options.threads = 2;
    return options;
  }

  ManualClock clock{instant_of(1'700'000'000'000'000)};
  Server server;
  std::uint16_t port = 0;
};

TEST(Server, AnswersSeveralRequestsOnOneConnection) {
  Running running(hello_router());
  Client client(running.port);
  for (int i = 0; i < 3; ++i) {
    const Reply reply = client.get("/hello");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "xin chào");
    EXPECT_FALSE(reply.has("Connection: close"));
  }
  EXPECT_EQ(running.server.counters().accepted, 1U);
}

TEST(Server, SendsTheDateOfItsClockAndTheSecurityHeaders) {
  Running running(hello_router());
  const Reply reply = Client(running.port).get("/hello");
  EXPECT_TRUE(reply.has("Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n"));
  EXPECT_TRUE(reply.has("Content-Security-Policy: default-src 'none'; "));
  EXPECT_TRUE(reply.has("frame-ancestors 'none'"));
  EXPECT_TRUE(reply.has("X-Content-Type-Options: nosniff\r\n"));
  EXPECT_TRUE(reply.has("Referrer-Policy: no-referrer\r\n"));
  EXPECT_TRUE(reply.has("Cache-Control: no-store\r\n"));
  EXPECT_TRUE(reply.has("Cross-Origin-Opener-Policy: same-origin\r\n"));
  EXPECT_FALSE(reply.has("Strict-Transport-Security")) << "without TLS it would lock people out";
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Running running(hello_router());
  Client client(running.port);
  std::string requests;
  for (int i = 0; i < 200; ++i) {
    requests += "GET /echo/" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  }
  client.send(requests);
  for (int i = 0; i < 200; ++i) EXPECT_EQ(client.receive().body, std::to_string(i));
}

TEST(Server, ReadsChunkedBodiesAndIgnoresTheirTrailers) {
  Router router;
  router.post("/in", Cost::Inline, [](const Request& request) {
    return Response::text(request.body + "|" + std::string(request.header("X-Late")));
  });
  Running running(std::move(router));
  Client client(running.port);
  const Reply reply = client.ask(
      "POST /in HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;name=value\r\nabcde\r\n3\r\nfgh\r\n0\r\nX-Late: forged\r\n\r\n");
  EXPECT_EQ(reply.body, "abcdefgh|");
  EXPECT_EQ(client.get("/none").status, 404) << "the connection goes on";
}

TEST(Server, AnswersHeadLikeGetWithoutTheBody) {
  Running running(hello_router());
  Client client(running.port);
  client.send("HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  const Reply reply = client.receive(true);
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.has("Content-Length: 9\r\n"));
  EXPECT_EQ(client.get("/hello").body, "xin chào") << "nothing of a body was sent";
}

TEST(Server, SaysWhichMethodsAPathHas) {
  Running running(hello_router());
  Client client(running.port);
  const Reply refused = client.ask("DELETE /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(refused.status, 405);
  EXPECT_TRUE(refused.has("Allow: GET, HEAD, OPTIONS\r\n"));
  const Reply options = client.ask("OPTIONS /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_TRUE(options.has("Allow: GET, HEAD, OPTIONS\r\n"));
}

TEST(Server, ClosesAfterTheAnswerWhenAskedTo) {
  Running running(hello_router());
  Client client(running.port);
  const Reply reply = client.ask("GET /hello HTTP/1.1\r\nHost: h\r\n" + std::string(kClose) + "\r\n");
  EXPECT_TRUE(reply.has("Connection: close\r\n"));
  EXPECT_TRUE(client.ends());
  Client old(running.port);
  EXPECT_EQ(old.ask("GET /hello HTTP/1.0\r\n\r\n").body, "xin chào");
  EXPECT_TRUE(old.ends());
}

TEST(Server, RefusesABodyThatIsAnnouncedTooLongWithoutReadingIt) {
  Running running(hello_router());
  Client client(running.port);
  const Reply reply = client.ask("POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 1001\r\n\r\n");
  EXPECT_EQ(reply.status, 413);
  EXPECT_TRUE(reply.has("Connection: close"));
  EXPECT_THAT(reply.body, HasSubstr("vượt quá"));
}

TEST(Server, HearsOutAClientThatGoesOnSendingAfterItsAnswer) {
  Running running(hello_router());
  Client client(running.port);
  EXPECT_EQ(client.ask("POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n").status, 413);
  EXPECT_TRUE(client.ends());
  // A reset now would take the answer from a client that has not read it yet.
  for (int i = 0; i < 2000; ++i) ASSERT_TRUE(client.send(std::string(100, 'x'))) << i;
}

TEST(Server, RefusesAChunkedBodyThatGrowsTooLong) {
  Running running(hello_router());
  Client client(running.port);
  client.send("POST /length HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n");
  client.send(std::string(1000, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive().status, 413);
  const Reply fits =
      Client(running.port)
          .ask("POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
  EXPECT_EQ(fits.body, "1000");
}

TEST(Server, RefusesHeadersThatAreTooLongOrTooMany) {
  Running running(hello_router());
  Client longer(running.port);
  EXPECT_EQ(longer.ask("GET /hello HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n").status, 431);
  std::string lines;
  for (int i = 0; i < 101; ++i) lines += "X-" + std::to_string(i) + ": y\r\n";
  EXPECT_EQ(Client(running.port).ask("GET /hello HTTP/1.1\r\n" + lines + "\r\n").status, 431);
  EXPECT_EQ(running.server.counters().malformed, 2U);
}

TEST(Server, AsksForTheBodyOfAClientThatWaits) {
  Running running(hello_router());
  Client client(running.port);
  client.send("POST /length HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  EXPECT_EQ(client.ask("abcd").body, "4");
  const Reply refused =
      client.ask("POST /length HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n");
  EXPECT_EQ(refused.status, 413) << "and not 100 first";
}

TEST(Server, TellsAMalformedRequestNothingAboutItself) {
  std::vector<std::string> faults;
  ServerOptions options;
  Running running(hello_router(), options);
  for (const std::string_view line : {"GET  /hello HTTP/1.1", "GET /%zz HTTP/1.1", "GET /a%00b HTTP/1.1",
                                      "GET /%c0%af HTTP/1.1", "GET /../etc/passwd HTTP/1.1", "GET /%2e%2e/x HTTP/1.1",
                                      "GET /a%2fb HTTP/1.1", "GET hello HTTP/1.1", "GET /hello?a=%ff HTTP/1.1"}) {
    const Reply reply = Client(running.port).ask(std::string(line) + "\r\nHost: h\r\n\r\n");
    EXPECT_EQ(reply.status, 400) << line;
    EXPECT_EQ(reply.body, "Yêu cầu không hợp lệ.\nThe request is not valid.\n") << line;
  }
}

TEST(Server, CutsAClientThatSendsItsHeadersTooSlowly) {
  ServerOptions options;
  options.deadlines.header = 50ms;
  Running running(hello_router(), options);
  Client client(running.port);
  client.send("GET /hello HT");
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(running.server.counters().timed_out, 1U);
}

TEST(Server, DoesNotLetSingleBytesProlongTheHeaders) {
  ServerOptions options;
  options.deadlines.header = 80ms;
  options.limits.header_bytes = 1U << 30U;  // only the deadline can end it
  Running running(hello_router(), options);
  Client client(running.port);
  client.send("GET /hello HTTP/1.1\r\nX: ");
  while (client.send("x")) {  // never pauses for as long as the deadline
  }
  EXPECT_EQ(running.server.counters().timed_out, 1U);
}

TEST(Server, CutsAClientThatSendsItsBodyTooSlowly) {
  ServerOptions options;
  options.deadlines.body = 50ms;
  options.deadlines.slowest_rate = 1'000'000;
  Running running(hello_router(), options);
  Client client(running.port);
  client.send("POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_TRUE(client.ends());
  EXPECT_EQ(running.server.counters().timed_out, 1U);
}

TEST(Server, CutsAnIdleConnection) {
  ServerOptions options;
  options.deadlines.idle = 50ms;
  Running running(hello_router(), options);
  Client client(running.port);
  EXPECT_EQ(client.get("/hello").status, 200);
  EXPECT_TRUE(client.ends());
}

TEST(Server, CutsAClientThatNeverReads) {
  std::promise<void> recorded;
  ServerOptions options;
  options.deadlines.write = 100ms;
  options.deadlines.slowest_rate = 1'000'000'000;
  options.on_access = [&](const AccessRecord&) { recorded.set_value(); };
  Router router;
  const auto large = std::make_shared<const std::string>(64U << 20U, 'x');
  router.get("/large", Cost::Inline, [large](const Request&) {
    Response response = Response::text("");
    response.shared_body = large;
    return response;
  });
  Running running(std::move(router), options);
  Client client(running.port, 4096);
  client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(recorded.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(running.server.counters().timed_out, 1U);
}

TEST(Server, SendsLargeAnswersWhole) {
  Router router;
  const auto large = std::make_shared<const std::string>(5'000'000, 'x');
  router.get("/large", Cost::Blocking, [large](const Request&) {
    Response response = Response::text("");
    response.shared_body = large;
    return response;
  });
  Running running(std::move(router));
  Client client(running.port);
  EXPECT_EQ(client.get("/large").body, *large);
  EXPECT_EQ(client.get("/large").body.size(), large->size());
}

// Handlers that wait until the test lets them go.
struct Gate {
  std::latch entered{1};
  std::latch open{1};
  Response pass(const Request&) {
    entered.count_down();
    open.wait();
    return Response::text("passed");
  }
};

TEST(Server, AnswersBusyWhenThePoolIsFull) {
  Gate gate;
  Router router;
  router.get("/slow", Cost::Blocking, [&](const Request& request) { return gate.pass(request); });
  router.get("/more", Cost::Blocking, [&](const Request&) { return Response::text("more"); });
  router.get("/quick", Cost::Inline, [](const Request&) { return Response::text("quick"); });
  ServerOptions options;
  options.workers = 1;
  options.queue = 1;
  Running running(std::move(router), options);
  Client slow(running.port);
  slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  gate.entered.wait();
  Client waiting(running.port);
  waiting.send("GET /more HTTP/1.1\r\nHost: h\r\n\r\n");
  while (running.server.counters().waiting != 1) std::this_thread::yield();
  Client other(running.port);
  const Reply busy = other.get("/more");
  EXPECT_EQ(busy.status, 503);
  EXPECT_TRUE(busy.has("Retry-After: "));
  EXPECT_THAT(busy.body, HasSubstr("đang bận"));
  EXPECT_EQ(other.get("/quick").body, "quick") << "reads go on";
  EXPECT_EQ(running.server.counters().busy, 1U);
  gate.open.count_down();
  EXPECT_EQ(slow.receive().body, "passed");
  EXPECT_EQ(waiting.receive().body, "more");
}

// Sources are told apart by what a proxy on loopback says, so this holds behind a proxy as well.
TEST(Server, ShedsOnlyTheSourceThatFloodsAndIsReadyWhileThePoolIsFull) {
  Gate gate;
  Router router;
  router.get("/slow", Cost::Blocking, [&](const Request&) {
    gate.open.wait();
    return Response::text("passed");
  });
  router.get("/more", Cost::Blocking, [](const Request&) { return Response::text("more"); });
  router.get("/ready", Cost::Reserved, [](const Request&) { return Response::text("ready"); });
  ServerOptions options;
  options.workers = 4;
  options.queue = 4;
  options.trusted_proxies = {"127.0.0.1"};
  Running running(std::move(router), options);
  const auto from = [](std::string_view path, std::string_view peer) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: " + std::string(peer) + "\r\n\r\n";
  };
  std::vector<std::unique_ptr<Client>> held;
  const auto hold = [&](std::string_view peer) {
    held.push_back(std::make_unique<Client>(running.port));
    held.back()->send(from("/slow", peer));
  };
  for (int i = 0; i < 4; ++i) hold("2001:db8::" + std::to_string(i + 1));
  while (running.server.counters().waiting != 2) std::this_thread::yield();
  Client client(running.port);
  const Reply shed = client.ask(from("/more", "2001:db8:0:9::9"));
  EXPECT_EQ(shed.status, 503) << "another address of the same network";
  EXPECT_TRUE(shed.has("Retry-After: "));
  EXPECT_EQ(client.ask(from("/more", "2001:db8:1::1")).body, "more");
  EXPECT_EQ(client.ask(from("/more", "192.0.2.1")).body, "more");
  for (int i = 0; i < 4; ++i) hold("192.0.2.1");
  while (running.server.counters().waiting != 4) std::this_thread::yield();
  EXPECT_EQ(client.ask(from("/more", "192.0.2.2")).status, 503) << "now it is full for everybody";
  for (const auto* peer : {"2001:db8::9", "192.0.2.1", "192.0.2.2"})
    EXPECT_EQ(client.ask(from("/ready", peer)).body, "ready") << peer;
  EXPECT_EQ(running.server.counters().busy, 2U);
  gate.open.count_down();
  for (const auto& each : held) EXPECT_EQ(each->receive().body, "passed");
}

TEST(Server, FinishesTheRequestInFlightWhenItStops) {
  Gate gate;
  Router router;
  router.get("/slow", Cost::Blocking, [&](const Request& request) { return gate.pass(request); });
  Running running(std::move(router));
  Client idle(running.port);
  Client slow(running.port);
  slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  gate.entered.wait();
  auto stopped = std::async(std::launch::async, [&] { running.server.stop(); });
  EXPECT_TRUE(idle.ends()) << "idle connections go first";
  gate.open.count_down();
  const Reply reply = slow.receive();
  EXPECT_EQ(reply.body, "passed");
  EXPECT_TRUE(reply.has("Connection: close"));
  EXPECT_TRUE(slow.ends());
  stopped.get();
  EXPECT_THROW(Client{running.port}, std::runtime_error) << "nobody listens any more";
}

TEST(Server, CutsWhatDoesNotFinishWithinTheDeadlineOfStopping) {
  ServerOptions options;
  options.deadlines.stop = 50ms;
  Running running(hello_router(), options);
  Client client(running.port);
  EXPECT_EQ(client.get("/hello").status, 200);
  client.send("POST /length HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n");
  EXPECT_EQ(client.receive().status, 100);
  running.server.stop();
  EXPECT_TRUE(client.ends());
}

TEST(Server, TurnsAwayConnectionsOverTheLimitsWhereNoneCanGo) {
  ServerOptions options;
  options.limits.connections_per_peer = 1;
  std::promise<void> asked;
  std::promise<void> answer;
  Router router;
  router.get("/slow", Cost::Blocking, [&](const Request&) {
    asked.set_value();
    answer.get_future().wait();
    return Response::text("x");
  });
  Running running(std::move(router), options);
  Client first(running.port);
  first.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  asked.get_future().wait();
  EXPECT_TRUE(Client(running.port).ends());
  EXPECT_EQ(running.server.counters().turned_away, 1U);
  answer.set_value();
  EXPECT_EQ(first.receive().status, 200);
}

TEST(Server, APeerAtItsBoundLosesItsOwnConnectionThatWaitsLongest) {
  ServerOptions options;
  options.limits.connections_per_peer = 2;
  Running running(hello_router(), options);
  Client silent(running.port);
  Client second(running.port);
  EXPECT_EQ(second.get("/hello").status, 200);
  EXPECT_EQ(Client(running.port).get("/hello").status, 200);
  EXPECT_TRUE(silent.ends());
  EXPECT_EQ(second.get("/hello").status, 200);
  EXPECT_EQ(running.server.counters().turned_away, 0U);
}

TEST(Server, WhoHoldsManyIdleConnectionsShutsNobodyOut) {
  ServerOptions options;
  options.limits.connections = 64;
  Running running(hello_router(), options);
  Client small(running.port, 0, 200);
  EXPECT_EQ(small.get("/hello").status, 200);
  std::vector<Client> idle;
  for (int round = 0; round < 40; ++round)
    for (std::uint8_t source = 2; source < 10; ++source) idle.emplace_back(running.port, 0, source);
  for (std::uint8_t source = 100; source < 120; ++source)
    EXPECT_EQ(Client(running.port, 0, source).get("/hello").status, 200) << int{source};
  EXPECT_EQ(small.get("/hello").status, 200) << "who has one loses none";
  EXPECT_LE(running.server.counters().connections, 64U);
  EXPECT_GT(running.server.counters().sent_away, 0U);
}

TEST(Server, WhoSendsItsRequestsDropByDropShutsNobodyOut) {
  ServerOptions options;
  options.limits.connections = 64;
  Running running(hello_router(), options);
  std::vector<Client> slow;
  for (int round = 0; round < 20; ++round)
    for (std::uint8_t source = 2; source < 10; ++source) slow.emplace_back(running.port, 0, source).send("GET /hel");
  EXPECT_EQ(Client(running.port, 0, 100).get("/hello").status, 200);
}

TEST(Descriptors, AreKeptBackForTheStoreAndFiles) {
  EXPECT_EQ(connections_within(1024, 20'000), 1024 - kReservedDescriptors);
  EXPECT_EQ(connections_within(100'000, 20'000), 20'000U);
  EXPECT_EQ(connections_within(100, 20'000), 50U);
}

TEST(Descriptors, AreRaisedAsFarAsNeededAndAllowed) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit low{.rlim_cur = 300, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &low), 0);
  EXPECT_EQ(raise_descriptors_for(10).soft, 300U);
  EXPECT_EQ(raise_descriptors_for(100).soft, std::min<std::size_t>(before.rlim_max, 100 + kReservedDescriptors));
  EXPECT_EQ(raise_descriptors_for(SIZE_MAX / 2).soft, before.rlim_max);
  setrlimit(RLIMIT_NOFILE, &before);
}

TEST(Server, NeverSendsAHeaderWithALineBreak) {
  std::mutex mutex;
  std::vector<std::string> faults;
  ServerOptions options;
  options.on_fault = [&](std::string_view detail) {
    const std::lock_guard lock(mutex);
    faults.emplace_back(detail);
  };
  Router router;
  router.get("/value", Cost::Inline, [](const Request& request) {
    return Response::text("x").set("X-Name", std::string(request.query.value("v")));
  });
  router.get("/cookie", Cost::Inline, [](const Request& request) {
    return Response::text("x").set_cookie(
        {.name = "__Host-c", .value = std::string(request.query.value("v")), .lives = {}});
  });
  router.get("/redirect", Cost::Inline,
             [](const Request& request) { return Response::redirect(request.query.value("v")); });
  Running running(std::move(router), options);
  Client client(running.port);
  for (const std::string_view path : {"/value", "/cookie"}) {
    const Reply reply = client.get(std::string(path) + "?v=a%0D%0ASet-Cookie:%20stolen=1");
    EXPECT_EQ(reply.status, 500);
    EXPECT_FALSE(reply.has("stolen"));
  }
  EXPECT_EQ(client.get("/cookie?v=a;%20Domain=evil").status, 500);
  EXPECT_EQ(faults.size(), 3U);
  const Reply redirect = client.get("/redirect?v=/a%0D%0ASet-Cookie:%20stolen=1");
  EXPECT_EQ(redirect.status, 303);
  EXPECT_TRUE(redirect.has("Location: /a%0D%0ASet-Cookie:%20stolen=1\r\n"));
}

TEST(Server, TurnsAnExceptionIntoAnAnswerThatSaysNothing) {
  std::promise<std::string> fault;
  ServerOptions options;
  options.on_fault = [&](std::string_view detail) { fault.set_value(std::string(detail)); };
  Router router;
  router.get("/bad", Cost::Blocking,
             [](const Request&) -> Response { throw std::runtime_error("database password is x"); });
  Running running(std::move(router), options);
  const Reply reply = Client(running.port).get("/bad");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.body, Not(HasSubstr("password")));
  EXPECT_THAT(fault.get_future().get(), HasSubstr("/bad"));
}

TEST(Server, RecordsTheRouteAndNotTheQuery) {
  std::promise<std::string> line;
  ServerOptions options;
  options.on_access = [&](const AccessRecord& record) {
    line.set_value(std::string(record.method) + " " + std::string(record.route) + " " + std::to_string(record.status) +
                   " " + std::to_string(record.bytes) + " " + std::string(record.peer));
  };
  Running running(hello_router(), options);
  Client(running.port).get("/echo/abc?token=secret");
  EXPECT_EQ(line.get_future().get(), "GET /echo/{word} 200 3 127.0.0.1");
}

TEST(Server, BelievesOnlyTheProxiesThatItWasTold) {
  Router router;
  router.get("/who", Cost::Inline, [](const Request& request) { return Response::text(request.peer); });
  ServerOptions trusting;
  trusting.trusted_proxies = {"127.0.0.1", "10.0.0.9"};
  const std::string question =
      "GET /who HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.0.0.9\r\n\r\n";
  Running behind(std::move(router), trusting);
  EXPECT_EQ(Client(behind.port).ask(question).body, "203.0.113.7");
  Router bare;
  bare.get("/who", Cost::Inline, [](const Request& request) { return Response::text(request.peer); });
  Running open(std::move(bare));
  EXPECT_EQ(Client(open.port).ask(question).body, "127.0.0.1");
}

TEST(Server, SaysWhyItCannotStart) {
  Running running(hello_router());
  ServerOptions options;
  options.port = running.port;
  Server second(hello_router(), options, running.clock);
  const auto started = second.start();
  ASSERT_FALSE(started.has_value());
  EXPECT_EQ(started.error().kind(), ErrorKind::Unavailable);
  EXPECT_THAT(started.error().text().en, HasSubstr(std::to_string(running.port)));
  options.address = "no address";
  EXPECT_FALSE(Server(hello_router(), options, running.clock).start().has_value());
}

}  // namespace
}  // namespace khien::http
