#include "credentials/verifier.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/vietnamese.h"

namespace khien::credentials {
namespace {

constexpr std::string_view kDomain = "khien password verifier 1";
constexpr std::size_t kMaxPepperId = 64;

std::array<unsigned char, 12> bytes_of_parameters(const Argon2Parameters& parameters) {
  std::array<unsigned char, 12> out{};
  std::size_t at = 0;
  for (const std::uint32_t value : {parameters.memory_kib, parameters.passes, parameters.lanes})
    for (int shift = 24; shift >= 0; shift -= 8) out[at++] = static_cast<unsigned char>(value >> shift);
  return out;
}

bool is_pepper_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxPepperId) return false;
  for (const char c : id) {
    const bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!ok) return false;
  }
  return true;
}

/// Takes `name=value` and the comma behind it off the front; the last field has no comma.
std::optional<std::string_view> take_field(std::string_view& rest, std::string_view name) {
  if (!rest.starts_with(name) || rest.size() <= name.size() || rest[name.size()] != '=') return std::nullopt;
  rest.remove_prefix(name.size() + 1);
  const auto comma = rest.find(',');
  const std::string_view value = rest.substr(0, comma);
  rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  return value;
}

std::optional<std::uint32_t> take_number(std::string_view& rest, std::string_view name) {
  const auto text = take_field(rest, name);
  if (!text) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, wrong] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (wrong != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return value;
}

Digest tag_of(const PasswordHash& hash, LoginId login, const Secret& pepper) {
  return keyed_digest(pepper,
                      {bytes_of(kDomain), login.bytes, bytes_of_parameters(hash.parameters), hash.bytes.bytes()});
}

}  // namespace

Result<void> check(const Argon2Parameters& parameters) {
  const bool fits = parameters.memory_kib >= 8 && parameters.memory_kib <= 1024 * 1024 && parameters.passes >= 1 &&
                    parameters.passes <= 64 && parameters.lanes == 1;
  if (fits) return {};
  return Failure(Error::invalid({"Tham số Argon2 nằm ngoài giới hạn (bộ nhớ từ 8 KiB đến 1 GiB, 1–64 lượt, 1 luồng).",
                                 "The Argon2 parameters are out of bounds (memory from 8 KiB to 1 GiB, 1 to 64 passes, "
                                 "1 lane)."}));
}

Result<Secret> prepare(const Secret& password) {
  if (password.empty()) return Failure(Error::invalid({"Chưa nhập mật khẩu.", "No password was given."}));
  if (password.size() > kMaxPasswordBytes)
    return Failure(Error::invalid(Text::format("Mật khẩu quá dài (tối đa {} byte).",
                                               "The password is too long (at most {} bytes).", kMaxPasswordBytes)));
  auto normal = nfc(password.reveal());
  if (!normal)
    return Failure(Error::invalid({"Mật khẩu không phải văn bản UTF-8 hợp lệ.", "The password is not valid UTF-8."}));
  return Secret(std::move(*normal));
}

Result<PasswordHash> hash(const Secret& password, ByteView holder_salt, const Argon2Parameters& parameters) {
  TRY(check(parameters));
  const Secret normal = TRY(prepare(password));
  if (holder_salt.size() != kHolderSaltBytes) return Failure(Error::internal("the salt of a holder has 16 bytes"));
  Digest out{};
  const int wrong =
      crypto_pwhash(out.data(), out.size(), normal.reveal().data(), normal.size(), holder_salt.data(),
                    parameters.passes, std::size_t{parameters.memory_kib} * 1024, crypto_pwhash_ALG_ARGON2ID13);
  if (wrong != 0)
    return Failure(Error::unavailable({"Không đủ bộ nhớ để kiểm tra mật khẩu; xin thử lại sau.",
                                       "There is not enough memory to check the password; please try again later."},
                                      "crypto_pwhash failed"));
  PasswordHash made{parameters, Secret(ByteView(out))};
  sodium_memzero(out.data(), out.size());
  return made;
}

std::string Verifier::text() const {
  return fmt::format("v=1,k={},m={},t={},p={},h={}", pepper_id, parameters.memory_kib, parameters.passes,
                     parameters.lanes, base64url(tag));
}

std::optional<Verifier> Verifier::parse(std::string_view text) {
  std::string_view rest = text;
  Verifier verifier;
  if (take_field(rest, "v") != "1") return std::nullopt;
  const auto id = take_field(rest, "k");
  if (!id || !is_pepper_id(*id)) return std::nullopt;
  verifier.pepper_id = *id;
  const auto memory = take_number(rest, "m");
  const auto passes = take_number(rest, "t");
  const auto lanes = take_number(rest, "p");
  const auto tag = take_field(rest, "h");
  if (!memory || !passes || !lanes || !tag || !rest.empty()) return std::nullopt;
  verifier.parameters = {*memory, *passes, *lanes};
  const auto bytes = from_base64url(*tag);
  if (!check(verifier.parameters) || !bytes || bytes->size() != verifier.tag.size()) return std::nullopt;
  std::ranges::copy(*bytes, verifier.tag.begin());
  // A number with leading zeros or a trailing comma would be a second spelling of the same verifier.
  if (verifier.text() != text) return std::nullopt;
  return verifier;
}

Verifier make_verifier(const PasswordHash& hash, LoginId login, std::string_view pepper_id, const Secret& pepper) {
  return {std::string(pepper_id), hash.parameters, tag_of(hash, login, pepper)};
}

bool matches(const PasswordHash& hash, LoginId login, const Verifier& verifier, const PepperLookup& pepper) {
  const Secret* key = pepper(verifier.pepper_id);
  if (key == nullptr || hash.parameters != verifier.parameters) return false;
  const Digest tag = tag_of(hash, login, *key);
  return sodium_memcmp(tag.data(), verifier.tag.data(), tag.size()) == 0;
}

bool needs_rehash(const Verifier& verifier, std::string_view current_pepper_id, const Argon2Parameters& wanted) {
  return verifier.pepper_id != current_pepper_id || verifier.parameters != wanted;
}

}  // namespace khien::credentials
