// A blocking client on a bare socket, for tests only: it can send what no well-behaved client would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace khien::http::testing {

struct Reply {
  int status = 0;  ///< 0: the connection ended without one
  std::string head;
  std::string body;

  [[nodiscard]] bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class Client {
 public:
  /// `source` is the last part of the address that it comes from, 127.0.0.N.
  explicit Client(std::uint16_t port, int receive_buffer = 0, std::uint8_t source = 1)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer != 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    const timeval patience{.tv_sec = 20, .tv_usec = 0};  // a test that waits so long has failed
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + source);
    if (source != 1 && bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot bind");
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      throw std::runtime_error("cannot connect");
    }
  }
  Client(Client&& other) noexcept : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }

  /// False if the peer has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  /// The next answer; `bodiless` for the answer to HEAD.
  Reply receive(bool bodiless = false) {
    Reply reply;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return reply;
    }
    reply.head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    reply.status = std::atoi(reply.head.c_str() + 9);
    const std::size_t at = reply.head.find("Content-Length: ");
    if (bodiless || at == std::string::npos) return reply;
    const std::size_t size = std::strtoul(reply.head.c_str() + at + 16, nullptr, 10);
    while (buffer_.size() < size && fill()) {
    }
    reply.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return reply;
  }

  Reply ask(std::string_view request) {
    send(request);
    return receive();
  }
  Reply get(std::string_view target) { return ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n\r\n"); }

  /// Waits until the peer closes or resets the connection; false if it does not, or sends something more.
  bool ends() { return buffer_.empty() && !fill() && closed_; }

 private:
  bool fill() {
    char bytes[16384];
    const ssize_t size = recv(socket_, bytes, sizeof bytes, 0);
    closed_ = size == 0 || (size < 0 && (errno == ECONNRESET || errno == EPIPE));
    if (size <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(size));
    return true;
  }

  int socket_;
  bool closed_ = false;
  std::string buffer_;
};

}  // namespace khien::http::testing
