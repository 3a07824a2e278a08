#include "signin/api.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "http/form.h"
#include "http/url.h"
#include "signin/page_data.h"

namespace khien::signin {
namespace {

using http::Data;
using http::Request;
using http::Response;

/// Where a sign-in goes on that ended before its session: the name is known, the password is to be given again.
constexpr std::string_view kPasswordAgain = "/signin/password?again=1";

class SignInPages {
 public:
  explicit SignInPages(std::shared_ptr<const PageParts> parts) : parts_(std::move(parts)) {}

  Response name_page(const Request& request) const {
    const std::string target = safe_target(request.query.value("continue"));
    if (!request.query.has("again") && parts_->sign_in.session_of(request.cookie(kSessionCookie)))
      return Response::redirect(target);
    std::string hint = squeeze(request.query.value("login_hint"));
    if (hint.size() > kMostNameBytes) hint.clear();
    return show_name(request, target, hint, {});
  }

  Response name_given(const Request& request) const {
    if (http::site_of(request, parts_->origins) == http::Site::Foreign) return forged(request);
    auto values = http::form(request);
    if (!values) return parts_->pages.error(request, values.error());
    const std::string name = squeeze(values->value("user_name"));
    const std::string target = safe_target(values->value("continue"));
    if (name.size() > kMostNameBytes || credentials::look_up_form(name).empty())
      return show_name(request, target, "", {{"Hãy nhập tên đăng nhập.", "Enter your user name."}});
    // Said of every such name, known or not. Taken silently, its marks would be dropped, which is not what was typed.
    if (!is_ascii(name)) return show_name(request, target, name, {marked_name_words()});
    Response response = Response::redirect("/signin/password");
    keep_flow(response, parts_->flows.begin(name, target));
    return response;
  }

  Response password_page(const Request& request) const {
    const auto flow = flow_of(request);
    if (!flow) return begin_again(request);
    return show_password(request, *flow, {}, 200);
  }

  Response password_given(const Request& request) const {
    const auto flow = flow_of(request);
    auto values = http::form(request);
    if (!flow) return begin_again(request);
    if (!values) return parts_->pages.error(request, values.error());
    if (!is_genuine(request, *flow, *values)) return of_another(request, *flow);
    Flow fresh = *flow;
    fresh.login = {};
    fresh.own_machine = values->value("own_machine") == "1";
    auto progress =
        parts_->sign_in.check_password(fresh, Secret(std::string(values->value("password"))), from_of(request));
    if (!progress) return not_done(request, *flow, progress.error());
    if (progress->next == Progress::Next::Steps || progress->next == Progress::Next::Refused)
      return to_steps(progress->flow);
    return answer(request, *flow, *progress, *values);
  }

  Response steps_page(const Request& request) const {
    const auto flow = flow_of(request);
    if (!flow) return begin_again(request);
    if (!flow->has_password()) return Response::redirect("/signin/password");
    auto progress = parts_->sign_in.owed(*flow);
    if (!progress && progress.error().kind() != ErrorKind::Conflict)
      return parts_->pages.error(request, progress.error());
    // What refused may have gone meanwhile, or nothing be owed any more: only the password goes on.
    if (!progress || (progress->next == Progress::Next::Steps && progress->standing->decision.steps.empty()))
      return Response::redirect(std::string(kPasswordAgain));
    return answer(request, *flow, *progress, {});
  }

  Response steps_done(const Request& request) const {
    const auto flow = flow_of(request);
    auto values = http::form(request);
    if (!flow) return begin_again(request);
    if (!values) return parts_->pages.error(request, values.error());
    if (!is_genuine(request, *flow, *values)) return of_another(request, *flow);
    if (!flow->has_password()) return Response::redirect("/signin/password");
    auto progress = parts_->sign_in.answer_steps(*flow, answers_of(*values), from_of(request));
    if (!progress) return not_done(request, *flow, progress.error());
    if (progress->next == Progress::Next::Refused) return to_steps(progress->flow);
    return answer(request, *flow, *progress, *values);
  }

