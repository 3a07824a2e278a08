// What the OpenID provider deals with: connected systems as clients, authorization requests, codes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/text.h"
#include "base/time.h"

namespace khien::oidc {

/// Bounds on what a peer sends, in bytes; more is an invalid request.
inline constexpr std::size_t kParameterBytes = 4096;
inline constexpr std::size_t kStateBytes = 2048;
inline constexpr std::size_t kParameters = 64;
inline constexpr std::size_t kTokenBytes = 8192;

/// How long things hold. A code is redeemed by a program, at once.
inline constexpr std::chrono::seconds kCodeLives{60};
inline constexpr std::chrono::seconds kTokenLives{300};
/// How far the clock may step back before what was issued "in the future" is refused.
inline constexpr std::chrono::seconds kClockLeeway{10};

/// How a client shows at the token endpoint who it is (OpenID Connect Core section 9).
enum class AuthMethod {
  SecretBasic,  ///< client_secret_basic
  SecretPost,   ///< client_secret_post
  None,         ///< a public client: PKCE is mandatory
};
std::string_view name_of(AuthMethod method);
std::optional<AuthMethod> parse_auth_method(std::string_view name);

enum class SigningAlg { RS256, ES256 };
std::string_view name_of(SigningAlg alg);
std::optional<SigningAlg> parse_signing_alg(std::string_view name);

/// A connected system as a relying party. The text of `id` is its client_id.
struct Client {
  ClientId id;
  SystemId system;
  std::string name;
  std::vector<std::string> redirect_uris;
  std::vector<std::string> post_logout_redirect_uris;
  AuthMethod auth_method = AuthMethod::SecretBasic;
  SigningAlg alg = SigningAlg::RS256;  ///< of ID tokens
  std::string secret_digest;           ///< base64url of SHA-256 over the secret's text; empty for public clients
  Instant created_at;
  bool disabled = false;

  [[nodiscard]] bool is_public() const { return auth_method == AuthMethod::None; }
};

/// The scopes that we know; others are passed over (OpenID Connect Core section 3.1.2.1).
struct Scopes {
  bool openid = false;
  bool profile = false;
  bool email = false;
  bool unit = false;  ///< of our own: unit, position, groups

  bool operator==(const Scopes&) const = default;
};
Scopes parse_scopes(std::string_view text);
/// Separated by blanks, in a fixed order.
std::string text_of(const Scopes& scopes);

/// The first of the languages in `ui_locales` (BCP 47 tags separated by blanks, the most wanted first) that our pages
/// speak (OpenID Connect Core section 3.1.2.1); nullopt if none is.
std::optional<Language> first_spoken(std::string_view ui_locales);

/// One authorization request, complete and checked against its client.
struct AuthorizationRequest {
  enum class Prompt {
    Any,
    None,   ///< no page may be shown
    Login,  ///< sign in anew, whatever session there is
  };
  ClientId client;
  std::string redirect_uri;  ///< as sent: it is the one that the code is bound to
  Scopes scopes;
  std::string state;
  std::string nonce;
  std::string code_challenge;  ///< PKCE S256; empty if none
  Prompt prompt = Prompt::Any;
  std::optional<std::chrono::seconds> max_age;
  std::string login_hint;
  std::string id_token_hint;
  std::optional<Language> language;  ///< of `ui_locales`
  /// Of our own: when this request first came, if its browser has been sent to sign in since.
  std::optional<Instant> asked_at;
};

/// A code as stored: bound to everything that it was issued for. The code itself is kept as a digest only.
struct Code {
  std::string digest;  ///< base64url of SHA-256 over the code's text
  ClientId client;
  std::string redirect_uri;
  LoginId login;
  SessionId session;
  Scopes scopes;
  std::string nonce;
  std::string code_challenge;
  Instant auth_time;
  Instant issued_at;
  Instant expires_at;
  std::optional<Instant> used_at;
  std::optional<Instant> revoked_at;  ///< the tokens issued for it no longer count
};

}  // namespace khien::oidc
