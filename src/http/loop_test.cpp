#include "http/loop.h"

#include <gtest/gtest.h>

namespace khien::http {
namespace {

TEST(Date, IsWrittenAsHttpWantsAndFollowsTheClock) {
  Loop loop(std::chrono::milliseconds{100}, [] {});
  EXPECT_EQ(loop.date(instant_of(784'111'777'000'000)), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 section 5.6.7
  EXPECT_EQ(loop.date(instant_of(784'111'777'999'999)), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(loop.date(instant_of(784'111'778'000'000)), "Sun, 06 Nov 1994 08:49:38 GMT");
  EXPECT_EQ(loop.date(instant_of(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
}

}  // namespace
}  // namespace khien::http
