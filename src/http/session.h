// One connection: reads requests, has them answered, writes the answers, one after the other. Only for this folder.
//
// States: handshake (TLS only) → idle → head → body → answering → writing → idle … → closing. Each but answering has a
// deadline; in answering the peer waits for us.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "http/connections.h"
#include "http/loop.h"
#include "http/server.h"
#include "http/tls_context.h"
#include "http/worker_pool.h"

namespace khien::http {

/// What all connections share; outlives them.
struct Shared {
  Router router;
  ServerOptions options;
  const Clock& clock;
  std::unique_ptr<WorkerPool> pool = nullptr;
  std::unique_ptr<WorkerPool> reserve = nullptr;  ///< for Cost::Reserved
  std::atomic<bool> stopping = false;
  std::atomic<std::uint64_t> accepted = 0;
  std::atomic<std::uint64_t> turned_away = 0;
  std::atomic<std::uint64_t> timed_out = 0;
  std::atomic<std::uint64_t> malformed = 0;
  std::atomic<std::uint64_t> busy = 0;

  void fault(std::string_view detail) const {
    if (options.on_fault) options.on_fault(detail);
  }
};

/// Runs the connection to its end, on the loop that the socket belongs to. Does not throw what a peer can cause.
Task<> serve_plain(Shared& shared, Loop& loop, std::shared_ptr<Place> place, Socket socket, std::string peer);
Task<> serve_tls(Shared& shared, Loop& loop, std::shared_ptr<Place> place, Socket socket, std::string peer,
                 std::shared_ptr<TlsContext> context);

}  // namespace khien::http
