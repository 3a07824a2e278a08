// Which handler answers which method and path.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/types.h"

namespace khien::http {

/// Where a handler runs.
enum class Cost {
  Inline,    ///< on the event loop, to completion: reads snapshots in memory, microseconds, never waits
  Blocking,  ///< on the bounded worker pool: waits for a commit, hashes a password, reads a file
  Reserved,  ///< on a thread beside the pool: waits for milliseconds, and must be answered while the pool is full
};

/// Called from many threads at once; it may not touch what is not safe for that.
using Handler = std::function<Response(const Request&)>;

struct Route {
  Method method = Method::Get;
  std::string pattern;
  Cost cost = Cost::Blocking;
  Handler handler;
  std::size_t body_limit = 64 * 1024;  ///< bytes; more is answered 413
};

/// A table of routes, filled before the server starts and never changed after.
///
/// A pattern is a path whose segments are literal, or `{name}` (one segment, not empty), or at the end `{name*}` (all
/// the rest, at least one segment). A literal wins over `{name}`, that wins over `{name*}`. "/a" and "/a/" differ.
/// HEAD is answered by the route of GET, OPTIONS by a list of the methods, unless they have routes of their own.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  /// Throws std::invalid_argument on a malformed pattern or a second route for the same place: a mistake of ours at
  /// start-up.
  void add(Route route);
  void get(std::string pattern, Cost cost, Handler handler);
  void post(std::string pattern, Cost cost, Handler handler, std::size_t body_limit = 64 * 1024);

  /// Makes the page for an answer that no handler gave (404, 405, 413, 503 …), if the request got as far as having a
  /// path. It runs on the event loop. Without it a plain bilingual text is sent.
  using ErrorPage = std::function<Response(const Request&, int status, const Text&)>;
  void set_error_page(ErrorPage page);

  struct Match {
    const Route* route = nullptr;  ///< lives as long as the router
    Fields parameters;
    std::vector<Method> allowed;  ///< when there is no route: the methods that the path has; empty means 404
  };
  [[nodiscard]] Match match(Method method, std::string_view path) const;

  /// The handler's answer. An exception becomes 500; its text goes to `fault`, never to the peer.
  [[nodiscard]] Response run(const Route& route, const Request& request,
                             const std::function<void(std::string_view)>& fault) const;
  /// The answer when there is no route: 404, 405 with Allow, or the list for OPTIONS.
  [[nodiscard]] Response no_route(const Request& request, const Match& match) const;
  [[nodiscard]] Response error(const Request& request, int status) const;

  [[nodiscard]] std::vector<const Route*> routes() const;

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

/// The words for a status that the server itself answers with.
Text text_of_status(int status);

}  // namespace khien::http
