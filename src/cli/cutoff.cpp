// khien cutoff list|chase|delay|confirm|reopen|desk: the days on which whoever has not changed is shut out.
#include "app/acts.h"
#include "app/cutoffs.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"
#include "people/rules.h"
#include "sheets/csv_write.h"

namespace khien::cli {
namespace {

using app::Installation;

struct CutoffOptions {
  std::string code;
  std::optional<Instant> date, until, day;
  std::string unit, login, reason, basis, out;
  bool as_json = false;
};

Result<directives::CutoffKey> find_cutoff(Installation& opened, const CutoffOptions& options) {
  const auto adopted = opened.directives().snapshot();
  const auto directive = TRY(find_directive(*adopted, options.code, opened.clock.now()));
  std::vector<app::ComingCutoff> all = app::cutoffs_of(opened, *adopted, directive, opened.clock.now());
  if (options.date)
    std::erase_if(all, [&](const app::ComingCutoff& one) { return one.key.second != date_of(*options.date); });
  if (all.size() == 1) return all.front().key;
  if (all.empty())
    return Failure(Error::not_found(Text::format("Chỉ đạo {0} không có mốc dừng truy cập đó.",
                                                 "The directive {0} has no such cutoff.", options.code)));
  return Failure(
      Error::invalid(Text::format("Chỉ đạo {0} có {1} mốc; hãy nêu ngày (--date).",
                                  "The directive {0} has {1} cutoffs; say which (--date).", options.code, all.size())));
}

Result<UnitId> find_unit(Installation& opened, const std::string& code) {
  if (code.empty()) return UnitId{};
  const auto directory = opened.people().snapshot();
  const auto unit = people::UnitTree(*directory, opened.clock.now()).unit_coded(code);
  if (!unit)
    return Failure(Error::not_found(Text::format("Không có đơn vị mã «{0}».", "There is no unit \"{0}\".", code)));
  return *unit;
}

void list(Context& context, const CutoffOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Instant now = context.clock.now();
  const auto adopted = opened->directives().snapshot();
  const auto directory = opened->people().snapshot();
  const people::UnitTree tree(*directory, now);
  for (const auto& one : app::coming_cutoffs(*opened, now)) {
    if (options.as_json) {
      context.say(fmt::format(R"({{"directive":{},"code":{},"cutoff":{},"shut_out":{},"confirmed":{},"waits":{}}})",
                              json_text(one.key.first.text()), json_text(one.code), json_text(iso(one.key.second)),
                              one.shut_out, one.confirmed ? std::to_string(*one.confirmed) : "null", one.waits));
      continue;
    }
    const Text state = one.waits          ? Text{"chờ hai người xác nhận", "waits for two persons"}
                       : now < one.begins ? Text{"sắp đến", "to come"}
                                          : Text{"đang áp dụng", "in force"};
    context.say(fmt::format(
        "{}  {:<6} {:<24} {}", dmy(one.key.second), one.code, context.in(state),
        context.in(Text::format("{0} tên đăng nhập chưa đổi", "{0} logins have not changed", one.shut_out))));
    for (const auto& delay : adopted->cutoffs().delays())
      if (delay.cutoff == one.key && delay.until)
        context.say("    " + context.in(Text::format(
                                 "lùi đến {0}{1}: {2}", "put off to {0}{1}: {2}", dmy_time(*delay.until),
                                 delay.unit.is_nil() ? "" : " · " + tree.path_name(delay.unit), delay.reason)));
  }
}

void chase(Context& context, const CutoffOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto key = KHIEN_OR_FAIL(context, find_cutoff(*opened, options));
  const auto unit = KHIEN_OR_FAIL(context, find_unit(*opened, options.unit));
  const auto whom = app::to_chase(*opened, key, unit);
  std::vector<std::vector<std::string>> rows{{"STT", "Đơn vị", "Họ và tên", "Tên đăng nhập", "Hạn đổi mật khẩu"}};
  for (const auto& one : whom)
    rows.push_back({std::to_string(rows.size()), one.unit_name, one.name, one.user_name, dmy(key.second)});
  if (!options.out.empty()) {
    KHIEN_OR_FAIL(context, context.terminal.write_new_file(options.out, sheets::csv_file(rows)));
    context.say(
        context.in(Text::format("Đã ghi {0} người vào {1}.", "Wrote {0} people to {1}.", whom.size(), options.out)));
    return;
  }
  for (const auto& one : whom) context.say(fmt::format("{:<20} {:<28} {}", one.user_name, one.name, one.unit_name));
  context.say(
      context.in(Text::format("{0} người chưa đổi mật khẩu trước mốc {1}.",
                              "{0} people have not changed before the cutoff {1}.", whom.size(), dmy(key.second))));
}

void delay(Context& context, const CutoffOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::DelayCutoff act;
  act.cutoff = KHIEN_OR_FAIL(context, find_cutoff(*opened, options));
  act.unit = KHIEN_OR_FAIL(context, find_unit(*opened, options.unit));
  act.until = *options.until;
  act.reason = options.reason;
  context.perform(*opened, act, options.basis);
}

void confirm(Context& context, const CutoffOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::ConfirmCutoff act;
  act.cutoff = KHIEN_OR_FAIL(context, find_cutoff(*opened, options));
  context.perform(*opened, act, options.basis);
}

void reopen(Context& context, const CutoffOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto login = KHIEN_OR_FAIL(context, find_login(*opened->credentials().snapshot(), options.login));
  const auto by = KHIEN_OR_FAIL(context, context.actor(*opened, options.basis));
  const auto done = app::reopen_after_cutoff(*opened, by, login, options.reason);
  if (!done) return context.fail(done.error());
  context.say(context.in({"Đã mở lại: người giữ đăng nhập bằng mật khẩu đang dùng và phải đổi ngay.",
                          "Reopened: the holder signs in with the present password and must change it at once."}));
}

void desk(Context& context, const CutoffOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  app::ContinueDesk act;
  act.unit = KHIEN_OR_FAIL(context, find_unit(*opened, options.unit));
  if (!options.login.empty())
    act.login = KHIEN_OR_FAIL(context, find_login(*opened->credentials().snapshot(), options.login)).id;
  act.day = date_of(options.day.value_or(context.clock.now()));
  act.reason = options.reason;
  context.perform(*opened, act, options.basis);
}

}  // namespace

void add_cutoff(CLI::App& app, Context& context) {
  auto* cutoff = app.add_subcommand("cutoff", "Mốc dừng truy cập / cutoffs");
  cutoff->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, void (*action)(Context&, const CutoffOptions&)) {
    auto* command = cutoff->add_subcommand(name, help);
    auto options = std::make_shared<CutoffOptions>();
    command->callback([&context, options, action] { action(context, *options); });
    return std::pair(command, options);
  };
  const auto with_cutoff = [&](const auto& one) {
    one.first->add_option("CODE", one.second->code, "Mã chỉ đạo / code of the directive")->required();
    add_date(one.first, context, "--date", one.second->date, "Ngày của mốc, nếu có nhiều / which, if several");
  };
  const auto with_unit = [&](const auto& one) {
    return one.first->add_option("--unit", one.second->unit,
                                 "Mã đơn vị, kể cả cấp dưới / code of a unit, with those below it");
  };
  const auto with_reason = [&](const auto& one) {
    one.first->add_option("--reason", one.second->reason, "Lý do / reason")->required();
    one.first->add_option("--basis", one.second->basis, "Căn cứ: số văn bản / the paper it rests on");
  };

