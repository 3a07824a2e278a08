// khien key list|rotate|renew|remove|rewrap: the keys of the installation.
#include "app/acts.h"
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

void change(Context& context, app::ChangeKeys::What what, const std::string& value, const std::string& basis) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::ChangeKeys act;
  act.what = what;
  act.value = value;
  context.perform(*opened, act, basis);
}

void renew(Context& context) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  KHIEN_OR_FAIL(context, context.may(*opened, people::Act::BackUp, people::About::whole()));  // moves rows, no power
  app::KeyRenewal renewal(*opened);
  while (KHIEN_OR_FAIL(context, renewal.step())) {
  }
  context.say(context.in({"Mọi dòng mã hóa đã dùng khóa mới nhất.", "Everything sealed is under the newest keys."}));
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
  rotating->callback(
      [&context, options] { change(context, app::ChangeKeys::What::Rotate, options->purpose, options->basis); });
  key->add_subcommand("renew", "Chuyển ngay mọi dòng sang khóa mới / move every row to the newest keys now")
      ->callback([&context] { renew(context); });
  auto* removing =
      key->add_subcommand("remove", "Hủy khóa cũ không còn dòng nào dùng / destroy a key that nothing uses");
  removing->add_option("ID", options->id, "Mã số khóa / its id")->required();
  with_basis(removing);
  removing->callback(
      [&context, options] { change(context, app::ChangeKeys::What::Remove, options->id, options->basis); });
  auto* wrapping = key->add_subcommand("rewrap", "Thay khóa gốc / replace the root key");
  wrapping
      ->add_option("--new-root-key", options->root_file,
                   "Tệp khóa gốc mới; chưa có thì được tạo / file of the new root key; made if there is none")
      ->required();
  with_basis(wrapping);
  wrapping->callback(
      [&context, options] { change(context, app::ChangeKeys::What::Rewrap, options->root_file, options->basis); });
}

}  // namespace khien::cli
