// Whom a clause binds, when it is not everybody: "Đối với tài khoản quản trị: …".
#pragma once

#include <optional>

#include "letter/pattern.h"
#include "letter/token.h"

namespace khien::letter {

/// The words that name the group at the front of a sentence, clause or heading.
std::optional<Match> group_at_front(Tokens words);

/// A front that says "everybody" and so ends an inherited group.
bool names_everybody(Tokens words);

}  // namespace khien::letter
