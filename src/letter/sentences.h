// The sentences of the body that ask for something, cut into clauses, each with its force and the group it binds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "letter/genre.h"
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
  Context before;  ///< the items above and the words in front of what is asked, where a date may stand until when
  std::vector<Clause> clauses;
  std::string item;
  bool heading = false;  ///< it leads to the items below it
  bool implied = false;  ///< no word asks; the kind of paper does

  [[nodiscard]] Tokens words(const Clause& clause) const {
    return Tokens(tokens).subspan(clause.begin, clause.end - clause.begin);
  }
};

/// Why words were passed over.
enum class Why : std::uint8_t {
  Background,  ///< cause, finding, basis, old rule, what others said
  Waived,      ///< expressly not asked
  Quoted,      ///< the title of another letter, an old value, an example
  Reported,    ///< a report tells it
  Recorded,    ///< minutes, a pledge or the like hold it
  NoOrder,     ///< nothing asks for it
};

struct Unasked {
  std::vector<Token> tokens;
  Context context;
  Why why = Why::Background;
};

struct Asked {
  std::vector<Sentence> sentences;
  std::vector<Unasked> passed;  ///< in the order of the letter
};

/// Clauses that one letter may ask for: each is held against every rule.
inline constexpr std::size_t kMostClauses = 3'000;

/// Refuses a letter that asks for more than kMostClauses.
Result<Asked> asked_sentences(const Source& source, const std::vector<Block>& blocks, Genre genre);

}  // namespace khien::letter
