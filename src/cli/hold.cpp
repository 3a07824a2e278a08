// khien hold record|list: how far each control holds in each system and for each account, from enforced to unknown.
#include <set>

#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"

namespace khien::cli {
namespace {

using app::Installation;
using policy::Kind;

/// Takes back what is on record of one account.
constexpr const char* kAsSystem = "as-system";

struct RecordOptions {
  std::string system;
  std::string kind;
  std::string hold;
  std::string account;  ///< user name in the system; empty: the system
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

void say_recorded(Context& context, Kind kind, const std::string& whose, const policy::HoldRecord& now_holds) {
  context.say(fmt::format("{} @ {}: {}{}", policy::code_of(kind), whose, context.in(policy::name_of(now_holds.hold)),
                          evidence_of(now_holds)));
  if (now_holds.hold == policy::Hold::Enforced)
    context.say(context.in({"Đã ghi, nhưng cổng Khiên đang thực thi biện pháp này ở hệ thống đó.",
                            "Recorded, but our gate enforces this control in that system."}));
}

void record(Context& context, const RecordOptions& options) {
  const Kind kind = KHIEN_OR_FAIL(context, find_kind(options.kind));
  const bool withdraws = options.hold == kAsSystem;
  if (withdraws && (options.account.empty() || options.as_of || !options.letter.empty()))
    return context.fail(
        Error::invalid({"as-system (theo hệ thống) bỏ ghi nhận riêng của một tài khoản: cần --account, không kèm ngày "
                        "hay số công văn.",
                        "as-system takes back what is on record of an account: it needs --account, and neither a date "
                        "nor a letter."}));
  policy::HoldRecord record;
  record.hold = policy::parse_hold(options.hold).value_or(policy::Hold::Unknown);
  record.letter = options.letter;
  record.as_of = options.as_of;
  if (!record.as_of && record.hold != policy::Hold::Unknown) record.as_of = context.clock.now();
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  auto& accounts = opened->accounts();
  const auto system = KHIEN_OR_FAIL(context, find_system(*accounts.snapshot(), options.system));
  const auto by = KHIEN_OR_FAIL(
      context, context.may(*opened, people::Act::RecordHold, {.units = {}, .system = system.id}, options.basis));
  if (options.account.empty()) {
    KHIEN_OR_FAIL(context, accounts.record_hold(by, system.id, kind, record));
    return say_recorded(context, kind, system.code, accounts.snapshot()->holds(kind, system.id));
  }
  const auto account = KHIEN_OR_FAIL(context, find_account(*accounts.snapshot(), system, options.account));
  KHIEN_OR_FAIL(context, withdraws ? accounts.withdraw_hold(by, account.id, kind)
                                   : accounts.record_hold(by, account.id, kind, record));
  const auto known = accounts.snapshot();
  say_recorded(context, kind, name_of(*known, account), known->holds(kind, account));
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

/// One line of a list.
struct Line {
  const policy::KindSpec& spec;
  const accounts::System& system;
  std::string account;  ///< user name; empty: the system
  bool asked = false;
  bool own = false;  ///< what is said is on record of the very account
  policy::HoldRecord holds;
};

void print(Context& context, const Line& line, bool as_json) {
  if (as_json)
    return context.say(
        fmt::format(R"({{"system":{},"account":{},"kind":{},"asked":{},"hold":{},"as_of":{},"letter":{}}})",
                    json_text(line.system.code), line.account.empty() ? "null" : json_text(line.account),
                    json_text(line.spec.code), line.asked, json_text(policy::code_of(line.holds.hold)),
                    line.holds.as_of ? json_text(iso(*line.holds.as_of)) : "null", json_text(line.holds.letter)));
  std::string notes;
  if (line.own) notes += context.in({" (riêng tài khoản này)", " (of this very account)"});
  if (!line.asked) notes += context.in({" (không chỉ đạo nào yêu cầu)", " (no directive asks for it)"});
  context.say(fmt::format("    {:<30} {}{}{}", line.spec.code, context.in(policy::name_of(line.holds.hold)),
                          evidence_of(line.holds), notes));
}

/// Accounts of the system of which anything is on record, by name.
std::vector<accounts::Account> recorded_in(const accounts::Register& known, const SystemId& system) {
  std::vector<accounts::Account> out;
  known.own_holds().for_each([&](const AccountId& id, const accounts::Holds&) {
    if (auto account = known.account(id);
        account && account->system == system && account->wanted != policy::LifecycleState::Closed)
      out.push_back(std::move(*account));
  });
  std::ranges::sort(out, {}, &accounts::Account::user_name);
  return out;
}

/// Every kind that is asked of the account, or on record of it or its system.
void list_account(Context& context, const signin::View& view, const accounts::System& system,
                  const accounts::Account& account, bool all, bool as_json) {
  const auto& known = view.accounts();
  const auto policy = view.policy_of(account);
  if (!as_json) context.say("  " + name_of(known, account));
  for (const auto& spec : policy::catalogue()) {
    const bool asked = policy->advised.of(spec.kind).asked();
    const bool own = known.own_hold(spec.kind, account.id).has_value();
    if (!own && (!all || (!asked && known.recorded_hold(spec.kind, system.id) == policy::HoldRecord{}))) continue;
    const auto holds = known.holds(spec.kind, account);
    print(context, {spec, system, account.user_name, asked, own && holds.hold != policy::Hold::Enforced, holds},
          as_json);
  }
}

struct ListOptions {
  std::string system;
  std::string account;
  bool as_json = false;
};

void list(Context& context, const ListOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Instant now = context.clock.now();
  const auto view = opened->standings().view(now);
  const auto& known = view->accounts();
  const auto adopted = opened->directives().snapshot();
  std::vector<accounts::System> systems;
  if (options.system.empty())
    known.systems().for_each([&](const SystemId&, const accounts::System& system) { systems.push_back(system); });
  else
    systems.push_back(KHIEN_OR_FAIL(context, find_system(known, options.system)));
  if (!options.account.empty()) {
    const auto account = KHIEN_OR_FAIL(context, find_account(known, systems.front(), options.account));
    return list_account(context, *view, systems.front(), account, true, options.as_json);
  }
  std::ranges::sort(systems, {}, &accounts::System::code);
  for (const auto& system : systems) {
    const auto asked = asked_of(*adopted, system.id, now);
    if (!options.as_json) context.say(system.code + " · " + system.name);
    for (const auto& spec : policy::catalogue())
      if (asked.contains(spec.kind) || known.recorded_hold(spec.kind, system.id) != policy::HoldRecord{})
        print(context, {spec, system, "", asked.contains(spec.kind), false, known.holds(spec.kind, system.id)},
              options.as_json);
    for (const auto& account : recorded_in(known, system.id))
      list_account(context, *view, system, account, false, options.as_json);
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
          "unknown chưa rõ, declared đã cam kết, requested đã yêu cầu, observed đã quan sát; với --account còn có "
          "as-system: theo hệ thống, thôi ghi riêng / unknown, declared, requested or observed; with --account also "
          "as-system: as the system, nothing of its own any more")
      ->required()
      ->check(one_of(context, {"unknown", "declared", "requested", "observed", "enforced", kAsSystem}));
  recording->add_option("--account", options->account,
                        "Chỉ tài khoản có tên này trong hệ thống / only the account of that name");
  recording->add_option("--letter", options->letter, "Số công văn yêu cầu hoặc trả lời / number of the letter");
  add_date(recording, context, "--as-of", options->as_of, "Vào ngày (hôm nay) / as of that date (today)");
  recording->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  recording->callback([&context, options] { record(context, *options); });

  auto* listing = hold->add_subcommand("list", "Liệt kê / list");
  auto wanted = std::make_shared<ListOptions>();
  auto* system = listing->add_option("--system", wanted->system, "Chỉ một hệ thống / one system only");
  listing->add_option("--account", wanted->account, "Tên tài khoản trong hệ thống đó / an account of that system")
      ->needs(system);
  listing->add_flag("--json", wanted->as_json, "In JSON / print JSON");
  listing->callback([&context, wanted] { list(context, *wanted); });
}

}  // namespace khien::cli
