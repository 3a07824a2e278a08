// Words that a guesser tries, found inside a password also where leet signs stand for letters.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/guessable.h"

namespace khien::credentials {

struct GuessWord {
  std::string word;  ///< lower case, without marks
  double bits = 0;   ///< log2 of how many words a guesser tries before
  GuessReason reason = GuessReason::Common;
  bool decisive = false;  ///< its mere presence refuses a password
};

/// An immutable list; look-ups need no lock.
class GuessWords {
 public:
  explicit GuessWords(std::vector<GuessWord> words);

  /// Calls `found(end, word, leets)` for every word that stands in `text` from `begin` on, where `leets` of its letters
  /// are written as digits or signs.
  using Found = std::function<void(std::size_t end, const GuessWord& word, int leets)>;
  void each_from(std::string_view text, std::size_t begin, const Found& found) const;

  [[nodiscard]] std::size_t size() const { return words_.size(); }

 private:
  struct Walk;
  void walk(const Walk& walk, std::size_t low, std::size_t high, std::size_t depth, int leets) const;

  std::vector<GuessWord> words_;  // sorted
};

/// The list that ships with Khiên (data/common_passwords.txt).
const GuessWords& common_words();

}  // namespace khien::credentials