  const auto listing = add("list", "Liệt kê, với số người chưa đổi / list, with how many have not changed", list);
  listing.first->add_flag("--json", listing.second->as_json, "In JSON / print JSON");

  const auto chasing = add("chase", "Danh sách cần đôn đốc / who must still change", chase);
  with_cutoff(chasing);
  with_unit(chasing);
  chasing.first->add_option("-o,--out", chasing.second->out, "Ghi ra tệp CSV / write a CSV file");

  const auto delaying = add("delay", "Lùi một mốc, cho tất cả hoặc một đơn vị / put one off", delay);
  with_cutoff(delaying);
  with_unit(delaying);
  add_date(delaying.first, context, "--until", delaying.second->until, "Đến lúc / to when")->required();
  with_reason(delaying);

  const auto confirming = add("confirm", "Để mốc đang chờ có tác dụng / let one that waits act", confirm);
  with_cutoff(confirming);
  confirming.first->add_option("--basis", confirming.second->basis, "Căn cứ: số văn bản / the paper it rests on");

  const auto reopening = add("reopen", "Mở lại cho một người bị dừng, để đổi mật khẩu / let one in again", reopen);
  reopening.first->add_option("LOGIN", reopening.second->login, "Tên đăng nhập / user name")->required();
  with_reason(reopening);

  const auto going_on =
      add("desk", "Cho bộ phận tiếp dân bị dừng làm việc tiếp một ngày / let a desk go on for a day", desk);
  auto* unit = with_unit(going_on);
  auto* login = going_on.first->add_option("--login", going_on.second->login, "Tên đăng nhập / user name");
  unit->excludes(login);
  add_date(going_on.first, context, "--day", going_on.second->day, "Ngày (hôm nay) / day (today)");
  with_reason(going_on);
}

}  // namespace khien::cli
