// Sign-out asked for by a client (OpenID Connect RP-Initiated Logout 1.0).
#include "http/url.h"
#include "protocols/oidc/client_rules.h"
#include "protocols/oidc/provider.h"

namespace khien::oidc {
namespace {

constexpr std::string_view kConfirm = "confirm";

Page signed_out_page() {
  Page page;
  page.kind = Page::Kind::SignedOut;
  page.status = 200;
  page.title = {"Đã đăng xuất", "Signed out"};
  page.message = {
      "Phiên đăng nhập chung đã kết thúc. Hệ thống nào đang mở thì vẫn còn mở: hãy đăng xuất riêng ở từng "
      "hệ thống. Nếu đây là máy dùng chung, hãy đóng trình duyệt.",
      "Your shared sign-in has ended. Systems that are open stay open: sign out of each by itself. Close "
      "the browser if others use this computer."};
  return page;
}

Page refused_page(std::string_view about) {
  Page page;
  page.kind = Page::Kind::Error;
  page.status = 400;
  page.title = {"Không thể đăng xuất theo yêu cầu này", "This request to sign out cannot be followed"};
  page.message = {
      "Yêu cầu đăng xuất gửi đến đây không đúng quy cách, nên phiên đăng nhập chung vẫn còn. Ông/bà có thể "
      "đăng xuất ở trang của mình. Báo cho bộ phận quản trị của hệ thống vừa mở, kèm dòng chữ nhỏ dưới đây.",
      "The request to sign out is not well-formed, so your shared sign-in goes on. You can sign out on your "
      "own page. Tell the administrators of the system that you opened, with the small line below."};
  page.technical = "invalid_request: " + std::string(about);
  return page;
}

}  // namespace

/// A request to sign out, read once.
struct Provider::SignOut {
  std::string fault;         ///< name of the parameter that is wrong; empty if none is
  ClientPtr client;          ///< who asks, if known
  std::string hinted_login;  ///< from a verified id_token_hint: whom it means …
  std::string hinted_session;
  std::string return_to;  ///< a registered post_logout_redirect_uri, or empty
  std::string state;
};

/// Section 2. An expired hint counts, one of another issuer or with a bad signature does not. Nothing that is not
/// registered for a known client is ever returned to.
Provider::SignOut Provider::read_sign_out(const http::Values& values) const {
  SignOut wanted;
  const auto bad = [&](std::string_view name) {
    wanted.fault = name;
    return wanted;
  };
  if (values.repeated()) return bad("a parameter came twice");
  for (const auto& field : values.fields())
    if (field.value.size() > kTokenBytes) return bad("a parameter is too long");
  std::string client_id(values.value("client_id"));
  if (const std::string_view hint = values.value("id_token_hint"); !hint.empty()) {
    const auto jwt = services_.keys.current()->verified(hint, kIdTokenType, services_.clock.now());
    if (jwt && jwt->text("iss") == issuer_) {
      if (!client_id.empty() && client_id != jwt->text("aud")) return bad("client_id");
      client_id = jwt->text("aud");
      wanted.hinted_login = jwt->text("sub");
      wanted.hinted_session = jwt->text("sid");
    }
  }
  if (const auto id = ClientId::parse(client_id)) wanted.client = services_.clients.find(*id);
  wanted.state = values.value("state");
  if (wanted.state.size() > kStateBytes) return bad("state");
  const std::string_view uri = values.value("post_logout_redirect_uri");
  if (uri.empty()) return wanted;
  if (!wanted.client || wanted.client->disabled || !may_return_to(*wanted.client, uri))
    return bad("post_logout_redirect_uri");
  wanted.return_to = uri;
  return wanted;
}

http::Response Provider::logout(const http::Request& request) {
  http::Values values = request.query;
  const bool posted = request.method == http::Method::Post;
  if (posted) {
    auto form = read_form(request);
    if (!form) return show(request, refused_page("form"));
    values = std::move(*form);
  }
  const SignOut wanted = read_sign_out(values);
  if (!wanted.fault.empty()) return show(request, refused_page(wanted.fault));
  const std::string_view cookie = request.cookie(signin::kSessionCookie);
  if (posted && cookie.empty()) {
    // As at the authorization endpoint: a same-site cookie comes with the GET that follows.
    const std::string target = http::with_query(kLogoutPath, values.fields());
    return target.size() > kTargetBytes ? show(request, refused_page("too long"))
                                        : sealed(http::Response::redirect(target));
  }
  const auto session = services_.gate.session_of(cookie);
  if (!session) return sign_out(request, wanted, session);
  if (posted && values.has(kConfirm)) {
    if (!services_.csrf.matches(request, signin::kSessionCookie, values)) return show(request, refused_page("csrf"));
    return sign_out(request, wanted, session);
  }
  // Whoever holds an ID token of this very session may end it without a question; anybody else could annoy.
  const bool meant = wanted.hinted_session == session->id.text() && wanted.hinted_login == session->login.text();
  return meant ? sign_out(request, wanted, session) : confirm_sign_out(request, wanted);
}

http::Response Provider::sign_out(const http::Request& request, const SignOut& wanted,
                                  const std::optional<signin::Session>& session) {
  if (session) {
    const auto ended = services_.gate.sign_out(session->id, audit::Actor::login(session->login));
    if (!ended) {
      log(ended.error().detail());
      return http::Response::error(ended.error());
    }
  }
  http::Fields fields;
  if (!wanted.state.empty()) fields.push_back({"state", wanted.state});
  http::Response response = wanted.return_to.empty()
                                ? show(request, signed_out_page())
                                : sealed(http::Response::redirect(http::with_query(wanted.return_to, fields)));
  if (session) response.remove_cookie(signin::kSessionCookie);
  return response;
}

http::Response Provider::confirm_sign_out(const http::Request& request, const SignOut& wanted) {
  Page page;
  page.kind = Page::Kind::ConfirmSignOut;
  page.status = 200;
  page.title = {"Đăng xuất?", "Sign out?"};
  page.message = {
      "Chỉ phiên đăng nhập chung ở đây kết thúc. Hệ thống nào đang mở thì vẫn còn mở: hãy đăng xuất riêng ở "
      "từng hệ thống.",
      "Only your shared sign-in here ends. Systems that are open stay open: sign out of each by itself."};
  page.form_action = kLogoutPath;
  page.form = {{std::string(http::CsrfTokens::kField), services_.csrf.token(request.cookie(signin::kSessionCookie))},
               {std::string(kConfirm), "yes"}};
  if (wanted.client) page.form.push_back({"client_id", wanted.client->id.text()});
  if (!wanted.return_to.empty()) page.form.push_back({"post_logout_redirect_uri", wanted.return_to});
  if (!wanted.state.empty()) page.form.push_back({"state", wanted.state});
  page.submit = {"Đăng xuất", "Sign out"};
  http::Response response = show(request, page);
  // The form ends at the client's address, which the page's policy must allow.
  if (!wanted.return_to.empty()) response.allow_form_action({http::origin_of(wanted.return_to)});
  return response;
}

}  // namespace khien::oidc
