// khien explain: the effective policy of an account or a login at any date, with the clauses behind every value.
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/exception.h"
#include "cli/find.h"
#include "policy/words.h"
#include "signin/words.h"

namespace khien::cli {
namespace {

using app::Installation;
using policy::Joined;
using policy::Kind;

struct ExplainOptions {
  std::string account;  ///< USER@SYSTEM
  std::string login;
  std::optional<Instant> at;
  std::optional<Instant> known_at;
  bool as_json = false;
};

/// The login that opens an account.
struct OpenedBy {
  std::string user_name;
  policy::LifecycleState state;
};

/// Whose policy is explained.
struct Explained {
  std::optional<Instant> known_at;  ///< what was on record then; absent: what is known now
  std::shared_ptr<const signin::View> view;
  policy::EffectivePolicy policy;
  bool of_the_past = false;  ///< asked about an earlier day, or as known then: there is no decision
  std::optional<signin::Standing> standing;
  std::vector<accounts::Account> accounts;
  std::string title;
  std::optional<OpenedBy> opened_by;  ///< of an account that a login of ours opens
};

Result<Explained> explained_account(std::shared_ptr<const signin::View> view, const std::string& name) {
  Explained out;
  out.view = std::move(view);
  const auto account = TRY(find_account(out.view->accounts(), name));
  out.policy = *out.view->policy_of(account);
  out.accounts = {account};
  out.title = account.user_name + " @ " + out.view->accounts().system(account.system)->name;
  if (const auto* login = out.view->logins().find(account.login)) {
    out.standing = out.view->standing_of(*login);
    out.opened_by = OpenedBy{login->user_name, login->state};
  }
  return out;
}

Result<Explained> explained_login(std::shared_ptr<const signin::View> view, const std::string& name) {
  Explained out;
  out.view = std::move(view);
  const auto login = TRY(find_login(out.view->logins(), name));
  out.standing = out.view->standing_of(login);
  for (const auto& facts : out.standing->account_facts) out.policy = policy::join(out.policy, *facts.policy);
  out.accounts = out.standing->accounts;
  out.title = login.user_name;
  return out;
}

std::string clause_list(const signin::View& view, const policy::ClauseSet& clauses) {
  std::string out;
  for (const auto clause : clauses) out += (out.empty() ? "" : ", ") + view.set().clauses()[clause].name;
  return out;
}

/// How far the control holds in each system in which it binds one of the accounts, the firmest first; by account where
/// those of one system differ.
std::map<policy::Hold, std::set<std::string>, std::greater<>> holds_of(const Explained& what, Kind kind) {
  const auto& known = what.view->accounts();
  std::vector<const accounts::Account*> bound;
  std::map<SystemId, std::set<policy::Hold>> in_system;
  for (const auto& account : what.accounts)
    if (what.view->policy_of(account)->must.of(kind).asked()) {
      bound.push_back(&account);
      in_system[account.system].insert(known.holds(kind, account).hold);
    }
  std::map<policy::Hold, std::set<std::string>, std::greater<>> out;
  for (const auto* account : bound)
    out[known.holds(kind, *account).hold].insert(
        in_system[account->system].size() > 1 ? name_of(known, *account) : known.system(account->system)->code);
  return out;
}

/// `được thực thi`; by system where they differ; advice is enforced nowhere.
std::string hold_words(const Explained& what, Kind kind, Language language) {
  const auto holds = holds_of(what, kind);
  if (holds.empty()) return Text{"chỉ khuyến nghị", "advice only"}.in(language);
  if (holds.size() == 1) return policy::name_of(holds.begin()->first).in(language);
  std::string out;
  for (const auto& [hold, systems] : holds)
    out +=
        fmt::format("{}{}: {}", out.empty() ? "" : "; ", policy::name_of(hold).in(language), fmt::join(systems, ", "));
  return out;
}

std::string json_holds(const Explained& what, Kind kind) {
  std::string out;
  for (const auto& [hold, systems] : holds_of(what, kind))
    for (const auto& system : systems)
      out += fmt::format("{}{}:{}", out.empty() ? "" : ",", json_text(system), json_text(policy::code_of(hold)));
  return "{" + out + "}";
}

void print_kind(Context& context, const Explained& what, const policy::KindSpec& spec) {
  const auto& must = what.policy.must.of(spec.kind);
  const auto& advised = what.policy.advised.of(spec.kind);
  if (!advised.asked()) return;
  const Language language = context.language;
  context.say(fmt::format("{:<30} [{}] {}", spec.code, hold_words(what, spec.kind, language),
                          language == Language::Vietnamese ? spec.vi : spec.en));
  const auto print_side = [&](const policy::KindPolicy& side, const std::string& word) {
    context.say(fmt::format("    {:<10} {}", word, clause_list(*what.view, side.clauses)));
    for (std::size_t i = 0; i < spec.parameters.size(); ++i)
      for (const auto& value : side.values[i])
        context.say(fmt::format("      {}: {}  ({})", policy::words_of(spec.parameters[i].name).in(language),
                                policy::describe(spec.parameters[i], value.atom).in(language),
                                clause_list(*what.view, value.clauses)));
  };
  if (must.asked()) print_side(must, context.in(policy::name_of(policy::Force::Must)));
  if (advised != must) print_side(advised, context.in(policy::name_of(policy::Force::Should)));
}

/// Exceptions that hold for any of the accounts, each once, the first to end first.
std::vector<const policy::Exception*> exceptions_of(const Explained& what) {
  std::vector<const policy::Exception*> out;
  for (const auto& account : what.accounts)
    for (const auto* exception : accounts::exceptions_for(account, what.view->accounts(), what.view->at()))
      if (std::ranges::find(out, exception) == out.end()) out.push_back(exception);
  std::ranges::sort(out, {},
                    [](const auto* one) { return std::tuple(one->until, one->from, clauses_of(*one), one->id); });
  return out;
}

void print_exceptions(Context& context, const Explained& what) {
  for (const auto* exception : exceptions_of(what)) {
    std::string whose;  // where not all that is explained is excepted
    if (what.accounts.size() > 1 && exception->subject.starts_with("account/"))
      whose = fmt::format(" ({})", name_of_subject(what.view->accounts(), what.view->logins(), what.view->directory(),
                                                   exception->subject));
    context.say(context.in(
        Text::format("Được miễn: {0}{1} đến {2} (lý do: {3}; chịu trách nhiệm: {4}; biện pháp bù đắp: {5})",
                     "Waived: {0}{1} until {2} (reason: {3}; answers for it: {4}; compensating measure: {5})",
                     clauses_of(*exception), whose, dmy_time(exception->until), exception->reason,
                     name_of(what.view->directory(), exception->owner), exception->compensating_measure)));
  }
}

void print_decision(Context& context, const signin::Standing& standing) {
  const auto& decision = standing.decision;
  if (decision.verdict == policy::Verdict::Allowed)
    context.say(context.in({"Quyết định: được vào.", "Decision: allowed."}));
  if (decision.verdict == policy::Verdict::Refused) {
    const auto words = signin::refusal_words(standing);
    context.say(context.in({"Quyết định: từ chối. ", "Decision: refused. "}) + words.reason.in(context.language));
    for (const auto& clause : words.clauses)
      context.say("    " + clause.id + "  " + clause.letter.in(context.language) + ": " +
                  clause.words.in(context.language));
    context.say(words.action.in(context.language));
  }
  for (const auto& step : decision.steps) {
    std::string line = signin::short_words(step.kind).in(context.language);
    if (step.reason) line += " (" + signin::short_words(*step.reason).in(context.language) + ")";
    if (step.due) line += context.in({", chậm nhất ", ", by "}) + dmy_time(*step.due);
    std::string ids;
    for (const auto& id : standing.clause_ids(step.clauses)) ids += (ids.empty() ? "" : ", ") + id;
    context.say(context.in({"Còn phải làm: ", "Owed: "}) + line + (ids.empty() ? "" : "  [" + ids + "]"));
  }
  for (const auto& notice : decision.notices) context.say(signin::notice_words(standing, notice).in(context.language));
}

std::string json_ids(const signin::View& view, const policy::ClauseSet& clauses) {
  std::string out = "[";
  for (const auto clause : clauses) out += (out.size() > 1 ? "," : "") + json_text(view.set().clauses()[clause].name);
  return out + "]";
}

/// One value as a directive writes it: `8`, `true`, `"P45D"`, `"upper"`.
std::string json_value(const policy::RawValue& raw) {
  if (const auto* number = std::get_if<std::int64_t>(&raw)) return std::to_string(*number);
  if (const auto* flag = std::get_if<bool>(&raw)) return *flag ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&raw)) return json_text(*text);
  return json_text(std::get<std::vector<std::string>>(raw).front());
}

