// khien system add|list, khien group add: what the codes of directives and imports name.
#include "accounts/names.h"
#include "cli/context.h"
#include "people/rules.h"

namespace khien::cli {
namespace {

using app::Installation;

struct SystemOptions {
  std::string code;
  std::string name;
  std::string owner;
  std::string operator_name;
  bool behind_gate = false;
};

void add_one(Context& context, const SystemOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  accounts::System system;
  system.code = options.code;
  system.name = options.name;
  system.operator_name = options.operator_name;
  system.behind_gate = options.behind_gate;
  system.login_is_ours = options.behind_gate;
  const auto directory = opened->people().snapshot();
  const auto owner = people::UnitTree(*directory, context.clock.now()).unit_coded(options.owner);
  if (!owner)
    return context.fail(
        Error::not_found(Text::format("Không có đơn vị mã «{0}».", "There is no unit \"{0}\".", options.owner)));
  system.owner = *owner;
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, people::Act::ManageSystems, {.units = {system.owner}}));
  KHIEN_OR_FAIL(context, opened->accounts().add_system(by, system));
}

void list(Context& context) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->accounts().snapshot();
  known->systems().for_each([&](const SystemId&, const accounts::System& system) {
    context.say(fmt::format("{:<10} {} · {}", system.code, system.name,
                            system.behind_gate ? context.in({"sau cổng Khiên", "behind our gate"})
                                               : context.in({"trang đăng nhập riêng", "its own sign-in page"})));
  });
}

}  // namespace

void add_system(CLI::App& app, Context& context) {
  auto* system = app.add_subcommand("system", "Hệ thống thông tin dùng chung / shared systems");
  system->require_subcommand(1);
  auto options = std::make_shared<SystemOptions>();
  auto* adding = system->add_subcommand("add", "Thêm / add");
  adding->add_option("CODE", options->code, "Mã, như tthc / code")->required();
  adding->add_option("NAME", options->name, "Tên / name")->required();
  adding->add_option("--owner", options->owner, "Mã đơn vị chủ quản / code of the owning unit")->required();
  adding->add_option("--operator", options->operator_name, "Đơn vị vận hành / operator");
  adding->add_flag("--behind-gate", options->behind_gate, "Đăng nhập qua Khiên / people sign in through Khiên");
  adding->callback([&context, options] { add_one(context, *options); });
  system->add_subcommand("list", "Liệt kê / list")->callback([&context] { list(context); });

  auto* group = app.add_subcommand("group", "Nhóm người / groups of people");
  group->require_subcommand(1);
  auto grouped = std::make_shared<SystemOptions>();
  auto* adding_group = group->add_subcommand("add", "Thêm / add");
  adding_group->add_option("CODE", grouped->code, "Mã nhóm / code of the group")->required();
  adding_group->add_option("NAME", grouped->name, "Tên / name")->required();
  adding_group->callback([&context, grouped] {
    const auto opened = context.open(Installation::Mode::Change);
    if (!opened) return;
    const auto by = KHIEN_OR_FAIL(context, context.may(*opened, people::Act::ManageSystems, people::About::whole()));
    KHIEN_OR_FAIL(context, opened->people().add_group(by, grouped->code, grouped->name));
  });
}

}  // namespace khien::cli
