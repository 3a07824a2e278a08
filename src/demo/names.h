// Full names as they are borne in Viet Nam, about as often; put together by chance.
#pragma once

#include <string>

#include "base/random.h"

namespace khien::demo {

enum class Sex { Man, Woman };

/// Family, middle and given name, NFC with marks.
std::string make_name(Sex sex, Random& random);

/// `number` below kPlaceNames; different numbers give different names of two syllables.
inline constexpr std::size_t kPlaceNames = 320;
std::string place_name(std::size_t number);

}  // namespace khien::demo
