// khien login: creating, issuing passwords, locking, suspicion.
#include "app/administrators.h"
#include "base/characters.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"

namespace khien::cli {
namespace {

using app::Installation;

struct LoginOptions {
  std::string name;
  std::string staff_code;
  std::string reason;
  std::optional<Instant> since;
};

/// A login is about the units of its holder.
people::About about(Installation& opened, const credentials::Login& login) {
  return people::About::person(*opened.people().snapshot(), login.holder, opened.clock.now());
}

people::Act act_of(policy::LifecycleState state) {
  if (state == policy::LifecycleState::Suspended) return people::Act::LockLogin;
  return state == policy::LifecycleState::Active ? people::Act::UnlockLogin : people::Act::CloseLogin;
}

void issue(Context& context, const LoginOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto login = KHIEN_OR_FAIL(context, find_login(*opened->credentials().snapshot(), options.name));
  if (app::has_power(*opened, login.holder)) {
    app::IssueToAdministrator act;
    act.login = login.id;
    act.reason = options.reason;
    context.perform(*opened, act, options.reason);
    return;
  }
  const auto by =
      KHIEN_OR_FAIL(context, context.may(*opened, people::Act::IssuePassword, about(*opened, login), options.reason));
  const Secret password = KHIEN_OR_FAIL(context, app::issue_password(*opened, by, login));
  context.remark({"Mật khẩu cấp một lần, phải đổi khi đăng nhập; không lưu ở đâu khác:",
                  "Issued once, to be changed at sign-in; it is kept nowhere else:"});
  context.terminal.out(std::string(password.reveal()) + "\n");
}

Text what_was_done(policy::LifecycleState state) {
  if (state == policy::LifecycleState::Suspended) return {"Đã khóa", "Locked"};
  if (state == policy::LifecycleState::Active) return {"Đã mở khóa", "Unlocked"};
  return {"Đã đóng", "Closed"};
}

/// Accounts that nobody can enter any more, so that somebody closes them or gives them another login.
void say_what_it_opened(Context& context, Installation& opened, const LoginId& login) {
  const auto known = opened.accounts().snapshot();
  std::string names;
  for (const auto& id : known->opened_by(login)) {
    const auto account = known->account(id);
    if (!account || account->wanted == policy::LifecycleState::Closed) continue;
    names += (names.empty() ? "" : ", ") + account->user_name + "@" + known->system(account->system)->code;
  }
  if (names.empty()) return;
  context.remark(Text::format(
      "Không ai còn vào được: {0}. Hãy gắn tên đăng nhập khác (khien import accounts) hoặc đóng tài khoản.",
      "Nobody can enter any more: {0}. Bind another login (khien import accounts), or close the account.",
      printable(names)));
}

void set_state(Context& context, const LoginOptions& options, policy::LifecycleState state) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto login = KHIEN_OR_FAIL(context, find_login(*opened->credentials().snapshot(), options.name));
  if (login.state == state)
    return context.note(Text::format("{0}: {1} từ trước, không thay đổi gì.", "{0}: {2} already, nothing changed.",
                                     login.user_name, accounts::name_of(state).vi, accounts::name_of(state).en));
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, act_of(state), about(*opened, login), options.reason));
  if (state != policy::LifecycleState::Active)
    KHIEN_OR_FAIL(context, app::require_administrators_remain(*opened, login));
  KHIEN_OR_FAIL(context, opened->credentials().set_state(by, login.id, state));
  const Text done = what_was_done(state);
  context.say(
      context.in({fmt::format("{} {}.", done.vi, login.user_name), fmt::format("{} {}.", done.en, login.user_name)}) +
      context.in({" Mọi phiên đăng nhập trước đó kết thúc.", " Every session from before ends."}));
  if (state == policy::LifecycleState::Closed) say_what_it_opened(context, *opened, login.id);
}

void suspect(Context& context, const LoginOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto login = KHIEN_OR_FAIL(context, find_login(*opened->credentials().snapshot(), options.name));
  const Instant since = options.since.value_or(context.clock.now());
  const auto standing = opened->standings().view()->standing_of(login);
  std::vector<std::string> clauses;
  for (const auto& facts : standing.account_facts)
    for (auto& id : standing.clause_ids(facts.policy->must.of(policy::Kind::PasswordChangeOnSuspicion).clauses))
      if (std::ranges::find(clauses, id) == clauses.end()) clauses.push_back(std::move(id));
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, people::Act::SuspectLogin, about(*opened, login)));
  KHIEN_OR_FAIL(context, opened->credentials().suspect(by, login.id, since, options.reason, clauses));
  const auto& changed = login.password.changed_at;
  context.say(
      context.in(Text::format("Đã đánh dấu mật khẩu của {0} nghi lộ từ {1}. Mọi phiên đăng nhập trước đó kết thúc.",
                              "Marked the password of {0} as suspected since {1}. Every session from before ends.",
                              login.user_name, dmy_time(since))));
  context.say(context.in(
      changed && *changed > since
          ? Text{"Mật khẩu đã được đổi sau lúc đó, không phải đổi lại.",
                 "The password was changed after that, and need not be changed again."}
          : Text{"Người giữ phải đổi mật khẩu khi đăng nhập.", "Its holder must change it at the sign-in."}));
}

}  // namespace

void add_login(CLI::App& app, Context& context) {
  auto* login = app.add_subcommand("login", "Tên đăng nhập / logins");
  login->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, auto action) {
    auto* command = login->add_subcommand(name, help);
    auto options = std::make_shared<LoginOptions>();
    command->add_option("NAME", options->name, "Tên đăng nhập / user name")->required();
    auto* reason = command->add_option("--reason", options->reason, "Lý do, số văn bản / reason, paper");
    if (std::string_view(name) != "issue") reason->required();
    command->callback([&context, options, action] { action(context, *options); });
    return std::pair(command, options);
  };
  add("issue", "Cấp mật khẩu mới / issue a new password", issue);
  add("lock", "Khóa / lock",
      [](Context& c, const LoginOptions& o) { set_state(c, o, policy::LifecycleState::Suspended); });
  add("unlock", "Mở khóa / unlock",
      [](Context& c, const LoginOptions& o) { set_state(c, o, policy::LifecycleState::Active); });
  add("close", "Đóng / close",
      [](Context& c, const LoginOptions& o) { set_state(c, o, policy::LifecycleState::Closed); });
  const auto [suspecting, suspected] = add("suspect", "Đánh dấu nghi lộ / mark as suspected", suspect);
  add_date(suspecting, context, "--since", suspected->since, "Từ khi (bây giờ) / since (now)");
}

}  // namespace khien::cli
