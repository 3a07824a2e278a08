// What goes over the command socket: frames of one byte for their kind, four for their length, and fields.
//
// A command is given by a program of the operator's own to the server of the installation, on the same machine:
//
//   client                                   server
//   Command [version, language, token, argv…]
//                                            Out | Err [text]        any number
//                                            ReadFile [path, most]   answered by File [bytes] or NoFile [vi, en]
//                                            AskSecret | Ask [prompt] answered by Answer [text] or NoAnswer
//                                            KeepToken [token]
//                                            Exit [status]           the last
//
// The client reads only files that stand on its own command line.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace khien::app {

enum class FrameKind : std::uint8_t {
  Command = 'C',
  Out = 'o',
  Err = 'e',
  ReadFile = 'r',
  File = 'f',
  NoFile = 'n',
  WriteFile = 'w',
  Written = 'd',
  AskSecret = 's',
  Ask = 'a',
  Answer = 'A',
  NoAnswer = 'N',
  KeepToken = 't',
  Exit = 'x',
};

struct Frame {
  FrameKind kind = FrameKind::Exit;
  std::vector<std::string> fields;
};

inline constexpr std::size_t kMostFrameBytes = 80U << 20;
/// Of a command line: it comes before anybody is known.
inline constexpr std::size_t kMostCommandBytes = 256U << 10;
inline constexpr std::size_t kMostFields = 4096;

/// Fields one after the other, each with its length as four bytes, big-endian.
std::string encode_fields(const std::vector<std::string>& fields);
/// Invalid unless the bytes are just that.
Result<std::vector<std::string>> decode_fields(std::string_view bytes);

/// One end of the socket; closes it. One thread at a time.
class FrameStream {
 public:
  explicit FrameStream(int descriptor) : descriptor_(descriptor) {}
  ~FrameStream();
  FrameStream(FrameStream&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FrameStream& operator=(FrameStream&&) = delete;

  Result<void> send(const Frame& frame);
  /// Unavailable if the other end is gone or says nothing for that long; Invalid if it wants to send more than that.
  Result<Frame> receive(std::chrono::seconds patience, std::size_t most = kMostFrameBytes);
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  Result<void> read_exactly(char* into, std::size_t size, std::chrono::seconds patience);

  int descriptor_;
};

}  // namespace khien::app
