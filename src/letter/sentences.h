// The sentences of the body that ask for something, cut into clauses, each with its force and the group it binds.
#pragma once

#include <memory>
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

/// The words that an item and the items above it have said so far: what a sentence is about. Sentences share them, each
/// sees as many as stood before and in it.
class Context {
 public:
  [[nodiscard]] Tokens words() const { return words_ ? Tokens(*words_).first(size_) : Tokens(); }
  /// The same and more words, up to a maximum; this one stays as it is. Copies only where another goes on from here
  /// too.
  [[nodiscard]] Context with(Tokens more) const;

 private:
  std::shared_ptr<std::vector<Token>> words_;
  std::size_t size_ = 0;
};

struct Sentence {
  std::vector<Token> tokens;  ///< what is asked; asides are left out
  Context context;
  std::vector<Clause> clauses;
  std::string item;

  [[nodiscard]] Tokens words(const Clause& clause) const {
    return Tokens(tokens).subspan(clause.begin, clause.end - clause.begin);
  }
};

/// Clauses that one letter may ask for: each is held against every rule.
inline constexpr std::size_t kMostClauses = 3'000;

/// Refuses a letter that asks for more than kMostClauses.
Result<std::vector<Sentence>> asked_sentences(const Source& source, const std::vector<Block>& blocks);

}  // namespace khien::letter
