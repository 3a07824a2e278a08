// The HTTP/1.1 server: one event loop per core, one coroutine per connection, a bounded pool for handlers that wait.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/secret.h"
#include "http/router.h"
#include "http/types.h"

namespace khien::http {

struct Tls {
  std::string certificate_pem;  ///< the server's certificate, then the chain
  Secret key_pem;
};

struct Limits {
  std::size_t header_bytes = 16 * 1024;  ///< request line and headers; more is answered 431
  std::size_t headers = 100;             ///< header lines; more is answered 431
  /// In all, or what fits under the limit on open files (descriptors.h) if that is less. When nearly all are taken,
  /// peers who have most lose those that have waited longest for a request; what is over is closed at once.
  std::size_t connections = 20'000;
  /// One IPv4 address or IPv6 /48, behind which a whole office may stand; a quarter of all if that is less. Over it,
  /// the peer loses its own that has waited longest.
  std::size_t connections_per_peer = 4'000;
};

/// Every wait on a peer has an end. Bodies and answers get their time plus what they take at `slowest_rate`.
struct Deadlines {
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds header{15'000};  ///< from the first byte of a request to the end of its headers
  std::chrono::milliseconds body{20'000};
  std::chrono::milliseconds idle{75'000};  ///< between requests
  std::chrono::milliseconds write{20'000};
  std::chrono::milliseconds stop{10'000};  ///< how long stop() waits for requests in flight
  std::size_t slowest_rate = 4 * 1024;     ///< bytes a second
};

/// One answered request, for log and metrics. Without query, body, headers: nothing in it is secret.
struct AccessRecord {
  std::string_view method;
  std::string_view route;  ///< the pattern; empty if none matched
  int status = 0;
  std::chrono::microseconds duration{};
  std::size_t bytes = 0;  ///< of the body sent
  std::string_view peer;
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 takes a free one
  std::optional<Tls> tls;
  std::size_t threads = 0;   ///< event loops; 0 means one per core
  std::size_t workers = 16;  ///< threads of the pool for Cost::Blocking; one source has half of them at most
  /// Requests that may wait for a worker; one source (as in connections_per_peer, but after proxies are believed) has
  /// half of these places at most. More are answered 503 with Retry-After.
  std::size_t queue = 256;
  bool keep_alive = true;
  Limits limits;
  Deadlines deadlines;
  /// Proxies whose X-Forwarded-For is believed: textual addresses. The peer of a request is then the last address in it
  /// that is not one of them.
  std::vector<std::string> trusted_proxies;
  std::function<void(const AccessRecord&)> on_access;     ///< called on the event loops: quick, thread-safe
  std::function<void(std::string_view detail)> on_fault;  ///< what went wrong, for the log; thread-safe
};

struct ServerCounters {
  std::uint64_t accepted = 0;     ///< connections since the start
  std::uint64_t turned_away = 0;  ///< connections over a limit
  std::uint64_t sent_away = 0;    ///< connections that waited and were closed because their places were needed
  std::uint64_t timed_out = 0;    ///< connections cut by a deadline
  std::uint64_t malformed = 0;    ///< requests answered 400, 413, 414, 431, 501 or 505 before any handler
  std::uint64_t busy = 0;         ///< requests answered 503 because the pool was full
  std::size_t connections = 0;    ///< open now
  std::size_t room = 0;           ///< how many may be open
  std::size_t waiting = 0;        ///< requests that wait for a worker now
};

class Server {
 public:
  Server(Router router, ServerOptions options, const Clock& clock);
  /// Stops, if it runs.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens and returns the port. Errors: an address that cannot be bound, a certificate or key that does not fit.
  Result<std::uint16_t> start();

  /// Accepts no more, closes idle connections, lets requests in flight finish within the deadline, cuts the rest, joins
  /// all threads. A handler that runs is always waited for. Not to be called from a handler.
  void stop();

  /// New connections use this certificate from now on; on an error the old one stays.
  Result<void> use_certificate(const Tls& tls);

  [[nodiscard]] ServerCounters counters() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace khien::http
