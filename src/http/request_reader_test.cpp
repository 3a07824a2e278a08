#include "http/request_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien::http {
namespace {

using State = RequestReader::State;

struct Outcome {
  State state;
  int status;
  Request request;
  bool keep_alive;
};

// Feeds the bytes in pieces of `step`, keeping what was not taken, as a connection does.
Outcome read(std::string_view bytes, std::size_t step = 1U << 20U) {
  RequestReader reader(4096, 20);
  std::string buffer;
  bool allowed = false;
  while (reader.state() != State::Done && reader.state() != State::Failed) {
    const std::size_t taken = buffer.empty() ? 0 : reader.feed(buffer);
    buffer.erase(0, taken);
    if (reader.state() == State::Body && !allowed) {
      allowed = true;
      reader.allow_body(100);
    }
    if (taken != 0) continue;
    if (bytes.empty()) break;
    buffer += bytes.substr(0, step);
    bytes.remove_prefix(std::min(step, bytes.size()));
  }
  return {reader.state(), reader.status(), reader.request(), reader.keep_alive()};
}

Request accepted(std::string_view head) {
  Outcome outcome = read(std::string(head) + "\r\n\r\n");
  EXPECT_EQ(outcome.state, State::Done) << head;
  return outcome.request;
}

int refused(std::string_view head, std::string_view body = {}) {
  const Outcome outcome = read(std::string(head) + "\r\n\r\n" + std::string(body));
  return outcome.state == State::Failed ? outcome.status : 0;
}

TEST(RequestReader, DecodesPathAndQuery) {
  const Request request =
      accepted("GET /c%C3%A1n%20b%E1%BB%99/a+b?t%C3%AAn=Nguy%E1%BB%85n+An&x=1&x=2&y HTTP/1.1\r\nHost: h");
  EXPECT_EQ(request.path, "/cán bộ/a+b");
  EXPECT_EQ(request.query.value("tên"), "Nguyễn An");
  EXPECT_EQ(request.query.count("x"), 2U);
  EXPECT_EQ(request.query.repeated(), "x");
  EXPECT_TRUE(request.query.has("y"));
  EXPECT_EQ(request.raw_query, "t%C3%AAn=Nguy%E1%BB%85n+An&x=1&x=2&y");
}

TEST(RequestReader, TakesTheAbsoluteFormOfATarget) {
  EXPECT_EQ(accepted("GET https://h:1/a?b=c HTTP/1.1\r\nHost: h").path, "/a");
  EXPECT_EQ(accepted("GET http://h HTTP/1.1\r\nHost: h").path, "/");
  EXPECT_EQ(accepted("OPTIONS * HTTP/1.1\r\nHost: h").path, "*");
  EXPECT_EQ(refused("GET * HTTP/1.1\r\nHost: h"), 400);
  EXPECT_EQ(refused("GET ftp://h/ HTTP/1.1\r\nHost: h"), 400);
}

TEST(RequestReader, RefusesPathsThatTwoReadersCouldReadDifferently) {
  for (const std::string_view path :
       {"/a/../b", "/..", "/.", "/a/%2e%2E/b", "/%2e", "/a%2Fb", "/a%5cb", "/a\\b", "/%00", "/%0d%0a", "/%7f", "/%",
        "/%4", "/%g1", "/%ff", "/%c0%ae", "/%ed%a0%80", "/a#b"}) {
    EXPECT_EQ(refused("GET " + std::string(path) + " HTTP/1.1\r\nHost: h"), 400) << path;
  }
  EXPECT_EQ(accepted("GET /..a/b../... HTTP/1.1\r\nHost: h").path, "/..a/b../...");
}

TEST(RequestReader, RefusesHeadersThatGoOnOnTheNextLine) {
  for (const std::string_view line : {"Transfer-Encoding:\r\n chunked", "Transfer-Encoding: chunked\r\n\t",
                                      "X-A: 1\r\n 2", "X-A: 1\r\n\tContent-Length: 3", "X-A:\r\n \r\nX-B: 2"}) {
    const std::string head = "POST / HTTP/1.1\r\nHost: h\r\n" + std::string(line) + "\r\n\r\n0\r\n\r\n";
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, head.size()}) {
      const Outcome outcome = read(head, step);
      EXPECT_EQ(outcome.state, State::Failed) << line;
      EXPECT_EQ(outcome.status, 400) << line;
    }
  }
  EXPECT_EQ(refused("GET / HTTP/1.1\r\n Host: h"), 400);
  // In a body it is no fold.
  const Outcome body = read("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n a\n b");
  EXPECT_EQ(body.state, State::Done);
}

