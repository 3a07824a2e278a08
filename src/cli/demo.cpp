// khien demo: a demonstration province with the four founding directives adopted.
#include "demo/apply.h"

#include <embedded/directives.h>

#include <chrono>

#include "accounts/names.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "demo/adopt.h"
#include "demo/province.h"

namespace khien::cli {
namespace {

using app::Installation;

struct DemoOptions {
  std::size_t people = 2000;
  std::uint64_t seed = 1;
};

Result<void> adopt_all(Context& context, Installation& opened, const people::By& by, Date today) {
  std::vector<demo::Template> templates;
  for (const auto& file : embedded::directives())
    templates.push_back({std::string(file.name), std::string(file.bytes)});
  for (const std::string& yaml : TRY(demo::demo_directives(templates, today))) {
    const auto text = TRY(directives::parse_directive(yaml, "demo"));
    const auto known = opened.accounts().snapshot();
    const auto directory = opened.people().snapshot();
    TRY(opened.directives().add(by, text, accounts::NamesAt(*known, *directory, context.clock.now()), text.code));
  }
  return demo::confirm_for_allowed(opened.directives(), opened.credentials(), by);
}

/// Whom to sign in as, as printed and as kept in the folder.
std::string known_logins(const demo::Province& province, Language language) {
  std::string out;
  for (const auto& known : province.known)
    out += fmt::format("  {:<10} {:<28} {}\n", known.user_name, known.password, known.what.in(language));
  return out;
}

void make(Context& context, const DemoOptions& options) {
  if (!std::filesystem::exists(context.folder().database()))
    KHIEN_OR_FAIL(context,
                  app::initialise(context.folder(), app::process_environment(), context.clock, context.random));
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  if (opened->people().snapshot()->units().size() != 0)
    return context.fail(Error::conflict({"Thư mục này đã có dữ liệu; hãy chọn thư mục khác cho tỉnh trình diễn.",
                                         "This folder holds data already; choose another for the demonstration."}));
  const auto by = KHIEN_OR_FAIL(context, context.actor(*opened));
  const Date today = date_of(context.clock.now());
  const auto province = demo::make_province(options.people, options.seed, today);
  KHIEN_OR_FAIL(
      context,
      demo::apply(province,
                  {opened->people(), opened->accounts(), opened->credentials(), opened->keys(), opened->random}, by));
  KHIEN_OR_FAIL(context, adopt_all(context, *opened, by, today));
  const std::string logins = known_logins(province, context.language);
  KHIEN_OR_FAIL(context, app::write_file((context.folder().path / "demo-logins.txt").string(), logins, true));
  const auto& dirt = province.dirt;
  context.say(context.in(Text::format(
      "Tỉnh trình diễn: {0} người, {1} đơn vị, {2} tài khoản; mọi tên người đều ghép ngẫu nhiên.\n"
      "Dữ liệu có lỗi cố ý: {3} người đã nghỉ còn tài khoản mở, {4} tài khoản không của ai, {5} người trùng tên cùng "
      "đơn vị.",
      "Demonstration province: {0} people, {1} units, {2} accounts; every name is a random combination.\n"
      "Dirt on purpose: {3} leavers with open accounts, {4} accounts of nobody, {5} namesakes in one unit.",
      province.people.size(), province.units.size(), province.accounts.size(), dirt.leavers_with_open_accounts,
      dirt.accounts_of_nobody, dirt.namesakes_in_one_unit)));
  context.say(logins);
}

}  // namespace

void add_demo(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("demo", "Tạo tỉnh trình diễn / make a demonstration province");
  auto options = std::make_shared<DemoOptions>();
  command->add_option("--people", options->people, "Số người, 10 đến 100.000 / number of people")
      ->check(whole_number(context, 10, 100000));
  command->add_option("--seed", options->seed, "Hạt giống / seed")->check(whole_number(context));
  command->callback([&context, options] { make(context, *options); });
}

}  // namespace khien::cli
