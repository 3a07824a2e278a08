// khien explain: the effective policy of an account or a login at any date, with the clauses behind every value.
#include <algorithm>

#include "cli/context.h"
#include "signin/words.h"

namespace khien::cli {
namespace {

using app::Installation;
using policy::Joined;
using policy::Kind;

struct ExplainOptions {
  std::string account;  ///< USER@SYSTEM
  std::string login;
  std::string at;
  bool as_json = false;
};

/// Whose policy is explained.
struct Explained {
  std::shared_ptr<const signin::View> view;
  policy::EffectivePolicy policy;
  std::optional<signin::Standing> standing;
  std::vector<accounts::Account> accounts;
  std::string title;
};

Error no_such(const std::string& what) {
  return Error::not_found(Text::format("Không tìm thấy «{0}».", "There is no \"{0}\".", what));
}

Result<Explained> explained_account(Installation& opened, const std::string& name, Instant at) {
  const auto split = name.rfind('@');
  if (split == std::string::npos)
    return Failure(Error::invalid(
        {"Tài khoản ghi dạng TÊN@HỆ-THỐNG, ví dụ annv@tthc.", "An account is USER@SYSTEM, such as annv@tthc."}));
  Explained out;
  out.view = opened.standings().view(at);
  const auto* system = out.view->accounts().system_coded(name.substr(split + 1));
  if (system == nullptr) return Failure(no_such(name.substr(split + 1)));
  const auto id = out.view->accounts().account_named(system->id, name.substr(0, split));
  if (!id) return Failure(no_such(name));
  const auto account = *out.view->accounts().account(*id);
  out.policy = *out.view->policy_of(account);
  out.accounts = {account};
  out.title = account.user_name + " @ " + system->name;
  if (const auto* login = out.view->logins().find(account.login)) out.standing = out.view->standing_of(*login);
  return out;
}

Result<Explained> explained_login(Installation& opened, const std::string& name, Instant at) {
  Explained out;
  out.view = opened.standings().view(at);
  const auto* login = out.view->logins().named(credentials::look_up_form(name));
  if (login == nullptr) return Failure(no_such(name));
  out.standing = out.view->standing_of(*login);
  for (const auto& facts : out.standing->account_facts) out.policy = policy::join(out.policy, *facts.policy);
  out.accounts = out.standing->accounts;
  out.title = login->user_name;
  return out;
}

std::string clause_list(const signin::View& view, const policy::ClauseSet& clauses) {
  std::string out;
  for (const auto clause : clauses) out += (out.empty() ? "" : ", ") + view.set().clauses()[clause].id;
  return out;
}

/// The weakest hold over the systems concerned: what can be claimed for all of them.
policy::Hold hold_over(const Explained& what, Kind kind) {
  policy::Hold weakest = policy::Hold::Enforced;
  for (const auto& account : what.accounts)
    weakest = std::min(weakest, what.view->accounts().holds(kind, account.system).hold);
  return what.accounts.empty() ? policy::Hold::Unknown : weakest;
}

void print_kind(Context& context, const Explained& what, const policy::KindSpec& spec) {
  const auto& must = what.policy.must.of(spec.kind);
  const auto& advised = what.policy.advised.of(spec.kind);
  if (!advised.asked()) return;
  const Language language = context.language;
  context.say(fmt::format("{:<30} [{}] {}", spec.code, policy::name_of(hold_over(what, spec.kind)).in(language),
                          language == Language::Vietnamese ? spec.vi : spec.en));
  const auto print_side = [&](const policy::KindPolicy& side, const std::string& word) {
    context.say(fmt::format("    {:<10} {}", word, clause_list(*what.view, side.clauses)));
    for (std::size_t i = 0; i < spec.parameters.size(); ++i)
      for (const auto& value : side.values[i])
        context.say(fmt::format("      {} = {}  ({})", spec.parameters[i].name,
                                policy::describe(spec.parameters[i], value.atom).in(language),
                                clause_list(*what.view, value.clauses)));
  };
  if (must.asked()) print_side(must, context.in({"bắt buộc", "must"}));
  if (advised != must) print_side(advised, context.in({"khuyến nghị", "advised"}));
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
    std::string line = std::string(signin::code_of(step.kind));
    if (step.reason) line += " (" + std::string(signin::code_of(*step.reason)) + ")";
    if (step.due) line += context.in({", chậm nhất ", ", by "}) + dmy_time(*step.due);
    std::string ids;
    for (const auto& id : standing.clause_ids(step.clauses)) ids += (ids.empty() ? "" : ", ") + id;
    context.say(context.in({"Còn phải làm: ", "Owed: "}) + line + "  [" + ids + "]");
  }
  for (const auto& notice : decision.notices) context.say(signin::notice_words(notice).in(context.language));
}

std::string json_ids(const signin::View& view, const policy::ClauseSet& clauses) {
  std::string out = "[";
  for (const auto clause : clauses) out += (out.size() > 1 ? "," : "") + json_text(view.set().clauses()[clause].id);
  return out + "]";
}

std::string json_side(const signin::View& view, const policy::KindSpec& spec, const policy::KindPolicy& side) {
  std::string values;
  for (std::size_t i = 0; i < spec.parameters.size(); ++i) {
    std::string list;
    for (const auto& value : side.values[i])
      list +=
          fmt::format(R"({}{{"value":{},"clauses":{}}})", list.empty() ? "" : ",",
                      json_text(policy::describe(spec.parameters[i], value.atom).en), json_ids(view, value.clauses));
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
        fmt::format(R"({}{{"kind":{},"hold":{},"must":{},"advised":{}}})", kinds.empty() ? "" : ",",
                    json_text(spec.code), json_text(policy::code_of(hold_over(what, spec.kind))),
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
  return fmt::format(R"({{"subject":{},"at":{},"controls":[{}],"decision":{}}})", json_text(what.title),
                     json_text(iso(what.view->at())), kinds, decision);
}

void explain(Context& context, const ExplainOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Instant at = KHIEN_OR_FAIL(context, instant_option(options.at, context.clock.now()));
  const Explained what = KHIEN_OR_FAIL(context, options.login.empty() ? explained_account(*opened, options.account, at)
                                                                      : explained_login(*opened, options.login, at));
  if (options.as_json) return context.say(to_json(what));
  context.say(what.title + context.in({"  vào lúc ", "  at "}) + dmy_time(at));
  for (const auto& spec : policy::catalogue()) print_kind(context, what, spec);
  for (const auto& cutoff : what.policy.cutoffs)
    context.say(fmt::format("{} {}: {} ≥ {} ({})", context.in({"Mốc dừng truy cập", "Cutoff"}), dmy(cutoff.date),
                            context.in({"mật khẩu theo quy tắc độ dài", "a password under a rule of length"}),
                            cutoff.min_length, clause_list(*what.view, cutoff.clauses)));
  if (what.standing) print_decision(context, *what.standing);
}

}  // namespace

void add_explain(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "explain", "Chính sách của một tài khoản hoặc tên đăng nhập / the policy of an account or login");
  auto options = std::make_shared<ExplainOptions>();
  auto* account = command->add_option("--account", options->account, "TÊN@HỆ-THỐNG / USER@SYSTEM");
  auto* login = command->add_option("--login", options->login, "Tên đăng nhập / user name");
  account->excludes(login);
  command->add_option("--at", options->at, "Vào ngày / at that date");
  command->add_flag("--json", options->as_json);
  command->require_option(1, 4);
  command->callback([&context, options] { explain(context, *options); });
}

}  // namespace khien::cli
