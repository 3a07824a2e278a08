#include "cli/context.h"

#include <unistd.h>

#include "signin/password_check.h"

namespace khien::cli {

/// Where no server runs: limits of guessing and sessions that end with the command.
struct Context::LocalAdministration {
  LocalAdministration(app::Installation& opened, const Clock& clock, Random& random)
      : passwords(opened.store(), opened.keys(), opened.credentials(), clock, random),
        administration({opened.store(), opened.recorder(), opened.standings(), passwords, clock, random}) {}

  signin::PasswordCheck passwords;
  signin::Administration administration;
};

std::shared_ptr<app::Installation> Context::open(app::Installation::Mode mode) {
  if (!live) {
    auto opened = app::Installation::open(folder(), mode, app::process_environment(), clock, random);
    if (opened) return std::move(*opened);
    fail(opened.error());
    return nullptr;
  }
  std::shared_ptr<app::Installation> opened(&live->installation, [](app::Installation*) {});
  if (mode == app::Installation::Mode::Change) return opened;  // what it changes takes `may`
  if (auto allowed = may(*opened, people::Act::ReadState, people::About::whole()); !allowed) {
    fail(allowed.error());
    return nullptr;
  }
  return opened;
}

Result<signin::Administration*> Context::administration(app::Installation& opened) {
  if (live) return &live->administration;
  if (!local_) {
    local_ = std::make_shared<LocalAdministration>(opened, clock, random);
    TRY(local_->passwords.load());
  }
  return &local_->administration;
}

std::optional<signin::Administrator> Context::signed_in() {
  if (!who_ && live && !terminal.token().empty())
    who_ = live->administration.find(terminal.token(), terminal.system_user());
  return who_;
}

Result<signin::Administrator> Context::sign_in(app::Installation& opened, const std::string& name,
                                               const std::string& break_glass_reason) {
  auto* gate = TRY(administration(opened));
  const auto nobody = [&] {
    return Failure(Error::refused(
        {"Lệnh này cần người có vai trò đăng nhập: hãy chạy ở cửa sổ dòng lệnh, hoặc đặt KHIEN_SIGN_IN_FILE (tệp hai "
         "dòng: tên đăng nhập, mật khẩu; chmod 600).",
         "This command takes a person who signs in: run it at a terminal, or set KHIEN_SIGN_IN_FILE (a file of two "
         "lines, user name and password; chmod 600)."}));
  };
  signin::Administration::Wanted wanted{.user_name = name,
                                        .system_user = terminal.system_user(),
                                        .uid = live ? live->uid : geteuid(),
                                        .break_glass = !break_glass_reason.empty(),
                                        .reason = break_glass_reason};
  if (wanted.user_name.empty()) {
    const auto typed = terminal.ask(in({"Tên đăng nhập: ", "User name: "}));
    if (!typed) return nobody();
    wanted.user_name = *typed;
  }
  auto password = terminal.ask_secret(in({"Mật khẩu: ", "Password: "}));
  if (!password) return nobody();
  wanted.password = std::move(*password);
  auto done = TRY(gate->sign_in(wanted));
  terminal.keep_token(done.token);
  who_ = done.who;
  return done.who;
}

Result<people::By> Context::actor(app::Installation& opened, const std::string& basis) {
  if (!TRY(opened.people().has_founded_roles())) {
    if (live && live->uid != geteuid() && live->uid != 0)
      return Failure(Error::refused(
          {"Hệ thống chưa có người quản trị: chỉ chủ của thư mục ra lệnh được (khien role found).",
           "The installation has no administrators yet: only the owner of its folder gives commands (khien role "
           "found)."}));
    return people::By{audit::Actor::operator_named(terminal.system_user()), basis};
  }
  auto who = signed_in();
  if (!who) who = TRY(sign_in(opened, {}));
  return people::By{who->actor(), basis};
}

Result<people::By> Context::may(app::Installation& opened, people::Act act, const people::About& about,
                                const std::string& basis) {
  people::By by = TRY(actor(opened, basis));
  if (by.actor.kind != audit::Actor::Kind::Person) return by;
  TRY(people::require_authority(*opened.people().snapshot(), by.actor, act, about, clock.now()));
  return by;
}

bool Context::perform(app::Installation& opened, const app::Act& act, const std::string& basis) {
  const auto by = actor(opened, basis);
  if (!by) {
    fail(by.error());
    return false;
  }
  const auto performed = app::perform(opened, *by, act);
  if (!performed) {
    fail(performed.error());
    return false;
  }
  print(performed->lines);
  return !performed->request;
}

void Context::print(const app::Lines& lines) {
  for (const auto& line : lines) switch (line.kind) {
      case app::Line::Kind::Result:
        say(in(line.text));
        break;
      case app::Line::Kind::Note:
        note(line.text);
        break;
      case app::Line::Kind::Remark:
        terminal.out(printable(in(line.text)) + "\n");
        break;
    }
}

void Context::fail(const Error& error) {
  terminal.err(printable(error.line(language)) + "\n");
  if (!error.detail().empty()) terminal.err("  (" + printable(error.detail()) + ")\n");
  status = 1;
}

void Context::note(const Text& text) const {
  terminal.err(in({"Lưu ý: ", "Note: "}) + printable(in(text)) + "\n");
}

void Context::say(const std::string& line) const {
  terminal.out(printable(line) + "\n");
}

}  // namespace khien::cli
