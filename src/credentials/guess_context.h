// The words that follow from what a guesser knows about the holder: names as they are typed, initials, abbreviations of
// units, dates and numbers.
#pragma once

#include <vector>

#include "credentials/guess_words.h"

namespace khien::credentials {

std::vector<GuessWord> words_of(const GuessContext& context);

}  // namespace khien::credentials