  Response home(const Request& request) const {
    const auto session = parts_->sign_in.session_of(request.cookie(kSessionCookie));
    if (!session) return Response::redirect("/signin");
    const auto view = parts_->sign_in.standings().view();
    const auto* login = view->logins().find(session->login);
    const auto identity = parts_->sign_in.identity_of(session->login);
    if (login == nullptr || !identity) return Response::redirect("/signin?again=1");
    auto data = home_data(*view, view->standing_of(*login), *identity, http::language_of(request));
    data["csrf"] = parts_->csrf.token(request.cookie(kSessionCookie));
    data["at_desk"] = parts_->sign_in.is_desk(request.peer);
    return parts_->pages.page(request, "home", {"Trang của tôi", "My page"}, std::move(data));
  }

  Response change_page(const Request& request) const { return show_change(request, {}, {}, 200); }

  Response change_given(const Request& request) const {
    const auto session = parts_->sign_in.session_of(request.cookie(kSessionCookie));
    if (!session) return Response::redirect(parts_->sign_in.sign_in_target("/password", false));
    auto values = http::form(request);
    if (!values) return parts_->pages.error(request, values.error());
    if (!is_genuine(request, kSessionCookie, *values)) return forged(request);
    if (values->value("fresh") != values->value("again"))
      return show_change(
          request, {{{"Hai lần nhập mật khẩu mới không giống nhau.", "The two new passwords are not the same."}, {}}},
          *values, 422);
    auto progress = parts_->sign_in.change_password(*session, Secret(std::string(values->value("password"))),
                                                    Secret(std::string(values->value("fresh"))), from_of(request),
                                                    marks_of(*values));
    if (!progress) return parts_->pages.error(request, progress.error());
    if (progress->next == Progress::Next::Done) return show_change(request, {}, *values, 200);
    if (progress->next == Progress::Next::Wrong) {
      progress->problems = {{{"Mật khẩu hiện tại không đúng.", "The present password is not right."}, {}}};
      if (has_marks(values->value("password"))) progress->problems.push_back({marked_password_words(), {}});
    }
    if (progress->next == Progress::Next::Wait) progress->problems = {{wait_words(*progress->wait_until), {}}};
    if (progress->refusal) progress->problems = {{progress->refusal->reason, {}}};
    return show_change(request, progress->problems, *values, 422);
  }

  Response sign_out(const Request& request) const {
    auto values = http::form(request);
    if (!values) return parts_->pages.error(request, values.error());
    if (!is_genuine(request, kSessionCookie, *values)) return forged(request);
    if (const auto session = parts_->sign_in.session_of(request.cookie(kSessionCookie)))
      if (auto ended = parts_->sign_in.sign_out(session->id, audit::Actor::login(session->login)); !ended)
        return parts_->pages.error(request, ended.error());
    // Whoever sits down next begins at the name, and needs no news of who left.
    Response response = Response::redirect(values->value("switch") == "1" ? "/signin" : "/signin?signed_out=1");
    response.remove_cookie(kSessionCookie);
    return response;
  }

 private:
  [[nodiscard]] std::optional<Flow> flow_of(const Request& request) const {
    return parts_->flows.open(request.cookie(kFlowCookie));
  }

  /// A sign-in that is over, or that the browser has not kept: it begins at the name, leads where it was to lead, and
  /// says why. Whoever is signed in already goes on there.
  [[nodiscard]] Response begin_again(const Request& request) const {
    const auto target = parts_->flows.target_of_expired(request.cookie(kFlowCookie));
    return Response::redirect(
        http::with_query(parts_->sign_in.sign_in_target(target.value_or("/"), false), {{"over", "1"}}));
  }

  void keep_flow(Response& response, const Flow& flow) const {
    response.set_cookie({std::string(kFlowCookie), parts_->flows.seal(flow), std::nullopt});
  }

  /// Steps and refusals have an address of their own: there they can be reloaded, or read in the other language,
  /// without the password.
  Response to_steps(const Flow& flow) const {
    Response response = Response::redirect("/signin/steps");
    keep_flow(response, flow);
    return response;
  }

