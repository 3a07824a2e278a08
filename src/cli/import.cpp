// khien import units|people|accounts FILE [--apply]: shows what would change, applies whole or not at all.
#include "app/acts.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "sheets/plan.h"
#include "sheets/read.h"

namespace khien::cli {
namespace {

using app::Installation;

struct ImportOptions {
  std::string file;
  std::string basis;
  bool apply = false;
  std::size_t most = 40;
};

/// A look reads beside a running server; only storing takes the folder.
Installation::Mode mode_of(const ImportOptions& options) {
  return options.apply ? Installation::Mode::Change : Installation::Mode::Read;
}

/// Prints the plan and how it ended; a plan with problems is status 1.
void finish(Context& context, const sheets::ImportPlan& plan, const ImportOptions& options) {
  context.say(sheets::printed(plan, context.language, options.most));
  if (!plan.can_apply()) {
    context.remark(
        {"Chưa ghi gì: hãy sửa các dòng trên rồi nhập lại.", "Nothing was stored: mend these rows and import again."});
    context.status = 1;
  } else {
    context.say(context.in({"Chưa ghi gì; thêm --apply để ghi.", "Nothing is stored yet; add --apply to store it."}));
  }
}

/// The plan is shown by whom it is asked of; storing it may take a second person.
void import_list(Context& context, people::Act what, const ImportOptions& options) {
  app::ImportList act;
  act.what = what;
  act.file = std::filesystem::path(options.file).filename().string();
  act.bytes = KHIEN_OR_FAIL(context, context.read_file(options.file, sheets::Limits{}.file, sheets::advice_on_size()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto plan = KHIEN_OR_FAIL(context, act.plan(*opened));
  if (!options.apply || !plan.can_apply()) return finish(context, plan, options);
  context.say(sheets::printed(plan, context.language, options.most));
  context.perform(*opened, act, options.basis);
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("import", "Nhập danh sách từ CSV, XLSX / import lists from CSV, XLSX");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, people::Act what) {
    auto* one = command->add_subcommand(name, help);
    auto options = std::make_shared<ImportOptions>();
    one->add_option("FILE", options->file, "Tệp CSV hoặc XLSX / CSV or XLSX")->required();
    one->add_flag("--apply", options->apply, "Ghi / store");
    one->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
    one->add_option("--most", options->most, "Số dòng in / lines printed")->check(whole_number(context));
    one->callback([&context, options, what] { import_list(context, what, *options); });
  };
  add("units", "Đơn vị / units", people::Act::ImportUnits);
  add("people", "Cán bộ, công chức, viên chức / people", people::Act::ImportPeople);
  add("accounts", "Tài khoản / accounts", people::Act::ImportAccounts);
}

}  // namespace khien::cli
