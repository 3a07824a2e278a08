#include "signin/service.h"

#include <algorithm>

#include "http/url.h"
#include "signin/admission.h"
#include "signin/known_of_holder.h"

namespace khien::signin {
namespace {

using policy::StepKind;
using policy::Verdict;

Progress progress(Progress::Next next, Flow flow) {
  Progress out;
  out.next = next;
  out.flow = std::move(flow);
  return out;
}

Progress refused(Flow flow, Standing standing) {
  Progress out = progress(Progress::Next::Refused, std::move(flow));
  out.refusal = refusal_words(standing);
  out.standing = std::move(standing);
  return out;
}

Error flow_over() {
  return Error::conflict({"Phiên đăng nhập này không còn dùng được; hãy đăng nhập lại từ đầu.",
                          "This sign-in can no longer be used; please begin again."});
}

/// The password was changed, what should have followed was not written.
Error only_changed(const Error& why) {
  if (why.kind() != ErrorKind::Busy && why.kind() != ErrorKind::Unavailable) return why;
  return Error::unavailable({"Mật khẩu mới đã được lưu nhưng chưa đăng nhập được; hãy đăng nhập lại bằng mật khẩu mới.",
                             "The new password is saved, but you are not signed in; please sign in again with it."},
                            why.detail());
}

}  // namespace

SignIn::SignIn(const SignInParts& parts, SignInSettings settings)
    : parts_(parts),
      settings_(std::move(settings)),
      run_(RunId::make(parts.random)),
      passwords_(parts.store, parts.keys, parts.credentials, parts.clock, parts.random),
      used_(parts.clock),
      log_(parts.store, parts.recorder, parts.clock) {}

Result<void> SignIn::load() {
  return passwords_.load();
}

bool SignIn::holds(const Session& session) const {
  const auto logins = parts_.credentials.snapshot();
  const auto* login = logins->find(session.login);
  return login != nullptr && login->state == policy::LifecycleState::Active && login->epoch == session.epoch &&
         login->password.changed_at == session.password_set_at;
}

std::optional<Session> SignIn::session_of(std::string_view cookie) {
  auto session = parts_.sessions.touch(cookie);
  return session && holds(*session) ? session : std::nullopt;
}

std::optional<Session> SignIn::session(const SessionId& id) {
  auto session = parts_.sessions.find(id);
  return session && holds(*session) ? session : std::nullopt;
}

std::optional<Standing> SignIn::standing_of(const LoginId& id) const {
  const auto view = parts_.standings.view();
  const credentials::Login* login = view->logins().find(id);
  if (login == nullptr) return std::nullopt;
  return view->standing_of(*login);
}

Result<Standing> SignIn::standing_of(const Flow& flow) const {
  auto standing = standing_of(flow.login);
  if (!standing || standing->login.password.changed_at != flow.password_set_at) return Failure(flow_over());
  auto& decision = standing->decision;
  if (standing->is_shared && !flow.told_of_monitoring && decision.verdict != Verdict::Refused) {
    decision.steps.push_back({StepKind::KnowMonitoring, {}, {}, {}, {}});
    decision.verdict = Verdict::StepsOwed;
  }
  return std::move(*standing);
}

Result<std::optional<Progress>> SignIn::prove(Flow& flow, const Secret& password, const From& from) {
  const Proof proof = TRY(passwords_.prove(flow.user_name, password, from));
  if (!proof.login) {
    if (!proof.wait_until) log_.failed(from.address);
    log_.count(proof.wait_until ? "too_many_tries" : "wrong");
    Progress out = progress(proof.wait_until ? Progress::Next::Wait : Progress::Next::Wrong, flow);
    out.wait_until = proof.wait_until;
    return out;
  }
  flow.login = proof.login->id;
  flow.password_checked_at = parts_.clock.now();
  flow.password_set_at = proof.login->password.changed_at;
  flow.epoch = proof.login->epoch;
  flow.run = run_;
  flow.told_of_monitoring = false;
  return std::nullopt;
}

Result<Progress> SignIn::check_password(Flow flow, const Secret& password, const From& from) {
  if (auto stopped = TRY(prove(flow, password, from))) return std::move(*stopped);
  Standing standing = TRY(standing_of(flow));
  return go_on(std::move(flow), std::move(standing), from, false);
}

Result<Progress> SignIn::go_on(Flow flow, Standing standing, const From& from, bool later) {
  const policy::Decision& decision = standing.decision;
  if (decision.verdict == Verdict::Refused) {
    log_.count(code_of(decision.refusal.reason));
    return refuse(std::move(flow), std::move(standing));
  }
  if (standing.login.epoch != flow.epoch) return Failure(flow_over());
  const Instant now = parts_.clock.now();
  const bool may_go =
      decision.verdict == Verdict::Allowed ||
      (later && std::ranges::none_of(decision.steps, [&](const auto& step) { return policy::is_due(step, now); }));
  if (may_go) return finish(std::move(flow), std::move(standing), from);
  Progress out = progress(Progress::Next::Steps, std::move(flow));
  out.standing = std::move(standing);
  return out;
}

Result<Progress> SignIn::refuse(Flow flow, Standing standing) {
  used_.refuse(flow);  // first: it is refused also if that cannot be written
  TRY(log_.refused(standing));
  return refused(std::move(flow), std::move(standing));
}

Result<Progress> SignIn::finish(Flow flow, Standing standing, const From& from) {
  const credentials::Login& login = standing.login;
  NewSession wanted;
  wanted.login = login.id;
  wanted.signed_in_at = flow.password_checked_at;
  wanted.idle = idle_of(standing, from);
  wanted.lifetime = settings_.session_lifetime;
  wanted.address = from.address;
  // What the flow proved, not what the login has by now: if they differ the session is void from the beginning.
  wanted.epoch = flow.epoch;
  wanted.password_set_at = flow.password_set_at;
  wanted.entry.type = "sign_in.accepted";
  wanted.entry.at = parts_.clock.now();
  wanted.entry.actor = audit::Actor::login(login.id);
  wanted.entry.person = login.holder;
  wanted.entry.facts = {{"login", login.id.text()},
                        {"password_set_at", flow.password_set_at ? iso(*flow.password_set_at) : ""},
                        {"idle", iso(wanted.idle)}};
  wanted.entry.personal = {{"address", from.address}};
  wanted.entry.result = "allowed";
  wanted.also = [&](store::Transaction& tx) { passwords_.note_place(tx, login.id, from.address, wanted.entry.at); };
  if (opened_.add(login.id.text(), parts_.clock.monotonic()) > kMostSessionsAMinute) {
    log_.count("too_many_sessions");
    return progress(Progress::Next::TooMany, std::move(flow));
  }
  if (!used_.use_up(flow)) return Failure(flow_over());
  auto cookie = parts_.sessions.start(wanted);
  if (!cookie) {
    used_.give_back(flow);
    return Failure(std::move(cookie).error());
  }
  Progress out = progress(Progress::Next::Done, std::move(flow));
  out.session_cookie = std::move(*cookie);
  const auto known = passwords_.devices().of(&login, from.device);
  if (out.flow.own_machine && !is_desk(from.address))
    out.device_cookie = passwords_.devices().trust(login, known);
  else if (known)
    out.device_cookie = "";
  out.standing = std::move(standing);
  return out;
}

bool SignIn::is_desk(std::string_view address) const {
  return std::ranges::any_of(settings_.desks, [&](const NetworkRange& desk) { return desk.contains(address); });
}

Period SignIn::idle_of(const Standing& standing, const From& from) const {
  const auto rule = policy::idle_rule(standing.account_facts);
  const Period idle = rule.after ? *rule.after : rule.asked ? settings_.idle_where_asked : settings_.idle;
  const bool shorter = nominal_seconds(settings_.idle_at_desk) < nominal_seconds(idle);
  return is_desk(from.address) && shorter ? settings_.idle_at_desk : idle;
}

Result<Progress> SignIn::owed(const Flow& flow) {
  const auto ended = used_.end_of(flow);
  if (!flow.has_password() || flow.run != run_ || ended == UsedFlows::End::SignedIn) return Failure(flow_over());
  Standing standing = TRY(standing_of(flow));
  if (standing.decision.verdict == Verdict::Refused) return refuse(flow, std::move(standing));
  // What refused it has gone, perhaps for another reason than its holder: whoever goes on knows the password today.
  if (ended || standing.login.epoch != flow.epoch) return Failure(flow_over());
  Progress out = progress(Progress::Next::Steps, flow);
  out.standing = std::move(standing);
  return out;
}

Result<void> SignIn::confirm_answers(const Standing& standing, const StepAnswers& answers) {
  if (standing.is_shared) return {};  // whoever answers need not be the holder
  const people::By by{audit::Actor::login(standing.login.id), {}};
  const PersonId& person = standing.login.holder;
  for (const auto& step : standing.decision.steps) {
    if (step.kind == StepKind::KnowMonitoring && answers.knows_of_monitoring)
      TRY(parts_.directives.confirm(by, person, {}, directives::Confirmation::Monitoring));
    if (!step.directive) continue;
    const DirectiveId& id = standing.set->directives()[*step.directive].id;
    if (step.kind == StepKind::ReadDirective && answers.read.contains(id.text()))
      TRY(parts_.directives.confirm(by, person, id, directives::Confirmation::Read));
    if (step.kind == StepKind::SignStatement && answers.signed_statements.contains(id.text()))
      TRY(parts_.directives.confirm(by, person, id, directives::Confirmation::Signed));
  }
  return {};
}

Result<credentials::ChangeOutcome> SignIn::change(const Standing& standing, const Secret& fresh,
                                                  credentials::Marks marks, const From& from) {
  credentials::PasswordChange wanted;
  wanted.login = standing.login;
  wanted.fresh = fresh;
  wanted.marks = marks;
  wanted.rule = policy::password_rule(standing.account_facts);
  const auto view = parts_.standings.view();
  wanted.guess = known_of_holder(*view, standing, settings_.installation_name);
  wanted.is_shared = standing.is_shared;
  // In a shared login answers must not depend on what is the holder's alone: passwords of his own logins, sealed
  // numbers. The other way round they may; nobody but the holder gets them.
  for (const LoginId& other : view->logins().of_holder(standing.login.holder))
    if (other != standing.login.id && (!standing.is_shared || is_shared(view->accounts(), other)))
      wanted.others.push_back(other);
  if (!standing.is_shared)
    wanted.guess_with_secrets = [&] { return with_secrets_of_holder(wanted.guess, *view, standing, parts_.people); };
  wanted.actor = audit::Actor::login(standing.login.id);
  wanted.source = passwords_.source_of(from.address);
  for (const auto& step : standing.decision.steps)
    if (step.kind == StepKind::ChangePassword)
      for (auto& id : standing.clause_ids(step.clauses)) wanted.clause_ids.push_back(std::move(id));
  auto outcome = parts_.credentials.change(wanted);
  if (!outcome && outcome.error().kind() == ErrorKind::Refused) TRY(log_.change_refused(standing.login, "limit"));
  if (outcome && !outcome->problems.empty())
    TRY(log_.change_refused(standing.login, outcome->problems.front().is_by_secrets ? "secrets" : "rules"));
  return outcome;
}

Result<Progress> SignIn::answer_steps(const Flow& flow, const StepAnswers& answers, const From& from) {
  Progress owing = TRY(owed(flow));
  if (owing.next != Progress::Next::Steps) return owing;
  const Standing& standing = *owing.standing;
  TRY(confirm_answers(standing, answers));
  Flow& next = owing.flow;
  if (standing.is_shared && answers.knows_of_monitoring) next.told_of_monitoring = true;
  // A change that is not owed asks for the present password, which is asked for elsewhere.
  const bool changes = answers.fresh && std::ranges::any_of(standing.decision.steps, [](const policy::Step& step) {
                         return step.kind == StepKind::ChangePassword;
                       });
  if (changes) {
    if (!answers.repeated_alike) {
      owing.problems = {
          {{"Hai lần nhập mật khẩu mới không giống nhau.", "The two new passwords are not the same."}, {}}};
    } else {
      auto outcome = TRY(change(standing, *answers.fresh, answers.marks, from));
      owing.problems = std::move(outcome.problems);
      if (outcome.changed_at) next.password_set_at = outcome.changed_at;
    }
    if (!owing.problems.empty()) {
      owing.standing = TRY(standing_of(next));
      return owing;
    }
    end_others(flow.login, std::nullopt);
  }
  // Another password than the one checked, or set just here, may have been set since, in another tab or by an office.
  auto on = [&]() -> Result<Progress> {
    Standing after = TRY(standing_of(next));
    return go_on(next, std::move(after), from, answers.later);
  }();
  if (!on && changes) return Failure(only_changed(on.error()));
  if (on) on->changed = changes;
  return on;
}

void SignIn::end_others(const LoginId& login, std::optional<SessionId> except) {
  const auto ended =
      parts_.sessions.end_if([&](const Session& session) { return session.login == login && session.id != except; },
                             audit::Actor::login(login), "password changed");
  // They open nothing any more in any case (`holds`); what could not be written now, `end_void_sessions` writes.
  static_cast<void>(ended);
}

Result<Progress> SignIn::change_password(const Session& session, const Secret& current, const Secret& fresh,
                                         const From& from, credentials::Marks marks) {
  const auto before = standing_of(session.login);
  if (!before) return Failure(flow_over());
  Flow flow;
  flow.user_name = before->login.user_name;
  if (auto stopped = TRY(prove(flow, current, from))) return std::move(*stopped);
  Standing standing = TRY(standing_of(flow));
  if (standing.decision.verdict == Verdict::Refused) {
    TRY(log_.refused(standing));
    return refused(std::move(flow), std::move(standing));
  }
  // It may have become void since it was looked up; a change must not bring it back.
  if (!this->session(session.id)) return Failure(flow_over());
  Progress out = progress(Progress::Next::Steps, std::move(flow));
  auto outcome = TRY(change(standing, fresh, marks, from));
  out.problems = std::move(outcome.problems);
  if (!out.problems.empty()) {
    out.standing = std::move(standing);
    return out;
  }
  out.next = Progress::Next::Done;
  // With the password set here: if another was set since, the session is void like all others.
  if (auto kept = parts_.sessions.go_on_with(session.id, outcome.changed_at); !kept)
    return Failure(only_changed(kept.error()));
  end_others(session.login, session.id);
  return out;
}

std::optional<Identity> SignIn::identity_of(const LoginId& id) {
  return identity_in(*parts_.standings.view(), id);
}

Admission SignIn::admit(const LoginId& id, const SystemId& system) {
  return admission_in(*parts_.standings.view(), id, system);
}

std::string SignIn::sign_in_target(const std::string& continue_target, bool again) const {
  return "/signin?continue=" + http::percent_encode(safe_target(continue_target)) + (again ? "&again=1" : "");
}

Result<void> SignIn::sign_out(const SessionId& id, const audit::Actor& by) {
  // It has ended, whatever the disk does; what could not be written now, `end_void_sessions` or a flush writes.
  static_cast<void>(parts_.sessions.end(id, by, "signed out"));
  return {};
}

Result<void> SignIn::end_void_sessions() {
  TRY(parts_.sessions.end_if([this](const Session& session) { return !holds(session); }, audit::Actor::clock(),
                             "login or password changed"));
  return {};
}

}  // namespace khien::signin