  static From from_of(const Request& request) { return {request.peer, std::string(request.cookie(kDeviceCookie))}; }

  /// Forms are bound to the sign-in, not to one sealing of it: so the steps may lie open in two tabs.
  [[nodiscard]] std::string csrf_of(const Flow& flow) const { return parts_->csrf.token("flow " + flow.id.text()); }

  [[nodiscard]] bool is_genuine(const Request& request, const Flow& flow, const http::Values& values) const {
    return http::site_of(request, parts_->origins) != http::Site::Foreign &&
           parts_->csrf.matches("flow " + flow.id.text(), values.value(http::CsrfTokens::kField));
  }

  /// A sign-in that another tab finished at the same moment leads where that one led.
  [[nodiscard]] Response not_done(const Request& sent, const Flow& flow, const Error& error) const {
    const Request request = in_its_language(sent, flow.continue_target);
    if (error.kind() != ErrorKind::Conflict) return parts_->pages.error(request, error);
    const auto session = parts_->sign_in.session_of(request.cookie(kSessionCookie));
    if (session && session->login == flow.login) return Response::redirect(flow.continue_target);
    return parts_->pages.message(request, {"Hãy đăng nhập lại", "Please sign in again"}, error.text(),
                                 http::status_of(error.kind()), std::string(kPasswordAgain));
  }

  [[nodiscard]] bool is_genuine(const Request& request, std::string_view cookie, const http::Values& values) const {
    return http::site_of(request, parts_->origins) != http::Site::Foreign &&
           parts_->csrf.matches(request, cookie, values);
  }

  /// The form of an older sign-in, mostly: of a browser all tabs share the newest.
  [[nodiscard]] Response of_another(const Request& sent, const Flow& flow) const {
    const Request request = in_its_language(sent, flow.continue_target);
    return parts_->pages.message(
        request, {"Biểu mẫu đã cũ", "The form is old"},
        {"Có lẽ một lần đăng nhập khác vừa được bắt đầu ở thẻ khác của trình duyệt này, hoặc biểu mẫu được gửi từ "
         "trang "
         "khác. Những gì vừa gửi không được dùng. Hãy đăng nhập lại.",
         "Another sign-in was probably begun in another tab of this browser, or the form was sent from another site. "
         "What was sent is not used. Please sign in again."},
        403, parts_->sign_in.sign_in_target(flow.continue_target, true));
  }

  [[nodiscard]] Response forged(const Request& request) const {
    return parts_->pages.message(request, {"Biểu mẫu không hợp lệ", "The form is not valid"},
                                 {"Biểu mẫu đã cũ hoặc được gửi từ trang khác. Hãy mở lại trang và thử lại.",
                                  "The form is old, or was sent from another site. Open the page again and retry."},
                                 403, "/signin");
  }

  static bool has_marks(std::string_view password) { return credentials::telex_hint(password).has_value(); }

  static credentials::Marks marks_of(const http::Values& values) {
    return values.value("marks_meant") == "1" ? credentials::Marks::Meant : credentials::Marks::PointOut;
  }

  /// The box that takes letters with marks: on the page only once such a new password was sent.
  static void put_marks(Data::Map& data, const http::Values& given) {
    data["marks"] = has_marks(given.value("fresh"));
    data["marks_meant"] = marks_of(given) == credentials::Marks::Meant;
  }

  static StepAnswers answers_of(const http::Values& values) {
    StepAnswers answers;
    if (!values.value("fresh").empty()) answers.fresh = Secret(std::string(values.value("fresh")));
    answers.repeated_alike = values.value("fresh") == values.value("again");
    answers.marks = marks_of(values);
    for (auto& id : values.all("read")) answers.read.insert(std::move(id));
    for (auto& id : values.all("signed")) answers.signed_statements.insert(std::move(id));
    answers.knows_of_monitoring = values.value("monitoring") == "1";
    answers.later = values.value("later") == "1";
    return answers;
  }

