// From what the rules found to what is proposed: bounds, repeats, the order of the letter.
#pragma once

#include <vector>

#include "letter/rules.h"

namespace khien::letter {

/// One control for each kind, group and strength; a repeat only adds parameters that were missing. Values out of the
/// catalogue's bounds are left out and noted.
std::vector<ProposedControl> merge(std::vector<Finding> findings, const Source& source, std::vector<Text>& notes);

}  // namespace khien::letter
