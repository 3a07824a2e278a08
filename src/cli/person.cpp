// khien person erase: shows what would go, what stays and what stands in the way; erases with --apply. khien person
// rename: corrects a name.
#include "app/acts.h"
#include "app/erasure.h"
#include "cli/context.h"
#include "cli/find.h"

namespace khien::cli {
namespace {

using app::Installation;

struct EraseOptions {
  std::string person;
  std::string reason;
  std::string basis;
  bool apply = false;
};

void print(Context& context, const Text& heading, const std::vector<Text>& lines) {
  if (lines.empty()) return;
  context.say(context.in(heading));
  for (const auto& line : lines) context.say("    " + context.in(line));
}

void erase(Context& context, const EraseOptions& options) {
  const auto opened = context.open(options.apply ? Installation::Mode::Change : Installation::Mode::Read);
  if (!opened) return;
  const auto person = KHIEN_OR_FAIL(context, find_person(*opened->people().snapshot(), options.person));
  const auto plan = KHIEN_OR_FAIL(context, app::plan_erasure(*opened, person));
  context.say(plan.name + "  " + person.text());
  print(context, {"Bị xóa vĩnh viễn:", "Erased for good:"}, plan.goes);
  print(context, {"Còn lại:", "What stays:"}, plan.stays);
  print(context, {"Chưa xóa được vì:", "In the way:"}, plan.obstacles);
  if (!plan.obstacles.empty()) {
    context.status = 1;
  } else if (options.apply) {
    app::ErasePerson act;
    act.person = person;
    act.reason = options.reason;
    context.perform(*opened, act, options.basis);
  } else {
    context.say(context.in({"Chưa xóa gì; thêm --apply để xóa. Không lấy lại được.",
                            "Nothing is erased yet; add --apply. It cannot be undone."}));
  }
}

struct RenameOptions {
  std::string person;
  std::string name;
  std::string reason;
  std::string basis;
};

/// As find_person, or by the holder's login.
Result<PersonId> find_person_or_holder(Installation& opened, const std::string& name) {
  auto person = find_person(*opened.people().snapshot(), name);
  if (person) return person;
  const auto login = find_login(*opened.credentials().snapshot(), name);
  return login ? Result<PersonId>(login->holder) : person;
}

void rename(Context& context, const RenameOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto person = KHIEN_OR_FAIL(context, find_person_or_holder(*opened, options.person));
  const auto about = people::About::person(*opened->people().snapshot(), person, context.clock.now());
  const auto by = KHIEN_OR_FAIL(context, context.may(*opened, people::Act::CorrectPerson, about, options.basis));
  const auto before = KHIEN_OR_FAIL(context, opened->people().rename_person(by, person, options.name, options.reason));
  context.say(before + " → " + opened->people().snapshot()->person(person)->person.name);
}

}  // namespace

void add_person(CLI::App& app, Context& context) {
  auto* person = app.add_subcommand("person", "Cán bộ / people");
  person->require_subcommand(1);
  auto* erasing = person->add_subcommand("erase", "Xóa dữ liệu cá nhân của người đã thôi việc / erase personal data");
  auto options = std::make_shared<EraseOptions>();
  erasing->add_option("PERSON", options->person, "Mã cán bộ, thư công vụ hoặc mã số / staff code, work mail or id")
      ->required();
  erasing->add_option("--reason", options->reason, "Lý do / reason")->required();
  erasing->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  erasing->add_flag("--apply", options->apply, "Xóa / erase");
  erasing->callback([&context, options] { erase(context, *options); });

  auto* renaming = person->add_subcommand("rename", "Sửa họ tên trong hồ sơ / correct a name");
  auto names = std::make_shared<RenameOptions>();
  renaming
      ->add_option("PERSON", names->person,
                   "Mã cán bộ, thư công vụ, tên đăng nhập hoặc mã số / staff code, work mail, login or id")
      ->required();
  renaming->add_option("--name", names->name, "Họ và tên đúng / the right name")->required();
  renaming->add_option("--reason", names->reason, "Lý do / reason")->required();
  renaming->add_option("--basis", names->basis, "Căn cứ: số văn bản / the paper it rests on");
  renaming->callback([&context, names] { rename(context, *names); });
}

}  // namespace khien::cli
