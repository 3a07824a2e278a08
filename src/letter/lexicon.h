// The concepts that the phrases of the rules name in braces: {password}, {not}, {leave} …
#pragma once

#include <string_view>

namespace khien::letter {

/// The alternatives of a concept, separated by `|`, in the language of pattern.h. Throws on an unknown name, which is
/// our own mistake.
std::string_view lexicon_words(std::string_view concept_name);

}  // namespace khien::letter
