// khien hold record|list: how far each control holds in each system, from enforced to unknown.
#include <set>

#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"

namespace khien::cli {
namespace {

using app::Installation;
using policy::Kind;

struct RecordOptions {
  std::string system;
  std::string kind;
  std::string hold;
  std::string letter;
  std::optional<Instant> as_of;
  std::string basis;
};

/// ` · 01/06/2026 · 12/CV-TT`, of what is there.
std::string evidence_of(const policy::HoldRecord& record) {
  std::string out;
  if (record.as_of) out += " · " + dmy(date_of(*record.as_of));
  if (!record.letter.empty()) out += " · " + record.letter;
  return out;
}

void record(Context& context, const RecordOptions& options) {
  const Kind kind = KHIEN_OR_FAIL(context, find_kind(options.kind));
  policy::HoldRecord record;
  record.hold = *policy::parse_hold(options.hold);  // one of those that the option takes
  record.letter = options.letter;
  if (record.hold != policy::Hold::Unknown) record.as_of = options.as_of.value_or(context.clock.now());
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const auto system = KHIEN_OR_FAIL(context, find_system(*opened->accounts().snapshot(), options.system));
  KHIEN_OR_FAIL(context, opened->accounts().record_hold(context.by(options.basis), system.id, kind, record));
  const auto known = opened->accounts().snapshot();
  const auto now_holds = known->holds(kind, system.id);
  context.say(fmt::format("{} @ {}: {}{}", policy::code_of(kind), system.code,
                          context.in(policy::name_of(now_holds.hold)), evidence_of(now_holds)));
  if (now_holds.hold == policy::Hold::Enforced)
    context.say(context.in({"Đã ghi, nhưng cổng Khiên đang thực thi biện pháp này ở hệ thống đó.",
                            "Recorded, but our gate enforces this control in that system."}));
}

bool binds(const policy::Scope& scope, const SystemId& system) {
  return scope.systems.empty() || std::ranges::find(scope.systems, system) != scope.systems.end();
}

/// Kinds that a directive in force asks of the system.
std::set<Kind> asked_of(const directives::Register& adopted, const SystemId& system, Instant now) {
  std::set<Kind> out;
  for (const auto& directive : adopted.directives()) {
    if (!directive.in_force(now) || !binds(directive.scope, system)) continue;
    for (const auto& clause : directive.clauses)
      if (!clause.scope || binds(*clause.scope, system))
        for (const auto& control : clause.controls) out.insert(control.kind);
  }
  return out;
}

void list(Context& context, const std::string& only, bool as_json) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const auto known = opened->accounts().snapshot();
  const auto adopted = opened->directives().snapshot();
  std::vector<accounts::System> systems;
  if (only.empty())
    known->systems().for_each([&](const SystemId&, const accounts::System& system) { systems.push_back(system); });
  else
    systems.push_back(KHIEN_OR_FAIL(context, find_system(*known, only)));
  std::ranges::sort(systems, {}, &accounts::System::code);
  for (const auto& system : systems) {
    const auto asked = asked_of(*adopted, system.id, context.clock.now());
    if (!as_json) context.say(system.code + " · " + system.name);
    for (const auto& spec : policy::catalogue()) {
      if (!asked.contains(spec.kind) && known->recorded_hold(spec.kind, system.id) == policy::HoldRecord{}) continue;
      const auto holds = known->holds(spec.kind, system.id);
      if (as_json)
        context.say(fmt::format(R"({{"system":{},"kind":{},"asked":{},"hold":{},"as_of":{},"letter":{}}})",
                                json_text(system.code), json_text(spec.code), asked.contains(spec.kind),
                                json_text(policy::code_of(holds.hold)),
                                holds.as_of ? json_text(iso(*holds.as_of)) : "null", json_text(holds.letter)));
      else
        context.say(fmt::format(
            "    {:<30} {}{}{}", spec.code, context.in(policy::name_of(holds.hold)), evidence_of(holds),
            asked.contains(spec.kind) ? std::string()
                                      : context.in({" (không chỉ đạo nào yêu cầu)", " (no directive asks for it)"})));
    }
  }
}

}  // namespace

void add_hold(CLI::App& app, Context& context) {
  auto* hold = app.add_subcommand("hold", "Biện pháp được thực hiện đến đâu ở từng hệ thống / how far controls hold");
  hold->require_subcommand(1);

  auto* recording = hold->add_subcommand("record", "Ghi nhận / record");
  auto options = std::make_shared<RecordOptions>();
  recording->add_option("SYSTEM", options->system, "Mã hệ thống / code of the system")->required();
  recording->add_option("KIND", options->kind, "Loại biện pháp, như password.rotation / kind of control")->required();
  recording
      ->add_option(
          "STATE", options->hold,
          "unknown chưa rõ, declared đã cam kết, requested đã yêu cầu, observed đã quan sát / unknown, declared, "
          "requested or observed")
      ->required()
      ->check(one_of(context, {"unknown", "declared", "requested", "observed", "enforced"}));
  recording->add_option("--letter", options->letter, "Số công văn yêu cầu hoặc trả lời / number of the letter");
  add_date(recording, context, "--as-of", options->as_of, "Vào ngày (hôm nay) / as of that date (today)");
  recording->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  recording->callback([&context, options] { record(context, *options); });

  auto* listing = hold->add_subcommand("list", "Liệt kê / list");
  auto only = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  listing->add_option("--system", *only, "Chỉ một hệ thống / one system only");
  listing->add_flag("--json", *as_json, "In JSON / print JSON");
  listing->callback([&context, only, as_json] { list(context, *only, *as_json); });
}

}  // namespace khien::cli
