// What somebody who knows the holder would try first.
#pragma once

#include "credentials/guessable.h"
#include "signin/standing.h"

namespace khien::signin {

/// Names and numbers of the holder, the names and codes of unit and systems. Opens sealed columns of the holder.
credentials::GuessContext known_of_holder(const View& view, const Standing& standing, people::People& people,
                                          const std::string& installation_name);

}  // namespace khien::signin
