#include "base/encoding.h"

#include <sodium.h>

#include <array>

namespace khien {
namespace {

constexpr unsigned char kNoDigit = 0x80;
constexpr auto kBase64url = [] {
  std::array<unsigned char, 256> values{};
  values.fill(kNoDigit);
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (std::size_t i = 0; i < kDigits.size(); ++i)
    values[static_cast<unsigned char>(kDigits[i])] = static_cast<unsigned char>(i);
  return values;
}();

std::string encode(ByteView bytes, int variant) {
  std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), variant);
  out.pop_back();  // libsodium counts the terminating zero
  return out;
}

std::optional<Bytes> decode(std::string_view text, int variant) {
  Bytes out(text.size() / 4 * 3 + 3);
  std::size_t length = 0;
  if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, nullptr, variant) != 0)
    return std::nullopt;
  out.resize(length);
  if (encode(out, variant) != text) return std::nullopt;
  return out;
}

}  // namespace

std::string base64url(ByteView bytes) {
  return encode(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
std::string base64(ByteView bytes) {
  return encode(bytes, sodium_base64_VARIANT_ORIGINAL);
}

std::string hex(ByteView bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
  return decode(text, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}
std::optional<Bytes> from_base64(std::string_view text) {
  return decode(text, sodium_base64_VARIANT_ORIGINAL);
}

bool read_base64url(std::string_view text, std::span<unsigned char> out) {
  if (text.size() != (out.size() * 8 + 5) / 6) return false;
  std::uint32_t bits = 0;
  unsigned count = 0;
  std::size_t at = 0;
  unsigned char seen = 0;
  for (const char c : text) {
    const unsigned char value = kBase64url[static_cast<unsigned char>(c)];
    seen |= value;
    bits = bits << 6U | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[at++] = static_cast<unsigned char>(bits >> count);
  }
  return (seen & kNoDigit) == 0 && (bits & ((1U << count) - 1)) == 0;  // the bits left over are zero: one form
}

std::optional<Bytes> from_hex(std::string_view text) {
  if (text.empty()) return Bytes();  // libsodium wants room for a byte, even for none
  Bytes out(text.size() / 2);
  std::size_t length = 0;
  if (text.size() % 2 != 0 ||
      sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, nullptr) != 0 ||
      length != out.size() || hex(out) != text)
    return std::nullopt;
  return out;
}

}  // namespace khien
