#include "protocols/oidc/jose.h"

#include <cjose/cjose.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>

#include "base/digest.h"

namespace khien::oidc {
namespace {

Failure failed(const char* what, const cjose_err& error) {
  return Failure(Error::internal(std::string("cjose: ") + what + ": " + (error.message ? error.message : "failed")));
}

struct FreeText {
  void operator()(char* text) const {
    sodium_memzero(text, std::char_traits<char>::length(text));
    std::free(text);
  }
};
struct FreeHeader {
  void operator()(cjose_header_t* header) const { cjose_header_release(header); }
};
struct FreeJws {
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};

Result<boost::json::object> public_members(const cjose_jwk_t* key) {
  cjose_err error{};
  const std::unique_ptr<char, FreeText> text{cjose_jwk_to_json(key, false, &error)};
  if (!text) return failed("export", error);
  boost::system::error_code bad;
  auto value = boost::json::parse(text.get(), bad);
  if (bad || !value.is_object()) return Failure(Error::internal("cjose: a key that is not a JSON object"));
  value.as_object().erase("kid");
  return std::move(value.as_object());
}

/// RFC 7638 section 3.2: the required members only, in the order of their names.
std::string thumbprint(const boost::json::object& members, SigningAlg alg) {
  boost::json::object required;
  if (alg == SigningAlg::RS256) {
    for (const char* name : {"e", "kty", "n"}) required[name] = members.at(name);
  } else {
    for (const char* name : {"crv", "kty", "x", "y"}) required[name] = members.at(name);
  }
  return base64url(sha256(bytes_of(boost::json::serialize(required))));
}

}  // namespace

void SigningKey::Free::operator()(_cjose_jwk_int* key) const {
  cjose_jwk_release(key);
}

Result<SigningKey> SigningKey::generate(SigningAlg alg) {
  constexpr std::array<std::uint8_t, 3> kExponent{1, 0, 1};
  cjose_err error{};
  Handle handle{alg == SigningAlg::RS256 ? cjose_jwk_create_RSA_random(2048, kExponent.data(), kExponent.size(), &error)
                                         : cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)};
  if (!handle) return failed("generate", error);
  return complete(std::move(handle));
}

Result<SigningKey> SigningKey::from_private_jwk(const Secret& jwk) {
  cjose_err error{};
  Handle handle{cjose_jwk_import(jwk.reveal().data(), jwk.size(), &error)};
  if (!handle) return failed("import", error);
  return complete(std::move(handle));
}

Result<SigningKey> SigningKey::complete(Handle handle) {
  cjose_err error{};
  const auto kind = cjose_jwk_get_kty(handle.get(), &error);
  if (kind == CJOSE_JWK_KTY_OCT) return Failure(Error::internal("a symmetric key cannot sign tokens"));
  SigningKey key{std::move(handle), kind == CJOSE_JWK_KTY_RSA ? SigningAlg::RS256 : SigningAlg::ES256};
  auto members = TRY(public_members(key.handle_.get()));
  key.kid_ = thumbprint(members, key.alg_);
  members["kid"] = key.kid_;
  members["alg"] = name_of(key.alg_);
  members["use"] = "sig";
  key.public_jwk_ = boost::json::serialize(members);
  return key;
}

Result<Secret> SigningKey::private_jwk() const {
  cjose_err error{};
  const std::unique_ptr<char, FreeText> text{cjose_jwk_to_json(handle_.get(), true, &error)};
  if (!text) return failed("export", error);
  return Secret{std::string(text.get())};
}

Result<std::string> SigningKey::sign(std::string_view typ, std::string_view payload) const {
  cjose_err error{};
  const std::unique_ptr<cjose_header_t, FreeHeader> header{cjose_header_new(&error)};
  if (!header || !cjose_header_set(header.get(), CJOSE_HDR_ALG, std::string(name_of(alg_)).c_str(), &error) ||
      !cjose_header_set(header.get(), CJOSE_HDR_KID, kid_.c_str(), &error) ||
      !cjose_header_set(header.get(), "typ", std::string(typ).c_str(), &error))
    return failed("header", error);
  const ByteView bytes = bytes_of(payload);
  const std::unique_ptr<cjose_jws_t, FreeJws> jws{
      cjose_jws_sign(handle_.get(), header.get(), bytes.data(), bytes.size(), &error)};
  const char* compact = nullptr;
  if (!jws || !cjose_jws_export(jws.get(), &compact, &error)) return failed("sign", error);
  return std::string(compact);
}

bool SigningKey::verifies(std::string_view compact) const {
  cjose_err error{};
  const std::unique_ptr<cjose_jws_t, FreeJws> jws{cjose_jws_import(compact.data(), compact.size(), &error)};
  return jws && cjose_jws_verify(jws.get(), handle_.get(), &error);
}

}  // namespace khien::oidc
