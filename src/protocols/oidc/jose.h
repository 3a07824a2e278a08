// JSON Web Signatures (RFC 7515) over cjose: a private key that signs and verifies compact tokens. cjose's types stay
// behind this header.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "protocols/oidc/types.h"

struct _cjose_jwk_int;

namespace khien::oidc {

/// An RSA-2048 key for RS256 or a P-256 key for ES256. Immutable; safe to share between threads.
class SigningKey {
 public:
  /// From the random generator of OpenSSL, the only one that cjose takes.
  static Result<SigningKey> generate(SigningAlg alg);
  /// From what private_jwk() gave.
  static Result<SigningKey> from_private_jwk(const Secret& jwk);

  [[nodiscard]] SigningAlg alg() const { return alg_; }
  /// RFC 7638 thumbprint (SHA-256), base64url.
  [[nodiscard]] const std::string& kid() const { return kid_; }
  /// RFC 7517, with kid, alg and use; one JSON object.
  [[nodiscard]] const std::string& public_jwk() const { return public_jwk_; }
  [[nodiscard]] Result<Secret> private_jwk() const;

  /// Compact serialization with the header members alg, kid and typ.
  [[nodiscard]] Result<std::string> sign(std::string_view typ, std::string_view payload) const;
  /// Whether the signature over the compact token is ours. The header must have been checked to name this key's
  /// algorithm (jwt.h).
  [[nodiscard]] bool verifies(std::string_view compact) const;

 private:
  struct Free {
    void operator()(_cjose_jwk_int* key) const;
  };
  using Handle = std::unique_ptr<_cjose_jwk_int, Free>;

  SigningKey(Handle handle, SigningAlg alg) : handle_(std::move(handle)), alg_(alg) {}
  static Result<SigningKey> complete(Handle handle);

  Handle handle_;
  SigningAlg alg_;
  std::string kid_;
  std::string public_jwk_;
};

}  // namespace khien::oidc
