// Changing a password: everything that stands against the new one, then the change itself.
#include <algorithm>

#include "credentials/login_store.h"
#include "credentials/service.h"

namespace khien::credentials {
namespace {

using Problems = std::vector<PasswordProblem>;

policy::ClauseSet clauses_of(const policy::PasswordRule& rule, ViolationCode code) {
  switch (code) {
    case ViolationCode::TooShort:
      return rule.length_clauses;
    case ViolationCode::NoUpper:
    case ViolationCode::NoLower:
    case ViolationCode::NoDigit:
    case ViolationCode::NoSpecial:
      return rule.classes_clauses;
    default:
      return {};
  }
}

/// The source of a rule that holds whether these clauses ask for it or not.
PasswordProblem::Source source_without(const policy::ClauseSet& clauses) {
  return clauses.empty() ? PasswordProblem::Source::Khien : PasswordProblem::Source::None;
}

/// Verifiers that the new password is compared with.
struct Known {
  std::optional<std::string> current;
  std::vector<std::string> history;
  std::vector<std::pair<LoginId, std::string>> others;
};

Error too_many_comparisons() {
  return Error::refused(
      {"Đã thử hoặc đổi mật khẩu quá nhiều lần trong hôm nay; hãy làm lại vào ngày mai hoặc liên hệ đơn vị "
       "quản trị.",
       "Passwords were tried or changed too often today; try again tomorrow, or ask your administrators."});
}

Error too_many_tries() {
  return Error::refused({"Đã thử đổi mật khẩu quá nhiều lần; hãy làm lại sau một giờ.",
                         "A change of password was tried too often; try again in an hour."});
}

Error changed_meanwhile() {
  return Error::conflict(
      {"Mật khẩu hoặc trạng thái của tên đăng nhập vừa được thay đổi ở nơi khác; hãy đăng nhập lại.",
       "The password or the state of the login has just been changed elsewhere; please sign in again."});
}

}  // namespace

Composition composition_of(const policy::PasswordRule& rule) {
  Composition out;
  out.min_length = static_cast<int>(rule.min_length);
  for (const auto each : {CharacterClass::Upper, CharacterClass::Lower, CharacterClass::Digit, CharacterClass::Special})
    if ((rule.classes & static_cast<std::uint8_t>(each)) != 0) out.require.add(each);
  if (rule.max_length) out.max_length = static_cast<int>(*rule.max_length);
  return out;
}

Problems Credentials::rule_problems(const PasswordChange& wanted) const {
  Problems out;
  for (const Violation& violation : violations(wanted.fresh.reveal(), composition_of(wanted.rule)))
    out.push_back({{"Mật khẩu mới " + violation.text.vi + ".", "The new password: " + violation.text.en + "."},
                   clauses_of(wanted.rule, violation.code)});
  // A guessable password is not accepted even where no clause says so.
  if (const auto guess = why_guessable(wanted.fresh.reveal(), wanted.guess))
    out.push_back({guess->text, wanted.rule.not_guessable_clauses, source_without(wanted.rule.not_guessable_clauses)});
  if (wanted.marks == Marks::PointOut)
    if (auto hint = telex_hint(wanted.fresh.reveal())) out.push_back({std::move(*hint), {}});
  return out;
}

bool Credentials::is_allowed(ComparisonLimit& limit, const PasswordChange& wanted) {
  const Login& login = wanted.login;
  const std::lock_guard lock(limits_mutex_);
  return limit.take(wanted.is_shared ? Counted{login.id} : Counted{login.holder}, steady_.now());
}

// Whatever is asked here tells something about secrets of the holder to whoever knows one password of his, so each
// password that gets this far is charged, whether or not there is anything to compare it with.
Result<Problems> Credentials::secret_problems(const PasswordChange& wanted, const Login& login,
                                              const PasswordHash& hash) {
  const Known known = TRY(store_.read([&](store::Reader& reader) -> Result<Known> {
    Known out{load_verifier(reader, login.id), {}, {}};
    if (wanted.rule.history > 0) out.history = load_history(reader, login.id, wanted.rule.history);
    if (!wanted.rule.distinct) return out;
    for (const LoginId& other : wanted.others)
      if (auto verifier = load_verifier(reader, other)) out.others.emplace_back(other, std::move(*verifier));
    return out;
  }));
  // Whoever signed in knows the current password: nothing is learned from this one.
  if (known.current && is_password_of(hash, login.id, *known.current))
    return Problems{
        {{"Mật khẩu mới phải khác mật khẩu đang dùng.", "The new password must differ from the present one."},
         wanted.rule.history_clauses,
         source_without(wanted.rule.history_clauses)}};
  if (!is_allowed(comparisons_, wanted)) return Failure(too_many_comparisons());
  const bool missed =
      std::ranges::any_of(known.history, [&](const auto& past) { return is_password_of(hash, login.id, past); }) ||
      std::ranges::any_of(known.others,
                          [&](const auto& other) { return is_password_of(hash, other.first, other.second); });
  if (missed) {
    // One sentence for both, so that it does not tell which of the holder's passwords was met.
    policy::ClauseSet clauses = wanted.rule.history_clauses;
    policy::unite(clauses, wanted.rule.distinct_clauses);
    return Problems{{{"Mật khẩu này đã hoặc đang được dùng; hãy đặt mật khẩu khác hẳn.",
                      "This password is or was in use; choose an entirely different one."},
                     std::move(clauses),
                     PasswordProblem::Source::None,
                     true}};
  }
  if (!wanted.guess_with_secrets) return Problems{};
  // The reason would tell more than that there is one.
  if (why_guessable(wanted.fresh.reveal(), TRY(wanted.guess_with_secrets())))
    return Problems{
        {too_guessable(), wanted.rule.not_guessable_clauses, source_without(wanted.rule.not_guessable_clauses), true}};
  return Problems{};
}

Result<ChangeOutcome> Credentials::change(const PasswordChange& wanted) {
  const Login& login = wanted.login;
  if (!is_allowed(tries_, wanted)) return Failure(too_many_tries());
  if (auto problems = rule_problems(wanted); !problems.empty()) return ChangeOutcome{std::move(problems), {}};
  const PasswordHash made = TRY(hash_for(login, wanted.fresh, wanted.source));
  if (auto problems = TRY(secret_problems(wanted, login, made)); !problems.empty())
    return ChangeOutcome{std::move(problems), {}};
  const std::string verifier = verifier_text(login, made);
  const Instant now = clock_.now();
  const policy::PasswordFacts facts{.state = policy::PasswordState::Own,
                                    .changed_at = now,
                                    .rule_min_length = wanted.rule.min_length,
                                    .rule_classes = wanted.rule.classes};
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    // Of two changes at once the second was judged against a password that is no longer the current one.
    if (load_login(tx, login.id) != login) return Failure(changed_meanwhile());
    replace_verifier(tx, login.id, verifier, facts, now);
    audit::Entry entry;
    entry.type = "password.changed";
    entry.at = now;
    entry.actor = wanted.actor;
    entry.subject = "login/" + login.id.text();
    entry.clauses = wanted.clause_ids;
    entry.facts = {{"holder", login.holder.text()},
                   {"rule_min_length", std::to_string(facts.rule_min_length)},
                   {"rule_classes", std::to_string(facts.rule_classes)}};
    entry.result = "changed";
    recorder_.record(tx, entry);
    return {};
  }));
  return ChangeOutcome{{}, now};
}

}  // namespace khien::credentials
