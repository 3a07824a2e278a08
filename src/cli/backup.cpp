// khien backup, backup check, restore.
#include "app/backup.h"
#include "app/restore.h"
#include "cli/context.h"

namespace khien::cli {
namespace {

using app::Installation;

struct BackupOptions {
  std::string to;
  std::vector<std::string> recipients;
  std::string basis;
  std::string file;
  std::string identity;
};

void say_manifest(Context& context, const app::BackupManifest& manifest) {
  context.say(context.in(
      Text::format("Hệ thống {0}, lúc {1}, Khiên {2}; nhật ký thế hệ {3}, {4} mục; cần khóa gốc mã {5}.",
                   "Installation {0}, of {1}, Khiên {2}; log of generation {3}, {4} entries; needs the root key {5}.",
                   manifest.installation, dmy_time(manifest.made_at), manifest.program, manifest.generation,
                   manifest.entries, manifest.root_key)));
}

void make(Context& context, const BackupOptions& options) {
  if (options.to.empty()) throw CLI::RequiredError("TO");
  if (options.recipients.empty()) throw CLI::RequiredError("--recipient");
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  if (context.live && !std::filesystem::path(options.to).is_absolute())
    return context.fail(Error::invalid({"Máy chủ ghi bản sao lưu: hãy nêu đường dẫn đầy đủ trên máy chủ.",
                                        "The server writes the backup: give the whole path on its machine."}));
  const auto by =
      KHIEN_OR_FAIL(context, context.may(*opened, people::Act::BackUp, people::About::whole(), options.basis));
  const auto made = KHIEN_OR_FAIL(context, app::make_backup(*opened, by, options.to, options.recipients));
  context.say(made.path);
  say_manifest(context, made.manifest);
}

void check(Context& context, const BackupOptions& options) {
  const auto read = KHIEN_OR_FAIL(context, app::check_backup(options.file, options.identity));
  say_manifest(context, read.manifest);
  std::uint64_t rows = 0;
  for (const auto& [table, count] : read.end.rows) rows += count;
  context.say(
      context.in(Text::format("Tệp nguyên vẹn: {0} bảng, {1} dòng. Dấu niêm phong chỉ kiểm tra được khi khôi "
                              "phục (cần khóa gốc).",
                              "The file is whole: {0} tables, {1} rows. Its seal is checked by a restore, which "
                              "has the root key.",
                              read.end.rows.size(), rows)));
}

void restore(Context& context, const app::RestoreOptions& options, const std::string& basis) {
  const people::By by{audit::Actor::operator_named(context.terminal.system_user()), basis};
  const auto restored = KHIEN_OR_FAIL(
      context, app::restore(context.folder(), options, by, app::process_environment(), context.clock, context.random));
  say_manifest(context, restored.manifest);
  context.say(
      context.in(Text::format("Đã khôi phục vào {0}; nhật ký bắt đầu thế hệ {1}.",
                              "Restored to {0}; the log begins generation {1}.", context.data, restored.generation)));
  if (!restored.replaced.empty())
    context.say(
        context.in(Text::format("Thư mục trước đó: {0}", "The folder that was there before: {0}", restored.replaced)));
  for (const auto& text : restored.said) context.say("  " + context.in(text));
}

}  // namespace

void add_backup(CLI::App& app, Context& context) {
  auto* backup = app.add_subcommand("backup", "Sao lưu, mã hóa cho người giữ khóa ở nơi khác / an encrypted backup");
  auto options = std::make_shared<BackupOptions>();
  backup->require_subcommand(0, 1);
  backup->add_option("TO", options->to, "Tệp mới, hoặc thư mục / a new file, or a folder");
  backup->add_option("--recipient", options->recipients,
                     "Khóa công khai age1… của người nhận; lặp lại được / public key of age; repeatable");
  backup->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  auto* checking =
      backup->add_subcommand("check", "Đọc thử toàn bộ bản sao lưu / read a whole backup and keep nothing");
  checking->add_option("FILE", options->file, "Tệp sao lưu / the backup")->required();
  checking->add_option("--identity", options->identity, "Tệp khóa riêng của age / file of the private key")->required();
  checking->callback([&context, options] { check(context, *options); });
  backup->callback([&context, options, checking] {
    if (!checking->parsed()) make(context, *options);
  });

  auto* restoring = app.add_subcommand("restore", "Khôi phục từ bản sao lưu vào --data / restore a backup into --data");
  auto wanted = std::make_shared<app::RestoreOptions>();
  auto basis = std::make_shared<std::string>();
  restoring->add_option("FILE", wanted->file, "Tệp sao lưu / the backup")->required();
  restoring->add_option("--identity", wanted->identity, "Tệp khóa riêng của age / file of the private key")->required();
  restoring->add_option("--root-key", wanted->root_key_file,
                        "Tệp khóa gốc; mặc định theo cấu hình / root key file; by default as configured");
  restoring->add_option("--checkpoint", wanted->checkpoints,
                        "Tệp các điểm kiểm tra lưu ở nơi khác / file of checkpoints kept elsewhere");
  restoring->add_option("--erasures", wanted->erasures,
                        "Tệp các lần xóa dữ liệu cá nhân đã lưu (audit show --type person.erased --json) / file of "
                        "erasures kept elsewhere");
  restoring->add_option("--older-because", wanted->older_because,
                        "Lý do khôi phục bản cũ hơn dữ liệu đã biết / why an older state than is known is wanted");
  restoring->add_option("--basis", *basis, "Căn cứ: số văn bản / the paper it rests on");
  restoring->callback([&context, wanted, basis] { restore(context, *wanted, *basis); });
}

}  // namespace khien::cli
