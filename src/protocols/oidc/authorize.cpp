// The authorization endpoint.
#include <array>

#include "base/digest.h"
#include "base/vietnamese.h"
#include "http/form.h"
#include "http/language.h"
#include "http/url.h"
#include "protocols/oidc/provider.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

/// What is wrong between the client and us, for a person who can do nothing about it but tell.
Text what_is_wrong(Fault fault, std::string_view about) {
  if (fault == Fault::UnauthorizedClient)
    return {"Hệ thống vừa mở chưa được đăng ký để đăng nhập ở đây, hoặc đăng ký của hệ thống đã bị gỡ.",
            "The system that you opened is not registered to sign people in here, or is so no longer."};
  if (about == "redirect_uri")
    return {"Địa chỉ mà hệ thống vừa mở muốn nhận kết quả không phải địa chỉ đã đăng ký ở đây.",
            "The address to which the system that you opened wants its answer is not registered here."};
  return {"Yêu cầu đăng nhập mà hệ thống vừa mở gửi đến đây không đúng quy cách.",
          "The sign-in request of the system that you opened is not well-formed."};
}

Page error_page(Fault fault, const std::string& about) {
  Page page;
  page.kind = Page::Kind::Error;
  page.status = 400;
  page.title = {"Chưa đăng nhập được vào hệ thống này", "This system cannot sign you in"};
  const Text wrong = what_is_wrong(fault, about);
  page.message = {wrong.vi +
                      " Ông/bà không làm gì sai, và tài khoản không bị ảnh hưởng. Báo cho bộ phận quản trị của hệ "
                      "thống đó, kèm dòng chữ nhỏ dưới đây.",
                  wrong.en +
                      " You did nothing wrong, and your account is as it was. Tell the administrators of that "
                      "system, with the small line below."};
  page.technical = std::string(facts_of(fault).code) + (about.empty() ? "" : ": " + about);
  return page;
}

}  // namespace

std::expected<AuthorizationRequest, AuthorizationFault> Provider::read(const http::Values& values) const {
  ClientPtr held;  // keeps the client alive while the request is read
  const auto find = [&](const ClientId& id) -> const Client* {
    held = services_.clients.find(id);
    return held && !held->disabled ? held.get() : nullptr;
  };
  return read_authorization(values, find, services_.asked_times);
}

/// RFC 6749 section 4.1.2: only ever called with an address that was found among those registered.
http::Response Provider::answer(const AnswerAddress& address, http::Fields fields) const {
  if (!address.state.empty()) fields.push_back({"state", address.state});
  fields.push_back({"iss", issuer_});  // RFC 9207: the client sees who answers, against mix-up
  return sealed(http::Response::redirect(http::with_query(address.redirect_uri, fields)));
}

http::Response Provider::tell(const http::Request& request, const AuthorizationFault& fault) const {
  if (!fault.answer) return show(request, error_page(fault.fault, fault.about));
  const FaultFacts& facts = facts_of(fault.fault);
  std::string description(facts.description);
  if (!fault.about.empty()) description += " (" + fault.about + ")";
  return answer(*fault.answer, {{"error", std::string(facts.code)}, {"error_description", std::move(description)}});
}

http::Response Provider::fail(const http::Request& request, const AuthorizationFault& fault) {
  refusals_.count(Endpoint::Authorize, fault.fault);
  return tell(request, fault);
}

http::Response Provider::authorize(const http::Request& request) {
  if (request.method != http::Method::Post) return authorize_asked(request);
  auto form = read_form(request);
  if (!form) return fail(request, {form.error(), "form", std::nullopt});
  http::Request asked = request;
  asked.query = std::move(*form);
  return authorize_asked(asked);
}

