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

/// Costs of Argon2 by which one password is hashed at most, today's included. The holder cannot add one, only whoever
/// changes the configuration: eight within the life of a history is more than anybody needs.
constexpr std::size_t kMostCosts = 8;

/// A password of the holder, present or past.
struct Kept {
  LoginId login;
  Verifier verifier;
};

/// What the new password is compared with.
struct Known {
  std::optional<Verifier> current;
  std::vector<Kept> others;  ///< history, and what the holder's other logins have
};

bool has(const std::vector<PasswordHash>& hashes, const Argon2Parameters& parameters) {
  return std::ranges::find(hashes, parameters, &PasswordHash::parameters) != hashes.end();
}

Error too_many_comparisons() {
  return Error::refused(
      {"Đã thử hoặc đổi mật khẩu quá nhiều lần trong hôm nay; hãy làm lại vào ngày mai hoặc liên hệ đơn vị "
       "quản trị.",
       "Passwords were tried or changed too often today; try again tomorrow, or ask your administrators."});
}

Error too_many_costs() {
  return Error::refused(
      {"Không so được mật khẩu mới với các mật khẩu trước đây vì cấu hình băm mật khẩu đã thay đổi quá nhiều lần; hãy "
       "liên hệ đơn vị quản trị.",
       "The new password cannot be compared with earlier ones, as the cost of hashing was changed too often; ask your "
       "administrators."});
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
                                              std::vector<PasswordHash> hashes) {
  const Known known = TRY(store_.read([&](store::Reader& reader) -> Result<Known> {
    Known out;
    const auto keep = [&](const LoginId& of, const std::string& text) {
      if (auto verifier = Verifier::parse(text)) out.others.push_back({of, std::move(*verifier)});
    };
    if (const auto text = load_verifier(reader, login.id)) out.current = Verifier::parse(*text);
    if (wanted.rule.history > 0)
      for (const auto& text : load_history(reader, login.id, wanted.rule.history)) keep(login.id, text);
    if (!wanted.rule.distinct) return out;
    for (const LoginId& other : wanted.others)
      if (const auto text = load_verifier(reader, other)) keep(other, *text);
    return out;
  }));
  // A verifier tells only about a hash of its own cost: once the configured one was changed, older ones need another.
  const auto hash_by = [&](const Verifier& verifier) -> Result<void> {
    if (has(hashes, verifier.parameters)) return {};
    if (hashes.size() == kMostCosts) return Failure(too_many_costs());
    hashes.push_back(TRY(hash_for(login, wanted.fresh, wanted.source, verifier.parameters)));
    return {};
  };
  const auto is_met = [&](const LoginId& of, const Verifier& verifier) {
    return std::ranges::any_of(hashes, [&](const auto& hash) { return is_password_of(hash, of, verifier); });
  };
  // Whoever signed in knows the current password: nothing is learned from this one.
  if (known.current) TRY(hash_by(*known.current));
  if (known.current && is_met(login.id, *known.current))
    return Problems{
        {{"Mật khẩu mới phải khác mật khẩu đang dùng.", "The new password must differ from the present one."},
         wanted.rule.history_clauses,
         source_without(wanted.rule.history_clauses)}};
  if (!is_allowed(comparisons_, wanted)) return Failure(too_many_comparisons());
  // Every hash before any comparison, and every comparison: the time does not tell which of them was met either.
  for (const Kept& other : known.others) TRY(hash_by(other.verifier));
  const auto met =
      std::ranges::count_if(known.others, [&](const Kept& other) { return is_met(other.login, other.verifier); });
  if (met > 0) {
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
  const PasswordHash made = TRY(hash_for(login, wanted.fresh, wanted.source, parameters_));
  if (auto problems = TRY(secret_problems(wanted, login, {made})); !problems.empty())
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
