// khien role found|grant|end|list: who may do what.
#include "app/acts.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"
#include "people/rules.h"

namespace khien::cli {
namespace {

using app::Installation;

std::vector<std::string> role_codes() {
  std::vector<std::string> out;
  for (int i = 0; i < people::kRoleCount; ++i) out.emplace_back(people::code_of(static_cast<people::Role>(i)));
  return out;
}

Result<PersonId> holder_of(Installation& opened, const std::string& login) {
  return TRY(find_login(*opened.credentials().snapshot(), login)).holder;
}

void found(Context& context, const std::vector<std::string>& logins) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  std::vector<PersonId> people;
  for (const auto& login : logins) people.push_back(KHIEN_OR_FAIL(context, holder_of(*opened, login)));
  const auto by = KHIEN_OR_FAIL(context, context.actor(*opened));
  KHIEN_OR_FAIL(context, opened->people().found_roles(by, people));
  context.say(context.in(
      {"Đã giao vai trò quản trị của trung tâm CNTT, toàn hệ thống. Từ nay mọi lệnh thay đổi cần một người có vai trò "
       "đăng nhập (khien sign-in), việc lớn cần người thứ hai duyệt.",
       "Appointed the administrators of the IT centre. From now on every command that changes something takes a person "
       "with a role who signs in (khien sign-in), and great changes a second one."}));
}

struct GrantOptions {
  std::string login, role, unit, system, basis;
  std::optional<Instant> from, until;
};

void grant(Context& context, const GrantOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::GrantRole act;
  act.grant.person = KHIEN_OR_FAIL(context, holder_of(*opened, options.login));
  act.grant.role = *people::parse_role(options.role);  // as the option takes it
  act.grant.valid = {options.from.value_or(context.clock.now()), options.until};
  const auto directory = opened->people().snapshot();
  if (!options.unit.empty()) {
    const auto unit = people::UnitTree(*directory, context.clock.now()).unit_coded(options.unit);
    if (!unit)
      return context.fail(
          Error::not_found(Text::format("Không có đơn vị mã «{0}».", "There is no unit \"{0}\".", options.unit)));
    act.grant.scope.unit = *unit;
  }
  if (!options.system.empty())
    act.grant.scope.system = KHIEN_OR_FAIL(context, find_system(*opened->accounts().snapshot(), options.system)).id;
  context.perform(*opened, act, options.basis);
}

void end(Context& context, const std::string& id, const std::string& basis) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::EndRole act;
  act.grant = *RoleGrantId::parse(id);  // as the option takes it
  opened->people().snapshot()->people().for_each([&](const PersonId& person, const people::PersonRecord& record) {
    for (const auto& one : record.roles)
      if (one.id == act.grant) act.person = person;
  });
  context.perform(*opened, act, basis);
}

void list(Context& context, bool ended_too, bool as_json) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Instant now = context.clock.now();
  const auto directory = opened->people().snapshot();
  std::vector<people::RoleGrant> all;
  directory->people().for_each([&](const PersonId&, const people::PersonRecord& record) {
    for (const auto& one : record.roles)
      if (ended_too || !one.valid.to || now < *one.valid.to) all.push_back(one);
  });
  std::ranges::sort(all, {}, [](const auto& one) { return std::tuple(one.role, one.scope, one.valid.from, one.id); });
  for (const auto& one : all) {
    if (as_json)
      context.say(fmt::format(R"({{"id":{},"person":{},"role":{},"unit":{},"system":{},"from":{},"to":{}}})",
                              json_text(one.id.text()), json_text(one.person.text()),
                              json_text(people::code_of(one.role)),
                              one.scope.unit.is_nil() ? "null" : json_text(one.scope.unit.text()),
                              one.scope.system.is_nil() ? "null" : json_text(one.scope.system.text()),
                              json_text(iso(one.valid.from)), one.valid.to ? json_text(iso(*one.valid.to)) : "null"));
    else
      context.say(fmt::format("{}  {:<32} {}  {} – {}", one.id.text(), name_of(*directory, one.person),
                              context.in(app::words_of(*opened, one)), dmy(date_of(one.valid.from)),
                              one.valid.to ? dmy(date_of(*one.valid.to)) : "…"));
  }
  if (!KHIEN_OR_FAIL(context, opened->people().has_founded_roles()))
    context.note(
        {"chưa có người quản trị: ai là chủ của thư mục thì làm được mọi việc. Giao bằng: khien role found "
         "TÊN1 TÊN2",
         "there are no administrators yet: whoever owns the folder may do everything. Appoint them: khien role "
         "found NAME1 NAME2"});
}

}  // namespace

void add_role(CLI::App& app, Context& context) {
  auto* role = app.add_subcommand("role", "Vai trò / roles");
  role->require_subcommand(1);

  auto* founding =
      role->add_subcommand("found", "Giao những người quản trị đầu tiên / appoint the first administrators");
  auto first = std::make_shared<std::vector<std::string>>();
  founding->add_option("LOGIN", *first, "Tên đăng nhập, từ hai người / user names of two or more")->required();
  founding->callback([&context, first] { found(context, *first); });

  auto* granting = role->add_subcommand("grant", "Giao / grant");
  auto options = std::make_shared<GrantOptions>();
  granting->add_option("LOGIN", options->login, "Tên đăng nhập của người nhận / user name of whom")->required();
  granting->add_option("ROLE", options->role, "Vai trò / role")->required()->check(one_of(context, role_codes()));
  granting->add_option("--unit", options->unit, "Mã đơn vị, kể cả cấp dưới / code of a unit, with those below it");
  granting->add_option("--system", options->system, "Mã hệ thống / code of a system");
  add_date(granting, context, "--from", options->from, "Từ ngày (bây giờ) / from (now)");
  add_date(granting, context, "--until", options->until, "Đến ngày / until");
  granting->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  granting->callback([&context, options] { grant(context, *options); });

  auto* ending = role->add_subcommand("end", "Thôi giao / end");
  auto ended = std::make_shared<std::pair<std::string, std::string>>();
  ending->add_option("ID", ended->first, "Mã, như khien role list in ra / as khien role list prints it")
      ->required()
      ->check(id_of(context, {"xem: khien role list", "see: khien role list"}));
  ending->add_option("--basis", ended->second, "Căn cứ: số văn bản / the paper it rests on");
  ending->callback([&context, ended] { end(context, ended->first, ended->second); });

  auto* listing = role->add_subcommand("list", "Liệt kê / list");
  auto flags = std::make_shared<std::pair<bool, bool>>();
  listing->add_flag("--all", flags->first, "Cả đã kết thúc / those that ended too");
  listing->add_flag("--json", flags->second, "In JSON / print JSON");
  listing->callback([&context, flags] { list(context, flags->first, flags->second); });
}

}  // namespace khien::cli
