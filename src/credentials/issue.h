// Passwords that are issued for the first sign-in: printed on a slip or read out on the telephone, at least 60 bits.
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "base/secret.h"
#include "credentials/composition.h"

namespace khien::credentials {

/// `KHTB-mvrg-4729-nkbh`: groups of one class each, no characters that look alike within their group, no vowels, `d`,
/// `w`, `z`, so that no Vietnamese keyboard method changes what is typed and no word appears. Conforms to the
/// composition. An error if its greatest length leaves no room for 60 bits (12 characters).
Result<Secret> issue_password(const Composition& composition, Random& random);

}  // namespace khien::credentials
