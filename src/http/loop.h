// One event loop, its thread, and the connections on it. Only for this folder.
//
// Everything of a connection happens on its loop's thread; other threads only post to the loop. Deadlines are looked at
// once a tick for all connections of the loop, which costs less than a timer for each.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_set>

#include "base/time.h"

namespace khien::http {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
// The concrete executor: the type-erased default costs an allocation here and there on every operation.
using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
using SteadyTime = std::chrono::steady_clock::time_point;
template <class T = void>
using Task = asio::awaitable<T, Executor>;
constexpr auto kAwait = asio::as_tuple(asio::use_awaitable_t<Executor>{});

/// What the loop knows of a connection. `cut` closes the socket, so that whatever it waits for ends with an error.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void cut() = 0;

  SteadyTime deadline = SteadyTime::max();
  bool idle = false;  ///< no request has begun: stopping may cut it
};

class Loop {
 public:
  /// `on_timeout` is called on the loop for each connection that a deadline cut.
  Loop(std::chrono::milliseconds tick, std::function<void()> on_timeout);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  void start();
  /// From another thread, when no connection is left: ends the loop and joins its thread.
  void join();

  [[nodiscard]] Executor executor() { return io_.get_executor(); }

  /// On the loop only.
  void enter(Connection& connection) { connections_.insert(&connection); }
  void leave(Connection& connection) { connections_.erase(&connection); }
  /// From any thread.
  void cut_idle();
  void cut_all();

  /// The instant as IMF-fixdate (RFC 9110 section 5.6.7), made once a second. On the loop only.
  std::string_view date(Instant now);

 private:
  Task<> watch();

  asio::io_context io_{1};
  asio::executor_work_guard<Executor> guard_{io_.get_executor()};
  std::chrono::milliseconds tick_;
  std::function<void()> on_timeout_;
  Timer timer_{io_.get_executor()};
  bool ending_ = false;
  std::unordered_set<Connection*> connections_;
  std::chrono::sys_seconds date_at_{std::chrono::seconds{-1}};
  std::string date_;
  std::thread thread_;
};

}  // namespace khien::http
