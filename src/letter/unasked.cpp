#include "letter/unasked.h"

#include <algorithm>
#include <map>

#include "letter/amounts.h"
#include "letter/numbers.h"

namespace khien::letter {
namespace {

using policy::Kind;

Text names_of(const std::vector<Kind>& kinds) {
  Text out;
  for (const Kind kind : kinds) {
    const auto& spec = policy::spec_of(kind);
    const std::string separator = out.vi.empty() ? "" : ", ";
    out.vi += fmt::format("{}«{}»", separator, spec.vi);
    out.en += fmt::format("{}“{}”", separator, spec.en);
  }
  return out;
}

Text reason(Why why) {
  switch (why) {
    case Why::Background:
      return {"đây là hiện trạng, nguyên nhân, căn cứ hoặc quy định cũ",
              "it is a finding, a cause, a basis or an old rule"};
    case Why::Waived:
      return {"văn bản nói rõ là không yêu cầu", "the letter says that it is not asked"};
    case Why::Quoted:
      return {"đây là tên văn bản khác, giá trị cũ hoặc ví dụ",
              "it is the title of another letter, an old value or an example"};
    case Why::Reported:
      return {"đây là nội dung báo cáo", "it is what the report tells"};
    case Why::Recorded:
      return {"loại văn bản này không ra yêu cầu", "this kind of paper orders nothing"};
    case Why::NoOrder:
      return {"câu không có lời yêu cầu", "nothing in it asks"};
  }
  return {};
}

std::size_t line_of(const std::vector<Token>& tokens, const Source& source) {
  return place_of(source, tokens.front().range.begin).line;
}

/// Words of accounts and machines: a sentence without any cannot ask for a control that is lost.
bool on_our_matter(Tokens tokens) {
  static const Patterns matter{"{password}",
                               "{account}",
                               "{malware}",
                               "{popdb}",
                               "{vulnerability}",
                               "{storage}",
                               "{browser}",
                               "{portal}",
                               "đăng nhập",
                               "đăng xuất",
                               "phần mềm",
                               "giấy ủy quyền",
                               "ký tự",
                               "{change} ~2 (một|1|01) lần",
                               "# (lần|tháng|quý|năm) ~1 {change}"};
  static const Patterns other{"tài khoản ~2 (ngân hàng|tiền gửi|kho bạc|thanh toán|kế toán|giao dịch)"};
  return matter.in(tokens) && !other.in(tokens);
}

void add_once(std::vector<Text>& notes, Text note) {
  if (!contains(notes, note)) notes.push_back(std::move(note));
}

/// One kind of change of a password explains the words of the others; whatever is asked on leave, that of closing.
bool explained(Kind kind, const std::vector<Finding>& findings) {
  static constexpr Kind kChanges[] = {Kind::PasswordRotation, Kind::PasswordCutoff, Kind::PasswordFirstChange,
                                      Kind::PasswordChangeOnSuspicion};
  if (kind == Kind::AccountCloseOnLeave) return !findings.empty();
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.draft.kind == kind || (contains(kChanges, kind) && contains(kChanges, finding.draft.kind));
  });
}

/// Whether there is anything that could have been the value: "ký tự" alone is no period.
bool hints_at_value(Kind kind, Tokens words) {
  static const Patterns period{"định kỳ",
                               "chu kỳ",
                               "thường xuyên",
                               "thời hạn",
                               "# (ngày|tháng|quý|năm|tuần|lần)",
                               "(hằng|hàng|mỗi) (ngày|tuần|tháng|quý|năm)"};
  static const Patterns day{"(ngày|hạn|trước) ~3 #"};
  if (kind == Kind::PasswordRotation) return period.in(words);
  return kind != Kind::PasswordCutoff || day.in(words);
}

}  // namespace

void note_asked(const Sentence& sentence, const Applied& applied, const Source& source, std::vector<Text>& notes) {
  static constexpr Kind kValued[] = {Kind::PasswordComposition, Kind::PasswordRotation, Kind::PasswordCutoff,
                                     Kind::AccountCloseOnLeave};
  if (sentence.tokens.empty()) return;
  const std::size_t line = line_of(sentence.tokens, source);
  if (sentence.implied && !applied.findings.empty())
    add_once(notes,
             Text::format("Dòng {0}: câu không có lời yêu cầu; coi là yêu cầu vì loại văn bản, cần người xác nhận.",
                          "Line {0}: no word asks; it is taken as asked for the kind of paper, please confirm.", line));
  std::vector<Kind> unread;
  for (const Kind kind : applied.unread)
    if (contains(kValued, kind) && hints_at_value(kind, sentence.tokens) && !explained(kind, applied.findings))
      unread.push_back(kind);
  if (!unread.empty()) {
    const Text names = names_of(unread);
    add_once(notes,
             {fmt::format("Dòng {}: có thể yêu cầu {} nhưng không đọc được giá trị; cần người xem.", line, names.vi),
              fmt::format("Line {}: may ask for {}, but no value could be read; please look.", line, names.en)});
    return;
  }
  if (applied.findings.empty() && !sentence.heading && !sentence.clauses.empty() && on_our_matter(sentence.tokens))
    add_once(notes,
             Text::format("Dòng {0}: câu yêu cầu có nhắc đến tài khoản, máy hoặc phần mềm nhưng không khớp biện pháp "
                          "nào; cần người xem.",
                          "Line {0}: asks something about accounts, machines or software that matches no control; "
                          "please look.",
                          line));
}

