// khien directive add|list|show|withdraw.
#include <algorithm>

#include "accounts/names.h"
#include "cli/context.h"
#include "directives/text.h"
#include "people/rules.h"

namespace khien::cli {
namespace {

using app::Installation;

struct AddOptions {
  std::string file;
  std::string adopted_by;
  std::string from;
  std::string basis;
  bool dry_run = false;
};

void add_directive_file(Context& context, const AddOptions& options) {
  const std::string bytes = KHIEN_OR_FAIL(context, app::read_file(options.file, 2U << 20));
  directives::DirectiveText text = KHIEN_OR_FAIL(context, directives::parse_directive(bytes, options.file));
  if (!options.adopted_by.empty()) text.adopted_by = options.adopted_by;
  if (!options.from.empty()) text.from = date_of(KHIEN_OR_FAIL(context, instant_option(options.from, {})));
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto known = opened->accounts().snapshot();
  const auto directory = opened->people().snapshot();
  const accounts::NamesAt names(*known, *directory, context.clock.now());
  if (options.dry_run) {
    const auto checked = KHIEN_OR_FAIL(context, opened->directives().check(text, names, options.file));
    return context.say(
        context.in(Text::format("{0}: hợp lệ, {1} nội dung; chưa lưu gì.", "{0}: valid, {1} clauses; nothing stored.",
                                checked.code, checked.clauses.size())));
  }
  const DirectiveId id =
      KHIEN_OR_FAIL(context, opened->directives().add(context.by(options.basis), text, names, options.file));
  context.say(context.in(Text::format("Đã tiếp nhận {0} ({1} nội dung), áp dụng từ {2}. Mã: {3}",
                                      "Adopted {0} ({1} clauses), in force from {2}. Id: {3}", text.code,
                                      text.clauses.size(), text.from ? dmy(*text.from) : "?", id.text())));
}

std::string state_of(const Context& context, const policy::Directive& directive, Instant now) {
  if (directive.from > now) return context.in({"chưa áp dụng", "not yet in force"});
  if (directive.until && *directive.until <= now) return context.in({"đã thu hồi", "withdrawn"});
  return context.in({"đang áp dụng", "in force"});
}

void list_directives(Context& context, bool as_json) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto directory = opened->people().snapshot();
  const people::UnitTree tree(*directory, context.clock.now());
  for (const auto& directive : known->directives()) {
    const std::string unit = tree.path_name(directive.adopted_by);
    if (as_json)
      context.say(fmt::format(R"({{"id":{},"code":{},"label":{},"adopted_by":{},"from":{},"until":{},"clauses":{}}})",
                              json_text(directive.id.text()), json_text(directive.code),
                              json_text(policy::label_of(directive).in(context.language)), json_text(unit),
                              json_text(iso(directive.from)),
                              directive.until ? json_text(iso(*directive.until)) : "null", directive.clauses.size()));
    else
      context.say(fmt::format("{:<6} {:<16} {} – {} · {} · {}", directive.code,
                              state_of(context, directive, context.clock.now()), dmy(date_of(directive.from)),
                              directive.until ? dmy(date_of(*directive.until)) : "…",
                              policy::label_of(directive).in(context.language), unit));
  }
}

/// By code, or by id.
Result<const policy::Directive*> find_directive(const directives::Register& known, const std::string& name,
                                                Instant now) {
  const policy::Directive* found = known.coded(name, now);
  if (found == nullptr)
    if (const auto id = DirectiveId::parse(name)) found = known.directive(*id);
  if (found == nullptr)
    return Failure(Error::not_found(Text::format("Không có chỉ đạo «{0}».", "There is no directive \"{0}\".", name)));
  return found;
}

void show_directive(Context& context, const std::string& name) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto* directive = KHIEN_OR_FAIL(context, find_directive(*known, name, context.clock.now()));
  context.say(policy::label_of(*directive).in(context.language));
  context.say(directive->subject);
  for (const auto& clause : directive->clauses) {
    context.say(fmt::format("\n{}  {}", clause.id, clause.words.in(context.language)));
    for (const auto& control : clause.controls) {
      std::string values;
      const auto parameters = policy::spec_of(control.kind).parameters;
      for (std::size_t i = 0; i < parameters.size(); ++i)
        for (const auto& atom : control.values[i])
          values +=
              fmt::format(" {}={}", parameters[i].name, policy::describe(parameters[i], atom).in(context.language));
      context.say(fmt::format("    {} {}{}", control.force == policy::Force::Must ? "must  " : "should",
                              policy::code_of(control.kind), values));
    }
  }
}

struct WithdrawOptions {
  std::string name;
  std::string at;
  std::string reason;
};

void withdraw_directive(Context& context, const WithdrawOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto* directive = KHIEN_OR_FAIL(context, find_directive(*known, options.name, context.clock.now()));
  const Instant at = KHIEN_OR_FAIL(context, instant_option(options.at, context.clock.now()));
  KHIEN_OR_FAIL(context, opened->directives().withdraw(context.by(), directive->id, at, options.reason));
  context.say(context.in({"Đã thu hồi.", "Withdrawn."}));
}

}  // namespace

void add_directive(CLI::App& app, Context& context) {
  auto* directive = app.add_subcommand("directive", "Chỉ đạo / directives");
  directive->require_subcommand(1);

  auto* add = directive->add_subcommand("add", "Tiếp nhận một chỉ đạo (YAML) / adopt a directive");
  auto adding = std::make_shared<AddOptions>();
  add->add_option("FILE", adding->file, "Tệp YAML, như directives/*.yaml")->required();
  add->add_option("--adopted-by", adding->adopted_by, "Mã đơn vị tiếp nhận / code of the adopting unit");
  add->add_option("--from", adding->from, "Ngày bắt đầu áp dụng (2024-10-12) / first day in force");
  add->add_option("--basis", adding->basis, "Căn cứ: số văn bản / the paper it rests on");
  add->add_flag("--check", adding->dry_run, "Chỉ kiểm tra / only check");
  add->callback([&context, adding] { add_directive_file(context, *adding); });

  auto* list = directive->add_subcommand("list", "Liệt kê / list");
  auto as_json = std::make_shared<bool>(false);
  list->add_flag("--json", *as_json);
  list->callback([&context, as_json] { list_directives(context, *as_json); });

  auto* show = directive->add_subcommand("show", "Xem / show");
  auto shown = std::make_shared<std::string>();
  show->add_option("CODE", *shown)->required();
  show->callback([&context, shown] { show_directive(context, *shown); });

  auto* withdraw = directive->add_subcommand("withdraw", "Thu hồi / withdraw");
  auto withdrawing = std::make_shared<WithdrawOptions>();
  withdraw->add_option("CODE", withdrawing->name)->required();
  withdraw->add_option("--at", withdrawing->at, "Từ ngày / from that date (now)");
  withdraw->add_option("--reason", withdrawing->reason, "Lý do / reason")->required();
  withdraw->callback([&context, withdrawing] { withdraw_directive(context, *withdrawing); });
}

}  // namespace khien::cli
