// What an exception must look like before it is stored.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "accounts/register.h"
#include "directives/register.h"
#include "people/directory.h"
#include "policy/directive.h"
#include "policy/policy_set.h"

namespace khien::accounts {

/// How long an exception may last.
inline constexpr Period kLongestException{.months = 12};

/// A clause as a person names it (`LA-13`, or `LA/LA-13` where two directives have a clause of that id), among the
/// directives that have not ended at `at`. An unknown one is told with the nearest that exist; all mistakes at once.
Result<std::vector<std::pair<DirectiveId, std::string>>> find_clauses(std::span<const std::string> names,
                                                                      const directives::Register& adopted, Instant at);

/// Clauses that are adopted and not ended when it begins, owner, reason, compensating measure and an end within a year;
/// a subject that exists as far as this subject knows (logins are not known here). It begins today or later.
Result<policy::Exception> clean(policy::Exception exception, const Register& known, const people::Directory& directory,
                                const directives::Register& adopted, Instant now);

/// Whom an exception is for, as accounts that are not closed.
struct Excepted {
  std::vector<Account> waived;     ///< those for which its clauses do not count
  std::vector<Account> elsewhere;  ///< those for which they do, but which a login of the former opens as well
};
Excepted excepted_accounts(const std::string& subject, const Register& known);

/// A kind of control that a waived clause orders and others order as well.
struct StillAsked {
  policy::Kind kind;
  policy::ClauseSet clauses;  ///< of the set, in force over the subject

  bool operator==(const StillAsked&) const = default;
};
/// What of the waived clauses `policy`, which is of `set`, asks all the same; by kind. Where a waived clause gives
/// values, only others that give values to the same parameters count.
std::vector<StillAsked> still_asked(std::span<const std::pair<DirectiveId, std::string>> waived,
                                    const policy::PolicySet& set, const policy::EffectivePolicy& policy);

}  // namespace khien::accounts
