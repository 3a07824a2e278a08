#include "protocols/oidc/authorization_request.h"

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "protocols/oidc/client_rules.h"

namespace khien::oidc {
namespace {

constexpr std::size_t kChallengeChars = 43;
constexpr std::chrono::hours kAskedAtHolds{1};

/// RFC 6749 appendix A: VSCHAR.
bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

template <class Integer>
std::optional<Integer> parse_number(std::string_view text) {
  Integer number{};
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (bad != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// What is wrong with one request whose address is known to be good.
struct Finding {
  Fault fault;
  std::string about;
};
using Checked = std::optional<Finding>;

Checked check_shape(const http::Values& values) {
  if (values.fields().size() > kParameters) return Finding{Fault::InvalidRequest, "too many parameters"};
  if (values.repeated()) return Finding{Fault::InvalidRequest, "a parameter came twice"};
  for (const auto& field : values.fields())
    if (field.value.size() > kParameterBytes) return Finding{Fault::InvalidRequest, "a parameter is too long"};
  if (!values.value("request").empty()) return Finding{Fault::RequestNotSupported, {}};
  if (!values.value("request_uri").empty()) return Finding{Fault::RequestUriNotSupported, {}};
  if (!values.value("registration").empty()) return Finding{Fault::RegistrationNotSupported, {}};
  const std::string_view type = values.value("response_type");
  if (type.empty()) return Finding{Fault::InvalidRequest, "response_type"};
  if (type != "code") return Finding{Fault::UnsupportedResponseType, {}};
  const std::string_view mode = values.value("response_mode");
  if (!mode.empty() && mode != "query") return Finding{Fault::InvalidRequest, "response_mode"};
  return std::nullopt;
}

/// Only S256: without a method the standard means `plain`, which protects nothing (RFC 9700 section 2.1.1).
Checked read_pkce(const http::Values& values, const Client& client, AuthorizationRequest& request) {
  const std::string_view challenge = values.value("code_challenge");
  const std::string_view method = values.value("code_challenge_method");
  if (challenge.empty()) {
    if (client.is_public() || !method.empty()) return Finding{Fault::InvalidRequest, "code_challenge"};
    return std::nullopt;
  }
  if (method != "S256") return Finding{Fault::InvalidRequest, "code_challenge_method"};
  const auto bytes = from_base64url(challenge);
  if (challenge.size() != kChallengeChars || !bytes) return Finding{Fault::InvalidRequest, "code_challenge"};
  request.code_challenge = challenge;
  return std::nullopt;
}

Checked read_prompt(const http::Values& values, AuthorizationRequest& request) {
  std::string_view text = values.value("prompt");
  std::size_t words = 0;
  bool none = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++words;
    // Whoever may enter is decided by policy and not asked for consent; another account is another sign-in.
    if (word == "login" || word == "select_account")
      request.prompt = AuthorizationRequest::Prompt::Login;
    else if (word == "none")
      none = true;
    else if (word != "consent")
      return Finding{Fault::InvalidRequest, "prompt"};
  }
  if (none && words > 1) return Finding{Fault::InvalidRequest, "prompt"};
  if (none) request.prompt = AuthorizationRequest::Prompt::None;
  return std::nullopt;
}

Checked read_freshness(const http::Values& values, AuthorizationRequest& request) {
  if (const std::string_view text = values.value("max_age"); !text.empty()) {
    const auto seconds = parse_number<std::int32_t>(text);
    if (!seconds) return Finding{Fault::InvalidRequest, "max_age"};
    request.max_age = std::chrono::seconds{*seconds};
  }
  return std::nullopt;
}

Checked read_rest(const http::Values& values, const Client& client, AuthorizationRequest& request) {
  if (auto found = check_shape(values)) return found;
  request.scopes = parse_scopes(values.value("scope"));
  if (!request.scopes.openid) return Finding{Fault::InvalidScope, {}};
  if (auto found = read_pkce(values, client, request)) return found;
  if (auto found = read_prompt(values, request)) return found;
  if (auto found = read_freshness(values, request)) return found;
  request.nonce = values.value("nonce");
  request.login_hint = values.value("login_hint");
  request.id_token_hint = values.value("id_token_hint");
  request.language = first_spoken(values.value("ui_locales"));
  return std::nullopt;
}

}  // namespace

std::expected<AuthorizationRequest, AuthorizationFault> read_authorization(const http::Values& values,
                                                                           const FindClient& find_client,
                                                                           const AskedTimes& asked_times) {
  const auto page = [](Fault fault, std::string about) {
    return std::unexpected(AuthorizationFault{fault, std::move(about), std::nullopt});
  };
  if (values.count("client_id") != 1) return page(Fault::InvalidRequest, "client_id");
  if (values.count("redirect_uri") != 1) return page(Fault::InvalidRequest, "redirect_uri");
  const auto id = ClientId::parse(values.value("client_id"));
  const Client* client = id ? find_client(*id) : nullptr;
  if (!client) return page(Fault::UnauthorizedClient, "client_id");
  const std::string_view redirect_uri = values.value("redirect_uri");
  if (!may_answer_at(*client, redirect_uri)) return page(Fault::InvalidRequest, "redirect_uri");

  AuthorizationRequest request;
  request.client = *id;
  request.redirect_uri = redirect_uri;
  const std::string_view state = values.value("state");
  const bool good_state = values.count("state") <= 1 && state.size() <= kStateBytes && is_visible(state);
  if (good_state) request.state = state;
  const AnswerAddress answer{request.redirect_uri, request.state};
  if (!good_state) return std::unexpected(AuthorizationFault{Fault::InvalidRequest, "state", answer});
  if (auto found = read_rest(values, *client, request))
    return std::unexpected(AuthorizationFault{found->fault, std::move(found->about), answer});
  request.asked_at = asked_times.read(values);
  return request;
}

bool is_since_asked(const AuthorizationRequest& request, Instant auth_time, Instant now) {
  return request.asked_at && auth_time > *request.asked_at && *request.asked_at <= now &&
         auth_time <= now + kClockLeeway && now - *request.asked_at < kAskedAtHolds;
}

bool is_fresh_enough(const AuthorizationRequest& request, Instant auth_time, Instant now) {
  if (is_since_asked(request, auth_time, now)) return true;
  if (request.prompt == AuthorizationRequest::Prompt::Login) return false;
  if (!request.max_age) return true;
  return auth_time <= now + kClockLeeway && now - auth_time <= *request.max_age;
}

bool verifier_fits(std::string_view verifier, std::string_view challenge) {
  const bool shaped = verifier.size() >= 43 && verifier.size() <= 128 && std::ranges::all_of(verifier, [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                               c == '.' || c == '_' || c == '~';
                      });
  return shaped && Secret{base64url(sha256(bytes_of(verifier)))}.equals(challenge);
}

}  // namespace khien::oidc
