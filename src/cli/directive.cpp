// khien directive add|replace|list|show|withdraw.
#include <algorithm>

#include "accounts/names.h"
#include "cli/context.h"
#include "cli/find.h"
#include "directives/successors.h"
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
  std::vector<std::string> replaces;
  std::string successor_by;
  bool dry_run = false;
};

/// The directives that the codes name; all unknown ones at once.
Result<std::vector<DirectiveId>> find_replaced(const directives::Register& known, const std::vector<std::string>& codes,
                                               Instant now) {
  std::vector<DirectiveId> out;
  std::vector<Error> problems;
  for (const auto& code : codes) {
    const auto found = find_directive(known, code, now);
    if (!found)
      problems.push_back(found.error());
    else if (std::ranges::find(out, found->id) == out.end())
      out.push_back(found->id);
  }
  if (!problems.empty()) return Failure(combine(problems));
  return out;
}

void add_directive_file(Context& context, const AddOptions& options) {
  const std::string bytes = KHIEN_OR_FAIL(context, app::read_file(options.file, 2U << 20));
  directives::DirectiveText text = KHIEN_OR_FAIL(context, directives::parse_directive(bytes, options.file));
  if (!options.adopted_by.empty()) text.adopted_by = options.adopted_by;
  if (!options.from.empty()) text.from = date_of(KHIEN_OR_FAIL(context, instant_option(options.from, {})));
  const auto opened = context.open(options.dry_run ? Installation::Mode::Read : Installation::Mode::Change);
  if (!opened) return;
  const auto known = opened->accounts().snapshot();
  const auto directory = opened->people().snapshot();
  const accounts::NamesAt names(*known, *directory, context.clock.now());
  directives::Replacement replacement{.replaced = {}, .successor_by = options.successor_by};
  // Whatever has not ended today may be named, so that the reason why one cannot be replaced is told.
  replacement.replaced =
      KHIEN_OR_FAIL(context, find_replaced(*opened->directives().snapshot(), options.replaces, context.clock.now()));
  if (options.dry_run) {
    const auto checked = KHIEN_OR_FAIL(context, opened->directives().check(text, names, options.file, replacement));
    return context.say(
        context.in(Text::format("{0}: hợp lệ, {1} nội dung; chưa lưu gì.", "{0}: valid, {1} clauses; nothing stored.",
                                checked.code, checked.clauses.size())));
  }
  const DirectiveId id = KHIEN_OR_FAIL(
      context, opened->directives().replace(context.by(options.basis), text, replacement, names, options.file));
  context.say(context.in(Text::format("Đã tiếp nhận {0} ({1} nội dung), áp dụng từ {2}. Mã: {3}",
                                      "Adopted {0} ({1} clauses), in force from {2}. Id: {3}", text.code,
                                      text.clauses.size(), text.from ? dmy(*text.from) : "?", id.text())));
  const auto adopted = opened->directives().snapshot();
  for (const auto& replaced : replacement.replaced)
    if (const auto* old = adopted->directive(replaced))
      context.say(
          context.in(Text::format("Thay thế {0}: hết hiệu lực từ {1}. Mã: {2}", "Replaces {0}: ended from {1}. Id: {2}",
                                  old->code, old->until ? dmy(date_of(*old->until)) : "?", replaced.text())));
}

std::string state_of(const Context& context, const policy::Directive& directive, Instant now) {
  if (directive.from > now) return context.in({"chưa áp dụng", "not yet in force"});
  if (directive.until && *directive.until <= now) return context.in({"đã hết hiệu lực", "ended"});
  return context.in({"đang áp dụng", "in force"});
}

void list_directives(Context& context, bool as_json) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto directory = opened->people().snapshot();
  const people::UnitTree tree(*directory, context.clock.now());
  auto all = known->directives();
  std::ranges::stable_sort(all, {}, &policy::Directive::from);
  const auto successors = KHIEN_OR_FAIL(context, directives::successors(opened->store()));
  const auto successor_of = [&](const policy::Directive& directive) {
    const auto found = successors.find(directive.id);
    return found == successors.end() ? nullptr : known->directive(found->second);
  };
  for (const auto& directive : all) {
    const std::string unit = tree.path_name(directive.adopted_by);
    const auto* successor = successor_of(directive);
    if (as_json)
      context.say(fmt::format(
          R"({{"id":{},"code":{},"label":{},"adopted_by":{},"from":{},"until":{},"replaced_by":{},"clauses":{}}})",
          json_text(directive.id.text()), json_text(directive.code),
          json_text(policy::label_of(directive).in(context.language)), json_text(unit), json_text(iso(directive.from)),
          directive.until ? json_text(iso(*directive.until)) : "null",
          successor == nullptr ? "null" : json_text(successor->id.text()), directive.clauses.size()));
    else
      context.say(fmt::format(
          "{:<6} {:<16} {} – {} · {} · {}{}", directive.code, state_of(context, directive, context.clock.now()),
          dmy(date_of(directive.from)), directive.until ? dmy(date_of(*directive.until)) : "…",
          policy::label_of(directive).in(context.language), unit,
          successor == nullptr ? "" : context.in({" · thay thế bởi ", " · replaced by "}) + successor->code));
  }
}

void show_directive(Context& context, const std::string& name) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto directive = KHIEN_OR_FAIL(context, find_directive(*known, name, context.clock.now()));
  context.say(policy::label_of(directive).in(context.language));
  context.say(directive.subject);
  for (const auto& clause : directive.clauses) {
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
  const auto directive = KHIEN_OR_FAIL(context, find_directive(*known, options.name, context.clock.now()));
  const Instant at = KHIEN_OR_FAIL(context, instant_option(options.at, context.clock.now()));
  KHIEN_OR_FAIL(context, opened->directives().withdraw(context.by(), directive.id, at, options.reason));
  context.say(context.in({"Đã thu hồi.", "Withdrawn."}));
}

}  // namespace

void add_directive(CLI::App& app, Context& context) {
  auto* directive = app.add_subcommand("directive", "Chỉ đạo / directives");
  directive->require_subcommand(1);

  const auto adopting = [&](const char* name, const char* help) {
    auto* command = directive->add_subcommand(name, help);
    auto options = std::make_shared<AddOptions>();
    command->add_option("FILE", options->file, "Tệp YAML, như directives/*.yaml")->required();
    command->add_option("--adopted-by", options->adopted_by, "Mã đơn vị tiếp nhận / code of the adopting unit");
    command->add_option("--from", options->from, "Ngày bắt đầu áp dụng (2024-10-12) / first day in force");
    command->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
    command->add_flag("--check", options->dry_run, "Chỉ kiểm tra / only check");
    command->callback([&context, options] { add_directive_file(context, *options); });
    return std::pair(command, options);
  };
  adopting("add", "Tiếp nhận một chỉ đạo (YAML) / adopt a directive");
  const auto [replace, replacing] =
      adopting("replace", "Tiếp nhận một chỉ đạo thay thế chỉ đạo khác / adopt one that takes the place of others");
  replace->add_option("--replaces", replacing->replaces, "Mã chỉ đạo bị thay thế / codes of those replaced")
      ->required();
  replace->add_option(
      "--successor-by", replacing->successor_by,
      "Văn bản theo đó cơ quan ban hành kế thừa cơ quan cũ / the paper that makes the issuer the successor");

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
