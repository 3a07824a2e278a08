#include "accounts/account_rules.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "people/name_rules.h"
#include "people/rules.h"
#include "sheets/formula.h"

namespace khien::accounts {
namespace {

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

/// A telephone number may be a user name: "+84912345678".
bool is_international_number(std::string_view text) {
  return text.starts_with('+') && text.size() > 1 &&
         std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

UnitId default_unit(const NewAccount& wanted, const System& system, const people::Directory& directory, Instant now) {
  if (!wanted.unit.is_nil()) return wanted.unit;
  if (const auto posting = people::main_posting(directory, wanted.holder, now)) return posting->unit;
  return system.owner;
}

Error unknown_system() {
  return Error::not_found({"Không có hệ thống này trong danh sách.", "There is no such system."});
}

}  // namespace

Result<std::string> clean_user_name(std::string_view text) {
  const auto clean = nfc(squeeze(text));
  if (!clean || clean->empty() || length(*clean) > 120 || !is_plain(*clean) || clean->find(' ') != std::string::npos)
    return Failure(Error::invalid({"Tên tài khoản phải có 1–120 ký tự, không có dấu cách.",
                                   "A user name has 1 to 120 characters without spaces."}));
  if (sheets::is_like_formula(*clean) && !is_international_number(*clean))
    return Failure(
        Error::invalid({"Tên tài khoản bắt đầu bằng = + - hoặc @ như công thức của bảng tính nên không được nhận.",
                        "A user name that begins with = + - or @ like a formula of a spreadsheet is not taken."}));
  return *clean;
}

Result<System> clean(System system) {
  system.code = lower(squeeze(system.code));
  system.name = TRY(people::clean_free_text(system.name, 200, {"Tên hệ thống", "The name of the system"}));
  system.operator_name =
      TRY(people::clean_free_text(system.operator_name, 200, {"Đơn vị vận hành", "The operator of the system"}));
  if (!is_code(system.code) || system.name.empty())
    return Failure(Error::invalid(
        {"Hệ thống phải có mã (1–40 ký tự a–z, 0–9, dấu chấm, gạch nối, gạch dưới) và tên (1–200 ký tự).",
         "A system needs a code (1 to 40 of a–z, 0–9, dot, hyphen, underscore) and a name (1 to 200 characters)."}));
  return system;
}

Result<Account> account_of(const NewAccount& wanted, const AccountId& id, const Register& known,
                           const people::Directory& directory, Instant now) {
  const System* system = known.system(wanted.system);
  if (system == nullptr) return Failure(unknown_system());
  Account account;
  account.id = id;
  account.system = wanted.system;
  account.kind = wanted.kind;
  account.user_name = TRY(clean_user_name(wanted.user_name));
  account.login = wanted.login;
  account.holder = wanted.holder;
  account.unit = default_unit(wanted, *system, directory, now);
  account.named_users = wanted.named_users;
  account.wanted = wanted.wanted;
  account.observed = wanted.observed;
  account.created_at = wanted.created_at.value_or(now);
  if (account.wanted == LifecycleState::Closed) account.closed_at = wanted.closed_at.value_or(now);
  if (account.created_at > now || account.closed_at > now)
    return Failure(Error::invalid(
        {"Ngày cấp và ngày đóng không thể ở tương lai.", "An account cannot be made or closed in the future."}));
  TRY(check(account));
  TRY(check_references(account, known, directory));
  TRY(check_login(account, known));
  return account;
}

Result<void> check_references(const Account& account, const Register& known, const people::Directory& directory) {
  if (known.system(account.system) == nullptr) return Failure(unknown_system());
  const auto is_known = [&](const PersonId& person) { return directory.person(person) != nullptr; };
  if ((!account.holder.is_nil() && !is_known(account.holder)) || !std::ranges::all_of(account.named_users, is_known))
    return Failure(Error::not_found({"Không có người này trong danh sách.", "There is no such person."}));
  if (account.unit.is_nil() || directory.unit(account.unit) == nullptr)
    return Failure(
        Error::not_found({"Không rõ tài khoản thuộc đơn vị nào; cần nêu đơn vị hoặc vị trí công tác của người sử dụng.",
                          "It is not known to which unit the account belongs: name the unit, or post its holder."}));
  return {};
}

Result<void> check_login(const Account& account, const Register& known) {
  const System* system = known.system(account.system);
  if (system == nullptr) return Failure(unknown_system());
  if (!account.login.is_nil() && !opened_by_us(*system))
    return Failure(Error::refused(
        Text::format("Hệ thống {0} tự xác thực người dùng, không dùng tên đăng nhập của Khiên.",
                     "The system {0} signs people in by itself, not by a login of Khiên.", system->name)));
  return {};
}

Error name_taken(const std::string& user_name, const std::string& system_name) {
  return Error::conflict(Text::format("Hệ thống {1} đã có tài khoản {0} chưa đóng.",
                                      "The system {1} has an account {0} that is not closed.", user_name, system_name));
}

}  // namespace khien::accounts
