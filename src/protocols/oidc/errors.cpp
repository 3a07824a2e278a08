#include "protocols/oidc/errors.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

namespace khien::oidc {
namespace {

constexpr FaultFacts kInvalidRequest{"invalid_request", 400, "The request is malformed."};
constexpr FaultFacts kInvalidClient{"invalid_client", 401, "The client could not be authenticated."};
constexpr FaultFacts kInvalidGrant{"invalid_grant", 400,
                                   "The code is not valid any more or was not issued for this request."};
constexpr FaultFacts kUnauthorizedClient{"unauthorized_client", 400, "The client may not do this."};
constexpr FaultFacts kUnsupportedGrantType{"unsupported_grant_type", 400, "Only authorization_code is supported."};
constexpr FaultFacts kUnsupportedResponseType{"unsupported_response_type", 400,
                                              "Only response_type=code is supported."};
constexpr FaultFacts kInvalidScope{"invalid_scope", 400, "The scope must contain openid."};
constexpr FaultFacts kAccessDenied{"access_denied", 403, "Access is refused by the policy."};
constexpr FaultFacts kServerError{"server_error", 500, "An internal error occurred; it has been logged."};
constexpr FaultFacts kTemporarilyUnavailable{"temporarily_unavailable", 503, "The system is busy; please try again."};
constexpr FaultFacts kLoginRequired{"login_required", 400, "The user must sign in."};
constexpr FaultFacts kInteractionRequired{"interaction_required", 400, "The user owes a step of the sign-in."};
constexpr FaultFacts kRequestNotSupported{"request_not_supported", 400, "The parameter request is not supported."};
constexpr FaultFacts kRequestUriNotSupported{"request_uri_not_supported", 400,
                                             "The parameter request_uri is not supported."};
constexpr FaultFacts kRegistrationNotSupported{"registration_not_supported", 400,
                                               "The parameter registration is not supported."};
constexpr FaultFacts kInvalidToken{"invalid_token", 401, "The access token is not valid any more."};
constexpr FaultFacts kTooManyCodes{"temporarily_unavailable", 503,
                                   "Too many sign-ins of this user within a minute; please try again later."};
constexpr FaultFacts kTooManyAttempts{"invalid_client", 429, "Too many failed attempts; try again in some minutes."};

http::Response document(int status, const boost::json::object& object) {
  return sealed(http::Response::json(boost::json::serialize(object), status));
}

}  // namespace

const FaultFacts& facts_of(Fault fault) {
  switch (fault) {
    case Fault::InvalidRequest:
      return kInvalidRequest;
    case Fault::InvalidClient:
      return kInvalidClient;
    case Fault::InvalidGrant:
      return kInvalidGrant;
    case Fault::UnauthorizedClient:
      return kUnauthorizedClient;
    case Fault::UnsupportedGrantType:
      return kUnsupportedGrantType;
    case Fault::UnsupportedResponseType:
      return kUnsupportedResponseType;
    case Fault::InvalidScope:
      return kInvalidScope;
    case Fault::AccessDenied:
      return kAccessDenied;
    case Fault::ServerError:
      return kServerError;
    case Fault::TemporarilyUnavailable:
      return kTemporarilyUnavailable;
    case Fault::LoginRequired:
      return kLoginRequired;
    case Fault::InteractionRequired:
      return kInteractionRequired;
    case Fault::RequestNotSupported:
      return kRequestNotSupported;
    case Fault::RequestUriNotSupported:
      return kRequestUriNotSupported;
    case Fault::RegistrationNotSupported:
      return kRegistrationNotSupported;
    case Fault::InvalidToken:
      return kInvalidToken;
    case Fault::TooManyAttempts:
      return kTooManyAttempts;
    case Fault::TooManyCodes:
      return kTooManyCodes;
  }
  throw std::logic_error("no such fault");
}

http::Response json_error(Fault fault, std::string_view about) {
  const FaultFacts& facts = facts_of(fault);
  std::string description(facts.description);
  if (!about.empty()) description += " (" + std::string(about) + ")";
  http::Response response =
      document(facts.status, {{"error", facts.code}, {"error_description", std::move(description)}});
  if (fault == Fault::TemporarilyUnavailable) response.set("Retry-After", "2");
  if (fault == Fault::TooManyAttempts) response.set("Retry-After", "300");
  return response;
}

http::Response bearer_error(Fault fault) {
  http::Response response = json_error(fault);
  response.set("WWW-Authenticate", "Bearer error=\"" + std::string(facts_of(fault).code) + "\"");
  return response;
}

http::Response client_error(Fault fault, const http::Request& request) {
  http::Response response = json_error(fault);
  if (!request.header("Authorization").empty() && response.status == 401)
    response.set("WWW-Authenticate", "Basic realm=\"khien\"");
  return response;
}

http::Response sealed(http::Response response) {
  response.set("Cache-Control", "no-store").set("Pragma", "no-cache").set("Referrer-Policy", "no-referrer");
  return response;
}

}  // namespace khien::oidc
