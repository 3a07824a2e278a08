// khien simulate: whom a date will shut out, who must change, and why. Changes nothing.
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/vietnamese.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "people/rules.h"
#include "signin/words.h"

namespace khien::cli {
namespace {

using app::Installation;

struct SimulateOptions {
  std::optional<Instant> at;
  bool as_json = false;
  std::size_t most = 50;
};

struct Affected {
  std::string user_name;
  std::string full_name;
  std::string unit;
  std::vector<std::string> reasons;  ///< codes, as in JSON
  Text reason;                       ///< in a few words
  std::vector<std::string> clauses;
  std::string sort_key;
};

struct Simulation {
  std::vector<Affected> shut_out;
  std::vector<Affected> must_change;
  std::size_t logins = 0;
  std::size_t allowed = 0;
  std::map<policy::RefusalReason, std::size_t> refused_otherwise;  ///< not by a date: they cannot sign in today either
  std::vector<std::string> orphaned;  ///< `USER@SYSTEM`: open accounts whose login is closed
};

Affected affected(const signin::View& view, const signin::Standing& standing, const policy::ClauseSet& clauses) {
  Affected out;
  out.user_name = standing.login.user_name;
  if (const auto* record = view.directory().person(standing.login.holder)) out.full_name = record->person.name;
  if (const auto posting = people::main_posting(view.directory(), standing.login.holder, view.at()))
    if (const auto* version = people::UnitTree(view.directory(), view.at()).last_version(posting->unit))
      out.unit = version->name;
  out.clauses = standing.clause_ids(clauses);
  out.sort_key = out.unit + '\0' + name_sort_key(out.full_name);
  return out;
}

std::vector<std::string> orphaned(const signin::View& view) {
  std::vector<std::string> out;
  view.accounts().each_account([&](const accounts::Account& account) {
    if (account.wanted == policy::LifecycleState::Closed || account.login.is_nil()) return;
    const auto* login = view.logins().find(account.login);
    if (login != nullptr && login->state == policy::LifecycleState::Closed)
      out.push_back(account.user_name + "@" + view.accounts().system(account.system)->code);
  });
  std::ranges::sort(out);
  return out;
}

Simulation simulate(const signin::View& view) {
  Simulation out;
  view.logins().all().for_each([&](const LoginId&, const credentials::Login& login) {
    const auto standing = view.standing_of(login);
    ++out.logins;
    const auto& decision = standing.decision;
    if (decision.verdict == policy::Verdict::Refused) {
      if (decision.refusal.reason != policy::RefusalReason::Cutoff) {
        ++out.refused_otherwise[decision.refusal.reason];
        return;
      }
      auto& one = out.shut_out.emplace_back(affected(view, standing, decision.refusal.clauses));
      one.reasons = {std::string(signin::code_of(decision.refusal.reason))};
      one.reason = signin::short_words(decision.refusal.reason);
      return;
    }
    if (!decision.must_change_password()) {
      ++out.allowed;
      return;
    }
    std::vector<std::string> reasons;
    Text words;
    policy::ClauseSet clauses;
    for (const auto& step : decision.steps) {
      if (step.kind != policy::StepKind::ChangePassword) continue;
      policy::unite(clauses, step.clauses);
      if (std::ranges::find(reasons, signin::code_of(*step.reason)) != reasons.end())
        continue;  // before each of two cutoffs
      const Text more = signin::short_words(*step.reason);
      words.vi += (reasons.empty() ? "" : ", ") + more.vi;
      words.en += (reasons.empty() ? "" : ", ") + more.en;
      reasons.emplace_back(signin::code_of(*step.reason));
    }
    auto& one = out.must_change.emplace_back(affected(view, standing, clauses));
    one.reasons = std::move(reasons);
    one.reason = std::move(words);
  });
  out.orphaned = orphaned(view);
  std::ranges::sort(out.shut_out, {}, &Affected::sort_key);
  std::ranges::sort(out.must_change, {}, &Affected::sort_key);
  return out;
}

std::string json_texts(const std::vector<std::string>& all) {
  std::string out = "[";
  for (const auto& one : all) out += (out.size() > 1 ? "," : "") + json_text(one);
  return out + "]";
}

std::string json_list(const std::vector<Affected>& all) {
  std::string out = "[";
  for (const auto& one : all)
    out += fmt::format(R"({}{{"login":{},"name":{},"unit":{},"reasons":{},"clauses":{}}})", out.size() > 1 ? "," : "",
                       json_text(one.user_name), json_text(one.full_name), json_text(one.unit), json_texts(one.reasons),
                       json_texts(one.clauses));
  return out + "]";
}

void print(Context& context, const std::string& heading, const std::vector<Affected>& all, std::size_t most) {
  context.say(fmt::format("\n{}: {}", heading, all.size()));
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
    context.say(fmt::format("  {:<20} {:<28} {:<40} {}{}", all[i].user_name, all[i].full_name, all[i].unit,
                            all[i].reason.in(context.language),
                            all[i].clauses.empty() ? "" : fmt::format(" [{}]", fmt::join(all[i].clauses, ", "))));
  if (all.size() > most)
    context.say(fmt::format("  … {} {}", all.size() - most,
                            context.in({"người nữa (--most N hoặc --json)", "more (--most N, or --json)"})));
}

std::string json_counts(const std::map<policy::RefusalReason, std::size_t>& counts) {
  std::string out = "{";
  for (const auto& [reason, count] : counts)
    out += fmt::format("{}{}:{}", out.size() > 1 ? "," : "", json_text(signin::code_of(reason)), count);
  return out + "}";
}

void print_refused_otherwise(Context& context, const std::map<policy::RefusalReason, std::size_t>& counts) {
  std::size_t total = 0;
  std::string by_reason;
  for (const auto& [reason, count] : counts) {
    total += count;
    by_reason +=
        fmt::format("{}{}: {}", by_reason.empty() ? " (" : ", ", context.in(signin::short_words(reason)), count);
  }
  context.say(fmt::format("\n{}: {}{}",
                          context.in({"Đang không vào được vì lý do khác", "Cannot sign in for other reasons"}), total,
                          by_reason.empty() ? "" : by_reason + ")"));
}

void run(Context& context, const SimulateOptions& options) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Instant at = options.at.value_or(context.clock.now());
  if (date_of(at) < date_of(context.clock.now()))
    return context.fail(Error::invalid(
        {"Ngày giả lập đã qua: tài khoản và mật khẩu chỉ có giá trị hiện nay. Chính sách của một ngày đã qua: khien "
         "explain --known-at; quyết định lúc đó: khien audit show.",
         "The date has passed: accounts and passwords have only their present values. The policy of a past date: khien "
         "explain --known-at; what was decided then: khien audit show."}));
  const auto view = opened->standings().view(at);
  const Simulation result = simulate(*view);
  if (options.as_json)
    return context.say(fmt::format(
        R"({{"at":{},"logins":{},"unaffected":{},"shut_out":{},"must_change":{},"refused_otherwise":{},"login_closed":{}}})",
        json_text(iso(at)), result.logins, result.allowed, json_list(result.shut_out), json_list(result.must_change),
        json_counts(result.refused_otherwise), json_texts(result.orphaned)));
  context.say(
      context.in(Text::format("Giả lập vào {0}: {1} tên đăng nhập; không thay đổi gì.",
                              "Simulated at {0}: {1} logins; nothing is changed.", dmy_time(at), result.logins)));
  print(context, context.in({"Bị dừng truy cập", "Shut out"}), result.shut_out, options.most);
  print(context, context.in({"Phải đổi mật khẩu khi đăng nhập", "Must change the password at sign-in"}),
        result.must_change, options.most);
  print_refused_otherwise(context, result.refused_otherwise);
  if (!result.orphaned.empty())
    context.say(
        fmt::format("{}: {} ({}{})",
                    context.in({"Tài khoản chưa đóng mà tên đăng nhập đã đóng, không ai vào được",
                                "Open accounts whose login is closed, so that nobody can enter"}),
                    result.orphaned.size(),
                    fmt::join(std::span(result.orphaned).first(std::min(options.most, result.orphaned.size())), ", "),
                    result.orphaned.size() > options.most ? ", …" : ""));
  context.say(fmt::format("{}: {}", context.in({"Không bị ảnh hưởng", "Unaffected"}), result.allowed));
}

}  // namespace

void add_simulate(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand(
      "simulate", "Ai bị dừng truy cập, ai phải đổi vào một ngày / whom a date shuts out, who must change");
  auto options = std::make_shared<SimulateOptions>();
  add_date(command, context, "--at", options->at, "Ngày / the date")->required();
  command->add_option("--most", options->most, "Số dòng in / lines printed")->check(whole_number(context));
  command->add_flag("--json", options->as_json, "In JSON / print JSON");
  command->callback([&context, options] { run(context, *options); });
}

}  // namespace khien::cli
