#include "accounts/exception_rules.h"

#include "accounts/account_rules.h"

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

}  // namespace

Result<policy::Exception> clean(policy::Exception exception, const Register& known, const people::Directory& directory,
                                Instant now) {
  const auto invalid = [](std::string_view vi, std::string_view en) {
    return Failure(Error::invalid({std::string(vi), std::string(en)}));
  };
  TRY(check_subject(exception.subject, known, directory));
  if (exception.clauses.empty() || exception.clauses.size() > 100)
    return invalid("Ngoại lệ phải nêu rõ miễn nội dung nào (1–100 nội dung).",
                   "An exception names the clauses that it waives (1 to 100).");
  for (const auto& [directive, clause] : exception.clauses)
    if (directive.is_nil() || clause.empty() || clause.size() > 80 || !is_plain(clause))
      return invalid("Nội dung được miễn không hợp lệ.", "A waived clause is not well-formed.");
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

}  // namespace khien::accounts
