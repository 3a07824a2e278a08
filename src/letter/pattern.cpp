#include "letter/pattern.h"

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <stdexcept>

#include "base/vietnamese.h"
#include "letter/lexicon.h"
#include "letter/numbers.h"

namespace khien::letter {
namespace {

using Sequence = Pattern::Sequence;
using Node = Pattern::Node;
bool is_ascii_digit(char c) {
  return c >= '0' && c <= '9';
}

using Positions = boost::container::small_vector<std::size_t, 32>;

/// Short words are other words with other marks ("vá" and "và"); these few are not, and OCR often errs in them.
bool needs_marks(std::string_view fold) {
  static constexpr auto kSure =
      std::to_array<std::string_view>({"mat", "khau", "tai", "ky", "cong", "mem", "phan", "nhap", "xuat", "hong",
                                       "mail", "quet", "duoc", "viec", "huu", "xoa", "huy", "uy", "hoa"});
  static constexpr auto kUnsure =
      std::to_array<std::string_view>({"nhung", "chuyen", "quyen", "thuong", "thang", "trong", "chung", "giong"});
  if (fold.size() > 4) return contains(kUnsure, fold);
  return !is_ascii_digit(fold[0]) && !contains(kSure, fold);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<Sequence> alternatives(char close) {
    std::vector<Sequence> out(1);
    while (true) {
      while (at_ < text_.size() && text_[at_] == ' ') ++at_;
      if (at_ == text_.size()) {
        if (close != '\0') throw std::invalid_argument("pattern: open bracket in " + std::string(text_));
        return out;
      }
      const char c = text_[at_];
      if (c == close) {
        ++at_;
        return out;
      }
      if (c == '|') {
        ++at_;
        out.emplace_back();
      } else {
        out.back().push_back(node());
      }
    }
  }

 private:
  Node node() {
    const char c = text_[at_];
    if (c == '(' || c == '[') {
      ++at_;
      Node group{.type = NodeType::Group,
                 .word = {},
                 .hash = 0,
                 .marks = {},
                 .most = 0,
                 .optional = c == '[',
                 .alternatives = {}};
      group.alternatives = alternatives(c == '(' ? ')' : ']');
      return group;
    }
    if (c == '{') {
      const auto end = std::min(text_.find('}', at_), text_.size() - 1);
      Parser inner(lexicon_words(text_.substr(at_ + 1, end - at_ - 1)));
      at_ = end + 1;
      return {.type = NodeType::Group,
              .word = {},
              .hash = 0,
              .marks = {},
              .most = 0,
              .optional = false,
              .alternatives = inner.alternatives('\0')};
    }
    const auto end = std::min(text_.find_first_of(" |()[]{}", at_), text_.size());
    const std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    return leaf(word);
  }

  static Node leaf(std::string_view word) {
    Node out;
    if (word == "..") {
      out.type = NodeType::Gap;
      out.most = 6;
    } else if (word == "...") {
      out.type = NodeType::Gap;
      out.most = 25;
    } else if (word[0] == '~') {
      out.type = NodeType::Gap;
      out.most = std::stoul(std::string(word.substr(1)));
    } else if (word == "#") {
      out.type = NodeType::Number;
    } else if (word == "^") {
      out.type = NodeType::Start;
    } else {
      const bool exact = word[0] == '=';
      const Token token = tokenise(word).at(0);
      out.word = token.fold;
      out.hash = token.hash;
      if (exact || needs_marks(token.fold)) out.marks = token.marks;
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void tidy(Positions& positions) {
  std::ranges::sort(positions);
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
}

Positions run(const Sequence& sequence, Tokens tokens, std::size_t from);

bool is_word(const Token& token, const Node& node) {
  return token.hash == node.hash && token.fold == node.word &&
         (node.marks.empty() || token.marks.empty() || token.marks == node.marks);
}

/// Every position at which the node can end when it begins at `at`.
void step(const Node& node, Tokens tokens, std::size_t at, Positions& out) {
  switch (node.type) {
    case NodeType::Start:
      if (at == 0) out.push_back(at);
      break;
    case NodeType::Gap:
      for (std::size_t i = 0; i <= node.most && at + i <= tokens.size(); ++i) out.push_back(at + i);
      break;
    case NodeType::Group:
      if (node.optional) out.push_back(at);
      for (const Sequence& alternative : node.alternatives)
        std::ranges::copy(run(alternative, tokens, at), std::back_inserter(out));
      break;
    case NodeType::Number:
      if (const auto number = number_at(tokens, at)) out.push_back(number->end);
      break;
    case NodeType::Word:
      if (at < tokens.size() && is_word(tokens[at], node)) out.push_back(at + 1);
      break;
  }
}

Positions run(const Sequence& sequence, Tokens tokens, std::size_t from) {
  Positions now{from};
  Positions next;
  for (const Node& node : sequence) {
    next.clear();
    for (const std::size_t at : now) step(node, tokens, at, next);
    tidy(next);
    if (next.empty()) return {};
    std::swap(now, next);
  }
  return now;
}

/// Adds the words a sequence can begin with; false if it can begin with anything.
bool collect_first(const Sequence& sequence, std::vector<std::uint32_t>& out) {
  if (sequence.empty()) return false;
  const Node& node = sequence.front();
  if (node.type == NodeType::Word) {
    out.push_back(node.hash);
    return true;
  }
  if (node.type != NodeType::Group || node.optional) return false;
  return std::ranges::all_of(node.alternatives, [&](const Sequence& s) { return collect_first(s, out); });
}

}  // namespace

Pattern::Pattern(std::string_view phrase) {
  auto alternatives = Parser(phrase).alternatives('\0');
  if (alternatives.size() == 1) {
    nodes_ = std::move(alternatives.front());
  } else {
    nodes_.push_back({.type = NodeType::Group,
                      .word = {},
                      .hash = 0,
                      .marks = {},
                      .most = 0,
                      .optional = false,
                      .alternatives = std::move(alternatives)});
  }
  if (!collect_first(nodes_, first_)) first_.clear();
  std::ranges::sort(first_);
  for (const std::uint32_t hash : first_) first_bits_ |= std::uint64_t{1} << (hash & 63U);
}

bool Pattern::can_begin(std::uint32_t hash) const {
  return ((first_bits_ >> (hash & 63U)) & 1U) != 0 && std::ranges::binary_search(first_, hash);
}

std::optional<Match> Pattern::match_at(Tokens tokens, std::size_t at) const {
  const Positions ends = run(nodes_, tokens, at);
  if (ends.empty()) return std::nullopt;
  return Match{at, ends.front()};
}

std::optional<Match> Pattern::find(Tokens tokens, std::size_t from) const {
  for (std::size_t at = from; at < tokens.size(); ++at) {
    if (!first_.empty() && !can_begin(tokens[at].hash)) continue;
    if (auto match = match_at(tokens, at)) return match;
  }
  return std::nullopt;
}

Patterns::Patterns(std::initializer_list<std::string_view> phrases) {
  patterns_.reserve(phrases.size());
  for (const auto phrase : phrases) patterns_.emplace_back(phrase);
}

std::optional<Match> Patterns::find(Tokens tokens, std::size_t from) const {
  std::optional<Match> best;
  for (const Pattern& pattern : patterns_)
    if (const auto match = pattern.find(tokens, from); match && (!best || match->begin < best->begin)) best = match;
  return best;
}

}  // namespace khien::letter
