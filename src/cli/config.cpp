// khien config check: every mistake of the configuration, with file and line, and the files that it names.
#include "cli/context.h"

namespace khien::cli {

void add_config(CLI::App& app, Context& context) {
  auto* config = app.add_subcommand("config", "Cấu hình / configuration");
  config->require_subcommand(1);
  config->add_subcommand("check", "Kiểm tra cấu hình / check the configuration")->callback([&context] {
    for (const auto& unknown : app::unknown_variables(app::process_variables())) context.note(unknown);
    const auto read = KHIEN_OR_FAIL(context, app::read_config(context.folder().config(), app::process_environment()));
    KHIEN_OR_FAIL(context, app::check_files(context.folder(), read));
    if (!app::is_installed(context.folder()))
      context.remark({"Lưu ý: chưa có hệ thống Khiên ở " + context.data + "; tạo bằng «khien init».",
                      "Note: nothing is installed at " + context.data + " yet; \"khien init\" makes it."});
    context.say(context.in({"Cấu hình hợp lệ. Máy chủ sẽ ở " + read.url(read.port) + ".",
                            "The configuration is valid. The server will be at " + read.url(read.port) + "."}));
  });
  config->add_subcommand("template", "In mọi thiết lập với giá trị mặc định / print every setting with its default")
      ->callback([&context] { context.say(app::config_template()); });
}

}  // namespace khien::cli
