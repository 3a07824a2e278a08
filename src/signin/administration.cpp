#include "signin/administration.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "people/authority.h"
#include "people/entries.h"
#include "signin/words.h"

namespace khien::signin {
namespace {

constexpr std::chrono::minutes kIdle{30};
constexpr std::chrono::hours kLifetime{8};
constexpr std::size_t kMostSessions = 256;

/// An address that no network has, of a site (IPv6 /48) that is one user of this machine: who guesses there delays
/// nobody else.
From from_user(unsigned uid) {
  return {.address = fmt::format("fd6b:{:x}:{:x}::1", uid >> 16, uid & 0xFFFF)};
}

std::string digest_of(const Secret& token) {
  return base64url(sha256(bytes_of(token.reveal())));
}

Error wrong() {
  return Error::refused({"Sai tên đăng nhập hoặc mật khẩu.", "The user name or the password is wrong."});
}

Error wait_until(Instant until) {
  return Error::refused(Text::format("Đã thử sai nhiều lần; hãy thử lại sau {0}.",
                                     "Too many wrong tries; try again after {0}.", dmy_time(until)));
}

/// Everything that a directive or a state says against it, as one error.
Error refused_by(const Standing& standing) {
  const auto words = refusal_words(standing);
  Text text = words.reason;
  for (const auto& clause : words.clauses) {
    text.vi += "\n  " + clause.id + " (" + clause.letter.vi + "): " + clause.words.vi;
    text.en += "\n  " + clause.id + " (" + clause.letter.en + "): " + clause.words.en;
  }
  text.vi += "\n" + words.action.vi;
  text.en += "\n" + words.action.en;
  return Error::refused(std::move(text));
}

Error steps_owed() {
  return Error::refused(
      {"Còn việc phải làm khi đăng nhập (đổi mật khẩu, xác nhận đã đọc …); hãy đăng nhập trên trang web để làm xong "
       "rồi "
       "quay lại.",
       "The sign-in still asks something of you (a new password, a confirmation …); sign in at the web page, then come "
       "back."});
}

}  // namespace

Result<Administration::SignedIn> Administration::sign_in(const Wanted& wanted) {
  const Proof proof = TRY(parts_.passwords.prove(wanted.user_name, wanted.password, from_user(wanted.uid)));
  if (proof.wait_until) return Failure(wait_until(*proof.wait_until));
  if (!proof.login) return Failure(wrong());
  const auto view = parts_.standings.view();
  const auto* login = view->logins().find(proof.login->id);
  if (login == nullptr || login->epoch != proof.login->epoch) return Failure(wrong());
  const Standing standing = view->standing_of(*login);
  if (is_shared(view->accounts(), login->id))
    return Failure(Error::refused({"Tên đăng nhập dùng chung không dùng để quản trị được; hãy dùng tên của riêng bạn.",
                                   "A shared login cannot administer; use one of your own."}));
  const bool may_break = people::has_role(view->directory(), login->holder, people::Role::BreakGlass, view->at());
  if (wanted.break_glass && !may_break)
    return Failure(Error::refused({"Bạn không phải quản trị khẩn cấp.", "You are not a break-glass administrator."}));
  const auto& decision = standing.decision;
  const bool is_refused = decision.verdict == policy::Verdict::Refused;
  // Whoever administers need not use any of the systems.
  const bool has_no_account = is_refused && decision.refusal.reason == policy::RefusalReason::NoAccount;
  const bool by_directive = is_refused && decision.refusal.reason == policy::RefusalReason::Cutoff;
  if (is_refused && !has_no_account && !(wanted.break_glass && by_directive)) return Failure(refused_by(standing));
  std::vector<std::string> passed_over = standing.clause_ids(decision.refusal.clauses);
  for (const auto& step : decision.steps)
    if (policy::is_due(step, view->at())) {
      if (!wanted.break_glass) return Failure(steps_owed());
      for (auto& id : standing.clause_ids(step.clauses)) passed_over.push_back(std::move(id));
    }
  SignedIn out{.who = {.login = login->id,
                       .person = login->holder,
                       .user_name = login->user_name,
                       .system_user = wanted.system_user,
                       .break_glass = wanted.break_glass},
               .token = {}};
  TRY(record(out.who, wanted, passed_over));
  std::array<unsigned char, 32> bytes{};
  parts_.random.fill(bytes);
  out.token = Secret(base64url(bytes));
  const std::scoped_lock lock(mutex_);
  if (wanted.break_glass) ++break_glass_uses_;
  const Instant now = steady_.now();
  std::erase_if(kept_, [&](const auto& one) { return one.second.ends_at <= now || one.second.used_at + kIdle <= now; });
  if (kept_.size() >= kMostSessions) return Failure(Error::busy());
  kept_.emplace(digest_of(out.token), Kept{out.who, login->epoch, login->password.changed_at, now, now + kLifetime});
  return out;
}

Result<void> Administration::record(const Administrator& who, const Wanted& wanted,
                                    const std::vector<std::string>& passed_over) {
  audit::Entry entry{.type = who.break_glass ? "break_glass.used" : "admin.signed_in",
                     .at = parts_.clock.now(),
                     .actor = who.actor(),
                     .subject = "login/" + who.login.text(),
                     .clauses = passed_over,
                     .result = who.break_glass ? "used" : "signed_in"};
  std::ranges::sort(entry.clauses);
  entry.clauses.erase(std::ranges::unique(entry.clauses).begin(), entry.clauses.end());
  if (who.break_glass) entry.facts.push_back({"reason", TRY(people::clean_reason(wanted.reason))});
  return parts_.store.write([&](store::Transaction& tx) -> Result<void> {
    parts_.recorder.record(tx, entry);
    return {};
  });
}

bool Administration::holds(const Kept& kept) const {
  const auto view = parts_.standings.view();
  const auto* login = view->logins().find(kept.who.login);
  return login != nullptr && login->state == policy::LifecycleState::Active && login->epoch == kept.epoch &&
         login->password.changed_at == kept.password_set_at &&
         (!kept.who.break_glass ||
          people::has_role(view->directory(), kept.who.person, people::Role::BreakGlass, view->at()));
}

std::optional<Administrator> Administration::find(const Secret& token, const std::string& system_user) {
  const std::scoped_lock lock(mutex_);
  const auto found = kept_.find(digest_of(token));
  if (found == kept_.end()) return std::nullopt;
  Kept& kept = found->second;
  const Instant now = steady_.now();
  if (kept.ends_at <= now || kept.used_at + kIdle <= now || !holds(kept)) {
    kept_.erase(found);
    return std::nullopt;
  }
  if (kept.who.system_user != system_user) return std::nullopt;
  kept.used_at = now;
  return kept.who;
}

void Administration::sign_out(const Secret& token) {
  const std::scoped_lock lock(mutex_);
  kept_.erase(digest_of(token));
}

std::uint64_t Administration::break_glass_uses() const {
  const std::scoped_lock lock(mutex_);
  return break_glass_uses_;
}

}  // namespace khien::signin
