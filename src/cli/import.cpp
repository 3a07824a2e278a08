// khien import units|people|accounts FILE [--apply] [--errors OUT]: shows what would change, applies whole or not at
// all.
#include "accounts/import_columns.h"
#include "app/account_import.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "people/import_people.h"
#include "people/import_units.h"
#include "sheets/give_back.h"
#include "sheets/plan.h"
#include "sheets/read.h"
#include "sheets/table.h"

namespace khien::cli {
namespace {

using app::Installation;

struct ImportOptions {
  std::string file;
  std::string sheet;
  std::string errors;
  std::string basis;
  bool apply = false;
  std::size_t most = 40;
};

/// A file as it was sent, and the list in it.
struct ReadList {
  std::vector<sheets::Sheet> sheets;
  sheets::Table table;
};

/// The sheets only if the list may have to be given back.
Result<ReadList> read_list(const ImportOptions& options, std::span<const sheets::Column> columns) {
  ReadList out;
  {
    const std::string bytes = TRY(app::read_file(options.file, sheets::Limits{}.file, sheets::advice_on_size()));
    out.sheets = TRY(sheets::read(bytes_of(bytes), std::filesystem::path(options.file).filename().string()));
  }
  out.table = TRY(sheets::find_table(out.sheets, columns, options.sheet));
  if (out.table.rows.empty())
    return Failure(Error::invalid({"Dưới hàng tiêu đề không có dòng nào; không có gì để nhập.",
                                   "There is no row below the headings; nothing to import."})
                       .at({out.table.file, out.table.header_row}));
  if (options.errors.empty()) out.sheets = {};
  return out;
}

/// The list with a column of errors, for whoever sent it. Nothing is written over.
Result<void> give_back(const ReadList& list, const sheets::ImportPlan& plan, const ImportOptions& options,
                       Language language) {
  if (std::filesystem::exists(options.errors))
    return Failure(Error::conflict(Text::format(
        "Tệp {0} đã có; hãy chọn tên khác.", "The file {0} is there already; choose another name.", options.errors)));
  return app::write_file(options.errors, TRY(sheets::give_back(list.sheets, list.table, plan, language)), true);
}

/// A look reads beside a running server; only storing takes the folder.
Installation::Mode mode_of(const ImportOptions& options) {
  return options.apply ? Installation::Mode::Change : Installation::Mode::Read;
}

/// Prints the plan and how it ended; a plan with problems is status 1.
void finish(Context& context, const ReadList& list, const sheets::ImportPlan& plan, const ImportOptions& options) {
  context.say(sheets::printed(plan, context.language, options.most));
  if (!plan.can_apply()) {
    std::cerr << context.in({"Chưa ghi gì: hãy sửa các dòng trên rồi nhập lại.",
                             "Nothing was stored: mend these rows and import again."})
              << '\n';
    context.status = 1;
    if (options.errors.empty()) return;
    KHIEN_OR_FAIL(context, give_back(list, plan, options, context.language));
    context.say(context.in(Text::format(
        "Danh sách kèm cột «Lỗi» ở {0} (chỉ chủ tệp đọc được): sửa các dòng có màu rồi nhập lại chính tệp đó.",
        "The list with the column «Lỗi» is in {0} (readable by its owner only): mend the coloured rows and import that "
        "very file.",
        options.errors)));
  } else if (options.apply) {
    context.say(context.in({"Đã ghi toàn bộ.", "All of it is stored."}));
  } else {
    context.say(context.in({"Chưa ghi gì; thêm --apply để ghi.", "Nothing is stored yet; add --apply to store it."}));
  }
}

void import_units(Context& context, const ImportOptions& options) {
  const auto list = KHIEN_OR_FAIL(context, read_list(options, people::unit_columns()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto planned = KHIEN_OR_FAIL(context, opened->people().plan_units(list.table));
  if (options.apply && planned.plan.can_apply())
    KHIEN_OR_FAIL(context, opened->people().import_units(context.by(options.basis), list.table, planned.generation));
  finish(context, list, planned.plan, options);
}

void import_people(Context& context, const ImportOptions& options) {
  const auto list = KHIEN_OR_FAIL(context, read_list(options, people::people_columns()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto planned = KHIEN_OR_FAIL(context, opened->people().prepare_people(list.table));
  const auto& plan = planned.import.plan;
  if (options.apply && plan.can_apply())
    KHIEN_OR_FAIL(context, opened->people().store_people(context.by(options.basis), planned));
  finish(context, list, plan, options);
}

void import_accounts(Context& context, const ImportOptions& options) {
  const auto list = KHIEN_OR_FAIL(context, read_list(options, accounts::account_columns()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto planned = app::plan_account_import(*opened, list.table);
  const auto& plan = planned.accounts.plan;
  if (options.apply && plan.can_apply())
    KHIEN_OR_FAIL(context, app::store_account_import(*opened, context.by(options.basis), planned));
  finish(context, list, plan, options);
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  auto* command =
      app.add_subcommand("import", "Nhập danh sách từ XLSX, XLS, CSV, HTML / import lists from XLSX, XLS, CSV, HTML");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, void (*action)(Context&, const ImportOptions&)) {
    auto* one = command->add_subcommand(name, help);
    auto options = std::make_shared<ImportOptions>();
    one->add_option("FILE", options->file, "Tệp XLSX, XLS, CSV hoặc HTML / XLSX, XLS, CSV or HTML")->required();
    one->add_flag("--apply", options->apply, "Ghi / store");
    one->add_option("--sheet", options->sheet, "Tên trang tính / name of the sheet");
    one->add_option("--errors", options->errors,
                    "Tệp XLSX mới: danh sách đã gửi kèm cột «Lỗi» / a new XLSX: the list with a column of errors");
    one->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
    one->add_option("--most", options->most, "Số dòng in / lines printed")->check(whole_number(context));
    one->callback([&context, options, action] { action(context, *options); });
  };
  add("units", "Đơn vị / units", import_units);
  add("people", "Cán bộ, công chức, viên chức / people", import_people);
  add("accounts", "Tài khoản / accounts", import_accounts);
}

}  // namespace khien::cli
