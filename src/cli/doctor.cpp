// khien doctor: what is wrong or doubtful with this installation and its machine, and what mends it.
#include "app/doctor.h"
#include "cli/context.h"

namespace khien::cli {
namespace {

/// A bad finding makes the status 1.
void tell(Context& context, const std::vector<app::Diagnosis>& found) {
  for (const auto& one : found) {
    context.say((one.good ? "  ok   " : "  !!   ") + context.in(one.text));
    if (one.good) continue;
    context.status = 1;
    if (!one.remedy.vi.empty()) context.say("       → " + context.in(one.remedy));
  }
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  app.add_subcommand("doctor", "Kiểm tra hệ thống và máy / check the installation and its machine")
      ->callback([&context] {
        const auto config = app::read_config(context.folder().config(), app::process_environment());
        if (!config) return context.fail(config.error());
        tell(context, app::examine_machine(context.folder(), *config));
        if (const auto opened = context.open(app::Installation::Mode::Read)) tell(context, app::examine(*opened));
      });
}

}  // namespace khien::cli
