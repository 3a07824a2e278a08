#include "signin/service.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include "base/digest.h"
#include "credentials/network.h"
#include "http/url.h"
#include "people/rules.h"
#include "signin/recent_places.h"

namespace khien::signin {
namespace {

using policy::StepKind;
using policy::Verdict;

std::uint64_t first_bytes(const Digest& digest) {
  std::uint64_t value = 0;
  std::memcpy(&value, digest.data(), sizeof value);
  return value;
}

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

/// Steps that cannot wait any longer.
bool is_due(const policy::Step& step, Instant now) {
  return !step.due || *step.due <= now;
}

}  // namespace

SignIn::SignIn(const SignInParts& parts, SignInSettings settings)
    : parts_(parts),
      settings_(std::move(settings)),
      steady_(parts.clock),
      run_(RunId::make(parts.random)),
      devices_(parts.keys, parts.clock, parts.random, guessing_.trust),
      limits_(guessing_, parts.random) {}

Result<void> SignIn::load() {
  const Instant now = parts_.clock.now();
  const auto places = TRY(parts_.store.read([&](store::Reader& reader) -> Result<std::vector<RecentPlace>> {
    return load_places(reader, now - guessing_.trust, guessing_.max_places);
  }));
  const auto logins = parts_.credentials.snapshot();
  const std::lock_guard lock(limits_mutex_);
  std::unordered_map<LoginId, std::uint64_t> keys;  // a login has several places, and a digest costs more than a look
  for (const RecentPlace& place : places) {
    const auto* login = logins->find(place.login);
    if (login == nullptr) continue;
    const auto [key, is_new] = keys.try_emplace(place.login);
    if (is_new) key->second = name_key(login->user_name);
    limits_.remember(key->second, place.network, std::min(place.at, now));
  }
  return {};
}

std::uint64_t SignIn::source_of(const std::string& address) const {
  const auto network = credentials::network_of(address);
  if (!network) return 0;
  return first_bytes(
      keyed_digest(parts_.keys.current(store::Purpose::Session).bytes, {bytes_of("source"), network->bytes}));
}

std::uint64_t SignIn::name_key(const std::string& name) const {
  return first_bytes(
      keyed_digest(parts_.keys.current(store::Purpose::Session).bytes, {bytes_of("login name"), bytes_of(name)}));
}

credentials::Network SignIn::blinded(const std::string& address) const {
  // The limits only compare networks; so nothing that is kept of them needs to be one.
  const auto network = credentials::network_of(address).value_or(credentials::Network{});
  const Digest digest =
      keyed_digest(parts_.keys.current(store::Purpose::Session).bytes, {bytes_of("network"), network.bytes});
  credentials::Network out;
  std::copy_n(digest.begin(), out.bytes.size(), out.bytes.begin());
  return out;
}

credentials::Attempt SignIn::attempt_of(const std::string& name, const credentials::Login* login,
                                        const Secret& password, const From& from) const {
  const Secret& key = parts_.keys.current(store::Purpose::Session).bytes;
  credentials::Attempt attempt;
  attempt.login = name_key(name);
  attempt.network = blinded(from.address);
  if (const auto device = devices_.of(login, from.device))
    attempt.device = first_bytes(keyed_digest(key, {bytes_of("device"), device->id.bytes}));
  attempt.candidate = static_cast<std::uint32_t>(
      first_bytes(keyed_digest(key, {bytes_of("candidate"), bytes_of(name), password.bytes()})) | 1U);
  return attempt;
}

bool SignIn::is_trusted(const std::string& user_name, const From& from) const {
  const auto logins = parts_.credentials.snapshot();
  const auto* login = logins->named(credentials::look_up_form(user_name));
  return devices_.of(login, from.device).has_value();
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

void SignIn::note_failure(const std::string& address) {
  constexpr std::size_t kMostNetworks = 1000;
  const std::lock_guard lock(noted_mutex_);
  if (failures_.size() < kMostNetworks || failures_.contains(address))
    ++failures_[address];
  else
    ++failures_elsewhere_;
}

Result<std::optional<Progress>> SignIn::prove(Flow& flow, const Secret& password, const From& from) {
  const std::string name = credentials::look_up_form(flow.user_name);
  const auto logins = parts_.credentials.snapshot();
  const credentials::Login* login = logins->named(name);
  const auto attempt = attempt_of(name, login, password, from);
  credentials::Verdict verdict;
  {
    const std::lock_guard lock(limits_mutex_);
    verdict = limits_.before_attempt(attempt, steady_.now());
  }
  if (!verdict.proceed()) {
    Progress out = progress(Progress::Next::Wait, flow);
    out.wait_until = parts_.clock.now() + (*verdict.wait_until - steady_.now());
    return out;
  }
  const auto settle = [&](credentials::Outcome outcome) {
    const std::lock_guard lock(limits_mutex_);
    limits_.after_attempt(attempt, verdict, outcome, steady_.now());
  };
  auto right = parts_.credentials.check(login, name, password, source_of(from.address));
  if (!right) {
    settle(credentials::Outcome::Undecided);
    return Failure(std::move(right).error());
  }
  settle(*right ? credentials::Outcome::Right : credentials::Outcome::Wrong);
  if (!*right) {
    note_failure(from.address);
    return progress(Progress::Next::Wrong, flow);
  }
  flow.login = login->id;
  flow.password_checked_at = parts_.clock.now();
  flow.password_set_at = login->password.changed_at;
  flow.run = run_;
  return std::nullopt;
}

Result<Progress> SignIn::check_password(Flow flow, const Secret& password, const From& from) {
  if (auto stopped = TRY(prove(flow, password, from))) return std::move(*stopped);
  auto standing = standing_of(flow.login);
  if (!standing || standing->login.password.changed_at != flow.password_set_at) return Failure(flow_over());
  return go_on(std::move(flow), std::move(*standing), from, false);
}

Result<Progress> SignIn::go_on(Flow flow, Standing standing, const From& from, bool later) {
  const policy::Decision& decision = standing.decision;
  if (decision.verdict == Verdict::Refused) {
    TRY(record_refusal(standing));
    return refused(std::move(flow), std::move(standing));
  }
  const Instant now = parts_.clock.now();
  const bool may_go =
      decision.verdict == Verdict::Allowed ||
      (later && std::ranges::none_of(decision.steps, [&](const auto& step) { return is_due(step, now); }));
  if (may_go) return finish(std::move(flow), std::move(standing), from);
  Progress out = progress(Progress::Next::Steps, std::move(flow));
  out.standing = std::move(standing);
  return out;
}

bool SignIn::use_up(const Flow& flow) {
  const Instant now = steady_.now();
  const UsedUp key{flow.id, flow.password_checked_at};
  const std::lock_guard lock(used_mutex_);
  while (!used_until_.empty() && used_until_.front().first <= now) {
    used_.erase(used_until_.front().second);
    used_until_.pop_front();
  }
  if (!used_.insert(key).second) return false;
  // Twice as long as its cookie can be opened: the wall clock may step back a little meanwhile.
  used_until_.emplace_back(add(add(now, kFlowLifetime), kFlowLifetime), key);
  return true;
}

bool SignIn::is_used_up(const Flow& flow) {
  const std::lock_guard lock(used_mutex_);
  return used_.contains({flow.id, flow.password_checked_at});
}

void SignIn::give_back(const Flow& flow) {
  const std::lock_guard lock(used_mutex_);
  used_.erase({flow.id, flow.password_checked_at});
}

Result<Progress> SignIn::finish(Flow flow, Standing standing, const From& from) {
  const credentials::Login& login = standing.login;
  NewSession wanted;
  wanted.login = login.id;
  wanted.signed_in_at = flow.password_checked_at;
  wanted.idle = idle_of(standing);
  wanted.lifetime = settings_.session_lifetime;
  wanted.address = from.address;
  wanted.epoch = login.epoch;
  wanted.password_set_at = login.password.changed_at;
  wanted.entry.type = "sign_in.accepted";
  wanted.entry.at = parts_.clock.now();
  wanted.entry.actor = audit::Actor::login(login.id);
  wanted.entry.person = login.holder;
  wanted.entry.facts = {{"login", login.id.text()},
                        {"password_set_at", login.password.changed_at ? iso(*login.password.changed_at) : ""},
                        {"idle", iso(wanted.idle)}};
  wanted.entry.personal = {{"address", from.address}};
  wanted.entry.result = "allowed";
  const RecentPlace place{login.id, blinded(from.address), wanted.entry.at};
  wanted.also = [&](store::Transaction& tx) { note_place(tx, place, guessing_.places_per_login); };
  if (!use_up(flow)) return Failure(flow_over());
  auto cookie = parts_.sessions.start(wanted);
  if (!cookie) {
    give_back(flow);
    return Failure(std::move(cookie).error());
  }
  Progress out = progress(Progress::Next::Done, std::move(flow));
  out.session_cookie = std::move(*cookie);
  const auto known = devices_.of(&login, from.device);
  if (out.flow.own_machine)
    out.device_cookie = devices_.trust(login, known);
  else if (known)
    out.device_cookie = "";
  out.standing = std::move(standing);
  return out;
}

Period SignIn::idle_of(const Standing& standing) const {
  const auto rule = policy::idle_rule(standing.account_facts);
  if (rule.after) return *rule.after;
  return rule.asked ? settings_.idle_where_asked : settings_.idle;
}

Result<void> SignIn::record_refusal(const Standing& standing) {
  const auto& refusal = standing.decision.refusal;
  const Instant now = parts_.clock.now();
  const Instant hour = std::chrono::floor<std::chrono::hours>(now);
  {
    const std::lock_guard lock(noted_mutex_);
    if (hour != refused_hour_) refused_.clear();
    refused_hour_ = hour;
    if (!refused_.insert({standing.login.id, std::string(code_of(refusal.reason))}).second) return {};
  }
  audit::Entry entry;
  entry.type = "sign_in.refused";
  entry.at = now;
  entry.actor = audit::Actor::login(standing.login.id);
  entry.subject = "sign_in/" + standing.login.id.text();
  entry.clauses = standing.clause_ids(refusal.clauses);
  const auto& password = standing.login.password;
  entry.facts = {{"reason", std::string(code_of(refusal.reason))},
                 {"cutoff", refusal.cutoff ? iso(*refusal.cutoff) : ""},
                 {"password_set_at", password.changed_at ? iso(*password.changed_at) : ""},
                 {"password_state", std::to_string(static_cast<int>(password.state))},
                 {"rule_min_length", std::to_string(password.rule_min_length)},
                 {"rule_classes", std::to_string(password.rule_classes)}};
  entry.result = "refused";
  auto written = parts_.store.write([&](store::Transaction& tx) -> Result<void> {
    parts_.recorder.record(tx, entry);
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(noted_mutex_);
  refused_.erase({standing.login.id, std::string(code_of(refusal.reason))});  // not in the log: the next one is to be
  return written;
}

Result<Progress> SignIn::owed(const Flow& flow) {
  if (!flow.has_password() || flow.run != run_ || is_used_up(flow)) return Failure(flow_over());
  auto standing = standing_of(flow.login);
  if (!standing || standing->login.password.changed_at != flow.password_set_at) return Failure(flow_over());
  if (standing->decision.verdict == Verdict::Refused) {
    TRY(record_refusal(*standing));
    return refused(flow, std::move(*standing));
  }
  Progress out = progress(Progress::Next::Steps, flow);
  out.standing = std::move(standing);
  return out;
}

Result<void> SignIn::confirm_answers(const Standing& standing, const StepAnswers& answers) {
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

credentials::GuessContext SignIn::guess_context(const Standing& standing) const {
  credentials::GuessContext context;
  const auto view = parts_.standings.view();
  const PersonId& holder = standing.login.holder;
  for (const LoginId& id : view->logins().of_holder(holder))
    if (const auto* login = view->logins().find(id)) context.user_names.push_back(login->user_name);
  const people::UnitTree tree(view->directory(), view->at());
  if (const auto* record = view->directory().person(holder)) {
    context.full_name = record->person.name;
    if (!record->person.work_mail.empty()) context.user_names.push_back(record->person.work_mail);
    if (!record->person.staff_code.empty()) context.numbers.push_back(record->person.staff_code);
    if (const auto posting = people::main_posting(view->directory(), holder, view->at()))
      for (const UnitId& unit : tree.ancestors(posting->unit))
        if (const auto* version = tree.version(unit)) {
          context.unit_names.push_back(version->name);
          context.unit_names.push_back(version->code);
        }
  }
  for (const auto& account : standing.accounts) {
    context.user_names.push_back(account.user_name);
    if (const auto* system = view->accounts().system(account.system)) {
      context.system_names.push_back(system->name);
      context.system_names.push_back(system->code);
    }
  }
  if (const auto known = parts_.people.private_facts(holder)) {
    context.birth_date = known->birth_date;
    if (!known->identity_number.empty()) context.numbers.push_back(known->identity_number);
    if (!known->phone.empty()) context.numbers.push_back(known->phone);
  }
  context.issuer = settings_.installation_name;
  return context;
}

Result<std::vector<credentials::PasswordProblem>> SignIn::change(const Standing& standing, const Secret& fresh,
                                                                 const From& from) {
  credentials::PasswordChange wanted;
  wanted.login = standing.login;
  wanted.fresh = fresh;
  wanted.rule = policy::password_rule(standing.account_facts);
  wanted.guess = guess_context(standing);
  wanted.actor = audit::Actor::login(standing.login.id);
  wanted.source = source_of(from.address);
  for (const auto& step : standing.decision.steps)
    if (step.kind == StepKind::ChangePassword)
      for (auto& id : standing.clause_ids(step.clauses)) wanted.clause_ids.push_back(std::move(id));
  return parts_.credentials.change(wanted);
}

Result<Progress> SignIn::answer_steps(const Flow& flow, const StepAnswers& answers, const From& from) {
  Progress owing = TRY(owed(flow));
  if (owing.next != Progress::Next::Steps) return owing;
  const Standing& standing = *owing.standing;
  TRY(confirm_answers(standing, answers));
  Flow next = flow;
  // A change that is not owed asks for the present password, which is asked for elsewhere.
  const bool changes = answers.fresh && std::ranges::any_of(standing.decision.steps, [](const policy::Step& step) {
                         return step.kind == StepKind::ChangePassword;
                       });
  if (changes) {
    if (!answers.repeated_alike)
      owing.problems = {
          {{"Hai lần nhập mật khẩu mới không giống nhau.", "The two new passwords are not the same."}, {}}};
    else
      owing.problems = TRY(change(standing, *answers.fresh, from));
    if (!owing.problems.empty()) {
      auto fresh_standing = standing_of(flow.login);
      if (fresh_standing) owing.standing = std::move(fresh_standing);
      return owing;
    }
    end_others(flow.login, std::nullopt);
  }
  auto after = standing_of(flow.login);
  if (!after) return Failure(flow_over());
  next.password_set_at = after->login.password.changed_at;
  auto on = go_on(std::move(next), std::move(*after), from, answers.later);
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
                                         const From& from) {
  auto standing = standing_of(session.login);
  if (!standing) return Failure(flow_over());
  Flow flow;
  flow.user_name = standing->login.user_name;
  if (auto stopped = TRY(prove(flow, current, from))) return std::move(*stopped);
  standing = standing_of(session.login);
  if (!standing || standing->login.password.changed_at != flow.password_set_at) return Failure(flow_over());
  if (standing->decision.verdict == Verdict::Refused) {
    TRY(record_refusal(*standing));
    return refused(std::move(flow), std::move(*standing));
  }
  Progress out = progress(Progress::Next::Steps, std::move(flow));
  out.problems = TRY(change(*standing, fresh, from));
  if (!out.problems.empty()) {
    out.standing = std::move(standing);
    return out;
  }
  out.next = Progress::Next::Done;
  const auto after = standing_of(session.login);
  if (!after) return Failure(flow_over());
  if (auto kept = parts_.sessions.go_on_with(session.id, after->login.password.changed_at); !kept)
    return Failure(only_changed(kept.error()));
  end_others(session.login, session.id);
  return out;
}

std::optional<Identity> SignIn::identity_of(const LoginId& id) {
  const auto view = parts_.standings.view();
  const credentials::Login* login = view->logins().find(id);
  if (login == nullptr) return std::nullopt;
  Identity out;
  out.login = id;
  out.person = login->holder;
  out.user_name = login->user_name;
  const auto* record = view->directory().person(login->holder);
  if (record == nullptr) return out;
  out.full_name = record->person.name;
  out.work_mail = record->person.work_mail;
  if (const auto posting = people::main_posting(view->directory(), login->holder, view->at())) {
    const people::UnitTree tree(view->directory(), view->at());
    if (const auto* version = tree.version(posting->unit)) {
      out.unit_code = version->code;
      out.unit_name = version->name;
    }
    out.position = posting->position;
  }
  for (const GroupId& group : people::groups_of(view->directory(), login->holder, view->at()))
    if (const auto* known = view->directory().group(group)) out.groups.push_back(known->code);
  return out;
}

Admission SignIn::admit(const LoginId& id, const SystemId& system) {
  Admission out;
  const auto standing = standing_of(id);
  if (!standing) {
    out.refusal = {"Tên đăng nhập không còn.", "The login is gone."};
    return out;
  }
  const auto words = [&](const RefusalWords& refusal) {
    const std::string vi = refusal.clauses.empty() ? "" : " (" + refusal.clauses.front().letter.vi + ")";
    const std::string en = refusal.clauses.empty() ? "" : " (" + refusal.clauses.front().letter.en + ")";
    return Text{refusal.reason.vi + vi + " " + refusal.action.vi, refusal.reason.en + en + " " + refusal.action.en};
  };
  const auto& decision = standing->decision;
  if (decision.verdict == Verdict::Refused) {
    out.refusal = words(refusal_words(*standing));
    out.clauses = standing->clause_ids(decision.refusal.clauses);
    return out;
  }
  const bool has_account = std::ranges::any_of(standing->accounts, [&](const accounts::Account& account) {
    return account.system == system && account.wanted == policy::LifecycleState::Active;
  });
  if (!has_account) {
    out.refusal = {"Ông/bà chưa có tài khoản trên hệ thống này. Đơn vị gửi đề nghị cấp tài khoản cho bộ phận quản trị.",
                   "You have no account in this system. Your unit asks the administrators for one."};
    return out;
  }
  const Instant now = parts_.clock.now();
  for (const auto& step : decision.steps)
    if (is_due(step, now)) {
      out.steps_owed = true;
      for (auto& clause : standing->clause_ids(step.clauses)) out.clauses.push_back(std::move(clause));
    }
  out.allowed = !out.steps_owed;
  if (out.steps_owed)
    out.refusal = {"Còn việc phải làm trước khi tiếp tục.", "Something is still owed before going on."};
  return out;
}

std::string SignIn::sign_in_target(const std::string& continue_target, bool again) const {
  return "/signin?continue=" + http::percent_encode(safe_target(continue_target)) + (again ? "&again=1" : "");
}

Result<void> SignIn::sign_out(const SessionId& id, const audit::Actor& by) {
  return parts_.sessions.end(id, by, "signed out");
}

Result<void> SignIn::end_void_sessions() {
  TRY(parts_.sessions.end_if([this](const Session& session) { return !holds(session); }, audit::Actor::clock(),
                             "login or password changed"));
  return {};
}

Result<void> SignIn::forget_old_places() {
  const Instant before = parts_.clock.now() - guessing_.trust;
  return parts_.store.write([&](store::Transaction& tx) -> Result<void> {
    forget_places(tx, before);
    return {};
  });
}

Result<void> SignIn::flush_failures() {
  std::map<std::string, std::uint64_t> failures;
  std::uint64_t elsewhere = 0;
  {
    const std::lock_guard lock(noted_mutex_);
    failures.swap(failures_);
    std::swap(elsewhere, failures_elsewhere_);
  }
  if (failures.empty()) return {};
  std::uint64_t total = elsewhere;
  std::uint64_t most = 0;
  for (const auto& [address, count] : failures) {
    total += count;
    most = std::max(most, count);
  }
  audit::Entry entry;
  entry.type = "sign_in.failures";
  entry.at = parts_.clock.now();
  entry.actor = {audit::Actor::Kind::Anonymous, {}};
  entry.subject = "sign_in/*";
  entry.facts = {{"count", std::to_string(total)},
                 {"addresses", std::to_string(failures.size())},
                 {"most_from_one_address", std::to_string(most)}};
  entry.result = "failed";
  auto written = parts_.store.write([&](store::Transaction& tx) -> Result<void> {
    parts_.recorder.record(tx, entry);
    return {};
  });
  if (written) return {};
  const std::lock_guard lock(noted_mutex_);  // counted again the next time
  for (const auto& [address, count] : failures) failures_[address] += count;
  failures_elsewhere_ += elsewhere;
  return written;
}

}  // namespace khien::signin