std::string json_side(const signin::View& view, const policy::KindSpec& spec, const policy::KindPolicy& side) {
  std::string values;
  for (std::size_t i = 0; i < spec.parameters.size(); ++i) {
    std::string list;
    for (const auto& value : side.values[i])
      list += fmt::format(R"({}{{"value":{},"clauses":{}}})", list.empty() ? "" : ",",
                          json_value(policy::raw_of(spec.parameters[i], {value.atom})), json_ids(view, value.clauses));
    if (!list.empty())
      values += fmt::format("{}{}:[{}]", values.empty() ? "" : ",", json_text(spec.parameters[i].name), list);
  }
  return fmt::format(R"({{"clauses":{},"params":{{{}}}}})", json_ids(view, side.clauses), values);
}

std::string to_json(const Explained& what) {
  std::string kinds;
  for (const auto& spec : policy::catalogue()) {
    const auto& advised = what.policy.advised.of(spec.kind);
    if (!advised.asked()) continue;
    const auto& must = what.policy.must.of(spec.kind);
    kinds +=
        fmt::format(R"({}{{"kind":{},"holds":{},"must":{},"advised":{}}})", kinds.empty() ? "" : ",",
                    json_text(spec.code), json_holds(what, spec.kind),
                    must.asked() ? json_side(*what.view, spec, must) : "null", json_side(*what.view, spec, advised));
  }
  std::string decision = "null";
  if (what.standing) {
    const auto& decided = what.standing->decision;
    static constexpr std::array<std::string_view, 3> kVerdicts{"refused", "steps_owed", "allowed"};
    std::string steps;
    for (const auto& step : decided.steps)
      steps += fmt::format(R"({}{{"step":{},"reason":{},"due":{},"clauses":{}}})", steps.empty() ? "" : ",",
                           json_text(signin::code_of(step.kind)),
                           step.reason ? json_text(signin::code_of(*step.reason)) : "null",
                           step.due ? json_text(iso(*step.due)) : "null", json_ids(*what.view, step.clauses));
    const bool refused = decided.verdict == policy::Verdict::Refused;
    decision = fmt::format(R"({{"verdict":{},"refusal":{},"clauses":{},"steps":[{}]}})",
                           json_text(kVerdicts[static_cast<std::size_t>(decided.verdict)]),
                           refused ? json_text(signin::code_of(decided.refusal.reason)) : "null",
                           json_ids(*what.view, decided.refusal.clauses), steps);
  }
  std::string exceptions;
  for (const auto* exception : exceptions_of(what))
    exceptions += (exceptions.empty() ? "" : ",") + json_of(*exception, what.view->at());
  const std::string opened_by = what.opened_by
                                    ? fmt::format(R"({{"login":{},"state":{}}})", json_text(what.opened_by->user_name),
                                                  json_text(accounts::code_of(what.opened_by->state)))
                                    : "null";
  return fmt::format(
      R"({{"subject":{},"at":{},"known_at":{},"opened_by":{},"controls":[{}],"exceptions":[{}],"decision":{}}})",
      json_text(what.title), json_text(iso(what.view->at())), what.known_at ? json_text(iso(*what.known_at)) : "null",
      opened_by, kinds, exceptions, decision);
}

