#include "http/server.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>
#include <vector>

#include "http/connections.h"
#include "http/descriptors.h"
#include "http/forwarded.h"
#include "http/loop.h"
#include "http/session.h"

namespace khien::http {
namespace {

// Requests that may wait for the reserved thread: monitors are few.
constexpr std::size_t kReserveQueue = 64;

// How often deadlines are looked at: fine enough for the shortest of them.
std::chrono::milliseconds tick_of(const Deadlines& deadlines) {
  const auto shortest =
      std::min({deadlines.handshake, deadlines.header, deadlines.body, deadlines.idle, deadlines.write});
  return std::clamp(shortest / 8, std::chrono::milliseconds{5}, std::chrono::milliseconds{250});
}

std::string address_text(const Socket& socket) {
  boost::system::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return {};
  const auto address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

}  // namespace

class Server::Impl {
 public:
  Impl(Router router, ServerOptions options, const Clock& clock)
      : shared_{.router = std::move(router), .options = std::move(options), .clock = clock} {}
  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<std::uint16_t> start();
  void stop();
  Result<void> use_certificate(const Tls& tls);
  [[nodiscard]] ServerCounters counters() const;

 private:
  Result<void> listen();
  Task<> accept();
  void take(Socket socket, Loop& loop);

  Shared shared_;
  std::atomic<std::shared_ptr<TlsContext>> tls_;
  std::vector<std::unique_ptr<Loop>> loops_;
  std::unique_ptr<Acceptor> acceptor_;  // on the first loop
  std::size_t room_ = 0;                // for connections
  std::unique_ptr<Connections> connections_;
};

Result<std::uint16_t> Server::Impl::start() {
  if (shared_.options.tls) TRY(use_certificate(*shared_.options.tls));
  const Limits& limits = shared_.options.limits;
  room_ = connections_within(raise_descriptors_for(limits.connections).soft, limits.connections);
  connections_ = std::make_unique<Connections>(Connections::Bounds{
      .total = room_, .per_peer = std::min(limits.connections_per_peer, std::max<std::size_t>(room_ / 4, 1))});
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  const std::size_t threads = shared_.options.threads == 0 ? cores : shared_.options.threads;
  for (std::size_t i = 0; i < threads; ++i) {
    loops_.push_back(std::make_unique<Loop>(tick_of(shared_.options.deadlines), [this] { ++shared_.timed_out; }));
  }
  const auto listening = listen();
  if (!listening) {
    acceptor_.reset();
    loops_.clear();
    return Failure(listening.error());
  }
  const std::uint16_t port = acceptor_->local_endpoint().port();
  shared_.pool = std::make_unique<WorkerPool>(shared_.options.workers, shared_.options.queue);
  shared_.reserve = std::make_unique<WorkerPool>(1, kReserveQueue);
  asio::co_spawn(loops_.front()->executor(), accept(), [this](const std::exception_ptr& thrown) {
    if (thrown) shared_.fault("the accept loop ended by an exception");
  });
  for (const auto& loop : loops_) loop->start();
  return port;
}

Result<void> Server::Impl::listen() {
  const ServerOptions& options = shared_.options;
  const auto failed = [&](const boost::system::error_code& error) {
    const std::string where = options.address + ":" + std::to_string(options.port);
    return Failure(
        Error::unavailable(Text::format("Không mở được cổng {0}.", "Cannot listen on {0}.", where), error.message()));
  };
  boost::system::error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) return failed(error);
  const Tcp::endpoint endpoint(address, options.port);
  acceptor_ = std::make_unique<Acceptor>(loops_.front()->executor());
  acceptor_->open(endpoint.protocol(), error);
  if (error) return failed(error);
  acceptor_->set_option(Acceptor::reuse_address(true), error);  // a restart must not wait for old connections
  acceptor_->bind(endpoint, error);
  if (error) return failed(error);
  acceptor_->listen(Acceptor::max_listen_connections, error);
  if (error) return failed(error);
  return {};
}

Task<> Server::Impl::accept() {
  Timer pause(acceptor_->get_executor());
  for (std::size_t next = 0;; ++next) {
    while (!shared_.stopping && !connections_->is_ready()) {
      pause.expires_after(std::chrono::milliseconds{1});
      const auto waited = co_await pause.async_wait(kAwait);
      static_cast<void>(waited);
    }
    Loop& loop = *loops_[next % loops_.size()];
    auto [error, socket] = co_await acceptor_->async_accept(loop.executor(), kAwait);
    if (shared_.stopping || !acceptor_->is_open()) co_return;
    if (error) {
      // No descriptors left, or the peer gave up already: neither may spin here.
      const bool none_left =
          error == asio::error::no_descriptors || error == boost::system::errc::too_many_files_open_in_system;
      if (none_left) connections_->make_room();
      pause.expires_after(std::chrono::milliseconds{20});
      const auto waited = co_await pause.async_wait(kAwait);
      static_cast<void>(waited);
      continue;
    }
    take(std::move(socket), loop);
  }
}

// Every connection that is admitted is released when its coroutine ends, however it ends.
void Server::Impl::take(Socket socket, Loop& loop) {
  ++shared_.accepted;
  std::string peer = address_text(socket);
  const std::string key = limit_key_of(peer);
  const auto& proxies = shared_.options.trusted_proxies;
  const bool is_proxy = std::ranges::find(proxies, peer) != proxies.end();
  auto place = peer.empty() ? nullptr : connections_->enter(key, is_proxy, loop);
  if (!place) {
    ++shared_.turned_away;
    return;
  }
  boost::system::error_code ignored;
  socket.set_option(Tcp::no_delay(true), ignored);
  auto context = tls_.load();
  auto session = context ? serve_tls(shared_, loop, place, std::move(socket), std::move(peer), std::move(context))
                         : serve_plain(shared_, loop, place, std::move(socket), std::move(peer));
  asio::co_spawn(loop.executor(), std::move(session), [this, place](const std::exception_ptr& thrown) {
    if (thrown) shared_.fault("a connection ended by an exception");
    connections_->leave(place);
  });
}

void Server::Impl::stop() {
  if (loops_.empty()) return;
  shared_.stopping = true;
  asio::post(loops_.front()->executor(), [this] {
    boost::system::error_code ignored;
    acceptor_->close(ignored);
  });
  for (const auto& loop : loops_) loop->cut_idle();
  if (!connections_->wait_until_empty(shared_.options.deadlines.stop)) {
    // Handlers cannot be interrupted; their connections end as soon as they return.
    do {
      for (const auto& loop : loops_) loop->cut_all();
    } while (!connections_->wait_until_empty(std::chrono::milliseconds{100}));
  }
  shared_.pool.reset();
  shared_.reserve.reset();
  for (const auto& loop : loops_) loop->join();
  acceptor_.reset();
  loops_.clear();
}

Result<void> Server::Impl::use_certificate(const Tls& tls) {
  tls_.store(TRY(make_tls_context(tls)));
  return {};
}

ServerCounters Server::Impl::counters() const {
  const auto figures = connections_ ? connections_->figures() : Connections::Figures{};
  return {.accepted = shared_.accepted,
          .turned_away = shared_.turned_away,
          .sent_away = figures.sent_away,
          .timed_out = shared_.timed_out,
          .malformed = shared_.malformed,
          .busy = shared_.busy,
          .connections = figures.open,
          .room = room_,
          .waiting = shared_.pool ? shared_.pool->waiting() : 0};
}

Server::Server(Router router, ServerOptions options, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(router), std::move(options), clock)) {}
Server::~Server() = default;

Result<std::uint16_t> Server::start() {
  return impl_->start();
}
void Server::stop() {
  impl_->stop();
}
Result<void> Server::use_certificate(const Tls& tls) {
  return impl_->use_certificate(tls);
}
ServerCounters Server::counters() const {
  return impl_->counters();
}

}  // namespace khien::http
