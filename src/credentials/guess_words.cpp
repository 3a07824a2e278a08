#include "credentials/guess_words.h"

#include <algorithm>
#include <charconv>

namespace khien::credentials {

extern const std::string_view kCommonPasswords;  // embedded by the build

namespace {

/// The letters that a sign or digit is written for.
std::string_view letters_of(char sign) {
  switch (sign) {
    case '0':
      return "o";
    case '1':
    case '!':
    case '|':
      return "il";
    case '3':
      return "e";
    case '4':
    case '@':
      return "a";
    case '5':
    case '$':
      return "s";
    case '6':
    case '9':
      return "g";
    case '7':
    case '+':
      return "t";
    case '8':
      return "b";
    case '(':
      return "c";
    default:
      return "";
  }
}

std::vector<GuessWord> read_list(std::string_view text) {
  std::vector<GuessWord> out;
  double bits = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with("= ")) {
      int value = 0;
      std::from_chars(line.data() + 2, line.data() + line.size(), value);
      bits = value;
    } else if (!line.empty() && !line.starts_with('#')) {
      out.push_back({.word = std::string(line), .bits = bits});
    }
  }
  return out;
}

}  // namespace

struct GuessWords::Walk {
  std::string_view text;
  std::size_t begin;
  const Found& found;
};

GuessWords::GuessWords(std::vector<GuessWord> words) : words_(std::move(words)) {
  // Of two entries of one word the cheaper stays; what is decisive is so in any case.
  std::ranges::sort(words_, [](const GuessWord& a, const GuessWord& b) {
    return std::tuple(std::string_view(a.word), !a.decisive, a.bits) <
           std::tuple(std::string_view(b.word), !b.decisive, b.bits);
  });
  const auto [first, last] = std::ranges::unique(words_, {}, &GuessWord::word);
  words_.erase(first, last);
  std::erase_if(words_, [](const GuessWord& each) { return each.word.empty(); });
}

void GuessWords::each_from(std::string_view text, std::size_t begin, const Found& found) const {
  walk({text, begin, found}, 0, words_.size(), 0, 0);
}

void GuessWords::walk(const Walk& on, std::size_t low, std::size_t high, std::size_t depth, int leets) const {
  // words_[low, high) share their first `depth` characters with the text.
  if (depth != 0 && words_[low].word.size() == depth) on.found(on.begin + depth, words_[low], leets);
  if (on.begin + depth >= on.text.size()) return;
  const auto character_at = [depth](const GuessWord& each) {
    return depth < each.word.size() ? static_cast<int>(static_cast<unsigned char>(each.word[depth])) : -1;
  };
  const auto go_on = [&](char character, int more_leets) {
    const auto range = std::ranges::equal_range(
        words_.begin() + static_cast<std::ptrdiff_t>(low), words_.begin() + static_cast<std::ptrdiff_t>(high),
        static_cast<int>(static_cast<unsigned char>(character)), {}, character_at);
    if (!range.empty())
      walk(on, static_cast<std::size_t>(range.begin() - words_.begin()),
           static_cast<std::size_t>(range.end() - words_.begin()), depth + 1, leets + more_leets);
  };
  const char here = on.text[on.begin + depth];
  go_on(here, 0);
  for (const char letter : letters_of(here)) go_on(letter, 1);
}

const GuessWords& common_words() {
  static const GuessWords words(read_list(kCommonPasswords));
  return words;
}

}  // namespace khien::credentials
