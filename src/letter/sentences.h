// The sentences of the body that ask for something, cut into clauses, each with its force and the group it binds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "letter/layout.h"
#include "letter/types.h"

namespace khien::letter {

struct Clause {
  std::size_t begin = 0;  ///< words of the sentence
  std::size_t end = 0;
  Strength strength = Strength::Must;
  std::optional<std::string> group;
};

struct Sentence {
  std::vector<Token> tokens;   ///< what is asked; asides are left out
  std::vector<Token> context;  ///< the words of the item and of the items above it
  std::vector<Clause> clauses;
  std::string item;

  [[nodiscard]] Tokens words(const Clause& clause) const {
    return Tokens(tokens).subspan(clause.begin, clause.end - clause.begin);
  }
};

std::vector<Sentence> asked_sentences(const Source& source, const std::vector<Block>& blocks);

}  // namespace khien::letter