/// The parameters are those of its query, however they came.
http::Response Provider::authorize_asked(const http::Request& request) {
  const http::Values& values = request.query;
  const auto wanted = read(values);
  if (!wanted) return fail(request, wanted.error());
  const AnswerAddress address{wanted->redirect_uri, wanted->state};
  const auto client = services_.clients.find(wanted->client);
  if (!client) return fail(request, {Fault::UnauthorizedClient, "client_id", std::nullopt});

  const std::string_view cookie = request.cookie(signin::kSessionCookie);
  if (request.method == http::Method::Post && cookie.empty()) {
    // Browsers keep same-site cookies from a post of another site; they bring them when they follow us to a GET.
    const std::string target = http::with_query(kAuthorizePath, values.fields());
    if (target.size() > kTargetBytes) return fail(request, {Fault::InvalidRequest, "too long", address});
    return sealed(http::Response::redirect(target));
  }
  const Instant now = services_.clock.now();
  const auto session = services_.gate.session_of(cookie);
  const bool silent = wanted->prompt == AuthorizationRequest::Prompt::None;
  if (!session || !is_fresh_enough(*wanted, session->signed_in_at, now)) {
    if (silent) return fail(request, {Fault::LoginRequired, {}, address});
    return send_to_sign_in(values, *wanted, session.has_value());
  }
  // Who signs in when asked is whom the person chose: against an ID token of another that is an error, against a mere
  // hint it is an answer.
  const bool answered = is_since_asked(*wanted, session->signed_in_at, now);
  const bool is_another = contradicts_id_token_hint(*wanted, session->login);
  if (is_another || (!answered && contradicts_login_hint(*wanted, session->login))) {
    if (silent || answered) return fail(request, {Fault::LoginRequired, {}, address});
    return send_to_sign_in(values, *wanted, true);
  }
  const signin::Admission admission = services_.gate.admit(session->login, client->system);
  if (admission.allowed) return issue_code(*wanted, *session);
  if (admission.steps_owed) {
    if (silent) return fail(request, {Fault::InteractionRequired, {}, address});
    return send_to_sign_in(values, *wanted, true);
  }
  return refuse(request, *wanted, *client, *session, admission);
}

/// OpenID Connect Core section 3.1.2.1, id_token_hint: a hint that we cannot verify says nothing.
bool Provider::contradicts_id_token_hint(const AuthorizationRequest& wanted, const LoginId& login) const {
  if (wanted.id_token_hint.empty()) return false;
  const auto hint = services_.keys.current()->verified(wanted.id_token_hint, kIdTokenType, services_.clock.now());
  return hint && hint->text("iss") == issuer_ && hint->text("sub") != login.text();
}

/// OpenID Connect Core section 3.1.2.1, login_hint. Anything but the user name or the work mail is another user's:
/// whether it is anybody's is not told.
bool Provider::contradicts_login_hint(const AuthorizationRequest& wanted, const LoginId& login) const {
  const std::string hint = fold(squeeze(wanted.login_hint));
  if (hint.empty()) return false;
  const auto identity = services_.gate.identity_of(login);
  return !identity || (hint != fold(identity->user_name) && hint != fold(identity->work_mail));
}

http::Response Provider::send_to_sign_in(const http::Values& values, const AuthorizationRequest& wanted, bool again) {
  const std::string target =
      http::with_query(kAuthorizePath, services_.asked_times.with_time(values, services_.clock.now()));
  if (target.size() > kTargetBytes)
    return fail({}, {Fault::InvalidRequest, "too long", AnswerAddress{wanted.redirect_uri, wanted.state}});
  std::string sign_in = services_.gate.sign_in_target(target, again);
  if (!wanted.login_hint.empty()) sign_in = http::with_query(sign_in, {{"login_hint", wanted.login_hint}});
  const std::string language(values.value("lang"));  // the person's choice; the client's stands in the target
  if (!language.empty()) sign_in = http::with_query(sign_in, {{"lang", language}});
  return sealed(http::Response::redirect(sign_in));
}

