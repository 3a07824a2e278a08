#include "http/loop.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace khien::http {

Loop::Loop(std::chrono::milliseconds tick, std::function<void()> on_timeout)
    : tick_(tick), on_timeout_(std::move(on_timeout)) {}

Loop::~Loop() {
  join();
}

void Loop::start() {
  asio::co_spawn(io_, watch(), asio::detached);
  thread_ = std::thread([this] { io_.run(); });
}

void Loop::join() {
  if (!thread_.joinable()) return;
  asio::post(io_, [this] {
    ending_ = true;
    timer_.cancel();
  });
  guard_.reset();
  thread_.join();
}

void Loop::cut_idle() {
  asio::post(io_, [this] {
    for (Connection* connection : connections_) {
      if (connection->idle) connection->cut();
    }
  });
}

void Loop::cut_all() {
  asio::post(io_, [this] {
    for (Connection* connection : connections_) connection->cut();
  });
}

Task<> Loop::watch() {
  while (!ending_) {
    timer_.expires_after(tick_);
    const auto waited = co_await timer_.async_wait(kAwait);
    static_cast<void>(waited);
    const SteadyTime now = std::chrono::steady_clock::now();
    for (Connection* connection : connections_) {
      if (connection->deadline > now) continue;
      connection->deadline = SteadyTime::max();
      on_timeout_();
      connection->cut();
    }
  }
}

std::string_view Loop::date(Instant now) {
  const auto second = std::chrono::floor<std::chrono::seconds>(now);
  if (second == date_at_) return date_;
  constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(second - day);
  date_ =
      fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(day).c_encoding()],
                  static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                  static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
  date_at_ = second;
  return date_;
}

}  // namespace khien::http
