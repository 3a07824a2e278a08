// khien clock show|confirm: whether the wall clock is doubted, and that it is right.
#include "app/clock_guard.h"
#include "cli/context.h"

namespace khien::cli {
namespace {

using app::Installation;

void show(Context& context) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto since = KHIEN_OR_FAIL(context, app::doubted_since(*opened));
  context.say(context.in(Text::format("Đồng hồ máy: {0}", "The clock says: {0}", dmy_time(context.clock.now()))));
  if (!since) return context.say(context.in({"Không bị nghi ngờ.", "It is not doubted."}));
  context.say(
      context.in(Text::format("Đồng hồ đã nhảy; lần cuối còn chắc chắn là {0}. Các mốc sau lúc đó chưa dừng ai, đến "
                              "khi có người xác nhận: khien "
                              "clock confirm",
                              "The clock jumped; it was last sure at {0}. What begins after that shuts nobody out "
                              "until somebody confirms: khien "
                              "clock confirm",
                              dmy_time(*since))));
  context.status = 1;
}

void confirm(Context& context, const std::string& basis) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto by =
      KHIEN_OR_FAIL(context, context.may(*opened, people::Act::ConfirmClock, people::About::whole(), basis));
  KHIEN_OR_FAIL(context, app::confirm_clock(*opened, by));
  context.say(context.in(
      {"Đã xác nhận: các mốc có tác dụng theo đồng hồ máy.", "Confirmed: dates act by the clock of the machine."}));
}

}  // namespace

void add_clock(CLI::App& app, Context& context) {
  auto* clock = app.add_subcommand("clock", "Đồng hồ máy / the clock");
  clock->require_subcommand(1);
  clock->add_subcommand("show", "Xem / show")->callback([&context] { show(context); });
  auto* confirming = clock->add_subcommand("confirm", "Xác nhận đồng hồ đúng / the clock is right");
  auto basis = std::make_shared<std::string>();
  confirming->add_option("--basis", *basis, "Căn cứ / the paper it rests on");
  confirming->callback([&context, basis] { confirm(context, *basis); });
}

}  // namespace khien::cli
