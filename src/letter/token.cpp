#include "letter/token.h"

#include "base/vietnamese.h"

namespace khien::letter {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_ascii_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Soft hyphen and zero-width joiners: inside a word they are nothing.
bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0x200B || c == 0xFEFF;
}

bool is_word(char32_t c) {
  if (c < 0x80) return is_ascii_word(c);
  if (is_invisible(c)) return true;
  if (c <= 0xBF || c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x2000 && c <= 0x2BFF) return false;  // punctuation, arrows, boxes, bullets
  if (c >= 0x3000 && c <= 0x303F) return false;
  return !(c >= 0xE000 && c <= 0xF8FF) && c != 0xFFFD;  // bullets of symbol fonts, replacement
}

std::uint16_t separator_of(char32_t c) {
  switch (c) {
    case ',':
      return kComma;
    case ';':
      return kSemicolon;
    case '.':
    case '!':
    case '?':
    case 0x2026:
      return kStop;
    case ':':
      return kColon;
    case '(':
    case '[':
      return kOpen;
    case ')':
    case ']':
      return kClose;
    case '"':
    case '\'':
    case 0x201C:
    case 0x201D:
    case 0x2018:
    case 0x2019:
    case 0xAB:
    case 0xBB:
      return kQuote;
    case '/':
      return kSlash;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return kHyphen;
    case '\n':
    case '\r':
    case '\f':
      return kLine | kBlank;
    case '@':
    case '#':
    case '$':
    case '%':
    case '&':
    case '=':
    case '^':
    case '~':
    case '+':
      return kSymbol;
    case '>':
      return kGreater | kBlank;
    case '*':
    case '\\':
    case '_':
    case '`':
      return 0;
    default:
      return kBlank;
  }
}

/// True if the separator at `at` joins digits into one number or date.
bool joins_digits(std::string_view text, std::size_t begin, std::size_t at, std::size_t end) {
  return (text[at] == '/' || text[at] == '.') && at > begin && at + 1 < end && is_digit(text[at - 1]) &&
         is_digit(text[at + 1]);
}

std::string without_invisible(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    if (!is_invisible(next_code_point(word, at))) out += word.substr(begin, at - begin);
  }
  return out;
}

std::size_t word_end(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t at = begin;
  while (at < end) {
    std::size_t next = at;
    if (!is_word(next_code_point(text, next)) && !joins_digits(text, begin, at, end)) break;
    at = next;
  }
  return at;
}

/// "kí", "lí", "quí" are spellings of "ký", "lý", "quý".
bool ends_in_either_i(std::string_view fold) {
  return fold == "ki" || fold == "li" || fold == "mi" || fold == "hi" || fold == "si" || fold == "ti" || fold == "qui";
}

Token token_of(const std::string& word, Range range, std::uint16_t before) {
  Token token{.fold = fold(word),
              .lower = lower(word),
              .marks = {},
              .hash = 0,
              .range = range,
              .before = before,
              .capital = false};
  token.marks = telex(token.lower);
  if (ends_in_either_i(token.fold)) {
    token.fold.back() = 'y';
    token.marks[token.fold.size() - 1] = 'y';
  }
  token.hash = word_hash(token.fold);
  std::size_t first = 0;
  next_code_point(word, first);
  token.capital = !token.lower.starts_with(word.substr(0, first));
  return token;
}

std::vector<Token> words_in(std::string_view text, Range range) {
  std::vector<Token> tokens;
  std::uint16_t before = kLine | kBlank;
  for (std::size_t at = range.begin; at < range.end;) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, next);
    if (!is_word(c)) {
      before |= separator_of(c);
      at = next;
      continue;
    }
    const std::size_t end = word_end(text, at, range.end);
    const std::string word = without_invisible(text.substr(at, end - at));
    if (!word.empty()) {
      tokens.push_back(token_of(word, {at, end}, before));
      before = 0;
    }
    at = end;
  }
  return tokens;
}

}  // namespace

std::uint16_t separators_in(const Source& source, Range range) {
  std::uint16_t out = 0;
  for (std::size_t at = range.begin; at < range.end;) out |= separator_of(next_code_point(source.text, at));
  return out;
}

std::vector<Token> tokenise(const Source& source, Range range) {
  auto tokens = words_in(source.text, range);
  if (!source.marked)
    for (Token& token : tokens) token.marks.clear();
  return tokens;
}

std::vector<Token> tokenise(const Source& source, std::string_view piece) {
  auto tokens = words_in(piece, {0, piece.size()});
  if (!source.marked)
    for (Token& token : tokens) token.marks.clear();
  return tokens;
}

std::vector<Token> tokenise(std::string_view text) {
  return words_in(text, {0, text.size()});
}

Range range_of(Tokens tokens) {
  if (tokens.empty()) return {};
  Range out = tokens.front().range;
  for (const Token& token : tokens) {
    out.begin = std::min(out.begin, token.range.begin);
    out.end = std::max(out.end, token.range.end);
  }
  return out;
}

std::string folded(Tokens tokens) {
  std::string out;
  for (const Token& token : tokens) {
    if (!out.empty()) out += ' ';
    out += token.fold;
  }
  return out;
}

}  // namespace khien::letter
