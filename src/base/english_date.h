// Dates as the English pages show them: the month as a word, so that nobody takes 01/12 for the twelfth of January.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace khien {

/// `1 December 2026`.
std::string english(Date date);
/// `17:05 on 1 December 2026`, in local time.
std::string english_time(Instant instant);
/// The same of `2026-12-01`; `December 2026` of `2026-12`; anything else as it is.
std::string english(std::string_view iso);

}  // namespace khien
