// The evidence of this subject: what an entry of the log says about a changed system, account, hold or exception.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "accounts/lifecycle.h"
#include "audit/entry.h"
#include "people/entries.h"

namespace khien::accounts {

using people::By;

std::string subject_of(const SystemId& id);
std::string subject_of(const AccountId& id);
std::string subject_of(const ExceptionId& id);
/// `observations/ID`: what was seen of many accounts of a system at once.
std::string observations_subject(const SystemId& system);

/// What differs; from a System{} everything does.
audit::Entry system_entry(const By& by, std::string type, Instant now, const System& before, const System& after);

/// What differs; from an Account{} everything does. The user name of one's own account is a personal fact.
audit::Entry account_entry(const By& by, std::string type, Instant now, const Account& before, const Account& after);

/// `hold.recorded`, or `hold.withdrawn` where nothing is on record afterwards. The subject is a system or an account.
audit::Entry hold_entry(const By& by, Instant now, std::string subject, policy::Kind kind,
                        const std::optional<policy::HoldRecord>& before,
                        const std::optional<policy::HoldRecord>& after);

/// Names the waived clauses as `DIRECTIVE/CLAUSE`.
audit::Entry exception_entry(const By& by, std::string type, Instant now, const policy::Exception& exception);

/// How many accounts of a system were seen in each state, by the numbers of ObservedState.
using StateCounts = std::array<std::size_t, 5>;
audit::Entry observations_entry(const By& by, Instant now, const SystemId& system, Instant as_of,
                                const StateCounts& counts);

}  // namespace khien::accounts
