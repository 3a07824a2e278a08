// khien init: makes the folder, keys, configuration and database of an installation.
#include "cli/context.h"

namespace khien::cli {

void add_init(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("init", "Tạo hệ thống mới trong --data / make an installation in --data");
  command->callback([&context] {
    KHIEN_OR_FAIL(context,
                  app::initialise(context.folder(), app::process_environment(), context.clock, context.random));
    context.say(context.in({"Đã tạo hệ thống ở " + context.data +
                                ". Cất giữ tệp khóa gốc root.key ở nơi khác: mất nó là mất dữ liệu đã mã hóa.",
                            "Made an installation at " + context.data +
                                ". Keep root.key elsewhere too: without it what is encrypted is lost."}));
  });
}

}  // namespace khien::cli