/// The view that the options ask for; what was known at a time is asked about that time unless they say another.
Result<Explained> explained(Context& context, Installation& opened, const ExplainOptions& options) {
  const Instant now = context.clock.now();
  const auto known_at = options.known_at;
  if (known_at && *known_at > now)
    return Failure(Error::invalid({"Chưa ai biết điều sẽ được ghi nhận sau này: --known-at phải ở quá khứ.",
                                   "Nobody knows what will be on record: --known-at lies in the past."}));
  const Instant at = options.at.value_or(known_at.value_or(now));
  auto view = known_at ? TRY(opened.standings().view_as_known(at, *known_at)) : opened.standings().view(at);
  auto out = options.login.empty() ? TRY(explained_account(std::move(view), options.account))
                                   : TRY(explained_login(std::move(view), options.login));
  out.known_at = known_at;
  // Accounts, logins and passwords have only their present values: what they decide is not what was decided.
  out.of_the_past = known_at.has_value() || date_of(at) < date_of(now);
  if (out.of_the_past) {
    out.standing.reset();
    out.opened_by.reset();
  }
  return out;
}

void print_known_at(Context& context, Instant known_at) {
  context.say(context.in(Text::format(
      "Theo những gì đã ghi nhận đến {0} (chỉ đạo, đơn vị, vị trí công tác, nhóm, ngoại lệ, mức thực hiện); không phải "
      "hiểu biết hiện nay.",
      "By what was on record at {0} (directives, units, postings, groups, exceptions, holds); not by what is known "
      "now.",
      dmy_time(known_at))));
}

