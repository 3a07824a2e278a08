// The OpenID provider: its endpoints as functions from a request to a response.
//
// Authorization code flow only (OpenID Connect Core 1.0), PKCE with S256 (RFC 7636), `iss` in answers (RFC 9207), JWT
// access tokens (RFC 9068), revocation (RFC 7009), sign-out asked for by a client (RP-Initiated Logout 1.0).
//
// The states of one flow:
//   asked ──no or stale session──▶ sign-in ──▶ asked again (kAskedAt)
//   asked ──Gate::admit──▶ refused (page) | steps owed (sign-in) | code
//   code ──presented──▶ used: tokens, or refused ──presented again──▶ revoked: the tokens no longer count
#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/recorder.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/window_counter.h"
#include "http/csrf.h"
#include "http/types.h"
#include "protocols/oidc/asked_times.h"
#include "protocols/oidc/authorization_request.h"
#include "protocols/oidc/claims.h"
#include "protocols/oidc/clients.h"
#include "protocols/oidc/errors.h"
#include "protocols/oidc/key_set.h"
#include "protocols/oidc/page.h"
#include "protocols/oidc/redemption.h"
#include "protocols/oidc/refusals.h"
#include "protocols/oidc/types.h"
#include "signin/identity.h"
#include "store/store.h"

namespace khien::oidc {

/// What the provider works with; all outlive it.
struct Services {
  store::Store& store;
  audit::Recorder& recorder;
  signin::Gate& gate;
  const Clients& clients;
  const Keys& keys;
  const http::CsrfTokens& csrf;
  const AskedTimes& asked_times;
  const Clock& clock;
  Random& random;
  RenderPage render;
  std::function<void(std::string_view detail)> fault;  ///< for the log; may be empty
};

/// Failed client authentications from one address before it must wait, and for how long.
inline constexpr std::size_t kClientFailures = 20;
inline constexpr std::chrono::minutes kClientFailureWindow{5};

/// Codes that one login gets in a minute: one for each system that a person opens. Each becomes an entry of the log.
inline constexpr std::size_t kMostCodesAMinute = 60;

/// Thread-safe.
class Provider {
 public:
  /// `issuer`: an https origin, such as `https://khien.example.gov.vn:8443`, without a path; http only on loopback.
  static Result<std::unique_ptr<Provider>> create(std::string issuer, Services services);

  http::Response discovery(const http::Request& request) const;
  http::Response jwks(const http::Request& request) const;
  http::Response authorize(const http::Request& request);
  http::Response token(const http::Request& request);
  http::Response userinfo(const http::Request& request);
  http::Response revoke(const http::Request& request);
  http::Response logout(const http::Request& request);

  /// Forgets codes whose tokens have expired; called by a clock. Their number.
  Result<std::size_t> purge();

  /// For the sign-in page that will continue at that target of ours: the origins that its form is redirected to in the
  /// end (CSP form-action). Empty if the target is not a good authorization request.
  [[nodiscard]] std::vector<std::string> form_origins(std::string_view continue_target) const;
  /// For the page of whoever is refused at the sign-in: back to the client with `access_denied`. Only to an address
  /// that the client registered; nullopt if the target is not a good authorization request.
  [[nodiscard]] std::optional<signin::WayBack> way_back(std::string_view continue_target) const;

  /// For the pages of that sign-in: the language that the client asks for with `ui_locales`.
  [[nodiscard]] std::optional<Language> language(std::string_view continue_target) const;

  [[nodiscard]] const std::string& issuer() const { return issuer_; }
  [[nodiscard]] const Refusals& refusals() const { return refusals_; }

 private:
  using ClientPtr = std::shared_ptr<const Client>;
  struct SignOut;

  Provider(std::string issuer, Services services);

  // authorize.cpp
  http::Response authorize_asked(const http::Request& request);
  std::expected<AuthorizationRequest, AuthorizationFault> read(const http::Values& values) const;
  http::Response answer(const AnswerAddress& address, http::Fields fields) const;
  /// Told to the client that the fault names, or shown to the person.
  http::Response tell(const http::Request& request, const AuthorizationFault& fault) const;
  /// The same as the answer to the request, and counted.
  http::Response fail(const http::Request& request, const AuthorizationFault& fault);
  http::Response send_to_sign_in(const http::Values& values, const AuthorizationRequest& wanted, bool again);
  signin::WayBack link_back(const AuthorizationRequest& wanted, const Client& client) const;
  std::optional<AuthorizationRequest> read_target(std::string_view continue_target) const;
  http::Response refuse(const http::Request& request, const AuthorizationRequest& wanted, const Client& client,
                        const signin::Session& session, const signin::Admission& admission);
  http::Response issue_code(const AuthorizationRequest& wanted, const signin::Session& session);
  bool contradicts_id_token_hint(const AuthorizationRequest& wanted, const LoginId& login) const;
  bool contradicts_login_hint(const AuthorizationRequest& wanted, const LoginId& login) const;

  // token.cpp
  http::Response refuse_token(Fault fault, std::string_view about = {});
  std::expected<ClientPtr, Fault> authenticate(const http::Request& request, const http::Values& form);
  http::Response redeem(const Client& client, const http::Values& form);
  Verdict judge_by_gate(const Code& code, const Client& client, signin::Admission& admission,
                        std::optional<signin::Identity>& identity) const;
  Result<bool> consume(const Code& code, Verdict verdict, const audit::Entry& entry, std::string_view jti);
  Result<std::string> token_document(const Grant& grant, const signin::Identity& identity, SigningAlg alg) const;
  audit::Entry token_entry(const Code& code, const ClientId& by, Verdict verdict, std::string_view jti,
                           const signin::Admission& admission) const;

  // userinfo.cpp
  std::optional<Jwt> read_access_token(std::string_view token) const;
  std::expected<boost::json::object, Fault> describe(std::string_view token) const;

  // logout.cpp
  SignOut read_sign_out(const http::Values& values) const;
  http::Response sign_out(const http::Request& request, const SignOut& wanted,
                          const std::optional<signin::Session>& session);
  http::Response confirm_sign_out(const http::Request& request, const SignOut& wanted);

  // provider.cpp
  http::Response show(const http::Request& request, const Page& page) const;
  Fault fault_of(const Error& error) const;
  void log(std::string_view detail) const;

  std::string issuer_;
  Services services_;
  std::shared_ptr<const std::string> discovery_;
  WindowCounter client_failures_{kClientFailureWindow, 4096};
  WindowCounter codes_{std::chrono::minutes{1}, 65536};
  WindowCounter recorded_refusals_{std::chrono::hours{1}, 65536};
  Refusals refusals_;
};

/// The longest target that we send a browser to: it travels through the sign-in page inside another URL, which takes no
/// more (signin::safe_target).
inline constexpr std::size_t kTargetBytes = signin::kMostTargetBytes;

/// The form of a POST within the limits of this protocol; InvalidRequest otherwise.
std::expected<http::Values, Fault> read_form(const http::Request& request);

inline constexpr std::string_view kAuthorizePath = "/oauth2/authorize";
inline constexpr std::string_view kTokenPath = "/oauth2/token";
inline constexpr std::string_view kUserinfoPath = "/oauth2/userinfo";
inline constexpr std::string_view kJwksPath = "/oauth2/jwks";
inline constexpr std::string_view kLogoutPath = "/oauth2/logout";
inline constexpr std::string_view kRevokePath = "/oauth2/revoke";
inline constexpr std::string_view kDiscoveryPath = "/.well-known/openid-configuration";

}  // namespace khien::oidc
