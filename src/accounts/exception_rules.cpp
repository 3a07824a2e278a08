#include "accounts/exception_rules.h"

#include <algorithm>
#include <map>

#include "accounts/account_rules.h"
#include "accounts/entries.h"
#include "base/nearest.h"
#include "base/vietnamese.h"

namespace khien::accounts {
namespace {

Result<void> check_subject(const std::string& subject, const Register& known, const people::Directory& directory) {
  const auto slash = subject.find('/');
  const auto kind = std::string_view(subject).substr(0, slash);
  const auto id = slash == std::string::npos ? std::string_view() : std::string_view(subject).substr(slash + 1);
  if (kind == "account")
    if (const auto account = AccountId::parse(id); account && known.has_account(*account)) return {};
  if (kind == "person")
    if (const auto person = PersonId::parse(id); person && directory.person(*person) != nullptr) return {};
  if (kind == "login" && LoginId::parse(id)) return {};
  return Failure(Error::not_found({"Không có tài khoản, tên đăng nhập hoặc người được nêu trong ngoại lệ.",
                                   "The account, login or person of the exception is not known."}));
}

bool has_clause(const policy::Directive& directive, std::string_view id) {
  return std::ranges::find(directive.clauses, id, &policy::Clause::id) != directive.clauses.end();
}

Result<void> check_clause(const DirectiveId& id, std::string_view clause, const directives::Register& adopted,
                          Instant from) {
  const policy::Directive* directive = adopted.directive(id);
  if (directive == nullptr || !has_clause(*directive, clause))
    return Failure(Error::not_found(Text::format("Không có nội dung «{0}» trong chỉ đạo nào ở đây.",
                                                 "No directive here has a clause \"{0}\".", clause)));
  if (directive->until && *directive->until <= from)
    return Failure(Error::refused(Text::format(
        "Chỉ đạo {0} đã hết hiệu lực trước ngày ngoại lệ bắt đầu; không còn gì để miễn.",
        "The directive {0} ends before the exception begins; there is nothing to waive.", directive->code)));
  return {};
}

/// One name; what it may mean, or why it means nothing.
Result<std::pair<DirectiveId, std::string>> find_clause(const std::string& name, const directives::Register& adopted,
                                                        Instant at) {
  const std::string typed = nfc(squeeze(name)).value_or(std::string());
  std::vector<const policy::Directive*> having;
  std::vector<std::string> all;
  std::string clause;
  for (const auto& directive : adopted.directives()) {
    if (directive.until && *directive.until <= at) continue;
    for (const auto& one : directive.clauses) {
      all.push_back(one.id);
      if (one.id != typed && directive.code + "/" + one.id != typed && directive.id.text() + "/" + one.id != typed)
        continue;
      having.push_back(&directive);
      clause = one.id;
    }
  }
  if (having.size() == 1) return std::pair(having.front()->id, clause);
  if (having.empty())
    return Failure(Error::not_found(
        {fmt::format("Không có nội dung «{}» trong chỉ đạo đang hoặc sẽ áp dụng.{}", typed,
                     nearest_words(typed, all).vi),
         fmt::format("No directive in force or to come has a clause \"{}\".{}", typed, nearest_words(typed, all).en)}));
  // Until one takes the place of another both may have one code: then only their ids tell them apart.
  std::string choices;
  for (const auto* directive : having) {
    const bool shares = std::ranges::count(having, directive->code, &policy::Directive::code) > 1;
    choices += (choices.empty() ? "" : ", ") + (shares ? directive->id.text() : directive->code) + "/" + clause;
  }
  return Failure(
      Error::conflict(Text::format("Nội dung «{0}» có trong nhiều chỉ đạo; hãy ghi rõ: {1}.",
                                   "Several directives have a clause \"{0}\"; say which: {1}.", typed, choices)));
}

}  // namespace

Result<std::vector<std::pair<DirectiveId, std::string>>> find_clauses(std::span<const std::string> names,
                                                                      const directives::Register& adopted, Instant at) {
  std::vector<std::pair<DirectiveId, std::string>> found;
  std::vector<Error> problems;
  for (const auto& name : names) {
    auto clause = find_clause(name, adopted, at);
    if (!clause)
      problems.push_back(std::move(clause).error());
    else if (std::ranges::find(found, *clause) == found.end())
      found.push_back(std::move(*clause));
  }
  if (!problems.empty()) return Failure(combine(problems));
  return found;
}

Result<policy::Exception> clean(policy::Exception exception, const Register& known, const people::Directory& directory,
                                const directives::Register& adopted, Instant now) {
  const auto invalid = [](std::string_view vi, std::string_view en) {
    return Failure(Error::invalid({std::string(vi), std::string(en)}));
  };
  TRY(check_subject(exception.subject, known, directory));
  if (exception.clauses.empty() || exception.clauses.size() > 100)
    return invalid("Ngoại lệ phải nêu rõ miễn nội dung nào (1–100 nội dung).",
                   "An exception names the clauses that it waives (1 to 100).");
  for (const auto& [directive, clause] : exception.clauses)
    TRY(check_clause(directive, clause, adopted, exception.from));
  if (directory.person(exception.owner) == nullptr)
    return invalid("Ngoại lệ phải có người chịu trách nhiệm.", "An exception has a person who answers for it.");
  const auto reason = clean_words(exception.reason, 2000);
  const auto measure = clean_words(exception.compensating_measure, 2000);
  if (!reason || !measure)
    return invalid("Ngoại lệ phải có lý do và biện pháp bù đắp (mỗi mục 1–2000 ký tự).",
                   "An exception has a reason and a compensating measure (1 to 2000 characters each).");
  if (exception.from < start_of(date_of(now)))
    return invalid("Ngoại lệ không thể bắt đầu trong quá khứ.", "An exception cannot begin in the past.");
  if (exception.until <= exception.from || exception.until > add(exception.from, kLongestException))
    return invalid("Ngoại lệ phải có ngày kết thúc, không quá 12 tháng sau khi bắt đầu.",
                   "An exception ends, and not later than 12 months after it begins.");
  exception.reason = *reason;
  exception.compensating_measure = *measure;
  return exception;
}

Excepted excepted_accounts(const std::string& subject, const Register& known) {
  Excepted out;
  const auto open = [&](const std::vector<AccountId>& ids, std::vector<Account>& into, auto&& wanted) {
    for (const auto& id : ids)
      if (auto account = known.account(id); account && account->wanted != LifecycleState::Closed && wanted(*account))
        into.push_back(std::move(*account));
  };
  const auto all = [](const Account&) { return true; };
  const std::string_view id = std::string_view(subject).substr(subject.find('/') + 1);
  if (subject.starts_with("account/"))
    if (const auto account = AccountId::parse(id)) open({*account}, out.waived, all);
  if (subject.starts_with("login/"))
    if (const auto login = LoginId::parse(id)) open(known.opened_by(*login), out.waived, all);
  if (subject.starts_with("person/"))
    if (const auto person = PersonId::parse(id))
      open(known.held_by(*person), out.waived, [](const Account& account) { return is_ones_own(account.kind); });
  std::vector<LoginId> logins;
  for (const auto& account : out.waived)
    if (!account.login.is_nil() && std::ranges::find(logins, account.login) == logins.end())
      logins.push_back(account.login);
  for (const auto& login : logins)
    open(known.opened_by(login), out.elsewhere, [&](const Account& account) {
      return std::ranges::find(out.waived, account.id, &Account::id) == out.waived.end();
    });
  return out;
}

std::vector<StillAsked> still_asked(std::span<const std::pair<DirectiveId, std::string>> waived,
                                    const policy::PolicySet& set, const policy::EffectivePolicy& policy) {
  std::map<policy::Kind, policy::ClauseSet> found;
  const auto look = [&](const policy::Control& control) {
    const auto& asked = policy.must.of(control.kind);
    if (!asked.asked()) return;
    policy::ClauseSet clauses;
    bool says_values = false;
    for (std::size_t i = 0; i < control.values.size(); ++i) {
      if (control.values[i].empty()) continue;
      says_values = true;
      for (const auto& value : asked.values[i]) policy::unite(clauses, value.clauses);
    }
    if (!says_values) clauses = asked.clauses;
    if (!clauses.empty()) policy::unite(found[control.kind], clauses);
  };
  for (const auto& directive : set.directives())
    for (const auto& clause : directive.clauses)
      if (std::ranges::find(waived, std::pair(directive.id, clause.id)) != waived.end())
        for (const auto& control : clause.controls) look(control);
  std::vector<StillAsked> out;
  for (auto& [kind, clauses] : found) out.push_back({kind, std::move(clauses)});
  return out;
}

}  // namespace khien::accounts
