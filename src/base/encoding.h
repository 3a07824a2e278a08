// Bytes as text and back: base64url (RFC 4648 section 5, no padding), base64, lower-case hexadecimal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace khien {

using Bytes = std::vector<unsigned char>;
using ByteView = std::span<const unsigned char>;

inline ByteView bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}
inline std::string_view text_of(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string base64url(ByteView bytes);
std::string base64(ByteView bytes);
std::string hex(ByteView bytes);

/// Strict decoders: no white space, no stray characters, exactly the canonical form; nullopt otherwise.
std::optional<Bytes> from_base64url(std::string_view text);
std::optional<Bytes> from_base64(std::string_view text);
std::optional<Bytes> from_hex(std::string_view text);

/// As from_base64url, into exactly so many bytes and without an allocation: a start reads millions of ids. False (and
/// the bytes undefined) otherwise. Not in constant time: for what is no secret.
bool read_base64url(std::string_view text, std::span<unsigned char> out);

}  // namespace khien
