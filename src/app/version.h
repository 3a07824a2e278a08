// The version of this program.
#pragma once

namespace khien::app {

inline constexpr const char* kVersion = "0.1.0";

}  // namespace khien::app