  Response answer(const Request& request, const Flow& before, Progress& progress, const http::Values& given) const {
    switch (progress.next) {
      case Progress::Next::Wrong: {
        std::vector<Text> problems{
            {"Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt.",
             "The user name or the password is not right. Check Caps Lock and the Vietnamese keyboard."}};
        if (has_marks(given.value("password"))) problems.push_back(marked_password_words());
        return show_password(request, progress.flow, problems, 401);
      }
      case Progress::Next::Wait: {
        Response response = show_password(request, progress.flow, {wait_words(*progress.wait_until)}, 429);
        return response;
      }
      case Progress::Next::Refused:
        return show_refused(request, progress);
      case Progress::Next::Steps:
        return show_steps(request, before, progress, given);
      case Progress::Next::TooMany: {
        Response response = parts_->pages.message(
            in_its_language(request, progress.flow.continue_target), {"Hãy chờ một phút", "Please wait a minute"},
            too_many_sessions_words(progress.changed), 429, std::string(kPasswordAgain));
        response.set("Retry-After", "60");
        return response;
      }
      case Progress::Next::Done: {
        Response response = Response::redirect(safe_target(progress.flow.continue_target));
        response.set_cookie(
            {std::string(kSessionCookie), std::string(progress.session_cookie->reveal()), std::nullopt});
        response.remove_cookie(kFlowCookie);
        if (progress.device_cookie && progress.device_cookie->empty())
          response.remove_cookie(kDeviceCookie);
        else if (progress.device_cookie)
          response.set_cookie({std::string(kDeviceCookie), *progress.device_cookie, parts_->sign_in.device_lives()});
        return response;
      }
    }
    return Response::error(500, {"Lỗi", "Error"});
  }

  /// What the system asks for that the browser came from is preferred until that sign-in is over.
  [[nodiscard]] Request in_its_language(const Request& sent, std::string_view target) const {
    const auto language = parts_->language(target);
    return language ? http::preferring(sent, *language) : sent;
  }

  Response show_name(const Request& sent, const std::string& target, const std::string& name,
                     const std::vector<Text>& problems) const {
    Request request = in_its_language(sent, target);
    Data::Map data{{"continue", target}, {"user_name", name}};
    const bool first = problems.empty();
    const bool over = first && request.query.value("over") == "1";
    const auto session = parts_->sign_in.session_of(request.cookie(kSessionCookie));
    data["signed_out"] = first && request.query.value("signed_out") == "1";
    data["over"] = over;
    data["ended"] = first && !over && !session && !request.cookie(kSessionCookie).empty();
    if (session)
      if (const auto identity = parts_->sign_in.identity_of(session->login)) data["present"] = identity->user_name;
    put_problems(data, problems, http::language_of(request));
    // The page of a refused form is no address of its own: its links lead to the one with the target in it.
    if (request.method == http::Method::Post) request.query = http::Values({{"continue", target}});
    return parts_->pages.page(request, "signin_name", {"Đăng nhập", "Sign in"}, std::move(data),
                              problems.empty() ? 200 : 422);
  }

  Response show_password(const Request& sent, const Flow& flow, const std::vector<Text>& problems, int status) const {
    const Request request = in_its_language(sent, flow.continue_target);
    Data::Map data{{"user_name", flow.user_name},
                   {"continue_encoded", http::percent_encode(flow.continue_target)},
                   {"own_machine", parts_->sign_in.is_trusted(flow.user_name, from_of(request))},
                   {"at_desk", parts_->sign_in.is_desk(request.peer)},
                   {"own_machine_days", std::chrono::floor<std::chrono::days>(parts_->sign_in.device_lives()).count()},
                   {"csrf", csrf_of(flow)}};
    data["again"] = problems.empty() && request.query.value("again") == "1";
    put_problems(data, problems, http::language_of(request));
    Response response = parts_->pages.page(request, "signin_password", {"Nhập mật khẩu", "Enter the password"},
                                           std::move(data), status);
    return response.allow_form_action(parts_->form_origins(flow.continue_target));
  }

