#include "letter/length.h"

#include "letter/numbers.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

enum class Bound : std::uint8_t {
  Least,  ///< the number itself is allowed: "tối thiểu", "không dưới", nothing
  More,   ///< only what is greater: "trên", "dài hơn"
  None,   ///< no lower bound: "tối đa", "dưới"
};

bool stands_before(const Pattern& pattern, Tokens words, std::size_t number) {
  for (std::size_t back = 1; back <= 5 && back <= number; ++back)
    if (const auto match = pattern.match_at(words.first(number), number - back); match && match->end == number)
      return true;
  return false;
}

/// What the words before a number make of it.
Bound bound_of(Tokens words, std::size_t number) {
  static const Pattern most(
      "(tối đa|nhiều nhất|không [được] (quá|vượt|vượt quá|hơn|trên)|không [được] (dài|nhiều|lớn|cao) (hơn|quá)) [là]");
  static const Pattern below("(dưới|(ít|ngắn|nhỏ|thấp|kém) hơn|(chưa|không) (đủ|đến|tới)) [là]");
  static const Pattern more("(trên|hơn|vượt|vượt quá|(phải|dài) quá) [là]");
  static const Pattern some("quá");
  static const Pattern denied("{not}");
  if (stands_before(most, words, number)) return Bound::None;
  if (stands_before(below, words, number)) {
    // "Không được đặt mật khẩu dưới 10 ký tự" asks for ten; "mật khẩu dưới 10 ký tự" alone says nothing.
    const std::size_t from = number > 10 ? number - 10 : 0;
    return denied.in(words.subspan(from, number - from)) ? Bound::Least : Bound::None;
  }
  if (stands_before(more, words, number)) return Bound::More;
  if (stands_before(some, words, number)) return Bound::None;
  const bool sign = words[number].after(kGreater) && !words[number].after(kSymbol);  // "> 8", not ">= 8"
  return sign ? Bound::More : Bound::Least;
}

/// A number of characters that is no length: "một ký tự đặc biệt", "3 ký tự liên tiếp".
bool counts_something_else(Tokens words, std::size_t behind) {
  static const Pattern something(
      "(đặc biệt|hoa|thường|in hoa|viết hoa|số|chữ|giống|liên tiếp|trùng|lặp|liền|như|cuối|đầu|cái|in|viết|khác "
      "nhau|thuộc|trong số|"
      "tuần tự|kế tiếp|là)");
  return something.match_at(words, behind).has_value() && !words[behind].after(kComma | kSemicolon | kOpen | kColon);
}

struct Counted {
  std::int64_t value = 0;
  std::size_t end = 0;
};

/// A number or a range of numbers: of "12 đến 20" the first, of "8 lên 12" the second.
std::optional<Counted> counted_at(Tokens words, std::size_t at) {
  const auto number = number_at(words, at);
  if (!number) return std::nullopt;
  Counted out{number->value, number->end};
  const auto is = [&](std::size_t i, std::string_view fold) { return i < words.size() && words[i].fold == fold; };
  const bool hyphen = out.end < words.size() && words[out.end].after(kHyphen);
  if (hyphen || is(out.end, "den") || is(out.end, "toi") || is(out.end, "len")) {
    const std::size_t second = hyphen ? out.end : out.end + (is(out.end + 1, "thanh") ? 2U : 1U);
    if (const auto to = number_at(words, second)) {
      if (is(out.end, "len")) out.value = to->value;
      out.end = to->end;
    }
  }
  if (is(out.end, "hoac") && is(out.end + 1, "nhieu") && is(out.end + 2, "hon")) out.end += 3;
  if (is(out.end, "tro") && is(out.end + 1, "len")) out.end += 2;
  return out;
}

}  // namespace

std::optional<std::int64_t> least_length(Tokens words) {
  static const Pattern chars("({char}|chữ cái|kí tự)");
  static const Pattern length_is("(độ dài|chiều dài)");
  const auto bounded = [&](std::size_t at, std::int64_t value) -> std::optional<std::int64_t> {
    const Bound bound = bound_of(words, at);
    if (bound == Bound::None) return std::nullopt;
    return bound == Bound::More ? value + 1 : value;
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto counted = counted_at(words, at);
    if (!counted) continue;
    const auto unit = chars.match_at(words, counted->end);
    if (unit && !counts_something_else(words, unit->end))
      if (const auto value = bounded(at, counted->value)) return value;
    at = counted->end - 1;
  }
  for (auto match = length_is.find(words); match; match = length_is.find(words, match->end))
    for (std::size_t i = match->end; i <= match->end + 10 && i < words.size(); ++i)
      if (const auto number = number_at(words, i))
        if (const auto value = bounded(i, number->value)) return value;
  return std::nullopt;
}

}  // namespace khien::letter
