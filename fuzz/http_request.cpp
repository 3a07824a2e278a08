// Bytes of a connection into requests: cut anywhere, the same bytes give the same requests, and what comes out keeps
// its promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/vietnamese.h"
#include "http/request_reader.h"

namespace {

using namespace khien;
using namespace khien::http;

constexpr std::size_t kHeader = 4096;
constexpr std::size_t kBody = 512;

void require(bool truth) {
  if (!truth) std::abort();
}

struct Seen {
  std::string text;
  bool failed = false;
  bool in_head = false;  // the bytes ended before the headers did
};

void check(Request& request) {
  require(request.path == "*" || request.path.starts_with('/'));
  require(is_utf8(request.path) && request.path.find('\0') == std::string::npos);
  require(request.path.find("/../") == std::string::npos && !request.path.ends_with("/.."));
  require(request.body.size() <= kBody);
  for (const Field& field : request.headers) {
    require(!field.name.empty() && field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
  }
  for (const Field& field : request.query.fields()) require(is_utf8(field.name) && is_utf8(field.value));
  static_cast<void>(request.cookie("a"));
}

void note(Seen& seen, RequestReader& reader) {
  Request& request = reader.request();
  check(request);
  seen.text += std::string(name_of(request.method)) + " " + request.path + "?" + request.raw_query + "\n";
  for (const Field& field : request.headers) seen.text += field.name + ": " + field.value + "\n";
  seen.text += request.body + (reader.keep_alive() ? "\nkeep\n" : "\nclose\n");
}

// Reads all requests of the stream, given in pieces of `step` bytes.
Seen read(std::string_view stream, std::size_t step) {
  Seen seen;
  std::string buffer;
  RequestReader reader(kHeader, 50);
  bool allowed = false;
  while (true) {
    const std::size_t taken = buffer.empty() ? 0 : reader.feed(buffer);
    require(taken <= buffer.size());
    buffer.erase(0, taken);
    if (reader.state() == RequestReader::State::Body && !allowed) {
      allowed = true;
      reader.allow_body(kBody);
    }
    if (reader.state() == RequestReader::State::Failed) {
      require(reader.status() >= 400 && reader.status() <= 505);
      seen.failed = true;
      return seen;
    }
    if (reader.state() == RequestReader::State::Done) {
      note(seen, reader);
      reader = RequestReader(kHeader, 50);
      allowed = false;
      continue;
    }
    if (taken != 0) continue;
    if (stream.empty()) {
      seen.in_head = reader.state() == RequestReader::State::Head;
      return seen;
    }
    const std::size_t more = std::min(step, stream.size());
    buffer += stream.substr(0, more);
    stream.remove_prefix(more);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 16'384) return 0;
  const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Seen whole = read(stream, stream.size() + 1);
  const Seen parts = read(stream, 1U + data[0] % 64U);
  require(whole.text == parts.text);
  // Beast may see what is wrong with half a head at once, or only when the head is complete.
  require(whole.failed == parts.failed || whole.in_head || parts.in_head);
  return 0;
}
