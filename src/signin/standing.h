// Where an account or a login stands at an instant: its policy, its facts, the decision. Put together from the
// snapshots of people, accounts, directives and credentials; nothing is read from the database.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "accounts/scope.h"
#include "accounts/service.h"
#include "credentials/service.h"
#include "directives/service.h"
#include "people/service.h"
#include "policy/decide.h"
#include "signin/unit_masks.h"

namespace khien::signin {

/// True if others than its holder know the password of the login: it opens accounts of units or programs, and none of
/// one's own that is not closed. What is answered in it counts for no person.
[[nodiscard]] bool is_shared(const accounts::Register& accounts, const LoginId& login);

/// A login with everything that a gate needs to know about it. Owns what `facts()` views.
struct Standing {
  std::shared_ptr<const policy::PolicySet> set;
  credentials::Login login;
  std::vector<accounts::Account> accounts;          ///< all that the login opens, closed ones too
  std::vector<policy::AccountFacts> account_facts;  ///< in the same order
  directives::Confirmations confirmed;
  policy::CutoffLeave leave;
  bool is_shared = false;  ///< see above: then no step of `decision` asks a person for anything but a new password
  policy::Decision decision;

  [[nodiscard]] policy::LoginFacts facts() const {
    return {login.password,
            login.state,
            account_facts,
            confirmed.read,
            confirmed.signed_statements,
            confirmed.knows_of_monitoring,
            leave};
  }
  /// The clauses as ids for the log and as words for people.
  [[nodiscard]] std::vector<std::string> clause_ids(const policy::ClauseSet& clauses) const;
};

/// Everything as it is known now, at one instant of valid time. Immutable; safe to share.
class View {
 public:
  View(std::shared_ptr<const people::Directory> directory, std::shared_ptr<const accounts::Register> accounts,
       std::shared_ptr<const directives::Register> directives, std::shared_ptr<const credentials::Logins> logins,
       std::shared_ptr<const policy::PolicySet> set, std::shared_ptr<const UnitMasks> unit_masks,
       policy::DecisionSettings settings, Instant at);

  [[nodiscard]] std::shared_ptr<const policy::EffectivePolicy> policy_of(const accounts::Account& account) const;
  /// The scopes that the account is within by its system, its kind and its holder's groups.
  [[nodiscard]] policy::ScopeMask other_mask(const accounts::Account& account) const;
  /// Of cutoffs that bind the account: the latest where several units of it have one.
  [[nodiscard]] std::vector<policy::CutoffDelay> delays_of(const accounts::Account& account) const;
  [[nodiscard]] Standing standing_of(const credentials::Login& login) const;

  [[nodiscard]] Instant at() const { return at_; }
  [[nodiscard]] const people::Directory& directory() const { return *directory_; }
  [[nodiscard]] const accounts::Register& accounts() const { return *accounts_; }
  [[nodiscard]] const credentials::Logins& logins() const { return *logins_; }
  [[nodiscard]] const policy::PolicySet& set() const { return *set_; }
  [[nodiscard]] const policy::DecisionSettings& settings() const { return settings_; }

 private:
  std::shared_ptr<const people::Directory> directory_;
  std::shared_ptr<const accounts::Register> accounts_;
  std::shared_ptr<const directives::Register> directives_;
  std::shared_ptr<const credentials::Logins> logins_;
  std::shared_ptr<const policy::PolicySet> set_;
  std::shared_ptr<const UnitMasks> unit_masks_;
  policy::DecisionSettings settings_;
  Instant at_;
};

/// Makes views. What is worked out about units for the present is kept until something about them changes.
class Standings {
 public:
  Standings(const people::People& people, const accounts::Accounts& accounts, const directives::Directives& directives,
            const credentials::Credentials& credentials, policy::DecisionSettings settings, const Clock& clock)
      : people_(people),
        accounts_(accounts),
        directives_(directives),
        credentials_(credentials),
        settings_(settings),
        clock_(clock) {}

  /// At any date, past or to come.
  [[nodiscard]] std::shared_ptr<const View> view(Instant at) const;
  /// At this moment, and never before what the clock was sure of last: a clock that steps back opens nothing.
  [[nodiscard]] std::shared_ptr<const View> view() const { return view(present()); }
  /// At `at`, by what was on record at `known_at`: units, postings, groups, directives, confirmations, holds and
  /// exceptions. Accounts, logins and their passwords have only their present values here, so a decision taken from
  /// this view is not the one that was taken then. Reads the database.
  [[nodiscard]] Result<std::shared_ptr<const View>> view_as_known(Instant at, Instant known_at) const;
  /// At `at`, as if these were the directives: what a change would do before it is made.
  [[nodiscard]] std::shared_ptr<const View> view_with(const directives::Register& directives, Instant at) const;
  [[nodiscard]] const policy::DecisionSettings& settings() const { return settings_; }
  /// While the wall clock is doubted: the last time that it was sure of; nullopt once somebody confirmed it.
  void trust_clock_until(std::optional<Instant> until);

 private:
  [[nodiscard]] policy::DecisionSettings settings_now() const;
  [[nodiscard]] Instant present() const;
  [[nodiscard]] std::shared_ptr<const UnitMasks> unit_masks(const std::shared_ptr<const people::Directory>& directory,
                                                            const std::shared_ptr<const policy::PolicySet>& set,
                                                            Instant at) const;

  const people::People& people_;
  const accounts::Accounts& accounts_;
  const directives::Directives& directives_;
  const credentials::Credentials& credentials_;
  policy::DecisionSettings settings_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const UnitMasks> present_;
  std::optional<Instant> clock_trusted_until_;
};

}  // namespace khien::signin