void explain(Context& context, const ExplainOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Explained what = KHIEN_OR_FAIL(context, explained(context, *opened, options));
  if (options.as_json) return context.say(to_json(what));
  context.say(what.title + context.in({"  vào lúc ", "  at "}) + dmy_time(what.view->at()));
  if (what.known_at) print_known_at(context, *what.known_at);
  if (what.opened_by && what.opened_by->state == policy::LifecycleState::Closed)
    context.say(context.in(Text::format(
        "Tên đăng nhập «{0}» của tài khoản này đã đóng: không ai vào được. Hãy gắn tên khác (khien import accounts, "
        "cột "
        "Tên đăng nhập) hoặc đóng tài khoản.",
        "The login \"{0}\" of this account is closed: nobody can enter it. Bind another (khien import accounts, column "
        "of logins), or close the account.",
        what.opened_by->user_name)));
  for (const auto& spec : policy::catalogue()) print_kind(context, what, spec);
  for (const auto& cutoff : what.policy.cutoffs)
    context.say(fmt::format("{} {}: {} {} ({})", context.in({"Mốc dừng truy cập", "Cutoff"}), dmy(cutoff.date),
                            context.in({"mật khẩu", "a password of"}),
                            signin::composition_words(cutoff.min_length, cutoff.classes).in(context.language),
                            clause_list(*what.view, cutoff.clauses)));
  print_exceptions(context, what);
  if (what.standing) print_decision(context, *what.standing);
  if (what.of_the_past)
    context.say(context.in(
        {"Không tính quyết định: tài khoản, tên đăng nhập và mật khẩu chỉ có giá trị hiện nay. Quyết định lúc đó nằm "
         "trong nhật ký: khien audit show.",
         "No decision is computed: accounts, logins and passwords have only their present values. What was decided "
         "then is in the log: khien audit show."}));
}

}  // namespace

void add_explain(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "explain", "Chính sách của một tài khoản hoặc tên đăng nhập / the policy of an account or login");
  auto options = std::make_shared<ExplainOptions>();
  auto* whom = command->add_option_group("đối tượng / subject");
  whom->add_option("--account", options->account, "TÊN@HỆ-THỐNG / USER@SYSTEM");
  whom->add_option("--login", options->login, "Tên đăng nhập / user name");
  whom->require_option(1);
  add_date(command, context, "--at", options->at, "Vào ngày / at that date");
  add_date(command, context, "--known-at", options->known_at,
           "Theo những gì đã ghi nhận lúc đó / by what was on record then");
  command->add_flag("--json", options->as_json, "In JSON / print JSON");
  command->callback([&context, options] { explain(context, *options); });
}

}  // namespace khien::cli
