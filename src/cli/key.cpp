// khien key list|rotate|renew|remove|rewrap: the keys of the installation.
#include "app/keys.h"
#include "cli/arguments.h"
#include "cli/context.h"

namespace khien::cli {
namespace {

using app::Installation;

struct KeyOptions {
  std::string purpose;
  std::string id;
  std::string root_file;
  std::string basis;
};

std::string state_of(Context& context, const app::KeyUse& use) {
  if (use.current) return context.in({"đang dùng", "current"});
  return context.in(
      Text::format("được thay lúc {0}", "replaced at {0}", use.replaced_at ? dmy_time(*use.replaced_at) : "?"));
}

void list(Context& context) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto keys = KHIEN_OR_FAIL(context, app::list_keys(*opened));
  context.say(context.in(Text::format("Khóa gốc đang dùng: mã {0}", "Root key in use: {0}", opened->keys().root_id())));
  for (const auto& use : keys)
    context.say(context.in(Text::format(
        "{0}  {1} ({2})  tạo lúc {3}, {4}; {5} dòng: {6}", "{0}  {1} ({7})  made at {3}, {4}; rows: {5}, {8}",
        use.key.id, store::name_of(use.purpose), app::words_of(use.purpose).vi, dmy_time(use.key.created_at),
        state_of(context, use), use.uses, use.what.vi, app::words_of(use.purpose).en, use.what.en)));
}

void rotate(Context& context, const KeyOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto purpose = *store::parse_purpose(options.purpose);
  const std::string id = KHIEN_OR_FAIL(context, app::rotate_key(*opened, context.by(options.basis), purpose));
  context.say(context.in(Text::format("Khóa mới: {0}.", "The new key: {0}.", id)));
  switch (purpose) {
    case store::Purpose::Pepper:
      context.say(context.in(
          {"Mật khẩu chuyển sang khóa mới ở lần đăng nhập đúng kế tiếp; khóa cũ phải giữ đến khi «khien key list» báo "
           "không còn dòng nào (mật khẩu cũ trong lịch sử không chuyển được, chỉ mất đi khi có mật khẩu mới hơn).",
           "Passwords move to the new key at the next right sign-in; keep the old key until `khien key list` counts no "
           "rows (past passwords in the history cannot move, they only go as newer ones come)."}));
      break;
    case store::Purpose::Log:
      context.say(
          context.in({"Hãy gửi khóa kiểm tra mới (khien audit key) cho người giữ khóa cũ; khóa cũ vẫn kiểm "
                      "tra được toàn bộ nhật ký qua biên bản chuyển khóa.",
                      "Send the new verifier key (khien audit key) to whoever holds the old one; with the old "
                      "one the whole log can still be checked, by the handover."}));
      break;
    case store::Purpose::Token:
      context.say(
          context.in({"Các hệ thống kết nối thấy khóa mới ngay; khóa mới bắt đầu ký sau 15 phút, khóa cũ còn "
                      "được công bố 7 ngày.",
                      "Connected systems see the new key at once; it signs in 15 minutes, the old one is "
                      "published for 7 days more."}));
      break;
    default:
      context.say(
          context.in({"Dòng cũ vẫn đọc được và được chuyển dần sang khóa mới khi máy chủ chạy; chuyển ngay: "
                      "khien key renew.",
                      "Old rows stay readable and move to the new key while the server runs; to do it now: "
                      "khien key renew."}));
  }
}

void renew(Context& context) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::KeyRenewal renewal(*opened);
  while (KHIEN_OR_FAIL(context, renewal.step())) {
  }
  context.say(context.in({"Mọi dòng mã hóa đã dùng khóa mới nhất.", "Everything sealed is under the newest keys."}));
}

void remove(Context& context, const KeyOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  KHIEN_OR_FAIL(context, app::remove_key(*opened, context.by(options.basis), options.id));
  context.say(context.in({"Đã hủy khóa.", "The key is destroyed."}));
}

void rewrap(Context& context, const KeyOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const std::string in_use = app::root_key_path(opened->folder, opened->config);
  const std::string id =
      KHIEN_OR_FAIL(context, app::rewrap_keys(*opened, context.by(options.basis), options.root_file));
  context.say(context.in(Text::format(
      "Các khóa nay được bọc bằng khóa gốc mã {0} trong {1}. Trước lần khởi động sau, đặt root_key_file: {1} (hoặc "
      "thay "
      "{2} bằng tệp này). Giữ khóa gốc cũ chừng nào còn bản sao lưu làm trước lúc này.",
      "The keys are now wrapped by the root key {0} in {1}. Before the next start set root_key_file: {1} (or put the "
      "file in place of {2}). Keep the old root key for as long as backups from before now are kept.",
      id, options.root_file, in_use)));
}

}  // namespace

void add_key(CLI::App& app, Context& context) {
  auto* key = app.add_subcommand("key", "Khóa mật mã của hệ thống / the keys of the installation");
  key->require_subcommand(1);
  auto options = std::make_shared<KeyOptions>();
  const auto with_basis = [&](CLI::App* command) {
    command->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  };
  key->add_subcommand("list", "Các khóa, và còn bao nhiêu dòng dùng từng khóa / keys, and how many rows use each")
      ->callback([&context] { list(context); });
  auto* rotating = key->add_subcommand("rotate", "Thay khóa của một mục đích / a new key for a purpose");
  rotating
      ->add_option("PURPOSE", options->purpose,
                   "field: dữ liệu cá nhân, digest: dấu tra cứu, pepper: mật khẩu, log: nhật ký, token: mã truy cập / "
                   "field, digest, pepper, log or token")
      ->required()
      ->check(one_of(context, {"field", "digest", "pepper", "log", "token", "session"}));
  with_basis(rotating);
  rotating->callback([&context, options] { rotate(context, *options); });
  key->add_subcommand("renew", "Chuyển ngay mọi dòng sang khóa mới / move every row to the newest keys now")
      ->callback([&context] { renew(context); });
  auto* removing =
      key->add_subcommand("remove", "Hủy khóa cũ không còn dòng nào dùng / destroy a key that nothing uses");
  removing->add_option("ID", options->id, "Mã số khóa / its id")->required();
  with_basis(removing);
  removing->callback([&context, options] { remove(context, *options); });
  auto* wrapping = key->add_subcommand("rewrap", "Thay khóa gốc / replace the root key");
  wrapping
      ->add_option("--new-root-key", options->root_file,
                   "Tệp khóa gốc mới; chưa có thì được tạo / file of the new root key; made if there is none")
      ->required();
  with_basis(wrapping);
  wrapping->callback([&context, options] { rewrap(context, *options); });
}

}  // namespace khien::cli
