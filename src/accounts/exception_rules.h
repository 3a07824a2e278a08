// What an exception must look like before it is stored.
#pragma once

#include "accounts/register.h"
#include "people/directory.h"
#include "policy/directive.h"

namespace khien::accounts {

/// How long an exception may last.
inline constexpr Period kLongestException{.months = 12};

/// Clauses, owner, reason, compensating measure and an end within a year; a subject that exists as far as this subject
/// knows (logins are not known here). It begins today or later.
Result<policy::Exception> clean(policy::Exception exception, const Register& known, const people::Directory& directory,
                                Instant now);

}  // namespace khien::accounts
