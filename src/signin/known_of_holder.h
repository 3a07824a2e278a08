// What somebody who knows the holder would try first.
#pragma once

#include "credentials/guessable.h"
#include "signin/standing.h"

namespace khien::signin {

/// What colleagues know: names of the holder, the names and codes of unit and systems.
credentials::GuessContext known_of_holder(const View& view, const Standing& standing,
                                          const std::string& installation_name);

/// The same with staff code, birth date, telephone and identity number. Opens sealed columns of the holder.
Result<credentials::GuessContext> with_secrets_of_holder(credentials::GuessContext known, const View& view,
                                                         const Standing& standing, people::People& people);

}  // namespace khien::signin
