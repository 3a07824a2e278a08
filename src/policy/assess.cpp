#include "policy/assess.h"

#include <algorithm>

#include "policy/decide.h"

namespace khien::policy {
namespace {

Compliance when(bool conforms) {
  return conforms ? Compliance::Conforms : Compliance::Violates;
}

/// The facts of one account, judged kind by kind.
class Judge {
 public:
  Judge(const AccountFacts& account, const PasswordFacts& password, const PolicySet& set, Instant now)
      : account_(account), must_(account.policy->must), password_(password), set_(set), now_(now) {}

  [[nodiscard]] Compliance composition() const {
    if (password_.state != PasswordState::Own) return Compliance::Violates;
    if (!password_.changed_at) return Compliance::Unknown;
    const KindPolicy& asked = must_.of(Kind::PasswordComposition);
    for (const Joined& length : asked.values[0])
      if (password_.rule_min_length < length.atom.a) return Compliance::Violates;
    for (const Joined& each : asked.values[1])
      if ((password_.rule_classes & (1U << each.atom.a)) == 0) return Compliance::Violates;
    return Compliance::Conforms;
  }

  [[nodiscard]] Compliance rotation() const {
    if (!password_.changed_at) return Compliance::Unknown;
    const auto& ages = must_.of(Kind::PasswordRotation).values[0];
    return when(std::ranges::all_of(
        ages, [&](const Joined& age) { return now_ < add(*password_.changed_at, period_of(age.atom)); }));
  }

  [[nodiscard]] Compliance cutoff() const {
    if (!password_.changed_at) return Compliance::Unknown;
    return when(std::ranges::all_of(account_.policy->cutoffs, [&](const Cutoff& one) {
      return account_.created_at >= one.begins() || conforms(password_, one, set_, now_);
    }));
  }

  [[nodiscard]] Compliance suspicion() const {
    const bool open = password_.suspected_at && *password_.suspected_at <= now_ &&
                      (!password_.changed_at || *password_.changed_at <= *password_.suspected_at);
    return when(!open);
  }

  /// Rules that are looked at only when a password is set: known for passwords set since the directives began.
  [[nodiscard]] Compliance at_setting(Kind kind) const {
    if (password_.state != PasswordState::Own || !password_.changed_at) return Compliance::Unknown;
    const bool since = std::ranges::all_of(must_.of(kind).clauses, [&](ClauseIndex clause) {
      return set_.directive_of(clause).from <= *password_.changed_at;
    });
    return since ? Compliance::Conforms : Compliance::Unknown;
  }

  [[nodiscard]] Compliance confirmed(Kind kind, std::span<const DirectiveId> done) const {
    return when(std::ranges::all_of(must_.of(kind).clauses, [&](ClauseIndex clause) {
      return std::ranges::find(done, set_.directive_of(clause).id) != done.end();
    }));
  }

 private:
  const AccountFacts& account_;
  const Demands& must_;
  const PasswordFacts& password_;
  const PolicySet& set_;
  const Instant now_;
};

Compliance judge_kind(const Judge& judge, Kind kind, const PasswordFacts& password, std::span<const DirectiveId> read,
                      std::span<const DirectiveId> signed_statements) {
  switch (kind) {
    case Kind::PasswordComposition:
      return judge.composition();
    case Kind::PasswordRotation:
      return judge.rotation();
    case Kind::PasswordFirstChange:
      return password.state == PasswordState::None ? Compliance::Unknown : when(password.state == PasswordState::Own);
    case Kind::PasswordCutoff:
      return judge.cutoff();
    case Kind::PasswordChangeOnSuspicion:
      return judge.suspicion();
    case Kind::PasswordHistory:
    case Kind::PasswordDistinct:
    case Kind::PasswordNotGuessable:
      return judge.at_setting(kind);
    case Kind::DirectiveDisseminate:
      return judge.confirmed(kind, read);
    case Kind::AccountAccountability:
      return judge.confirmed(kind, signed_statements);
    case Kind::SessionLogoutIdle:
      return Compliance::Conforms;  // every session of ours ends when idle
    default:
      return Compliance::Unknown;
  }
}

}  // namespace

Assessment assess(const AccountFacts& account, const PasswordFacts* password, std::span<const DirectiveId> read,
                  std::span<const DirectiveId> signed_statements, const Holds& holds, const PolicySet& set,
                  Instant now) {
  Assessment out;
  for (std::size_t k = 0; k < kKindCount; ++k) {
    const auto kind = static_cast<Kind>(k);
    if (!account.policy->must.of(kind).asked()) continue;
    out[k] = {Compliance::Unknown, holds[k]};
    if (password == nullptr) continue;
    out[k].compliance = judge_kind(Judge(account, *password, set, now), kind, *password, read, signed_statements);
    // What only our gate can make true is not known of a system with its own sign-in page.
    if (kind == Kind::SessionLogoutIdle && holds[k] != Hold::Enforced) out[k].compliance = Compliance::Unknown;
  }
  return out;
}

}  // namespace khien::policy
