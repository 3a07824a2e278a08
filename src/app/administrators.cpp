#include "app/administrators.h"

#include <algorithm>

#include "people/authority.h"

namespace khien::app {
namespace {

bool can_sign_in(const credentials::Logins& logins, const PersonId& person, const LoginId& without) {
  return std::ranges::any_of(logins.of_holder(person), [&](const LoginId& id) {
    const auto* login = logins.find(id);
    return id != without && login != nullptr && login->state == policy::LifecycleState::Active &&
           login->password.state != policy::PasswordState::None;
  });
}

}  // namespace

bool has_power(Installation& opened, const PersonId& person) {
  return !people::roles_of(*opened.people().snapshot(), person, opened.clock.now()).empty();
}

Result<void> require_administrators_remain(Installation& opened, const credentials::Login& without) {
  if (!TRY(opened.people().has_founded_roles())) return {};
  const auto directory = opened.people().snapshot();
  const auto logins = opened.credentials().snapshot();
  const Instant now = opened.clock.now();
  if (people::has_role(*directory, without.holder, people::Role::BreakGlass, now))
    return Failure(Error::refused(
        {"Đây là tên đăng nhập của quản trị khẩn cấp: hãy thôi giao vai trò đó trước (khien role end, cần người thứ "
         "hai "
         "duyệt).",
         "This login is a break-glass administrator's: end that role first (khien role end, which takes a second "
         "person)."}));
  if (!people::has_role(*directory, without.holder, people::Role::Centre, now)) return {};
  const auto centre = people::holders_of(*directory, people::Role::Centre, now);
  if (std::ranges::count_if(centre, [&](const PersonId& person) { return can_sign_in(*logins, person, without.id); }) <
      2)
    return Failure(Error::refused(
        {"Phải còn ít nhất hai người quản trị của trung tâm CNTT đăng nhập được; hãy giao vai trò cho người khác "
         "trước.",
         "At least two administrators of the IT centre must be able to sign in; appoint another first."}));
  return {};
}

Result<Secret> issue_password(Installation& opened, const people::By& by, const credentials::Login& login) {
  const auto standing = opened.standings().view()->standing_of(login);
  const auto composition = credentials::composition_of(policy::password_rule(standing.account_facts));
  return opened.credentials().issue(by, login.id, composition);
}

Parameters IssueToAdministrator::parameters() const {
  return {{"login", login.text()}, {"reason", reason}};
}

Result<std::unique_ptr<Act>> IssueToAdministrator::from_request(const Parameters& parameters) {
  auto act = std::make_unique<IssueToAdministrator>();
  act->login = LoginId::parse(value_of(parameters, "login")).value_or(LoginId{});
  act->reason = value_of(parameters, "reason");
  return act;
}

Result<Prospect> IssueToAdministrator::look(Installation& opened) const {
  const auto logins = opened.credentials().snapshot();
  const auto* found = logins->find(login);
  if (found == nullptr) return Failure(Error::not_found({"Không có tên đăng nhập này.", "There is no such login."}));
  return Prospect{.summary = Text::format("cấp mật khẩu mới cho {0}, người đang có vai trò",
                                          "issue a new password to {0}, who has a role", found->user_name),
                  .lines = {{Line::Kind::Note,
                             {"ai có mật khẩu này thì làm được mọi việc nhân danh người đó; người duyệt là người nhìn "
                              "thấy mật khẩu và phải trao tận tay.",
                              "whoever has this password acts in that person's name; whoever approves sees it, and "
                              "hands it over in person."}}},
                  .facts = std::to_string(found->epoch),
                  .affected = 1,
                  .of = logins->all().size()};
}

Result<Lines> IssueToAdministrator::carry_out(Installation& opened, const people::By& by) const {
  const auto logins = opened.credentials().snapshot();
  const auto* found = logins->find(login);
  if (found == nullptr) return Failure(Error::not_found({"Không có tên đăng nhập này.", "There is no such login."}));
  people::By because = by;
  if (because.basis.empty()) because.basis = reason;
  const Secret password = TRY(issue_password(opened, because, *found));
  const std::string shown(password.reveal());
  return Lines{{Line::Kind::Result,
                {"Mật khẩu cấp một lần, phải đổi khi đăng nhập; không lưu ở đâu khác:",
                 "Issued once, to be changed at sign-in; it is kept nowhere else:"}},
               {Line::Kind::Result, {shown, shown}}};
}

}  // namespace khien::app
