#include "demo/adopt.h"

#include "directives/text.h"

namespace khien::demo {
namespace {

Date days_before(Date today, int days) {
  return std::chrono::sys_days(today) - std::chrono::days(days);
}

Result<void> move_cutoff(directives::DirectiveText& directive, Date date) {
  for (directives::ClauseText& clause : directive.clauses)
    for (policy::Control& control : clause.controls) {
      if (control.kind != policy::Kind::PasswordCutoff) continue;
      policy::RawParameters parameters = policy::raw_of(control);
      parameters["date"] = iso(date);
      control = TRY(policy::make_control(control.kind, control.force, parameters));
    }
  return {};
}

}  // namespace

Result<std::vector<std::string>> demo_directives(std::span<const Template> templates, Date today) {
  std::vector<std::string> out;
  for (const Template& one : templates) {
    directives::DirectiveText directive = TRY(directives::parse_directive(one.yaml, one.file));
    directive.adopted_by = directive.code == "VB" ? "tinhuy" : "tinh";
    directive.from = date_of(add(start_of(today), {.months = -4}));
    if (directive.code == "LA") {
      directive.from = days_before(today, 30);
      TRY(move_cutoff(directive, days_before(today, 3)));
    }
    out.push_back(directives::write_directive(directive));
  }
  return out;
}

Result<void> confirm_for_allowed(directives::Directives& directives, const credentials::Credentials& credentials,
                                 const people::By& by) {
  using khien::directives::Confirmation;
  const auto adopted = directives.snapshot();
  const auto logins = credentials.snapshot();
  for (const char* name : {"annv", "giangvt", "quantri"}) {
    const khien::credentials::Login* login = logins->named(name);
    if (login == nullptr) return Failure(Error::internal("the demonstration has no login " + std::string(name)));
    for (const policy::Directive& directive : adopted->directives())
      for (const auto what : {Confirmation::Read, Confirmation::Signed})
        TRY(directives.confirm(by, login->holder, directive.id, what));
    TRY(directives.confirm(by, login->holder, DirectiveId{}, Confirmation::Monitoring));
  }
  return {};
}

}  // namespace khien::demo
