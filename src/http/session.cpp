#include "http/session.h"

#include <algorithm>
#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <type_traits>
#include <utility>

#include "http/forwarded.h"
#include "http/headers.h"
#include "http/on_pool.h"
#include "http/request_reader.h"

namespace khien::http {
namespace {

using TlsStream = asio::ssl::stream<Socket>;

constexpr std::size_t kReadSize = 4 * 1024;
constexpr std::size_t kBodyReadSize = 32 * 1024;
// Up to this size head and body leave in one piece: one system call, one TLS record.
constexpr std::size_t kOnePiece = 16 * 1024;
// What we still read from a peer that was answered before it finished, so that it sees the answer and not a reset.
constexpr std::size_t kLingerBytes = 256 * 1024;
constexpr std::chrono::seconds kLinger{2};

template <class Stream>
class Session final : public Connection {
 public:
  Session(Shared& shared, Loop& loop, Place& place, Stream stream, std::string peer)
      : shared_(shared), loop_(loop), place_(place), stream_(std::move(stream)), peer_(std::move(peer)) {
    loop_.enter(*this);
    place_.connection = this;
  }
  ~Session() override {
    place_.connection = nullptr;
    loop_.leave(*this);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void cut() override {
    boost::system::error_code ignored;
    socket().close(ignored);
  }

  Task<> run() {
    const bool ready = co_await shake_hands();
    if (!ready) co_return;
    bool more = true;
    while (more) more = co_await serve_one();
    co_await close();
  }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  auto& socket() { return stream_.lowest_layer(); }
  Socket& bottom() {
    if constexpr (kTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  [[nodiscard]] const Deadlines& deadlines() const { return shared_.options.deadlines; }

  void set_deadline(std::chrono::milliseconds from_now, std::size_t bytes = 0) {
    const auto transfer = std::chrono::milliseconds(bytes * 1000 / std::max<std::size_t>(deadlines().slowest_rate, 1));
    deadline = std::chrono::steady_clock::now() + from_now + transfer;
  }

  Task<bool> shake_hands() {
    if (shared_.stopping) co_return false;
    if constexpr (kTls) {
      idle = true;
      set_deadline(deadlines().handshake);
      const auto [error] = co_await stream_.async_handshake(TlsStream::server, kAwait);
      if (error) co_return false;
    }
    co_return true;
  }

  // One request and its answer. False ends the connection.
  Task<bool> serve_one() {
    place_.waits();
    if (buffer_.size() == 0) {
      if (shared_.stopping) co_return false;
      idle = true;
      set_deadline(deadlines().idle);
    } else {
      idle = false;
      set_deadline(deadlines().header);
    }
    RequestReader reader(shared_.options.limits.header_bytes, shared_.options.limits.headers);
    const bool arrived = co_await read_head(reader);
    if (!arrived) co_return false;
    Router::Match match;
    complete(reader.request());
    if (reader.state() != RequestReader::State::Failed) {
      match = shared_.router.match(reader.request().method, reader.request().path);
    }
    if (reader.state() == RequestReader::State::Body && match.route != nullptr) {
      const bool whole = co_await read_body(reader, match.route->body_limit);
      if (!whole) co_return false;
    }
    const bool written = co_await answer(reader, match);
    co_return written;
  }

  void complete(Request& request) const {
    request.peer = peer_;
    request.tls = kTls;
    if (!shared_.options.trusted_proxies.empty()) believe_proxies(request, shared_.options.trusted_proxies);
  }

  Task<bool> read_head(RequestReader& reader) {
    while (reader.state() == RequestReader::State::Head) {
      const bool moved = co_await advance(reader, kReadSize);
      if (!moved) co_return false;
    }
    co_return true;
  }

  Task<bool> read_body(RequestReader& reader, std::size_t limit) {
    set_deadline(deadlines().body, limit);
    reader.allow_body(limit);
    if (reader.expects_continue() && buffer_.size() == 0) {
      constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      const auto [error, written] = co_await asio::async_write(stream_, asio::buffer(kContinue), kAwait);
      if (error) co_return false;
    }
    while (reader.state() == RequestReader::State::Body) {
      const bool moved = co_await advance(reader, kBodyReadSize);
      if (!moved) co_return false;
    }
    co_return true;
  }

  // Gives the reader what is there, or waits for more. False if the peer is gone.
  Task<bool> advance(RequestReader& reader, std::size_t read_size) {
    if (buffer_.size() != 0) {
      const auto bytes = buffer_.cdata();
      const std::size_t taken = reader.feed({static_cast<const char*>(bytes.data()), bytes.size()});
      buffer_.consume(taken);
      if (taken != 0 || reader.state() == RequestReader::State::Failed) co_return true;
    }
    const auto [error, size] = co_await stream_.async_read_some(buffer_.prepare(read_size), kAwait);
    if (error) co_return false;
    buffer_.commit(size);
    if (idle) {
      idle = false;
      place_.waits();  // a request that has just begun is the last to be given up
      set_deadline(deadlines().header);
    }
    co_return true;
  }

  Task<bool> answer(RequestReader& reader, Router::Match& match) {
    const auto started = std::chrono::steady_clock::now();
    deadline = SteadyTime::max();
    place_.answers();
    const bool whole = reader.state() == RequestReader::State::Done;
    Request& request = reader.request();
    Response response;
    if (reader.state() == RequestReader::State::Failed) {
      ++shared_.malformed;
      response = shared_.router.error(request, reader.status());
    } else if (match.route == nullptr) {
      response = shared_.router.no_route(request, match);
    } else {
      request.parameters = std::move(match.parameters);
      request.route = match.route->pattern;
      if (match.route->cost == Cost::Inline) {
        response = run(*match.route, request);
      } else {
        response = co_await run_on_pool(*match.route, request);
      }
    }
    // After an unread or broken body nobody knows where the next request begins.
    linger_ = !whole;
    const bool keep = whole && reader.keep_alive() && shared_.options.keep_alive && !shared_.stopping;
    const bool written = co_await write(request, match.route, response, keep, started);
    co_return written&& keep;
  }

  Response run(const Route& route, const Request& request) const {
    return shared_.router.run(route, request, shared_.options.on_fault);
  }

  Task<Response> run_on_pool(const Route& route, const Request& request) {
    WorkerPool& pool = route.cost == Cost::Reserved ? *shared_.reserve : *shared_.pool;
    // Not peer_: behind a proxy that is believed, each of its clients has a share of its own.
    std::string source = limit_key_of(request.peer);
    auto response = co_await on_pool(pool, std::move(source), [this, &route, &request] { return run(route, request); });
    if (response) co_return std::move(*response);
    ++shared_.busy;
    co_return shared_.router.error(request, 503);
  }

  Task<bool> write(const Request& request, const Route* route, Response& response, bool keep, SteadyTime started) {
    if (!may_leave(response)) {
      shared_.fault("a header of the answer to " + request.route + " may not leave");
      response = shared_.router.error(request, 500);
    }
    std::string head =
        head_of(response, {.tls = request.tls, .keep_alive = keep, .date = loop_.date(shared_.clock.now())});
    const bool bare = request.method == Method::Head || response.status == 204 || response.status == 304;
    const std::string_view body = bare ? std::string_view{} : response.content();
    set_deadline(deadlines().write, body.size());
    const bool one_piece = body.size() <= kOnePiece;
    if (one_piece) head += body;
    const std::array<asio::const_buffer, 2> pieces{asio::buffer(head),
                                                   one_piece ? asio::const_buffer{} : asio::buffer(body)};
    boost::system::error_code error;
    if (one_piece) {
      error = std::get<0>(co_await asio::async_write(stream_, pieces[0], kAwait));
    } else {
      error = std::get<0>(co_await asio::async_write(stream_, pieces, kAwait));
    }
    record(request, route, response.status, body.size(), started);
    co_return !error;
  }

  void record(const Request& request, const Route* route, int status, std::size_t bytes, SteadyTime started) const {
    if (!shared_.options.on_access) return;
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
    shared_.options.on_access(
        {.method = name_of(request.method),
         .route = route == nullptr ? std::string_view{} : std::string_view(route->pattern),
         .status = status,
         .duration = duration,
         .bytes = bytes,
         .peer = request.peer.empty() ? std::string_view(peer_) : std::string_view(request.peer)});
  }

  Task<> close() {
    deadline = std::chrono::steady_clock::now() + kLinger;
    place_.waits();
    if constexpr (kTls) {
      // Our close_notify; the peer's is not waited for.
      const auto [error] = co_await stream_.async_shutdown(kAwait);
      static_cast<void>(error);
    }
    boost::system::error_code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    std::array<char, kReadSize> waste{};
    std::size_t read = 0;
    while (linger_ && read < kLingerBytes) {
      const auto [error, size] = co_await bottom().async_read_some(asio::buffer(waste), kAwait);
      if (error) break;
      read += size;
    }
    socket().close(ignored);
  }

  Shared& shared_;
  Loop& loop_;
  Place& place_;
  Stream stream_;
  const std::string peer_;
  boost::beast::flat_buffer buffer_;
  bool linger_ = false;
};

}  // namespace

Task<> serve_plain(Shared& shared, Loop& loop, std::shared_ptr<Place> place, Socket socket, std::string peer) {
  Session<Socket> session(shared, loop, *place, std::move(socket), std::move(peer));
  co_await session.run();
}

// The context is kept until the stream is gone, whatever certificate new connections get meanwhile.
Task<> serve_tls(Shared& shared, Loop& loop, std::shared_ptr<Place> place, Socket socket, std::string peer,
                 std::shared_ptr<TlsContext> context) {
  Session<TlsStream> session(shared, loop, *place, TlsStream(std::move(socket), *context), std::move(peer));
  co_await session.run();
}

}  // namespace khien::http
