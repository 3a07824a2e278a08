// Bytes of a connection into requests: a pure machine over Beast's parser, without any socket. Only for this folder and
// its fuzz target.
//
// States: Head (waiting for the end of the headers) → Body (headers are checked; the caller may look at the request and
// must call allow_body) → Done. From each: Failed, with the status to answer.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "http/types.h"

namespace khien::http {

class RequestReader {
 public:
  enum class State { Head, Body, Done, Failed };

  RequestReader(std::size_t header_bytes, std::size_t header_lines);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// Takes some bytes from the front and returns how many; the rest must come again, with more behind it. Stops at the
  /// end of the headers and of the request.
  std::size_t feed(std::string_view bytes);

  [[nodiscard]] State state() const;
  /// In Failed: 400, 413, 417, 431, 501 or 505.
  [[nodiscard]] int status() const;

  /// In Body: how long the body may be; fails at once with 413 if it is announced to be longer.
  void allow_body(std::size_t limit);
  /// In Body: the client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool expects_continue() const;

  /// From Body on. The target may have failed to decode only in Failed.
  [[nodiscard]] Request& request();
  /// The client allows, and its version knows, another request on this connection.
  [[nodiscard]] bool keep_alive() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace khien::http
