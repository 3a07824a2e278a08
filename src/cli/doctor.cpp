// khien doctor: what is wrong or doubtful with this installation and its machine.
#include <sys/statvfs.h>
#include <sys/timex.h>

#include "audit/log.h"
#include "cli/context.h"
#include "http/descriptors.h"
#include "http/server.h"

namespace khien::cli {
namespace {

using app::Installation;

/// Prints one finding; a bad one makes the status 1.
void tell(Context& context, bool good, const Text& text) {
  context.say((good ? "  ok   " : "  !!   ") + text.in(context.language));
  if (!good) context.status = 1;
}

void check_root_key(Context& context, const app::Config& config) {
  const std::string path = app::root_key_path(context.folder(), config);
  std::error_code failed;
  const auto mode = std::filesystem::status(path, failed).permissions();
  using std::filesystem::perms;
  const bool open = !failed && (mode & (perms::group_all | perms::others_all)) != perms::none;
  if (const auto key = app::read_root_key(path); !key)
    tell(context, false, key.error().text());
  else if (open)
    tell(context, false,
         Text::format("Tệp khóa gốc {0} đọc được bởi người khác; chạy chmod 600.",
                      "Others can read the root key {0}; run chmod 600.", path));
  else
    tell(context, true,
         Text::format("Khóa gốc {0} chỉ chủ sở hữu đọc được.", "Only its owner can read the root key {0}.", path));
}

void check_disk(Context& context) {
  struct statvfs space{};
  if (statvfs(context.data.c_str(), &space) == 0) {
    const auto free_mib = static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize / (1024 * 1024);
    tell(context, free_mib > 1024, Text::format("Đĩa còn {0} MiB.", "{0} MiB of disk are free.", free_mib));
  }
}

void check_clock(Context& context) {
  timex state{};
  const int kind = adjtimex(&state);
  const bool synchronised = kind != -1 && kind != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
  tell(context, synchronised,
       synchronised ? Text{"Đồng hồ máy được đồng bộ.", "The clock is synchronised."}
                    : Text{"Đồng hồ máy chưa đồng bộ (NTP): các mốc thời gian có thể sai.",
                           "The clock is not synchronised (NTP): dates may fire at the wrong time."});
}

/// Of this shell; a service has a limit of its own.
void check_descriptors(Context& context) {
  constexpr std::size_t kWanted = http::Limits{}.connections;
  constexpr std::size_t kNeeded = kWanted + http::kReservedDescriptors;
  const std::size_t most = http::descriptors().hard;
  const std::size_t room = http::connections_within(most, kWanted);
  tell(context, room == kWanted,
       room == kWanted
           ? Text::format("Giới hạn tệp mở (nofile) đủ cho {0} kết nối.",
                          "The limit on open files (nofile) is enough for {0} connections.", room)
           : Text::format(
                 "Giới hạn tệp mở (nofile) là {0}: chỉ đủ cho {1} kết nối. Với systemd hãy đặt LimitNOFILE={2}, "
                 "với shell hãy chạy ulimit -n {2}.",
                 "The limit on open files (nofile) is {0}: enough for {1} connections only. Set LimitNOFILE={2} "
                 "for systemd, or run ulimit -n {2} in a shell.",
                 most, room, kNeeded));
}

void check_installation(Context& context) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  tell(context, true,
       Text::format("Cơ sở dữ liệu mở được: {0} đơn vị, {1} người, {2} tài khoản, {3} tên đăng nhập, {4} chỉ đạo.",
                    "The database opens: {0} units, {1} people, {2} accounts, {3} logins, {4} directives.",
                    opened->people().snapshot()->units().size(), opened->people().snapshot()->people().size(),
                    opened->accounts().snapshot()->account_count(), opened->credentials().snapshot()->all().size(),
                    opened->directives().snapshot()->directives().size()));
  tell(context, !opened->config.public_url.empty(),
       opened->config.public_url.empty()
           ? Text{"Chưa đặt public_url: địa chỉ phát hành (issuer) sẽ theo cổng lắng nghe.",
                  "public_url is not set: the issuer follows the listening port."}
           : Text{"Địa chỉ công khai: " + opened->config.public_url, "Public address: " + opened->config.public_url});
}

}  // namespace

void add_doctor(CLI::App& app, Context& context) {
  app.add_subcommand("doctor", "Kiểm tra hệ thống và máy / check the installation and its machine")
      ->callback([&context] {
        const auto config = app::read_config(context.folder().config(), app::process_environment());
        if (!config) return context.fail(config.error());
        check_root_key(context, *config);
        check_disk(context);
        check_clock(context);
        check_descriptors(context);
        check_installation(context);
      });
}

}  // namespace khien::cli
