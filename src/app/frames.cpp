#include "app/frames.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace khien::app {
namespace {

constexpr std::string_view kKinds = "CoernfwdsaANtx";

void append_length(std::string& out, std::size_t size) {
  for (const int shift : {24, 16, 8, 0}) out += static_cast<char>((size >> shift) & 0xFF);
}

std::size_t length_at(std::string_view bytes) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(bytes[i]);
  return size;
}

Failure malformed() {
  return Failure(Error::invalid({"Lệnh nhận được sai khuôn dạng.", "The command received is malformed."}));
}

Failure gone(const char* why) {
  return Failure(Error::unavailable(
      {"Mất kết nối giữa lệnh và máy chủ Khiên.", "The command and the Khiên server lost each other."}, why));
}

}  // namespace

std::string encode_fields(const std::vector<std::string>& fields) {
  std::string out;
  for (const auto& field : fields) {
    append_length(out, field.size());
    out += field;
  }
  return out;
}

Result<std::vector<std::string>> decode_fields(std::string_view bytes) {
  std::vector<std::string> fields;
  while (!bytes.empty()) {
    if (bytes.size() < 4 || fields.size() == kMostFields) return malformed();
    const std::size_t size = length_at(bytes);
    bytes.remove_prefix(4);
    if (size > bytes.size()) return malformed();
    fields.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return fields;
}

FrameStream::~FrameStream() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<void> FrameStream::send(const Frame& frame) {
  const std::string body = encode_fields(frame.fields);
  if (body.size() > kMostFrameBytes) return malformed();
  std::string bytes(1, static_cast<char>(frame.kind));
  append_length(bytes, body.size());
  bytes += body;
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t n = ::send(descriptor_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return gone(std::strerror(errno));
    sent += static_cast<std::size_t>(n);
  }
  return {};
}

Result<void> FrameStream::read_exactly(char* into, std::size_t size, std::chrono::seconds patience) {
  while (size > 0) {
    pollfd wait{.fd = descriptor_, .events = POLLIN, .revents = 0};
    const int ready = poll(&wait, 1, static_cast<int>(std::chrono::milliseconds(patience).count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return gone(ready == 0 ? "nothing came in time" : std::strerror(errno));
    const ssize_t n = recv(descriptor_, into, size, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return gone(n == 0 ? "closed" : std::strerror(errno));
    into += n;
    size -= static_cast<std::size_t>(n);
  }
  return {};
}

Result<Frame> FrameStream::receive(std::chrono::seconds patience, std::size_t most) {
  std::array<char, 5> head{};
  TRY(read_exactly(head.data(), head.size(), patience));
  const std::size_t size = length_at({head.data() + 1, 4});
  if (!kKinds.contains(head[0]) || size > most) return malformed();
  std::string body(size, '\0');
  TRY(read_exactly(body.data(), size, patience));
  return Frame{static_cast<FrameKind>(head[0]), TRY(decode_fields(body))};
}

}  // namespace khien::app
