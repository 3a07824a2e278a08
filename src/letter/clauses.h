// Cutting a sentence where its force changes: "tối thiểu 8 ký tự, nên có ký tự đặc biệt; không bắt buộc …".
#pragma once

#include <vector>

#include "letter/sentences.h"

namespace khien::letter {

/// The clauses that ask something; what is expressly not asked is left out. `inherited` is the force of the lead.
std::vector<Clause> split_clauses(Tokens sentence, Strength inherited);

}  // namespace khien::letter
