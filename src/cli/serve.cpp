// khien serve: runs the server until it is told to stop.
#include <csignal>
#include <iostream>
#include <optional>

#include "app/server.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/remote.h"

namespace khien::cli {
namespace {

/// Waits for SIGINT or SIGTERM, once a second doing what is due.
void run_until_signal(app::Server& server, const sigset_t& signals) {
  for (;;) {
    const timespec second{.tv_sec = 1, .tv_nsec = 0};
    const int caught = sigtimedwait(&signals, nullptr, &second);
    if (caught == SIGINT || caught == SIGTERM) return;
    server.tick();
  }
}

}  // namespace

void add_serve(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("serve", "Chạy máy chủ / run the server");
  auto port = std::make_shared<std::optional<std::uint16_t>>();
  command->add_option("--port", *port, "Cổng HTTPS; 0: cổng trống / HTTPS port; 0 takes a free one")
      ->check(whole_number(context, 0, 65535));
  command->callback([&context, port] {
    // Blocked before any thread starts, so that every thread leaves the signals to the loop below.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    const auto installation = context.open(app::Installation::Mode::Change);
    if (!installation) return;
    const auto server = KHIEN_OR_FAIL(context, app::Server::start(*installation, *port, run_forwarded));
    context.say(server->url());
    std::cout.flush();  // whoever started it waits for the address
    run_until_signal(*server, signals);
    server->stop();
  });
}

}  // namespace khien::cli
