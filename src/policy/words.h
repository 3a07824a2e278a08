// What the codes of the catalogue are called: names of parameters and the codes that they take.
#pragma once

#include <string_view>

#include "base/text.h"

namespace khien::policy {

/// `min_length`: "độ dài tối thiểu"; the code itself where there is no such code.
Text words_of(std::string_view code);

}  // namespace khien::policy
