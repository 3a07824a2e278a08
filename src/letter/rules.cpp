#include "letter/rules.h"

#include <algorithm>
#include <iterator>

#include "letter/amounts.h"

namespace khien::letter {
namespace {

using policy::Kind;

/// The match with the words up to the commas around it: its neighbours in a list speak of something else.
Tokens statement_around(Tokens words, Match match) {
  constexpr std::uint16_t kBoundary = kComma | kSemicolon;
  std::size_t begin = match.begin;
  while (begin > 0 && !words[begin].after(kBoundary)) --begin;
  std::size_t end = std::max(match.end, match.begin + 1);
  while (end < words.size() && !words[end].after(kBoundary)) ++end;
  return words.subspan(begin, end - begin);
}

/// Whether the rule holds for the scene; the words that say so.
std::optional<Match> holds(const Rule& rule, const Scene& scene) {
  if (!rule.topic.empty() && !rule.topic.in(scene.words) && !rule.topic.in(scene.context)) return std::nullopt;
  if (rule.never.in(scene.words)) return std::nullopt;
  for (auto match = rule.any.find(scene.words); match; match = rule.any.find(scene.words, match->begin + 1))
    if (rule.none.empty() || !rule.none.in(statement_around(scene.words, *match))) return match;
  return std::nullopt;
}

/// "Nếu dùng xác thực hai lớp thì thời hạn là 12 tháng": a value that holds on a condition holds for those who meet it.
std::optional<std::string> condition_of(Kind kind, const Scene& scene) {
  static constexpr Kind kValued[] = {Kind::PasswordComposition, Kind::PasswordRotation, Kind::PasswordHistory,
                                     Kind::SessionLogoutIdle};
  static const Pattern condition("^ (nếu|trường hợp) ~20 thì");
  static const Patterns own{"{compromise}", "{first_time}", "(không|ngừng) ~2 (thao tác|hoạt động|sử dụng)", "rời"};
  if (!contains(kValued, kind)) return std::nullopt;
  const auto match = condition.match_at(scene.words, 0);
  if (!match || own.in(scene.words.first(match->end))) return std::nullopt;
  return scene.text(0, match->end - 1);
}

}  // namespace

std::optional<Date> Scene::due_before(std::size_t word) const {
  const auto at = static_cast<std::size_t>(words.data() - sentence.data()) + word;
  const bool begins = at < sentence.size() && sentence[at].after(kSemicolon);  // what went before is another's
  if (const auto own = letter::due_before(sentence.first(at), year); own && !begins) return own->value;
  const auto above = letter::due_before(before, year);
  return above ? std::optional(above->value) : std::nullopt;
}

std::string Scene::text(std::size_t begin, std::size_t end) const {
  if (begin >= end || end > words.size()) return {};
  return std::string(source.in(range_of(words.subspan(begin, end - begin))));
}

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> out;
    for (const auto family : {composition_rules, password_rules, secrecy_rules, account_rules, session_rules,
                              browser_rules, device_rules, mail_rules, portal_rules, popdb_rules, reporting_rules})
      std::ranges::move(family(), std::back_inserter(out));
    return out;
  }();
  return rules;
}

Applied apply_rules(const Sentence& sentence, Tokens subject, int year, const Source& source) {
  Applied out;
  for (std::size_t i = 0; i < sentence.clauses.size(); ++i) {
    const Clause& clause = sentence.clauses[i];
    for (const Rule& rule : all_rules()) {
      const bool whole = rule.reach == Reach::Sentence;
      if (whole && i != 0) continue;
      const Scene scene{.words = whole ? Tokens(sentence.tokens) : sentence.words(clause),
                        .sentence = sentence.tokens,
                        .context = sentence.context.words(),
                        .before = sentence.before.words(),
                        .subject = subject,
                        .year = year,
                        .source = source};
      const auto match = holds(rule, scene);
      if (!match) continue;
      Finding finding{
          .draft = {.kind = rule.kind, .params = {}, .notes = {}, .quote = range_of(scene.words), .weak = false},
          .strength = clause.strength,
          .group = clause.group,
          .item = sentence.item};
      if (!finding.group) finding.group = condition_of(rule.kind, scene);
      if (rule.fill == nullptr || rule.fill(scene, *match, finding.draft)) {
        out.findings.push_back(std::move(finding));
      } else if (!contains(out.unread, rule.kind)) {
        out.unread.push_back(rule.kind);
      }
    }
  }
  return out;
}

}  // namespace khien::letter
