#include "letter/split_groups.h"

#include "letter/numbers.h"

namespace khien::letter {
namespace {

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Stretch> between_commas(Tokens words) {
  std::vector<Stretch> out;
  std::size_t begin = 0;
  for (std::size_t at = 1; at <= words.size(); ++at) {
    if (at < words.size() && !words[at].after(kComma | kSemicolon)) continue;
    out.push_back({begin, at});
    begin = at;
  }
  return out;
}

std::optional<std::size_t> first_number(Tokens words, Stretch stretch) {
  for (std::size_t at = stretch.begin; at < stretch.end; ++at)
    if (number_at(words, at)) return at;
  return std::nullopt;
}

/// "… đối với tài khoản quản trị" at the end of a stretch, behind a number.
std::optional<Match> trailing_group(Tokens words, Stretch stretch) {
  static const Pattern towards(
      "(đối với|với|cho|áp dụng cho) [các|những|nhóm] (tài khoản|người|cán bộ|công chức|viên chức|giáo viên|nhân "
      "viên|lãnh đạo|"
      "quản trị|học sinh|máy|hệ thống|nhóm)");
  const auto number = first_number(words, stretch);
  if (!number) return std::nullopt;
  const Tokens part = words.subspan(0, stretch.end);
  const auto match = towards.find(part, *number);
  if (!match || stretch.end - match->begin > 12) return std::nullopt;
  const std::size_t name =
      match->begin + (words[match->begin].fold == "doi" || words[match->begin].fold == "ap" ? 2U : 1U);
  return Match{words[match->begin].fold == "ap" ? name + 1 : name, stretch.end};
}

}  // namespace

std::vector<GroupPart> split_groups(std::vector<Token> sentence) {
  const Tokens words = sentence;
  std::vector<std::pair<Stretch, Match>> valued;
  std::size_t covered = 0;
  for (const Stretch stretch : between_commas(words)) {
    if (const auto group = trailing_group(words, stretch)) {
      valued.emplace_back(Stretch{valued.empty() ? 0 : stretch.begin, stretch.end}, *group);
      covered = stretch.end;
    } else if (!valued.empty()) {
      break;
    }
  }
  std::vector<GroupPart> out;
  if (valued.size() < 2) {
    out.push_back({std::move(sentence), std::nullopt});
    return out;
  }
  const std::size_t value = first_number(words, valued.front().first).value_or(0);
  for (const auto& [stretch, group] : valued) {
    GroupPart part;
    const std::size_t prefix = stretch.begin == 0 ? 0 : value;
    part.tokens.assign(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(prefix));
    part.tokens.insert(part.tokens.end(), words.begin() + static_cast<std::ptrdiff_t>(stretch.begin),
                       words.begin() + static_cast<std::ptrdiff_t>(stretch.end));
    // The comma before a later value must not part it from the words it belongs to.
    if (prefix != 0) part.tokens[prefix].before &= static_cast<std::uint16_t>(~(kComma | kSemicolon));
    part.group = Match{group.begin - stretch.begin + prefix, group.end - stretch.begin + prefix};
    out.push_back(std::move(part));
  }
  if (covered < words.size())
    out.push_back(
        {std::vector<Token>(words.begin() + static_cast<std::ptrdiff_t>(covered), words.end()), std::nullopt});
  return out;
}

}  // namespace khien::letter
