// khien directive add|replace|list|show|withdraw.
#include <algorithm>

#include "app/acts.h"
#include "audit/show.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"
#include "directives/successors.h"
#include "directives/text.h"
#include "people/rules.h"
#include "policy/words.h"

namespace khien::cli {
namespace {

using app::Installation;

struct AddOptions {
  std::string file;
  std::string adopted_by;
  std::optional<Instant> from;
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
  app::AdoptDirective act;
  act.yaml = KHIEN_OR_FAIL(context, context.read_file(options.file, 2U << 20));
  act.file = options.file;
  act.adopted_by = options.adopted_by;
  act.from = options.from;
  act.successor_by = options.successor_by;
  // Before anything is opened.
  const auto text = KHIEN_OR_FAIL(context, directives::parse_directive(act.yaml, act.file));
  const auto opened = context.open(options.dry_run ? Installation::Mode::Read : Installation::Mode::Change);
  if (!opened) return;
  // Whatever has not ended today may be named, so that the reason why one cannot be replaced is told.
  act.replaces =
      KHIEN_OR_FAIL(context, find_replaced(*opened->directives().snapshot(), options.replaces, context.clock.now()));
  if (!options.dry_run) {
    context.perform(*opened, act, options.basis);
    return;
  }
  const auto prospect = KHIEN_OR_FAIL(context, act.look(*opened));
  context.say(context.in(Text::format("{0}: hợp lệ, {1} nội dung; chưa lưu gì.",
                                      "{0}: valid, {1} clauses; nothing stored.", text.code, text.clauses.size())));
  context.print(prospect.lines);
}

std::string state_of(const Context& context, const policy::Directive& directive, Instant now) {
  if (directive.was_called_off()) return context.in({"hủy trước khi áp dụng", "called off"});
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

/// The newest value of a fact in entries of that type about the directive.
std::optional<std::string> recorded(Installation& opened, const policy::Directive& directive, const std::string& type,
                                    std::string_view fact) {
  std::optional<std::string> out;
  const audit::EntryQuery query{.type_prefix = type, .subjects = {"directive/" + directive.id.text()}};
  const auto read = opened.store().read([&](store::Reader& reader) {
    return audit::each_shown(reader, query, nullptr, [&](const audit::ShownEntry& entry) {
      for (const auto& one : entry.stored.entry.facts)
        if (one.name == fact) out = one.value;
    });
  });
  return read ? out : std::nullopt;
}

/// Why it ends, as the log has it.
Text why_ended(Installation& opened, const policy::Directive& directive) {
  if (const auto reason = recorded(opened, directive, "directive.withdrawn", "reason"))
    return Text::format("bị thu hồi (lý do: {0})", "withdrawn (reason: {0})", *reason);
  const auto by = recorded(opened, directive, "directive.replaced", "replaced_by");
  if (!by) return {"không rõ vì sao", "it is not on record why"};
  const auto known = opened.directives().snapshot();
  const auto id = DirectiveId::parse(*by);
  const auto* successor = id ? known->directive(*id) : nullptr;
  return Text::format("được thay bằng {0} (mã {1})", "replaced by {0} (id {1})",
                      successor == nullptr ? "?" : successor->code, *by);
}

void print_validity(Context& context, Installation& opened, const policy::Directive& directive) {
  const bool called_off = directive.was_called_off();
  context.say(context.in(
      called_off ? Text::format("Lẽ ra áp dụng từ {0}.", "Was to be in force from {0}.", dmy(date_of(directive.from)))
                 : Text::format("Áp dụng từ {0}.", "In force from {0}.", dmy(date_of(directive.from)))));
  if (!directive.until) return;
  const Text why = why_ended(opened, directive);
  const auto words = [&](const std::string& reason) {
    if (called_off) return Text::format("Đã hủy trước khi áp dụng: {0}.", "Called off before it began: {0}.", reason);
    return Text::format("Hết hiệu lực từ {0}: {1}.", "Ended from {0}: {1}.", dmy(date_of(*directive.until)), reason);
  };
  context.say(context.language == Language::Vietnamese ? words(why.vi).vi : words(why.en).en);
}

void show_directive(Context& context, const std::string& name) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto directive = KHIEN_OR_FAIL(context, find_directive_ever(*known, name, context.clock.now()));
  context.say(policy::label_of(directive).in(context.language));
  context.say(directive.subject);
  print_validity(context, *opened, directive);
  for (const auto& clause : directive.clauses) {
    context.say(fmt::format("\n{}  {}", clause.id, clause.words.in(context.language)));
    for (const auto& control : clause.controls) {
      const auto& spec = policy::spec_of(control.kind);
      context.say(fmt::format("  • {} [{}; {}]", context.in({std::string(spec.vi), std::string(spec.en)}), spec.code,
                              context.in(policy::name_of(control.force))));
      for (std::size_t i = 0; i < spec.parameters.size(); ++i) {
        std::string values;
        for (const auto& atom : control.values[i])
          values += (values.empty() ? "" : ", ") + context.in(policy::describe(spec.parameters[i], atom));
        if (!values.empty())
          context.say(fmt::format("      {}: {}", context.in(policy::words_of(spec.parameters[i].name)), values));
      }
    }
  }
}

struct WithdrawOptions {
  std::string name;
  std::optional<Instant> at;
  std::string reason;
  bool undo = false;
};

void withdraw_directive(Context& context, const WithdrawOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto known = opened->directives().snapshot();
  const auto directive = KHIEN_OR_FAIL(context, find_directive(*known, options.name, context.clock.now()));
  app::WithdrawDirective act;
  act.directive = directive.id;
  act.at = options.at;
  act.undo = options.undo;
  act.reason = options.reason;
  context.perform(*opened, act);
}

}  // namespace

void add_directive(CLI::App& app, Context& context) {
  auto* directive = app.add_subcommand("directive", "Chỉ đạo / directives");
  directive->require_subcommand(1);

  const auto adopting = [&](const char* name, const char* help) {
    auto* command = directive->add_subcommand(name, help);
    auto options = std::make_shared<AddOptions>();
    command->add_option("FILE", options->file, "Tệp YAML, như directives/*.yaml / YAML such as directives/*.yaml")
        ->required();
    command->add_option("--adopted-by", options->adopted_by, "Mã đơn vị tiếp nhận / code of the adopting unit");
    add_date(command, context, "--from", options->from, "Ngày bắt đầu áp dụng / first day in force");
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
  list->add_flag("--json", *as_json, "In JSON / print JSON");
  list->callback([&context, as_json] { list_directives(context, *as_json); });

  auto* show = directive->add_subcommand("show", "Xem / show");
  auto shown = std::make_shared<std::string>();
  show->add_option("CODE", *shown, "Mã chỉ đạo / code of the directive")->required();
  show->callback([&context, shown] { show_directive(context, *shown); });

  auto* withdraw = directive->add_subcommand("withdraw", "Thu hồi / withdraw");
  auto withdrawing = std::make_shared<WithdrawOptions>();
  withdraw->add_option("CODE", withdrawing->name, "Mã chỉ đạo / code of the directive")->required();
  add_date(withdraw, context, "--at", withdrawing->at, "Từ ngày / from that date (now)");
  withdraw->add_option("--reason", withdrawing->reason, "Lý do / reason")->required();
  withdraw->callback([&context, withdrawing] { withdraw_directive(context, *withdrawing); });

  auto* undo = directive->add_subcommand("undo", "Hoàn tác việc vừa tiếp nhận / undo an adoption made by mistake");
  auto undoing = std::make_shared<WithdrawOptions>();
  undoing->undo = true;
  undo->add_option("CODE", undoing->name, "Mã chỉ đạo / code of the directive")->required();
  undo->add_option("--reason", undoing->reason, "Lý do / reason")->required();
  undo->callback([&context, undoing] { withdraw_directive(context, *undoing); });
}

}  // namespace khien::cli