namespace {

/// Words of a sentence that say how much, how long or until when, and the value as a parameter would hold it.
struct Amount {
  std::size_t begin;
  std::size_t end;
  Value value;
};

std::vector<Amount> amounts_in(Tokens tokens, int year) {
  static const Pattern characters("# ký tự");
  static const Pattern clock("# giờ (ngày|#|hằng|hàng|sáng|chiều|các)");
  static const Pattern passwords("# mật khẩu (gần|trước|cũ|đã|liền|liên)");
  std::vector<Amount> out;
  for (std::size_t at = 0; at < tokens.size();) {
    const std::size_t begin = at++;
    if (const auto date = find_date(tokens.first(std::min(tokens.size(), begin + 7)), year, begin);
        date && date->begin == begin) {
      at = date->end;
      // An older day is that of a law or of what happened.
      if (static_cast<int>(date->value.year()) >= year) out.push_back({begin, date->end, iso(date->value)});
    } else if (const auto often = find_recurrence(tokens.first(std::min(tokens.size(), begin + 12)), begin);
               often && often->begin == begin) {
      out.push_back({begin, often->end, iso(often->value)});
    } else if (const auto hour = clock.match_at(tokens, begin)) {
      at = hour->end;
    } else if (const auto duration = duration_at(tokens, begin)) {
      out.push_back({begin, duration->end, iso(duration->value)});
    } else if (const auto number = number_at(tokens, begin);
               number && (passwords.match_at(tokens, begin) ||
                          (number->value >= kShortestLength && characters.match_at(tokens, begin)))) {
      out.push_back({begin, number->end + 2, number->value});
    }
    if (!out.empty()) at = std::max(at, out.back().end);
  }
  return out;
}

bool holds(const std::vector<Finding>& findings, const Value& value) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return std::ranges::any_of(finding.draft.params, [&](const auto& param) { return param.second == value; });
  });
}

}  // namespace

void note_left_over(const Sentence& sentence, const Applied& applied, int year, const Source& source,
                    std::vector<Text>& notes) {
  if (applied.findings.empty()) return;  // note_asked tells these
  for (const Amount& amount : amounts_in(sentence.tokens, year)) {
    if (holds(applied.findings, amount.value)) continue;
    const Tokens words = Tokens(sentence.tokens).subspan(amount.begin, amount.end - amount.begin);
    add_once(notes, Text::format("Dòng {0}: «{1}» chưa vào biện pháp đề xuất nào; có thể câu còn một yêu cầu khác, "
                                 "cần người xem.",
                                 "Line {0}: “{1}” went into no proposed control; the sentence may ask for more, please "
                                 "look.",
                                 place_of(source, words.front().range.begin).line, source.in(range_of(words))));
  }
}

void note_unasked(const std::vector<Unasked>& passed, Tokens subject, int year, const Source& source,
                  std::vector<Text>& notes) {
  std::map<std::pair<std::size_t, Why>, std::vector<Kind>> found;  // by line
  std::size_t looked_at = 0;
  std::size_t beyond = 0;
  for (const Unasked& part : passed) {
    if (!on_our_matter(part.tokens)) continue;
    if (++looked_at > kMostUnasked) {
      ++beyond;
      continue;
    }
    Sentence sentence;
    sentence.tokens = part.tokens;
    sentence.context = part.context;
    sentence.clauses = {{.begin = 0, .end = part.tokens.size(), .strength = Strength::Must, .group = {}}};
    for (const Finding& finding : apply_rules(sentence, subject, year, source).findings) {
      auto& kinds = found[{line_of(part.tokens, source), part.why}];
      if (!contains(kinds, finding.draft.kind)) kinds.push_back(finding.draft.kind);
    }
  }
  std::size_t written = 0;
  for (const auto& [where, kinds] : found) {
    if (++written > kMostUnaskedNotes) {
      ++beyond;
      continue;
    }
    const Text names = names_of(kinds);
    const Text why = reason(where.second);
    add_once(notes, {fmt::format("Dòng {}: có nhắc {} nhưng không đề xuất, vì {}.", where.first, names.vi, why.vi),
                     fmt::format("Line {}: speaks of {}; not proposed because {}.", where.first, names.en, why.en)});
  }
  if (beyond > 0)
    notes.push_back(Text::format(
        "Còn {0} chỗ khác nhắc đến tài khoản, mật khẩu mà không đề xuất; cần người đọc văn bản.",
        "{0} further passages speak of accounts or passwords and were not proposed; please read.", beyond));
}

}  // namespace khien::letter
