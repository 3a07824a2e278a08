// A small language for phrases: words, alternatives, concepts and gaps, matched on unmarked words.
//
//   đổi mật khẩu        these words; long ones are compared without marks, because OCR errs in tones; of short ones
//   only
//                       those that no other mark turns into another word
//   (a|b c)  [a|b]      one of the alternatives; the same, or nothing
//   {password}          an alternative of that concept of the lexicon
//   ..  ...  ~3         up to 6, up to 25, up to 3 words between
//   #                   a number in digits or words
//   =nên                the word with exactly these marks
//   ^                   the beginning of the clause
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "letter/token.h"

namespace khien::letter {

/// Half-open range of word indices.
struct Match {
  std::size_t begin = 0;
  std::size_t end = 0;
};

class Pattern {
 public:
  /// `phrase` is part of the program: an unknown concept or an open bracket is our own mistake and throws.
  explicit Pattern(std::string_view phrase);

  /// The first match at or after `from`, as short as possible.
  [[nodiscard]] std::optional<Match> find(Tokens tokens, std::size_t from = 0) const;
  /// The match that begins exactly at `at`.
  [[nodiscard]] std::optional<Match> match_at(Tokens tokens, std::size_t at) const;
  [[nodiscard]] bool in(Tokens tokens) const { return find(tokens).has_value(); }

  struct Node;
  using Sequence = std::vector<Node>;

 private:
  [[nodiscard]] bool can_begin(std::uint32_t hash) const;

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> first_;  ///< sorted hashes of the words it can begin with; empty: any
  std::uint64_t first_bits_ = 0;      ///< one bit for each of them, to pass over most words at once
};

enum class NodeType : std::uint8_t { Word, Number, Gap, Group, Start };

struct Pattern::Node {
  NodeType type = NodeType::Word;
  std::string word;                    ///< Word: unmarked
  std::uint32_t hash = 0;              ///< of that word
  std::string marks;                   ///< Word: as Token::marks; empty where marks do not matter
  std::size_t most = 0;                ///< Gap
  bool optional = false;               ///< Group
  std::vector<Sequence> alternatives;  ///< Group
};

/// Several phrases of which one is enough.
class Patterns {
 public:
  Patterns() = default;
  Patterns(std::initializer_list<std::string_view> phrases);
  [[nodiscard]] std::optional<Match> find(Tokens tokens, std::size_t from = 0) const;
  [[nodiscard]] bool in(Tokens tokens) const { return find(tokens).has_value(); }
  [[nodiscard]] bool empty() const { return patterns_.empty(); }

 private:
  std::vector<Pattern> patterns_;
};

}  // namespace khien::letter
