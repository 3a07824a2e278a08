// The least length of a password in the words of letters.
#pragma once

#include <cstdint>
#include <optional>

#include "letter/token.h"

namespace khien::letter {

/// "tối thiểu 8 ký tự", "không dưới 8", "từ 12 đến 20 ký tự" (12), "trên 8 ký tự" (9), "từ 8 lên 12 ký tự" (12). None
/// for an upper bound or for a number of something else ("một ký tự đặc biệt").
std::optional<std::int64_t> least_length(Tokens words);

}  // namespace khien::letter
