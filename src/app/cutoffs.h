// Cutoffs that come or came: whom each shuts out, what is on record of it, and the clock that holds back one that would
// shut out many and that nobody confirmed.
#pragma once

#include "app/installation.h"
#include "directives/cutoffs.h"

namespace khien::app {

/// A cutoff of a directive that is in force or to come.
struct ComingCutoff {
  directives::CutoffKey key;
  std::string code;  ///< of the directive
  std::vector<std::string> clauses;
  Instant begins;            ///< for those for whom nothing was put off
  std::size_t shut_out = 0;  ///< then, or now if it has begun, if nobody changes a password meanwhile
  std::optional<std::int64_t> confirmed;
  bool waits = false;  ///< for confirmation: it shuts nobody out until then
};

/// By date. Cutoffs that began longer ago than `back` are left out.
std::vector<ComingCutoff> coming_cutoffs(Installation& opened, Instant now, Period back = {.days = 30});

/// Of those, how many logins each would shut out under these directives.
std::vector<ComingCutoff> cutoffs_of(Installation& opened, const directives::Register& adopted,
                                     const policy::Directive& directive, Instant now);

/// Holds back what comes within a week (or came since `since`, while nobody looked), shuts out many, and was not
/// confirmed with about as many. As the clock. Nothing where there are no administrators. What it held back.
Result<std::vector<ComingCutoff>> hold_back_mass_cutoffs(Installation& opened, Instant since);

/// Lets the holder of a login that a cutoff shut out in again, to change the password. What it takes is a setting,
/// `after_cutoff`: a helper of the holder's unit, or the centre; always the centre where the password is suspected.
/// Nobody reopens his own login.
Result<void> reopen_after_cutoff(Installation& opened, const people::By& by, const credentials::Login& login,
                                 const std::string& reason);

/// Somebody whom a cutoff shuts out, or will, unless the password is changed.
struct Chased {
  LoginId login;
  std::string user_name;
  std::string name;
  UnitId unit;
  std::string unit_name;  ///< with what is above it
};
/// By unit, then by given name. `unit`: only those within it, if it is not nil.
std::vector<Chased> to_chase(Installation& opened, const directives::CutoffKey& cutoff, const UnitId& unit);

}  // namespace khien::app