TEST(RequestReader, RefusesQueriesThatAreNotText) {
  for (const std::string_view query : {"a=%", "a=%zz", "a=%00", "a=%ff", "%c3=1"}) {
    EXPECT_EQ(refused("GET /?" + std::string(query) + " HTTP/1.1\r\nHost: h"), 400) << query;
  }
}

TEST(RequestReader, RefusesWhatCouldSmuggleARequest) {
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4", "abcd"), 400);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +3", "abc"), 400);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3, 3", "abc"), 400);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked", "0\r\n\r\n"), 501);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity"), 501);
  EXPECT_EQ(refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), 400);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked", "0\r\n\r\n"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: h\r\nX: a\nY: b"), 400) << "a bare line feed";
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: h\r\nX: a\rb"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string("a\0b", 3)), 400);
}

TEST(RequestReader, WantsExactlyOneHost) {
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nX: y"), 400);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: a\r\nHost: b"), 400);
  EXPECT_EQ(accepted("GET / HTTP/1.0\r\nX: y").path, "/");
}

TEST(RequestReader, RefusesOtherVersionsMethodsAndExpectations) {
  EXPECT_EQ(refused("GET / HTTP/2.0\r\nHost: h"), 505);
  EXPECT_EQ(refused("GET / HTTP/0.9\r\nHost: h"), 505);
  EXPECT_EQ(refused("TRACE / HTTP/1.1\r\nHost: h"), 501);
  EXPECT_EQ(refused("CONNECT h:1 HTTP/1.1\r\nHost: h"), 501);
  EXPECT_EQ(refused("get / HTTP/1.1\r\nHost: h"), 501);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: h\r\nExpect: miracles"), 417);
}

TEST(RequestReader, BoundsTheHeadAndTheBody) {
  EXPECT_EQ(refused("GET /" + std::string(5000, 'a') + " HTTP/1.1\r\nHost: h"), 431);
  EXPECT_EQ(refused("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(5000, 'a')), 431);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 101"), 413);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999999"), 400);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked", "65\r\n" + std::string(101, 'x')), 413);
  EXPECT_EQ(refused("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked", "1;" + std::string(5000, 'x')), 400);
}

TEST(RequestReader, BoundsAHeadThatComesLineByLine) {
  RequestReader reader(4096, 1'000'000);
  std::string buffer = "GET / HTTP/1.1\r\n";
  std::size_t total = 0;
  while (reader.state() == State::Head && total < 100'000) {
    buffer.erase(0, reader.feed(buffer));
    buffer += "X: y\r\n";
    total += 6;
  }
  EXPECT_EQ(reader.status(), 431);
  EXPECT_LT(total, 4200U);
}

TEST(RequestReader, ReadsCookiesAndTrustsNoneOfTwoThatDisagree) {
  const Request request =
      accepted("GET / HTTP/1.1\r\nHost: h\r\nCookie: a=1; b=x=y;c=\r\ncookie: d=4; e=5; e=5; f=6; f=7");
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("b"), "x=y");
  EXPECT_EQ(request.cookie("c"), "");
  EXPECT_EQ(request.cookie("d"), "4");
  EXPECT_EQ(request.cookie("e"), "5");
  EXPECT_EQ(request.cookie("f"), "");
  EXPECT_EQ(request.cookie("A"), "");
  EXPECT_EQ(request.header("HOST"), "h");
}

TEST(RequestReader, KeepsTheConnectionOnlyInHttp11AndUnlessToldOtherwise) {
  EXPECT_TRUE(read("GET / HTTP/1.1\r\nHost: h\r\n\r\n").keep_alive);
  EXPECT_FALSE(read("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").keep_alive);
  EXPECT_FALSE(read("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").keep_alive);
}

TEST(RequestReader, IgnoresOneEmptyLineBeforeTheRequest) {
  EXPECT_EQ(read("\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "/a");
  EXPECT_EQ(read("\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n", 1).request.path, "/a");
  EXPECT_EQ(read("\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n\r\n").status, 400);
}

RC_GTEST_PROP(RequestReader, ReadsTheSameHoweverTheBytesAreCut, ()) {
  const auto step = *rc::gen::inRange<std::size_t>(1, 60);
  const auto body = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  RC_PRE(body.size() <= 100);
  const std::string stream =
      "PUT /a%20b?c=d HTTP/1.1\r\nHost: h\r\nX-Name: value\r\nContent-Length: " + std::to_string(body.size()) +
      "\r\n\r\n" + body;
  const Outcome outcome = read(stream, step);
  RC_ASSERT(outcome.state == State::Done);
  RC_ASSERT(outcome.request.body == body);
  RC_ASSERT(outcome.request.path == "/a b");
  RC_ASSERT(outcome.request.headers.size() == 3U);
}

}  // namespace
}  // namespace khien::http
