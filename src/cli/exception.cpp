// khien exception add|list|end: recorded, owned, expiring waivers of named clauses for one subject.
#include "cli/exception.h"
#include "base/characters.h"

#include <tuple>

#include "accounts/exception_rules.h"
#include "app/acts.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/find.h"

namespace khien::cli {

std::string clauses_of(const policy::Exception& exception) {
  std::string out;
  for (const auto& [directive, clause] : exception.clauses) out += (out.empty() ? "" : ", ") + clause;
  return out;
}

std::string json_of(const policy::Exception& exception, Instant now) {
  std::string clauses;
  for (const auto& [directive, clause] : exception.clauses)
    clauses += fmt::format(R"({}{{"directive":{},"clause":{}}})", clauses.empty() ? "" : ",",
                           json_text(directive.text()), json_text(clause));
  return fmt::format(
      R"({{"id":{},"subject":{},"clauses":[{}],"owner":{},"reason":{},"compensating_measure":{},"from":{},"until":{},"in_force":{}}})",
      json_text(exception.id.text()), json_text(exception.subject), clauses, json_text(exception.owner.text()),
      json_text(exception.reason), json_text(exception.compensating_measure), json_text(iso(exception.from)),
      json_text(iso(exception.until)), exception.in_force(now));
}

namespace {

using app::Installation;

struct ExceptionOptions {
  std::string account, login, person;
  std::vector<std::string> waived;
  std::string owner;
  std::string reason;
  std::string measure;
  std::optional<Instant> from, until;
  std::string basis;
};

/// `account/ID`, `login/ID` or `person/ID` of whom the options name.
Result<std::string> subject_of(Installation& opened, const ExceptionOptions& options) {
  if (!options.account.empty())
    return accounts::subject_of(TRY(find_account(*opened.accounts().snapshot(), options.account)).id);
  if (!options.login.empty())
    return "login/" + TRY(find_login(*opened.credentials().snapshot(), options.login)).id.text();
  return "person/" + TRY(find_person(*opened.people().snapshot(), options.person)).text();
}

std::string subject_in_words(Installation& opened, const std::string& subject) {
  return name_of_subject(*opened.accounts().snapshot(), *opened.credentials().snapshot(), *opened.people().snapshot(),
                         subject);
}

/// The first instant at which the exception holds and all directives of which it waives something are in force.
Instant in_full(const policy::Exception& exception, const directives::Register& adopted, Instant now) {
  Instant at = std::max(exception.from, now);
  for (const auto& [id, clause] : exception.clauses)
    if (const auto* directive = adopted.directive(id)) at = std::max(at, directive->from);
  return at;
}

/// Says which other clauses, or other accounts of the same login, still bring what is waived.
void tell_still_asked(Context& context, Installation& opened, const policy::Exception& exception) {
  const Instant at = in_full(exception, *opened.directives().snapshot(), context.clock.now());
  if (at >= exception.until) return;  // it ends before the directive begins
  const auto view = opened.standings().view(at);
  std::vector<Text> lines;
  const auto add_lines = [&](const policy::EffectivePolicy& policy, const Text& where, bool only_of_logins) {
    for (const auto& [kind, clauses] : accounts::still_asked(exception.clauses, view->set(), policy)) {
      const auto& spec = policy::spec_of(kind);
      if (only_of_logins && spec.gate != policy::Gate::SignIn && spec.gate != policy::Gate::PasswordChange) continue;
      std::string names;
      for (const auto clause : clauses) names += (names.empty() ? "" : ", ") + view->set().clauses()[clause].name;
      lines.push_back({fmt::format("{}{}: {} ({})", names, where.vi, spec.vi, spec.code),
                       fmt::format("{}{}: {} ({})", names, where.en, spec.en, spec.code)});
    }
  };
  const auto whom = accounts::excepted_accounts(exception.subject, view->accounts());
  policy::EffectivePolicy own;
  for (const auto& account : whom.waived) own = policy::join(own, *view->policy_of(account));
  add_lines(own, {}, false);
  for (const auto& account : whom.elsewhere)
    add_lines(*view->policy_of(account),
              Text::format(" với {0}, cũng mở bằng tên đăng nhập đó", " over {0}, which the same login opens",
                           name_of(view->accounts(), account)),
              true);
  if (lines.empty()) return;
  context.note({"nội dung khác vẫn yêu cầu điều được miễn; muốn miễn cả thì nêu thêm trong --waive:",
                "other clauses still ask for what is waived; name them in --waive too if they shall be:"});
  for (const auto& line : lines) context.remark({"    " + line.vi, "    " + line.en});
}

void add(Context& context, const ExceptionOptions& options) {
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  const Instant now = context.clock.now();
  const auto adopted = opened->directives().snapshot();
  policy::Exception wanted;
  wanted.from = options.from.value_or(now);
  wanted.until = options.until.value_or(now);
  wanted.subject = KHIEN_OR_FAIL(context, subject_of(*opened, options));
  wanted.clauses = KHIEN_OR_FAIL(context, accounts::find_clauses(options.waived, *adopted, wanted.from));
  wanted.owner = KHIEN_OR_FAIL(context, find_person(*opened->people().snapshot(), options.owner));
  wanted.reason = options.reason;
  wanted.compensating_measure = options.measure;
  app::MakeException act;
  act.wanted = wanted;
  act.at_once = !options.from;
  context.perform(*opened, act, options.basis);
  if (context.status == 0) tell_still_asked(context, *opened, wanted);
}

Text state_of(const policy::Exception& exception, Instant now) {
  if (now < exception.from) return {"chưa bắt đầu", "to come"};
  if (exception.in_force(now)) return {"đang áp dụng", "in force"};
  return {"đã hết hạn", "ended"};
}

void print(Context& context, Installation& opened, const policy::Exception& exception) {
  const Instant now = context.clock.now();
  context.say(fmt::format("{}  {}  {} – {}  {}", exception.id.text(), context.in(state_of(exception, now)),
                          dmy_time(exception.from), dmy_time(exception.until),
                          subject_in_words(opened, exception.subject)));
  const auto line = [&](const Text& what, const std::string& value) {
    context.say("    " + context.in(what) + ": " + value);
  };
  line({"miễn", "waived"}, clauses_of(exception));
  line({"chịu trách nhiệm", "owner"}, name_of(*opened.people().snapshot(), exception.owner));
  line({"lý do", "reason"}, exception.reason);
  line({"biện pháp bù đắp", "compensating measure"}, exception.compensating_measure);
}

void list(Context& context, bool ended_too, bool as_json) {
  const auto opened = context.open(Installation::Mode::Read);
  if (!opened) return;
  const Instant now = context.clock.now();
  std::vector<policy::Exception> all;
  opened->accounts().snapshot()->exceptions().for_each([&](const ExceptionId&, const policy::Exception& exception) {
    if (ended_too || now < exception.until) all.push_back(exception);
  });
  std::ranges::sort(all, {},
                    [](const auto& exception) { return std::tuple(exception.until, exception.from, exception.id); });
  for (const auto& exception : all) as_json ? context.say(json_of(exception, now)) : print(context, *opened, exception);
}

struct EndOptions {
  std::string id;
  std::optional<Instant> at;
  std::string basis;
};

void end(Context& context, const EndOptions& options) {
  const ExceptionId id = *ExceptionId::parse(options.id);  // as the option takes it
  const auto opened = context.open(Installation::Mode::Change);
  if (!opened) return;
  // Without a date: at once. The service's own clock is a little later by then.
  const Instant at = options.at.value_or(context.clock.now() + std::chrono::seconds(1));
  const auto by =
      KHIEN_OR_FAIL(context, context.may(*opened, people::Act::EndException, people::About::whole(), options.basis));
  KHIEN_OR_FAIL(context, opened->accounts().end_exception(by, id, at));
  context.say(context.in(Text::format("Ngoại lệ kết thúc lúc {0}.", "The exception ends at {0}.", dmy_time(at))));
}

}  // namespace

void add_exception(CLI::App& app, Context& context) {
  auto* exception = app.add_subcommand("exception", "Ngoại lệ / exceptions");
  exception->require_subcommand(1);

  auto* adding = exception->add_subcommand(
      "add", "Miễn một số nội dung cho một đối tượng, có thời hạn / waive clauses for somebody, for a time");
  auto options = std::make_shared<ExceptionOptions>();
  auto* whom = adding->add_option_group("đối tượng / subject");
  whom->add_option("--account", options->account, "TÊN@HỆ-THỐNG / USER@SYSTEM");
  whom->add_option("--login", options->login, "Tên đăng nhập / user name");
  whom->add_option("--person", options->person, "Mã cán bộ hoặc thư công vụ / staff code or work mail");
  whom->require_option(1);
  adding->add_option("--waive", options->waived, "Nội dung được miễn, như LA-13 / clauses waived")->required();
  adding->add_option("--owner", options->owner, "Người chịu trách nhiệm: mã cán bộ, thư công vụ / who answers for it")
      ->required();
  adding->add_option("--reason", options->reason, "Lý do / reason")->required();
  adding->add_option("--measure", options->measure, "Biện pháp bù đắp / compensating measure")->required();
  add_date(adding, context, "--until", options->until, "Hết hiệu lực từ ngày / it ends on")->required();
  add_date(adding, context, "--from", options->from, "Từ ngày (hôm nay) / from that date (today)");
  adding->add_option("--basis", options->basis, "Căn cứ: số văn bản / the paper it rests on");
  adding->callback([&context, options] { add(context, *options); });

  auto* listing = exception->add_subcommand("list", "Liệt kê / list");
  auto flags = std::make_shared<std::pair<bool, bool>>();
  listing->add_flag("--all", flags->first, "Cả ngoại lệ đã hết hạn / ended ones too");
  listing->add_flag("--json", flags->second, "In JSON / print JSON");
  listing->callback([&context, flags] { list(context, flags->first, flags->second); });

  auto* ending = exception->add_subcommand("end", "Kết thúc sớm / end one earlier");
  auto ended = std::make_shared<EndOptions>();
  ending->add_option("ID", ended->id, "Mã ngoại lệ / id of the exception")
      ->required()
      ->check(id_of(context, {"xem «khien exception list»", "see \"khien exception list\""}));
  add_date(ending, context, "--at", ended->at, "Từ ngày (ngay bây giờ) / from that date (now)");
  ending->add_option("--basis", ended->basis, "Căn cứ: số văn bản / the paper it rests on");
  ending->callback([&context, ended] { end(context, *ended); });
}

}  // namespace khien::cli
