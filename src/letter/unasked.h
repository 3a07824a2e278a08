// What a letter says without asking for it, and why it was passed over: a clerk must be able to see that it was read.
#pragma once

#include <vector>

#include "letter/rules.h"

namespace khien::letter {

/// A note where a sentence that asks speaks of accounts or machines but nothing of it was understood, and where it is
/// the kind of paper that asks.
void note_asked(const Sentence& sentence, const Applied& applied, const Source& source, std::vector<Text>& notes);

/// A note on each date, duration, number of characters or of passwords in a sentence of which something was understood
/// that no control of the sentence holds.
void note_left_over(const Sentence& sentence, const Applied& applied, int year, const Source& source,
                    std::vector<Text>& notes);

/// No letter asks for shorter passwords; smaller numbers of characters count those of a class.
inline constexpr std::int64_t kShortestLength = 5;

/// Notes on words that sound like a control where none is proposed: one for each line, at most kMostUnaskedNotes and
/// then one that says how many more.
void note_unasked(const std::vector<Unasked>& passed, Tokens subject, int year, const Source& source,
                  std::vector<Text>& notes);

inline constexpr std::size_t kMostUnaskedNotes = 30;
/// Passages that are held against the rules for this; of a longer letter the rest is only counted.
inline constexpr std::size_t kMostUnasked = 300;

}  // namespace khien::letter
