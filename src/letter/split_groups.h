// One sentence that gives two groups two values: "tối đa 03 tháng đối với người dùng, 01 tháng đối với quản trị".
#pragma once

#include <optional>
#include <vector>

#include "letter/pattern.h"
#include "letter/token.h"

namespace khien::letter {

struct GroupPart {
  std::vector<Token> tokens;   ///< what is said of the group, with the words before the first value
  std::optional<Match> group;  ///< the words of `tokens` that name it
};

/// The sentence as it is, or one part for each group that has a value of its own.
std::vector<GroupPart> split_groups(std::vector<Token> sentence);

}  // namespace khien::letter
