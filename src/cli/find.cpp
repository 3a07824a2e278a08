#include "cli/find.h"

#include <algorithm>

#include "base/nearest.h"
#include "base/vietnamese.h"

namespace khien::cli {
namespace {

std::string clean(const std::string& typed) {
  return nfc(squeeze(typed)).value_or(std::string());
}

Failure no_such(const Text& what, const std::string& typed, std::vector<std::string> known) {
  const Text near = nearest_words(typed, std::move(known));
  return Failure(Error::not_found({fmt::format("Không có {} «{}».{}", what.vi, typed, near.vi),
                                   fmt::format("There is no {} \"{}\".{}", what.en, typed, near.en)}));
}

/// `one_of_theirs(item)` of everything in the map.
template <class Map, class Name>
std::vector<std::string> names_in(const Map& map, Name name) {
  std::vector<std::string> out;
  map.for_each([&](const auto&, const auto& item) { out.push_back(name(item)); });
  return out;
}

}  // namespace

Result<PersonId> find_person(const people::Directory& directory, const std::string& name) {
  if (const auto id = PersonId::parse(name); id && directory.person(*id) != nullptr) return *id;
  const std::string typed = clean(name);
  const std::string mail = lower(typed);
  std::vector<PersonId> found;
  if (!typed.empty())
    directory.people().for_each([&](const PersonId& id, const people::PersonRecord& record) {
      if (record.person.staff_code == typed || record.person.work_mail == mail) found.push_back(id);
    });
  if (found.size() == 1) return found.front();
  if (found.size() > 1)
    return Failure(Error::conflict(Text::format("«{0}» là của nhiều người; hãy ghi mã cán bộ.",
                                                "\"{0}\" is several people's; give the staff code.", typed)));
  return Failure(Error::not_found(Text::format("Không có ai mang mã cán bộ hoặc thư công vụ «{0}».",
                                               "Nobody has the staff code or the work mail \"{0}\".", typed)));
}

std::string name_of(const people::Directory& directory, const PersonId& person) {
  const auto* record = directory.person(person);
  if (record == nullptr) return person.text();
  const auto& known = record->person;
  return known.staff_code.empty() ? known.name : known.name + " (" + known.staff_code + ")";
}

std::string name_of_subject(const accounts::Register& known, const credentials::Logins& logins,
                            const people::Directory& directory, const std::string& subject) {
  const std::string_view id = std::string_view(subject).substr(subject.find('/') + 1);
  if (const auto account = AccountId::parse(id); account && subject.starts_with("account/"))
    if (const auto found = known.account(*account)) return name_of(known, *found);
  if (const auto login = LoginId::parse(id); login && subject.starts_with("login/"))
    if (const auto* found = logins.find(*login)) return found->user_name;
  if (const auto person = PersonId::parse(id); person && subject.starts_with("person/"))
    return name_of(directory, *person);
  return subject;
}

std::string name_of(const accounts::Register& known, const accounts::Account& account) {
  const auto* system = known.system(account.system);
  return system == nullptr ? account.user_name : account.user_name + "@" + system->code;
}

Result<credentials::Login> find_login(const credentials::Logins& logins, const std::string& name) {
  const auto* login = logins.named(credentials::look_up_form(name));
  if (login != nullptr) return *login;
  return no_such({"tên đăng nhập", "login"}, clean(name),
                 names_in(logins.all(), [](const auto& one) { return one.user_name; }));
}

Result<accounts::System> find_system(const accounts::Register& known, const std::string& code) {
  const auto* system = known.system_coded(lower(clean(code)));
  if (system != nullptr) return *system;
  return no_such({"hệ thống mã", "system"}, clean(code),
                 names_in(known.systems(), [](const auto& one) { return one.code; }));
}

Result<accounts::Account> find_account(const accounts::Register& known, const std::string& name) {
  const auto split = name.rfind('@');
  if (split == std::string::npos)
    return Failure(Error::invalid(
        {"Tài khoản ghi dạng TÊN@HỆ-THỐNG, ví dụ annv@tthc.", "An account is USER@SYSTEM, such as annv@tthc."}));
  return find_account(known, TRY(find_system(known, name.substr(split + 1))), name.substr(0, split));
}

Result<accounts::Account> find_account(const accounts::Register& known, const accounts::System& system,
                                       const std::string& user_name) {
  if (const auto id = known.account_named(system.id, clean(user_name))) return *known.account(*id);
  std::vector<std::string> others;
  known.each_account([&](const accounts::Account& account) {
    if (account.system == system.id && account.wanted != accounts::LifecycleState::Closed)
      others.push_back(account.user_name + "@" + system.code);
  });
  return no_such({"tài khoản", "account"}, clean(user_name) + "@" + system.code, std::move(others));
}

Result<policy::Directive> find_directive(const directives::Register& known, const std::string& name, Instant at) {
  const std::string code = clean(name);
  if (const auto* directive = known.coded(code, at)) return *directive;
  if (const auto id = DirectiveId::parse(name))
    if (const auto* directive = known.directive(*id)) return *directive;
  std::vector<std::string> codes;
  for (const auto& directive : known.directives())
    if (!directive.is_over(at)) codes.push_back(directive.code);
  return no_such({"chỉ đạo", "directive"}, code, std::move(codes));
}

Result<policy::Directive> find_directive_ever(const directives::Register& known, const std::string& name, Instant at) {
  auto found = find_directive(known, name, at);
  if (found) return found;
  const std::string code = clean(name);
  const policy::Directive* last = nullptr;
  for (const auto& directive : known.directives())
    if (directive.code == code && (last == nullptr || *last->until < *directive.until)) last = &directive;
  if (last != nullptr) return *last;
  return found;
}

Result<Named> find_named(const accounts::Register& known, const credentials::Logins& logins,
                         const people::Directory& directory, const directives::Register& adopted,
                         const std::string& name) {
  if (const auto slash = name.find('/'); slash != std::string::npos) {
    const std::string kind = name.substr(0, slash);
    const std::string rest = name.substr(slash + 1);
    if (PersonId::parse(rest)) return Named{{name}, {rest}};
    auto meant = find_named(known, logins, directory, adopted, rest);  // as `audit show` prints it
    if (!meant) return Named{{name}, {rest}};
    meant->subjects.clear();
    for (const auto& id : meant->ids) meant->subjects.push_back(kind + "/" + id);
    return meant;
  }
  Named out;
  const auto add = [&](std::string_view kind, const auto& id) {
    out.subjects.push_back(std::string(kind) + "/" + id.text());
    out.ids.push_back(id.text());
  };
  if (const auto id = PersonId::parse(name)) {  // ids of every kind look alike
    for (const auto* kind : {"account", "client", "confirmation", "directive", "exception", "group", "login", "person",
                             "session", "sign_in", "system", "token", "unit"})
      out.subjects.push_back(std::string(kind) + "/" + name);
    out.ids = {name};
    return out;
  }
  if (const auto* login = logins.named(credentials::look_up_form(name))) add("login", login->id);
  const std::string typed = clean(name);
  if (const auto* system = known.system_coded(lower(typed))) add("system", system->id);
  for (const auto& directive : adopted.directives())
    if (directive.code == typed) add("directive", directive.id);
  if (typed.contains('@'))
    known.each_account([&](const accounts::Account& account) {
      if (lower(name_of(known, account)) == lower(typed)) add("account", account.id);
    });
  if (const auto person = find_person(directory, name)) {
    add("person", *person);
    for (const auto& login : logins.of_holder(*person)) out.ids.push_back(login.text());
    for (const auto& account : known.held_by(*person))
      if (accounts::is_ones_own(known.account(account)->kind)) out.ids.push_back(account.text());
  } else if (person.error().kind() == ErrorKind::Conflict && out.ids.empty()) {
    return Failure(person.error());
  }
  if (!out.ids.empty()) return out;
  auto names = names_in(logins.all(), [](const auto& one) { return one.user_name; });
  for (const auto& directive : adopted.directives()) names.push_back(directive.code);
  directory.people().for_each([&](const PersonId&, const people::PersonRecord& record) {
    if (!record.person.staff_code.empty()) names.push_back(record.person.staff_code);
  });
  return no_such({"tên đăng nhập, mã cán bộ, thư công vụ, tài khoản, hệ thống hay chỉ đạo nào là",
                  "login, staff code, work mail, account, system or directive"},
                 typed, std::move(names));
}

Result<policy::Kind> find_kind(const std::string& code) {
  if (const auto kind = policy::parse_kind(code)) return *kind;
  std::vector<std::string> codes;
  for (const auto& spec : policy::catalogue()) codes.emplace_back(spec.code);
  return no_such({"loại biện pháp", "kind of control"}, clean(code), std::move(codes));
}

}  // namespace khien::cli
