// Every error of the protocol, once: its code on the wire, its status, its text for programs. What went wrong in detail
// never reaches a peer.
#pragma once

#include <string>
#include <string_view>

#include "http/types.h"

namespace khien::oidc {

enum class Fault {
  InvalidRequest,
  InvalidClient,
  InvalidGrant,
  UnauthorizedClient,
  UnsupportedGrantType,
  UnsupportedResponseType,
  InvalidScope,
  AccessDenied,
  ServerError,
  TemporarilyUnavailable,
  LoginRequired,
  InteractionRequired,
  RequestNotSupported,
  RequestUriNotSupported,
  RegistrationNotSupported,
  InvalidToken,
  TooManyAttempts,  ///< answered as invalid_client with status 429
  TooManyCodes,     ///< of one login within a minute: answered as temporarily_unavailable
};

/// RFC 6749 sections 4.1.2.1 and 5.2, RFC 6750 section 3.1, OpenID Connect Core section 3.1.2.6.
struct FaultFacts {
  std::string_view code;
  int status;                    ///< where it is answered directly
  std::string_view description;  ///< `error_description`: printable ASCII without quote and backslash
};
const FaultFacts& facts_of(Fault fault);

/// RFC 6749 section 5.2: a JSON document that no cache keeps. `about` names the parameter, in ASCII.
http::Response json_error(Fault fault, std::string_view about = {});
/// RFC 6750 section 3: the challenge in WWW-Authenticate.
http::Response bearer_error(Fault fault);
/// `invalid_client`, with a challenge if the client tried HTTP Basic in that request.
http::Response client_error(Fault fault, const http::Request& request);

/// Answers of this protocol are kept by no cache, and their address is told to nobody.
http::Response sealed(http::Response response);

}  // namespace khien::oidc
