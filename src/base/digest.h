// Digests, message authentication, authenticated encryption and Ed25519 over OpenSSL and libsodium.
#pragma once

#include <array>
#include <initializer_list>
#include <optional>
#include <string>

#include "base/encoding.h"
#include "base/random.h"
#include "base/secret.h"

namespace khien {

using Digest = std::array<unsigned char, 32>;

Digest sha256(ByteView bytes);
Digest sha256(std::initializer_list<ByteView> parts);

/// HMAC-SHA-256 (RFC 2104) over the parts, each preceded by its length as 8 bytes so that parts cannot run together.
Digest keyed_digest(const Secret& key, std::initializer_list<ByteView> parts);
/// Plain HMAC-SHA-256, where a standard asks for exactly that.
Digest hmac_sha256(const Secret& key, ByteView message);
/// HKDF-SHA-256 (RFC 5869) with an empty salt: a key for one named purpose out of a root key.
Secret derive_key(const Secret& root, std::string_view purpose, std::size_t length = 32);

/// XChaCha20-Poly1305 with a random nonce in front. `context` is authenticated, not stored. The key has 32 bytes.
Bytes seal(const Secret& key, ByteView plain, ByteView context, Random& random);
/// nullopt if key, context or bytes are not what was sealed.
std::optional<Secret> open_sealed(const Secret& key, ByteView sealed, ByteView context);

/// Ed25519 (RFC 8032). The seed is the 32-byte private key.
std::array<unsigned char, 32> ed25519_public(const Secret& seed);
std::array<unsigned char, 64> ed25519_sign(const Secret& seed, ByteView message);
bool ed25519_verify(ByteView public_key, ByteView message, ByteView signature);

/// Must be called once before anything else of this header; false if the library cannot start.
bool start_crypto();

}  // namespace khien