http::Response Provider::refuse(const http::Request& request, const AuthorizationRequest& wanted, const Client& client,
                                const signin::Session& session, const signin::Admission& admission) {
  audit::Entry entry;
  entry.type = "token.refused";
  entry.at = services_.clock.now();
  entry.actor = audit::Actor::login(session.login);
  entry.subject = "token/" + Id<struct TokenTag>::make(services_.random).text();
  entry.clauses = admission.clauses;
  entry.facts = {{"client", client.id.text()}, {"login", session.login.text()}, {"reason", "not_admitted"}};
  entry.result = "refused";
  std::string key = session.login.text() + client.id.text();
  for (const auto& clause : admission.clauses) key += " " + clause;
  // One entry an hour for the same refusal: whoever reloads the page does not fill the log.
  if (recorded_refusals_.add(key, services_.clock.monotonic()) == 1) {
    const auto recorded = services_.store.write([&](store::Transaction& tx) -> Result<void> {
      services_.recorder.record(tx, entry);
      return {};
    });
    if (!recorded) log(recorded.error().detail());  // refused all the same
  }
  if (wanted.prompt == AuthorizationRequest::Prompt::None)
    return fail(request, {Fault::AccessDenied, {}, AnswerAddress{wanted.redirect_uri, wanted.state}});
  refusals_.count(Endpoint::Authorize, Fault::AccessDenied);
  Page page;
  page.kind = Page::Kind::Refused;
  page.status = 403;
  page.title = Text::format("Chưa được vào {0}", "You may not enter {0} now", client.name);
  page.message = admission.refusal;
  page.link = link_back(wanted, client);
  return show(request, page);
}

signin::WayBack Provider::link_back(const AuthorizationRequest& wanted, const Client& client) const {
  const auto back = tell({}, {Fault::AccessDenied, {}, AnswerAddress{wanted.redirect_uri, wanted.state}});
  return {Text::format("Quay lại {0}", "Back to {0}", client.name), std::string(back.header("Location"))};
}

http::Response Provider::issue_code(const AuthorizationRequest& wanted, const signin::Session& session) {
  const AnswerAddress address{wanted.redirect_uri, wanted.state};
  if (codes_.add(session.login.text(), services_.clock.monotonic()) > kMostCodesAMinute)
    return fail({}, {Fault::TooManyCodes, {}, address});
  std::array<unsigned char, 32> bytes{};
  services_.random.fill(bytes);
  const std::string text = base64url(bytes);
  Code code;
  code.digest = base64url(sha256(bytes_of(text)));
  code.client = wanted.client;
  code.redirect_uri = wanted.redirect_uri;
  code.login = session.login;
  code.session = session.id;
  code.scopes = wanted.scopes;
  code.nonce = wanted.nonce;
  code.code_challenge = wanted.code_challenge;
  code.auth_time = session.signed_in_at;
  code.issued_at = services_.clock.now();
  code.expires_at = code.issued_at + kCodeLives;
  const auto stored = services_.store.write([&](store::Transaction& tx) -> Result<void> {
    insert_code(tx, code);
    return {};
  });
  if (!stored) return fail({}, {fault_of(stored.error()), {}, address});
  return answer(address, {{"code", text}});
}

std::optional<AuthorizationRequest> Provider::read_target(std::string_view continue_target) const {
  const std::size_t question = continue_target.find('?');
  if (continue_target.substr(0, question) != kAuthorizePath || question == std::string_view::npos) return std::nullopt;
  const auto values = http::parse_urlencoded(
      continue_target.substr(question + 1), {.fields = kParameters, .name_bytes = 256, .value_bytes = kParameterBytes});
  if (!values) return std::nullopt;
  auto wanted = read(*values);
  if (!wanted) return std::nullopt;
  return std::move(*wanted);
}

std::optional<signin::WayBack> Provider::way_back(std::string_view continue_target) const {
  const auto wanted = read_target(continue_target);
  const auto client = wanted ? services_.clients.find(wanted->client) : nullptr;
  if (!client) return std::nullopt;
  return link_back(*wanted, *client);
}

std::optional<Language> Provider::language(std::string_view continue_target) const {
  const auto wanted = read_target(continue_target);
  return wanted ? wanted->language : std::nullopt;
}

std::vector<std::string> Provider::form_origins(std::string_view continue_target) const {
  const auto wanted = read_target(continue_target);
  const std::string origin = wanted ? http::origin_of(wanted->redirect_uri) : std::string{};
  return origin.empty() ? std::vector<std::string>{} : std::vector{origin};
}

}  // namespace khien::oidc
