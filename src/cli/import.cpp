// khien import units|people|accounts FILE [--apply] [--errors OUT]: shows what would change, applies whole or not at
// all.
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
  std::string sheet;
  std::string errors;
  std::string basis;
  bool apply = false;
  std::size_t most = 40;
};

/// A look reads beside a running server; only storing takes the folder.
Installation::Mode mode_of(const ImportOptions& options) {
  return options.apply ? Installation::Mode::Change : Installation::Mode::Read;
}

/// What is wrong, and the list with a column of errors for whoever sent it. Nothing is written over.
void tell_problems(Context& context, Installation& opened, const app::ImportList& act, const ImportOptions& options) {
  context.remark(
      {"Chưa ghi gì: hãy sửa các dòng trên rồi nhập lại.", "Nothing was stored: mend these rows and import again."});
  context.status = 1;
  if (options.errors.empty()) return;
  const std::string bytes = KHIEN_OR_FAIL(context, act.give_back(opened, context.language));
  KHIEN_OR_FAIL(context, context.terminal.write_new_file(options.errors, bytes));
  context.say(context.in(Text::format(
      "Danh sách kèm cột «Lỗi» ở {0} (chỉ chủ tệp đọc được): sửa các dòng có màu rồi nhập lại chính tệp đó.",
      "The list with the column «Lỗi» is in {0} (readable by its owner only): mend the coloured rows and import that "
      "very file.",
      options.errors)));
}

/// The plan is shown to whoever asks; storing it may take a second person.
void import_list(Context& context, people::Act what, const ImportOptions& options) {
  app::ImportList act;
  act.what = what;
  act.file = std::filesystem::path(options.file).filename().string();
  act.sheet = options.sheet;
  act.most = options.most;
  act.keeps_sheets = !options.errors.empty();
  act.bytes = KHIEN_OR_FAIL(context, context.read_file(options.file, sheets::Limits{}.file, sheets::advice_on_size()));
  const auto opened = context.open(mode_of(options));
  if (!opened) return;
  const auto* plan = KHIEN_OR_FAIL(context, act.plan(*opened));
  if (options.apply && plan->can_apply()) {
    context.perform(*opened, act, options.basis);
    return;
  }
  context.say(sheets::printed(*plan, context.language, options.most));
  if (!plan->can_apply()) return tell_problems(context, *opened, act, options);
  context.say(context.in({"Chưa ghi gì; thêm --apply để ghi.", "Nothing is stored yet; add --apply to store it."}));
}

}  // namespace

void add_import(CLI::App& app, Context& context) {
  auto* command =
      app.add_subcommand("import", "Nhập danh sách từ XLSX, XLS, CSV, HTML / import lists from XLSX, XLS, CSV, HTML");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, people::Act what) {
    auto* one = command->add_subcommand(name, help);
    auto options = std::make_shared<ImportOptions>();
    one->add_option("FILE", options->file, "Tệp XLSX, XLS, CSV hoặc HTML / XLSX, XLS, CSV or HTML")->required();
    one->add_flag("--apply", options->apply, "Ghi / store");
    one->add_option("--sheet", options->sheet, "Tên trang tính / name of the sheet");
    one->add_option("--errors", options->errors,
                    "Tệp XLSX mới: danh sách đã gửi kèm cột «Lỗi» / a new XLSX: the list with a column of errors");
    one->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
    one->add_option("--most", options->most, "Số dòng in / lines printed")->check(whole_number(context));
    one->callback([&context, options, what] { import_list(context, what, *options); });
  };
  add("units", "Đơn vị / units", people::Act::ImportUnits);
  add("people", "Cán bộ, công chức, viên chức / people", people::Act::ImportPeople);
  add("accounts", "Tài khoản / accounts", people::Act::ImportAccounts);
}

}  // namespace khien::cli
