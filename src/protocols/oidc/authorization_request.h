// Reading an authorization request (RFC 6749 section 4.1.1, OpenID Connect Core section 3.1.2.1, RFC 7636), once, into
// a struct. Pure.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "http/types.h"
#include "protocols/oidc/asked_times.h"
#include "protocols/oidc/errors.h"
#include "protocols/oidc/types.h"

namespace khien::oidc {

/// Where an answer may go: only ever to an address that the client registered.
struct AnswerAddress {
  std::string redirect_uri;
  std::string state;
};

struct AuthorizationFault {
  Fault fault = Fault::InvalidRequest;
  std::string about;                    ///< name of the parameter
  std::optional<AnswerAddress> answer;  ///< absent: show a page, redirect nowhere
};

/// nullptr if there is none, or it is disabled.
using FindClient = std::function<const Client*(const ClientId&)>;

std::expected<AuthorizationRequest, AuthorizationFault> read_authorization(const http::Values& values,
                                                                           const FindClient& find_client,
                                                                           const AskedTimes& asked_times);

/// Whether a sign-in at `auth_time` satisfies `prompt` and `max_age` of the request. A sign-in since the request first
/// came does; so that a clock that stepped back makes nothing look fresh, one in the future satisfies neither.
bool is_fresh_enough(const AuthorizationRequest& request, Instant auth_time, Instant now);
/// Whether the sign-in took place since the request first came.
bool is_since_asked(const AuthorizationRequest& request, Instant auth_time, Instant now);

/// RFC 7636 section 4.6: base64url(SHA-256(verifier)) is the challenge; a verifier has 43 to 128 unreserved characters.
bool verifier_fits(std::string_view verifier, std::string_view challenge);

}  // namespace khien::oidc
