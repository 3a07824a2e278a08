// khien sign-in, khien sign-out: the session of whoever gives commands to a running server.
#include "cli/context.h"

namespace khien::cli {
namespace {

struct SignInOptions {
  std::string name;
  bool break_glass = false;
  std::string reason;
};

void sign_in(Context& context, const SignInOptions& options) {
  if (options.break_glass == options.reason.empty())
    return context.fail(Error::invalid({"Quyền quản trị khẩn cấp phải kèm lý do: --break-glass --reason \"…\".",
                                        "Break-glass rights take a reason: --break-glass --reason \"…\"."}));
  const auto opened = context.open(app::Installation::Mode::Change);
  if (!opened) return;
  const auto who =
      KHIEN_OR_FAIL(context, context.sign_in(*opened, options.name, options.break_glass ? options.reason : ""));
  if (who.break_glass)
    context.note({"đang dùng quyền quản trị khẩn cấp; việc này đã ghi nhật ký và báo động.",
                  "you are using break-glass rights; this is on record and has raised an alarm."});
  context.say(context.in(
      context.live
          ? Text::format("Đã đăng nhập: {0}. Hết hạn sau 30 phút không ra lệnh, hoặc khien sign-out.",
                         "Signed in: {0}. It ends after 30 minutes without a command, or with khien sign-out.",
                         who.user_name)
          : Text::format("Đúng mật khẩu: {0}. Máy chủ không chạy nên mỗi lệnh sẽ hỏi lại.",
                         "The password of {0} is right. No server runs, so every command asks anew.", who.user_name)));
}

void sign_out(Context& context) {
  if (context.live) {
    context.live->administration.sign_out(context.terminal.token());
    context.terminal.keep_token({});
  }
  context.say(context.in({"Đã đăng xuất.", "Signed out."}));
}

}  // namespace

void add_sign_in(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("sign-in", "Đăng nhập để ra lệnh / sign in to give commands");
  auto options = std::make_shared<SignInOptions>();
  command->add_option("NAME", options->name, "Tên đăng nhập / user name");
  command->add_flag("--break-glass", options->break_glass, "Quyền quản trị khẩn cấp / break-glass rights");
  command->add_option("--reason", options->reason, "Lý do / reason");
  command->callback([&context, options] { sign_in(context, *options); });
  app.add_subcommand("sign-out", "Đăng xuất / sign out")->callback([&context] { sign_out(context); });
}

}  // namespace khien::cli
