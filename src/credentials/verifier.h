// How a password is kept: one slow hash for each holder, one keyed verifier for each login.
//
// verifier = HMAC-SHA-256(pepper, login ‖ parameters ‖ Argon2id(NFC password, salt of the holder)). As the salt is the
// holder's, one Argon2 computation tests a candidate against every login and the whole history of that holder, as far
// as they were made at one cost; after a change of the parameters it takes one more for each cost among them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"

namespace khien::credentials {

/// RFC 9106. The library computes one lane only.
struct Argon2Parameters {
  std::uint32_t memory_kib = 19456;
  std::uint32_t passes = 2;
  std::uint32_t lanes = 1;

  bool operator==(const Argon2Parameters&) const = default;
};

inline constexpr std::size_t kHolderSaltBytes = 16;
inline constexpr std::size_t kMaxPasswordBytes = 1024;

/// An error if the parameters are outside 8 KiB to 1 GiB, 1 to 64 passes, one lane.
Result<void> check(const Argon2Parameters& parameters);

/// Argon2id (version 0x13) output of 32 bytes, with what it was made by. Not to be stored.
struct PasswordHash {
  Argon2Parameters parameters;
  Secret bytes;
};

/// What can be refused before any work: empty, over 1,024 bytes, not UTF-8. The value is the NFC form.
Result<Secret> prepare(const Secret& password);

/// Blocks for tens of milliseconds: call it on the hashing pool. The salt has 16 bytes. For a login that does not
/// exist, hash with a salt derived from the name and a key, so that the answer takes as long.
Result<PasswordHash> hash(const Secret& password, ByteView holder_salt, const Argon2Parameters& parameters);

struct Verifier {
  std::string pepper_id;
  Argon2Parameters parameters;
  Digest tag{};

  /// `v=1,k=<pepper id>,m=19456,t=2,p=1,h=<base64url>`
  [[nodiscard]] std::string text() const;
  /// Exactly what `text` writes; nullopt otherwise.
  static std::optional<Verifier> parse(std::string_view text);

  bool operator==(const Verifier&) const = delete;
};

Verifier make_verifier(const PasswordHash& hash, LoginId login, std::string_view pepper_id, const Secret& pepper);

/// The pepper of that id, or nullptr.
using PepperLookup = std::function<const Secret*(std::string_view id)>;

/// Compares in constant time. False if the hash was made by other parameters (hash again by the verifier's) or the
/// pepper is gone.
bool matches(const PasswordHash& hash, LoginId login, const Verifier& verifier, const PepperLookup& pepper);

/// True if the verifier should be made anew at the next right password.
bool needs_rehash(const Verifier& verifier, std::string_view current_pepper_id, const Argon2Parameters& wanted);

}  // namespace khien::credentials
