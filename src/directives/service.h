// The service of directives: adopting and withdrawing them, what people confirm, and the compiled policy of any day.
#pragma once

#include <memory>
#include <mutex>
#include <span>

#include "audit/feed.h"
#include "base/clock.h"
#include "directives/register.h"
#include "directives/text.h"
#include "people/entries.h"
#include "people/service.h"
#include "store/store.h"

namespace khien::directives {

using people::By;

/// What a directive takes the place of, and why it may.
struct Replacement {
  std::vector<DirectiveId> replaced;
  /// The paper that makes the issuer the successor of theirs, such as a resolution that merged provinces; empty where
  /// the issuer is the same.
  std::string successor_by;
};

/// Changes may be asked for from any thread. The snapshot follows `directive/ID`, `confirmation/PERSON`, `cutoff/ID` of
/// a directive, `cutoff_leave/LOGIN`.
class Directives final : public audit::Followed<Register> {
 public:
  Directives(store::Store& store, audit::Recorder& recorder, const people::People& people, const Clock& clock,
             Random& random);

  /// Directives and confirmations as they were known at that time.
  [[nodiscard]] Result<Register> as_known_at(Instant known_at) const;

  /// Everything in force at that time, compiled. The set of the present is kept until a date changes it.
  [[nodiscard]] std::shared_ptr<const policy::PolicySet> policies(Instant at) const;

  /// Adopts a directive. Refused if somebody already adopted one with its code, if its scope leaves the subtree of the
  /// unit that adopts it, or if it contradicts one in force. `file` names the source in errors.
  Result<DirectiveId> add(const By& by, const DirectiveText& text, const Names& names, const std::string& file);
  /// The same, and in the same transaction ends those that it replaces on the day on which it begins. Refused unless
  /// they began before that day, or have not begun yet, and have not ended by then, it has their issuer (or the paper
  /// that makes it the successor is named), and their unit or its successor adopts it.
  Result<DirectiveId> replace(const By& by, const DirectiveText& text, const Replacement& replacement,
                              const Names& names, const std::string& file);
  /// The checks of the two above, nothing stored.
  Result<policy::Directive> check(const DirectiveText& text, const Names& names, const std::string& file,
                                  const Replacement& replacement = {}) const;
  /// Ends it at a date, for a reason that is recorded. One that has not begun yet may be called off by a date up to its
  /// first day: it never binds.
  Result<void> withdraw(const By& by, const DirectiveId& id, Instant at, const std::string& reason);

  /// As if it had not been adopted, from now on: it ends at once, and what it replaced holds again until it would have
  /// ended. Refused once it has ended, or where another directive has taken the code of one that it replaced.
  Result<void> undo(const By& by, const DirectiveId& id, const std::string& reason);

  /// The cutoff acts later for the unit and those below it (nil: everybody): from `until`, or, absent, once it is
  /// confirmed. The newest for a unit holds.
  Result<void> delay_cutoff(const By& by, const CutoffDelay& delay);
  /// Two persons saw how many it shuts out; what waited for that ends.
  Result<void> confirm_cutoff(const By& by, const CutoffKey& cutoff, std::int64_t shown);
  /// Lets the holder of a login in again after a cutoff, to change the password.
  Result<void> reopen_after_cutoff(const By& by, const LoginId& login, const std::string& reason);
  /// The logins go on without a change until then.
  Result<void> continue_until(const By& by, const std::vector<LoginId>& logins, Instant until,
                              const std::string& reason);

  /// A person confirms. Doing it twice changes nothing.
  Result<void> confirm(const By& by, const PersonId& person, const DirectiveId& directive, Confirmation what);
  /// What a person who is erased confirmed leaves the table, within a write of the caller; that it was confirmed stays
  /// in the log. Its number.
  std::int64_t erase_confirmations_in(store::Transaction& tx, const By& by, const PersonId& person, Instant now);

 private:
  [[nodiscard]] Result<void> check_scope(const policy::Directive& directive, const DirectiveText& text,
                                         const std::string& file) const;
  [[nodiscard]] Result<void> check_replacement(const policy::Directive& directive, const Replacement& replacement,
                                               const std::string& file) const;

  Result<Register> read_all(store::Reader& reader) override;
  static void read_cutoffs(store::Reader& reader, Register& known, Instant known_at);
  Result<void> read_anew(store::Reader& reader, Register& known, const audit::Subject& subject) override;

  audit::Recorder& recorder_;
  const people::People& people_;
  const Clock& clock_;
  Random& random_;

  struct Compiled {
    std::shared_ptr<const policy::PolicySet> set;
    std::shared_ptr<const Register> source;
    Instant from;
  };
  mutable std::mutex compiled_mutex_;
  mutable Compiled compiled_;
};

}  // namespace khien::directives