  Response show_refused(const Request& sent, const Progress& progress) const {
    const Request request = in_its_language(sent, progress.flow.continue_target);
    const Language language = http::language_of(request);
    Data::Map data{{"user_name", progress.flow.user_name},
                   {"reason", progress.refusal->reason.in(language)},
                   {"action", progress.refusal->action.in(language)},
                   {"back", parts_->sign_in.sign_in_target(progress.flow.continue_target, true)}};
    const auto way_back = parts_->way_back(progress.flow.continue_target);
    data["has_way_back"] = way_back.has_value();
    if (way_back) {
      data["way_back"] = way_back->href;
      data["way_back_label"] = way_back->label.in(language);
    }
    put_clauses(data, progress.refusal->clauses, language);
    return parts_->pages.page(request, "signin_refused", {"Không vào được", "Access refused"}, std::move(data), 403);
  }

  Response show_steps(const Request& sent, const Flow& before, const Progress& progress,
                      const http::Values& given) const {
    const Request request = in_its_language(sent, progress.flow.continue_target);
    const auto identity = parts_->sign_in.identity_of(progress.flow.login);
    auto data = steps_data(*progress.standing, identity.value_or(Identity{}), parts_->sign_in.standings().view()->at(),
                           http::language_of(request));
    put_problems(data, *progress.standing, progress.problems, http::language_of(request));
    put_marks(data, given);
    data["csrf"] = csrf_of(progress.flow);
    data["changed"] = progress.changed;
    Response response = parts_->pages.page(request, "signin_steps", {"Việc cần làm", "Before you go on"},
                                           std::move(data), progress.problems.empty() ? 200 : 422);
    if (progress.flow != before) keep_flow(response, progress.flow);
    return response.allow_form_action(parts_->form_origins(progress.flow.continue_target));
  }

  /// `given` is what was sent, if anything; without problems it was done.
  Response show_change(const Request& request, const std::vector<credentials::PasswordProblem>& problems,
                       const http::Values& given, int status) const {
    const auto session = parts_->sign_in.session_of(request.cookie(kSessionCookie));
    if (!session) return Response::redirect(parts_->sign_in.sign_in_target("/password", false));
    const auto view = parts_->sign_in.standings().view();
    const auto* login = view->logins().find(session->login);
    if (login == nullptr) return Response::redirect("/signin?again=1");
    const Standing standing = view->standing_of(*login);
    const Language language = http::language_of(request);
    const bool done = problems.empty() && given.has("fresh");
    Data::Map data{{"done", done}, {"csrf", parts_->csrf.token(request.cookie(kSessionCookie))}};
    if (!done) put_marks(data, given);
    data["rules"] = texts(rule_words(policy::password_rule(standing.account_facts)), language);
    put_notices(data, standing.decision.notices, standing, language);
    put_problems(data, standing, problems, language);
    return parts_->pages.page(request, "password", {"Đổi mật khẩu", "Change the password"}, std::move(data), status);
  }

  std::shared_ptr<const PageParts> parts_;
};

}  // namespace

void add_routes(http::Router& router, std::shared_ptr<const PageParts> parts) {
  const auto pages = std::make_shared<const SignInPages>(std::move(parts));
  const auto bind = [pages](Response (SignInPages::*handler)(const Request&) const) {
    return [pages, handler](const Request& request) { return ((*pages).*handler)(request); };
  };
  using http::Cost;
  router.get("/", Cost::Inline, bind(&SignInPages::home));
  router.get("/signin", Cost::Inline, bind(&SignInPages::name_page));
  router.post("/signin", Cost::Inline, bind(&SignInPages::name_given));
  router.get("/signin/password", Cost::Inline, bind(&SignInPages::password_page));
  router.post("/signin/password", Cost::Blocking, bind(&SignInPages::password_given));
  router.get("/signin/steps", Cost::Blocking, bind(&SignInPages::steps_page));
  router.post("/signin/steps", Cost::Blocking, bind(&SignInPages::steps_done));
  router.get("/password", Cost::Inline, bind(&SignInPages::change_page));
  router.post("/password", Cost::Blocking, bind(&SignInPages::change_given));
  router.post("/signout", Cost::Blocking, bind(&SignInPages::sign_out));
}

}  // namespace khien::signin
