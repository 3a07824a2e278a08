#include "app/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace khien::app {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Metrics, CountByRouteAndStatusAndNameNobody) {
  Metrics metrics;
  const http::AccessRecord record{.method = "GET",
                                  .route = "/signin",
                                  .status = 200,
                                  .duration = std::chrono::milliseconds(3),
                                  .bytes = 1,
                                  .peer = "203.0.113.5"};
  metrics.count_request(record);
  metrics.count_request(record);
  const auto text = metrics.text();
  EXPECT_THAT(text, HasSubstr(R"(khien_http_requests_total{route="/signin",status="200"} 2)"));
  EXPECT_THAT(text, HasSubstr(R"(khien_http_request_seconds_bucket{route="/signin",le="0.005"} 2)"));
  EXPECT_THAT(text, Not(HasSubstr("203.0.113.5")));
}

TEST(Metrics, PutEverythingWithoutARouteTogether) {
  Metrics metrics;
  metrics.count_request({.method = "GET", .route = "", .status = 404});
  EXPECT_THAT(metrics.text(), HasSubstr(R"(route="none",status="404"} 1)"));
}

TEST(Metrics, AGaugeShowsItsLastValue) {
  Metrics metrics;
  metrics.set("khien_sessions", "Live sessions", 3);
  metrics.set("khien_sessions", "Live sessions", 2);
  EXPECT_THAT(metrics.text(), HasSubstr("khien_sessions 2"));
}

TEST(Metrics, ATotalThatIsKeptElsewhereIsACounterWithItsReasons) {
  Metrics metrics;
  metrics.set_total("khien_busy_answers_total", "Busy", 3);
  metrics.set_total("khien_busy_answers_total", "Busy", 5);
  metrics.set_total("khien_sign_in_refusals_total", "Refused", 2, {{"reason", "cutoff"}});
  metrics.set_total("khien_sign_in_refusals_total", "Refused", 1, {{"reason", "wrong"}});
  const auto text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE khien_busy_answers_total counter"));
  EXPECT_THAT(text, HasSubstr("khien_busy_answers_total 5"));
  EXPECT_THAT(text, HasSubstr(R"(khien_sign_in_refusals_total{reason="cutoff"} 2)"));
  EXPECT_THAT(text, HasSubstr(R"(khien_sign_in_refusals_total{reason="wrong"} 1)"));
}

}  // namespace
}  // namespace khien::app
