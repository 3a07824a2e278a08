// The places of the shared systems in Province::systems.
#pragma once

#include "demo/province.h"

namespace khien::demo {

inline constexpr Index kTthc = 0;
inline constexpr Index kQlvb = 1;
inline constexpr Index kCbccvc = 2;
inline constexpr Index kMail = 3;
inline constexpr Index kPopdb = 4;
inline constexpr Index kPortal = 5;
inline constexpr Index kEoffice = 6;
inline constexpr Index kSystemCount = 7;

}  // namespace khien::demo
