// A province as lines of text.
#include <fmt/format.h>

#include <iterator>

#include "demo/province.h"

namespace khien::demo {
namespace {

std::string moment(const std::optional<Instant>& instant) {
  return instant ? iso(*instant) : std::string("-");
}
std::string span(const Validity& valid) {
  return iso(valid.from) + ".." + moment(valid.to);
}

class Writer {
 public:
  template <class... Parts>
  void line(const Parts&... parts) {
    ((fmt::format_to(std::back_inserter(out_), "{}|", parts)), ...);
    out_ += '\n';
  }
  void facts(const policy::PasswordFacts& facts) {
    line("password", static_cast<int>(facts.state), moment(facts.changed_at), facts.rule_min_length,
         static_cast<int>(facts.rule_classes), moment(facts.suspected_at));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_units(Writer& out, const Province& province) {
  for (const Unit& unit : province.units)
    for (const UnitVersion& version : unit.versions)
      out.line("unit", &unit - province.units.data(), span(version.valid), version.code, version.name, version.parent,
               code_of(version.tree), version.level);
  for (const Succession& one : province.successions)
    out.line("succession", one.old, one.successor, iso(one.at), code_of(one.how));
}

void write_people(Writer& out, const Province& province) {
  for (const Person& person : province.people) {
    const auto& details = person.details;
    out.line("person", details.name, person.user_name, details.work_mail, details.staff_code, code_of(details.category),
             details.secret.identity_number, details.secret.birth_date ? details.secret.birth_date->text() : "-",
             person.at_a_desk ? span(*person.at_a_desk) : "-");
    for (const Posting& posting : person.postings)
      out.line("posting", posting.unit, posting.position, span(posting.valid));
  }
}

void write_accounts(Writer& out, const Province& province) {
  for (const System& system : province.systems)
    out.line("system", system.code, system.name, system.owner, system.operator_name, system.behind_gate,
             system.login_is_ours);
  for (const Login& login : province.logins) {
    out.line("login", login.user_name, login.holder, static_cast<int>(login.state), iso(login.created_at));
    out.facts(login.password);
  }
  for (const Account& account : province.accounts) {
    out.line("account", account.system, code_of(account.kind), account.user_name, account.holder, account.unit,
             account.login, accounts::code_of(account.wanted), accounts::code_of(account.observed.state),
             moment(account.observed.as_of), iso(account.created_at), moment(account.closed_at));
    for (const Index user : account.named_users) out.line("user", user);
  }
}

}  // namespace

std::string canonical(const Province& province) {
  Writer out;
  out.line(iso(province.today), province.desk_group.code, province.desk_group.name);
  write_units(out, province);
  write_people(out, province);
  write_accounts(out, province);
  for (const KnownLogin& known : province.known) out.line("known", known.login, known.user_name, known.what.vi);
  return out.take();
}

}  // namespace khien::demo
