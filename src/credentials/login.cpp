#include "credentials/login.h"

#include <algorithm>

#include "base/persistent_lists.h"
#include "base/vietnamese.h"

namespace khien::credentials {

std::string look_up_form(std::string_view typed) {
  return fold(squeeze(typed.substr(0, 400)));
}

Result<std::string> clean_user_name(std::string_view typed) {
  const std::string name = is_utf8(typed) ? look_up_form(typed) : std::string();
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const auto is_allowed = [&](char c) { return is_word(c) || c == '.' || c == '_' || c == '-' || c == '@'; };
  if (name.size() < 2 || name.size() > 64 || !is_word(name.front()) || !std::ranges::all_of(name, is_allowed))
    return Failure(Error::invalid(
        Text::format("Tên đăng nhập «{0}» không hợp lệ: cần 2 đến 64 ký tự a–z, 0–9, dấu chấm, gạch dưới, gạch nối, @.",
                     "The user name \"{0}\" is not valid: 2 to 64 of a–z, 0–9, dot, underscore, hyphen, @.",
                     squeeze(typed.substr(0, 80)))));
  return name;
}

const Login* Logins::named(const std::string& user_name) const {
  const LoginId* id = by_name_.find(user_name);
  return id == nullptr ? nullptr : logins_.find(*id);
}

const std::vector<LoginId>& Logins::of_holder(const PersonId& person) const {
  static const std::vector<LoginId> kNone;
  const auto* found = by_holder_.find(person);
  return found == nullptr ? kNone : *found;
}

Logins Logins::of(std::vector<Login> all) {
  std::vector<std::pair<LoginId, Login>> logins;
  std::vector<std::pair<std::string, LoginId>> names;
  std::vector<std::pair<PersonId, LoginId>> holders;
  logins.reserve(all.size());
  names.reserve(all.size());
  holders.reserve(all.size());
  for (Login& login : all) {
    names.emplace_back(login.user_name, login.id);
    holders.emplace_back(login.holder, login.id);
    logins.emplace_back(login.id, std::move(login));
  }
  Logins out;
  out.logins_ = decltype(logins_)::of(std::move(logins));
  out.by_name_ = decltype(by_name_)::of(std::move(names));
  out.by_holder_ = lists_of(std::move(holders));
  return out;
}

void Logins::put(Login login) {
  bool is_new_to_holder = true;
  if (const Login* before = logins_.find(login.id)) {
    is_new_to_holder = before->holder != login.holder;
    if (before->user_name != login.user_name) by_name_.erase(before->user_name);
    if (is_new_to_holder) std::erase(by_holder_.edit(before->holder), login.id);
  }
  if (is_new_to_holder) by_holder_.edit(login.holder).push_back(login.id);
  by_name_.set(login.user_name, login.id);
  const LoginId id = login.id;
  logins_.set(id, std::move(login));
}

}  // namespace khien::credentials
