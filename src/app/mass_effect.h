// How many people a change touches before it is made.
#pragma once

#include <cstddef>
#include <span>

#include "signin/standing.h"

namespace khien::app {

/// Logins and, of them, those that a change leaves worse off at one of the instants: shut out, or owing a step at once,
/// where they were not.
struct Touched {
  std::size_t logins = 0;
  std::size_t worse = 0;
};

/// If `would_be` were the directives, against those of now: at this moment, within the week, and when a directive
/// begins in it. A look at forty thousand logins takes less than a second.
Touched touched_by(const signin::Standings& standings, const directives::Register& adopted,
                   const directives::Register& would_be, Instant now);

/// How far ahead effects count.
inline constexpr Period kMassEffectWithin{.days = 7};

}  // namespace khien::app
