// khien import units|people|accounts FILE [--apply]: shows what would change, applies whole or not at all.
#include "accounts/import_columns.h"
#include "app/account_import.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "people/import_people.h"
#include "people/import_units.h"
#include "sheets/plan.h"
#include "sheets/read.h"
#include "sheets/table.h"

namespace khien::cli {
namespace {

using app::Installation;

struct ImportOptions {
  std::string file;
  std::string basis;
  bool apply = false;
  std::size_t most = 40;
};

Result<sheets::Table> read_table(const std::string& file, std::span<const sheets::Column> columns) {
  const std::string bytes = TRY(app::read_file(file, sheets::Limits{}.file, sheets::advice_on_size()));
  const auto sheets = TRY(sheets::read(bytes_of(bytes), std::filesystem::path(file).filename().string()));
  auto table = TRY(sheets::find_table(sheets, columns));
  if (table.rows.empty())
    return Failure(Error::invalid({"Dưới hàng tiêu đề không có dòng nào; không có gì để nhập.",
                                   "There is no row below the headings; nothing to import."})
                       .at({table.file, table.header_row}));
  return table;
}

/// A look reads beside a running server; only storing takes the folder.
Installation::Mode mode_of(const ImportOptions& options) {
  return options.apply ? Installation::Mode::Change : Installation::Mode::Read;
}

/// Prints the plan and how it ended; a plan with problems is status 1.
void finish(Context& context, const sheets::ImportPlan& plan, const ImportOptions& options) {
  context.say(sheets::printed(plan, context.language, options.most));
  if (!plan.can_apply()) {
    std::cerr << context.in({"Chưa ghi gì: hãy sửa các dòng trên rồi nhập lại.",
                             "Nothing was stored: mend these rows and import again."})
              << '\n';
    context.status = 1;
  } else if (options.apply) {
    context.say(context.in({"Đã ghi toàn bộ.", "All of it is stored."}));
  } else {
    context.say(context.in({"Chưa ghi gì; thêm --apply để ghi.", "Nothing is stored yet; add --apply to store it."}));
  }
}

void import_units(Context& context, const ImportOptions& options) {
  const auto table = KHIEN_OR_FAIL(context, read_table(options.file, people::unit_columns()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto planned = KHIEN_OR_FAIL(context, opened->people().plan_units(table));
  if (options.apply && planned.plan.can_apply())
    KHIEN_OR_FAIL(context, opened->people().import_units(context.by(options.basis), table, planned.generation));
  finish(context, planned.plan, options);
}

void import_people(Context& context, const ImportOptions& options) {
  const auto table = KHIEN_OR_FAIL(context, read_table(options.file, people::people_columns()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto planned = KHIEN_OR_FAIL(context, opened->people().plan_people(table));
  if (options.apply && planned.plan.can_apply())
    KHIEN_OR_FAIL(context, opened->people().import_people(context.by(options.basis), table, planned.generation));
  finish(context, planned.plan, options);
}

void import_accounts(Context& context, const ImportOptions& options) {
  const auto table = KHIEN_OR_FAIL(context, read_table(options.file, accounts::account_columns()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto planned = app::plan_account_import(*opened, table);
  const auto& plan = planned.accounts.plan;
  if (options.apply && plan.can_apply())
    KHIEN_OR_FAIL(context, app::store_account_import(*opened, context.by(options.basis), planned));
  finish(context, plan, options);
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("import", "Nhập danh sách từ CSV, XLSX / import lists from CSV, XLSX");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, void (*action)(Context&, const ImportOptions&)) {
    auto* one = command->add_subcommand(name, help);
    auto options = std::make_shared<ImportOptions>();
    one->add_option("FILE", options->file, "Tệp CSV hoặc XLSX / CSV or XLSX")->required();
    one->add_flag("--apply", options->apply, "Ghi / store");
    one->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
    one->add_option("--most", options->most, "Số dòng in / lines printed")->check(whole_number(context));
    one->callback([&context, options, action] { action(context, *options); });
  };
  add("units", "Đơn vị / units", import_units);
  add("people", "Cán bộ, công chức, viên chức / people", import_people);
  add("accounts", "Tài khoản / accounts", import_accounts);
}

}  // namespace khien::cli
