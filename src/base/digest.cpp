#include "base/digest.h"

#include <openssl/evp.h>
#include <sodium.h>

#include <cstring>
#include <memory>
#include <stdexcept>

namespace khien {
namespace {

/// Looked up once: the look-up costs as much as hashing a hundred bytes.
const EVP_MD* sha256_method() {
  static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return method;
}

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), sha256_method(), nullptr) != 1)
      throw std::runtime_error("OpenSSL cannot compute SHA-256");
  }
  void add(ByteView bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  Digest finish() {
    Digest out{};
    EVP_DigestFinal_ex(context_.get(), out.data(), nullptr);
    return out;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

void add_length(crypto_auth_hmacsha256_state& state, std::size_t length) {
  unsigned char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(length >> (56 - 8 * i));
  crypto_auth_hmacsha256_update(&state, bytes, sizeof bytes);
}

}  // namespace

bool start_crypto() {
  return sodium_init() >= 0;
}

Digest sha256(ByteView bytes) {
  return sha256({bytes});
}

Digest sha256(std::initializer_list<ByteView> parts) {
  Sha256 hash;
  for (const auto part : parts) hash.add(part);
  return hash.finish();
}

Digest keyed_digest(const Secret& key, std::initializer_list<ByteView> parts) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.bytes().data(), key.size());
  for (const auto part : parts) {
    add_length(state, part.size());
    crypto_auth_hmacsha256_update(&state, part.data(), part.size());
  }
  Digest out{};
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

Digest hmac_sha256(const Secret& key, ByteView message) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.bytes().data(), key.size());
  crypto_auth_hmacsha256_update(&state, message.data(), message.size());
  Digest out{};
  crypto_auth_hmacsha256_final(&state, out.data());
  return out;
}

Secret derive_key(const Secret& root, std::string_view purpose, std::size_t length) {
  const Digest zero_salt{};
  const Digest pseudo_random_key = hmac_sha256(Secret(ByteView(zero_salt)), root.bytes());
  const Secret extract{ByteView(pseudo_random_key)};
  std::string out;
  std::string block;
  for (unsigned char counter = 1; out.size() < length; ++counter) {
    std::string message = block;
    message += purpose;
    message += static_cast<char>(counter);
    block = std::string(text_of(hmac_sha256(extract, bytes_of(message))));
    out += block;
  }
  out.resize(length);
  return Secret(std::move(out));
}

Bytes seal(const Secret& key, ByteView plain, ByteView context, Random& random) {
  if (key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) throw std::logic_error("a sealing key has 32 bytes");
  constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  Bytes out(nonce_size + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  random.fill({out.data(), nonce_size});
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, plain.data(), plain.size(),
                                             context.data(), context.size(), nullptr, out.data(), key.bytes().data());
  return out;
}

std::optional<Secret> open_sealed(const Secret& key, ByteView sealed, ByteView context) {
  constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  constexpr std::size_t overhead = nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES;
  if (sealed.size() < overhead || key.size() != crypto_aead_xchacha20poly1305_ietf_KEYBYTES) return std::nullopt;
  std::string plain(sealed.size() - overhead, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr,
                                                 sealed.data() + nonce_size, sealed.size() - nonce_size, context.data(),
                                                 context.size(), sealed.data(), key.bytes().data()) != 0)
    return std::nullopt;
  return Secret(std::move(plain));
}

std::array<unsigned char, 32> ed25519_public(const Secret& seed) {
  std::array<unsigned char, 32> public_key{};
  std::array<unsigned char, 64> private_key{};
  if (seed.size() != 32) throw std::logic_error("an Ed25519 seed has 32 bytes");
  crypto_sign_seed_keypair(public_key.data(), private_key.data(), seed.bytes().data());
  sodium_memzero(private_key.data(), private_key.size());
  return public_key;
}

std::array<unsigned char, 64> ed25519_sign(const Secret& seed, ByteView message) {
  std::array<unsigned char, 32> public_key{};
  std::array<unsigned char, 64> private_key{};
  if (seed.size() != 32) throw std::logic_error("an Ed25519 seed has 32 bytes");
  crypto_sign_seed_keypair(public_key.data(), private_key.data(), seed.bytes().data());
  std::array<unsigned char, 64> signature{};
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), private_key.data());
  sodium_memzero(private_key.data(), private_key.size());
  return signature;
}

bool ed25519_verify(ByteView public_key, ByteView message, ByteView signature) {
  return public_key.size() == 32 && signature.size() == 64 &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) == 0;
}

}  // namespace khien
