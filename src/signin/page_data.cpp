#include "signin/page_data.h"

#include <algorithm>
#include <set>

#include "base/english_date.h"

namespace khien::signin {
namespace {

using http::Data;
using policy::StepKind;

Data::List clause_list(const std::vector<ClauseWords>& clauses, Language language) {
  Data::List out;
  for (const auto& clause : clauses)
    out.push_back(
        Data::Map{{"id", clause.id}, {"letter", clause.letter.in(language)}, {"words", clause.words.in(language)}});
  return out;
}

/// The ids of those clauses of the directive that ask or advise anything of an account that the login opens.
std::set<std::string> binding_clauses(const Standing& standing, std::size_t directive) {
  std::set<std::string> out;
  for (const auto& account : standing.account_facts)
    for (const policy::KindSpec& spec : policy::catalogue())
      for (const policy::ClauseIndex clause : account.policy->advised.of(spec.kind).clauses)
        if (const auto& known = standing.set->clauses()[clause]; known.directive == directive) out.insert(known.id);
  return out;
}

Data::Map directive_step(const Standing& standing, const policy::Step& step, Instant now, Language language) {
  const policy::Directive& directive = standing.set->directives()[*step.directive];
  const auto binding = binding_clauses(standing, *step.directive);
  Data::List lines;
  for (const auto& clause : directive.clauses) {
    const bool others = clause.scope && !clause.controls.empty() && !binding.contains(clause.id);
    lines.push_back(Data::Map{{"id", clause.id}, {"words", clause.words.in(language)}, {"others", others}});
  }
  const bool due_now = is_due(step, now);
  return {{"id", directive.id.text()},
          {"label", policy::label_of(directive).in(language)},
          {"subject", directive.subject},
          {"lines", std::move(lines)},
          {"open", due_now},
          {"due_now", due_now},
          {"due", due_now ? std::string() : last_free_day(*step.due).in(language)}};
}

/// What must be changed now first, then the sooner; `due` is the last free day if the change can wait.
Data::List change_reasons(const Standing& standing, std::vector<const policy::Step*> changes, Language language) {
  const bool can_wait = !standing.decision.must_change_password();
  std::ranges::stable_sort(changes, {}, [](const policy::Step* step) { return step->due; });
  Data::List out;
  for (const policy::Step* step : changes) {
    Data::Map reason{{"text", reason_words(*step->reason, step->due).in(language)},
                     {"due", can_wait ? last_free_day(*step->due).in(language) : std::string()}};
    put_clauses(reason, words_of(standing, step->clauses), language);
    out.push_back(std::move(reason));
  }
  return out;
}

}  // namespace

Data::List texts(const std::vector<Text>& all, Language language) {
  Data::List out;
  for (const auto& text : all) out.push_back(Data::Map{{"text", text.in(language)}});
  return out;
}

void put_clauses(Data::Map& data, const std::vector<ClauseWords>& clauses, Language language) {
  data["has_clauses"] = !clauses.empty();
  data["clauses"] = clause_list(clauses, language);
}

void put_notices(Data::Map& data, const std::vector<policy::Notice>& notices, const Standing& standing,
                 Language language) {
  Data::List list;
  for (const auto& notice : notices) {
    Data::Map one{{"text", notice_words(notice).in(language)}};
    put_clauses(one, words_of(standing, notice.clauses), language);
    list.push_back(std::move(one));
  }
  data["has_notices"] = !notices.empty();
  data["notices"] = std::move(list);
}

void put_problems(Data::Map& data, const std::vector<Text>& problems, Language language) {
  Data::List list;
  for (const auto& problem : problems)
    list.push_back(Data::Map{{"text", problem.in(language)}, {"clauses", Data::List{}}});
  data["has_problems"] = !problems.empty();
  data["problems"] = std::move(list);
}

void put_problems(Data::Map& data, const Standing& standing, const std::vector<credentials::PasswordProblem>& problems,
                  Language language) {
  Data::List list;
  for (const auto& problem : problems)
    list.push_back(Data::Map{{"text", problem.text.in(language)},
                             {"own_rule", problem.source == credentials::PasswordProblem::Source::Khien},
                             {"clauses", clause_list(words_of(standing, problem.clauses), language)}});
  data["has_problems"] = !problems.empty();
  data["problems"] = std::move(list);
}

Data::Map steps_data(const Standing& standing, const Identity& identity, Instant now, Language language) {
  std::vector<const policy::Step*> changes;
  Data::List reading;
  Data::List signing;
  bool monitoring = false;
  bool can_wait = true;
  for (const policy::Step& step : standing.decision.steps) {
    can_wait = can_wait && !is_due(step, now);
    switch (step.kind) {
      case StepKind::ChangePassword: {
        changes.push_back(&step);
        break;
      }
      case StepKind::ReadDirective:
        reading.push_back(directive_step(standing, step, now, language));
        break;
      case StepKind::SignStatement:
        signing.push_back(directive_step(standing, step, now, language));
        break;
      case StepKind::KnowMonitoring:
        monitoring = true;
        break;
    }
  }
  const bool change = !changes.empty();
  Data::Map data{{"user_name", identity.user_name},
                 {"full_name", identity.full_name},
                 {"change", change},
                 {"must_change", standing.decision.must_change_password()},
                 {"reasons", change_reasons(standing, std::move(changes), language)},
                 {"rules", texts(rule_words(policy::password_rule(standing.account_facts)), language)},
                 {"has_reading", !reading.empty()},
                 {"reading", std::move(reading)},
                 {"has_signing", !signing.empty()},
                 {"signing", std::move(signing)},
                 {"monitoring", monitoring},
                 {"can_wait", can_wait}};
  // Whoever is asked to change here is told by when beside it, and has nothing to expire once that is done.
  put_notices(data, change ? std::vector<policy::Notice>{} : standing.decision.notices, standing, language);
  return data;
}

Data::Map home_data(const View& view, const Standing& standing, const Identity& identity, Language language) {
  Data::List accounts;
  for (const auto& account : standing.accounts) {
    const auto* system = view.accounts().system(account.system);
    accounts.push_back(Data::Map{{"system", system == nullptr ? std::string("?") : system->name},
                                 {"name", account.user_name},
                                 {"kind", policy::name_of(account.kind).in(language)},
                                 {"state", accounts::name_of(account.wanted).in(language)}});
  }
  const auto& password = standing.login.password;
  Text line = password.changed_at ? Text{"Đổi lần cuối " + dmy_time(*password.changed_at) + ".",
                                         "Last changed at " + english_time(*password.changed_at) + "."}
                                  : Text{"Không rõ lần đổi cuối.", "It is not known when it was changed."};
  if (standing.decision.rotation) {
    const Text next = notice_words(standing, *standing.decision.rotation);
    line.vi += " " + next.vi;
    line.en += " " + next.en;
  }
  Data::Map data{{"user_name", identity.user_name},   {"full_name", identity.full_name},
                 {"position", identity.position},     {"unit_name", identity.unit_name},
                 {"has_accounts", !accounts.empty()}, {"accounts", std::move(accounts)},
                 {"password_line", line.in(language)}};
  put_notices(data, standing.decision.notices, standing, language);
  return data;
}

Text marked_name_words() {
  return {"Tên đăng nhập không có dấu. Bộ gõ tiếng Việt (Telex, VNI) có thể đang bật: hãy tắt bộ gõ và gõ lại.",
          "A user name has no letters with marks. A Vietnamese input method (Telex, VNI) may be on: switch it off and "
          "type the name again."};
}

Text marked_password_words() {
  return {"Mật khẩu vừa gõ có chữ có dấu: bộ gõ Telex hoặc VNI có thể đang bật. Hãy tắt bộ gõ và gõ lại.",
          "The password that was typed has letters with marks: Telex or VNI may be on. Switch it off and type again."};
}

Text too_many_sessions_words(bool changed) {
  Text out{"Tên đăng nhập này đã đăng nhập quá nhiều lần trong một phút. Chờ một phút rồi đăng nhập lại.",
           "This user name was signed in too often within a minute. Wait a minute, then sign in again."};
  if (changed) out = {"Mật khẩu mới đã được lưu. " + out.vi, "The new password is saved. " + out.en};
  return out;
}

Text wait_words(Instant until) {
  const Instant minute = until + std::chrono::seconds(59);
  return {"Đã thử sai nhiều lần. Thử lại sau " + dmy_time(minute) + ".",
          "Too many wrong tries. Try again after " + english_time(minute) + "."};
}

}  // namespace khien::signin
