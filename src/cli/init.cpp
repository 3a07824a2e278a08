// khien init: makes the folder, keys, configuration and database of an installation.
#include "cli/context.h"

namespace khien::cli {

void add_init(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("init", "Tạo hệ thống mới trong --data / make an installation in --data");
  command->callback([&context] {
    KHIEN_OR_FAIL(context,
                  app::initialise(context.folder(), app::process_environment(), context.clock, context.random));
    const auto config = KHIEN_OR_FAIL(context, app::read_config(context.folder().config(), app::process_environment()));
    context.say(context.in(
        Text::format("Đã tạo hệ thống ở {0}. Cất giữ tệp khóa gốc {1} ở nơi khác: mất nó là mất dữ liệu đã mã hóa.",
                     "Made an installation at {0}. Keep {1} elsewhere too: without it what is encrypted is lost.",
                     context.data, app::root_key_path(context.folder(), config))));
  });
}

}  // namespace khien::cli
