// The subject: behind "V/v" or "Về việc", or under the title of a notice, plan or directive.
#include "base/vietnamese.h"
#include "letter/genre.h"
#include "letter/header.h"
#include "letter/lines.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

/// The title alone on its line; the subject stands below it.
bool is_title(Tokens tokens) {
  return tokens.size() <= 4 && is_document_title(tokens);
}

/// Lines that cannot belong to a subject.
bool ends_subject(const Source& source, std::string_view line) {
  static const Patterns other{"^ kính gửi",
                              "^ =số",
                              "^ [~8] ngày [#] tháng [#] năm",
                              "^ độc lập tự do",
                              "^ ~6 ngày #",
                              "^ căn cứ",
                              "^ thực hiện [#|công văn|chỉ thị]",
                              "^ kính mời",
                              "^ thời gian",
                              "^ nội dung",
                              "^ địa điểm",
                              "^ thành phần"};
  const auto tokens = tokenise(source, line);
  return tokens.empty() || (is_capitals(line) && tokens.size() > 1) || other.in(tokens) ||
         line.find('#') != std::string_view::npos;
}

bool is_date_line(const Source& source, std::string_view line) {
  static const Pattern date("^ [~6] ngày [#] tháng");
  return date.in(tokenise(source, line));
}

bool ends_subject_of_capitals(const Source& source, Range line) {
  static const Patterns other{"^ kính gửi", "^ =số", "độc lập tự do", "cộng hòa xã hội", "đảng cộng sản"};
  const auto tokens = tokenise(source, line);
  return other.in(tokens) || is_document_title(tokens);
}

/// The part of a line that is the subject's own column.
std::string_view first_column(std::string_view line) {
  const std::size_t wide = std::min(line.find("   "), line.find('\t'));
  return line.substr(0, wide);
}

std::string clean(std::string text) {
  std::string out;
  for (const char c : text)
    if (c != '*' && c != '\\' && c != '|') out += c;
  out = squeeze(out);
  static constexpr std::string_view kEnds[] = {"\"", "“", "”", "'", ".", ":", ",", "-", "(", " ", "«", "»"};
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto end : kEnds) {
      if (out.starts_with(end)) out.erase(0, end.size()), changed = true;
      if (out.ends_with(end)) out.erase(out.size() - end.size()), changed = true;
    }
  }
  if (out.ends_with(')') && out.find('(') == std::string::npos) out.pop_back();  // of "(V/v …)"
  return out;
}

std::string collect(const Source& source, const std::vector<Range>& head, std::size_t line, std::size_t begin) {
  std::string text(first_column(source.in({begin, head[line].end})));
  bool blank = false;
  for (std::size_t i = line + 1; i < head.size(); ++i) {
    const Range next = trimmed(source, head[i]);
    if (next.empty()) {
      blank = true;
      continue;
    }
    const std::string_view words = first_column(source.in(next));
    const auto tokens = tokenise(source, words);
    if (is_date_line(source, words) && !text.empty()) continue;
    const bool small = !tokens.empty() && !tokens[0].capital;
    const bool started = !squeeze(text).empty();
    if (ends_subject(source, words) || (blank && !small && started)) break;
    text += ' ';
    text += words;
    blank = false;
  }
  return clean(std::move(text));
}

/// The Party's way: "Về …" without "V/v" below the number, quoted or not, also behind the place and date.
std::optional<std::string> below_number(const Source& source, const std::vector<Range>& head) {
  static const Pattern number("^ =số");
  static const Pattern about("^ =về");
  bool numbered = false;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto tokens = tokenise(source, trimmed(source, head[i]));
    if (numbered && tokens.size() > 1 && about.in(tokens)) {
      std::string subject = collect(source, head, i, tokens[0].range.end);
      if (!subject.empty()) return subject;
    }
    numbered = numbered || number.in(tokens);
  }
  return std::nullopt;
}

/// "BÁO CÁO KẾT QUẢ …" on one line: what stands behind the word for the kind of document.
std::optional<std::string> behind_title(const Source& source, const std::vector<Range>& head) {
  static const Pattern kind(
      "^ (thông báo|kế hoạch|chỉ thị|công điện|hướng dẫn|quyết định|nghị quyết|kết luận|tờ trình|báo cáo|biên bản|nội "
      "quy|quy định|quy chế|quy trình)");
  for (std::size_t i = 0; i < head.size(); ++i) {
    const Range line = trimmed(source, head[i]);
    const auto tokens = tokenise(source, line);
    const auto match = kind.match_at(tokens, 0);
    if (!match || !is_capitals(source.in(line)) || !is_document_title(tokens)) continue;
    std::size_t end = match->end;
    while (end < tokens.size() && (tokens[end].fold == "ve" || tokens[end].fold == "viec")) ++end;
    if (end >= tokens.size()) continue;
    std::string subject = clean(std::string(source.in({tokens[end].range.begin, line.end})));
    for (std::size_t next = i + 1; next < head.size(); ++next) {  // a title may run on in capitals
      const Range more = trimmed(source, head[next]);
      if (more.empty() || !is_capitals(source.in(more)) || ends_subject_of_capitals(source, more)) break;
      subject += " " + clean(std::string(source.in(more)));
    }
    return subject;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> read_subject(const Source& source, const std::vector<Range>& head) {
  static const Pattern about("(v v|về việc)");
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto tokens = tokenise(source, trimmed(source, head[i]));
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const auto match = about.match_at(tokens, at);
      // In the middle of a line only the abbreviation of the form counts, behind a wide gap or a number.
      if (!match || (at != 0 && (tokens[at].fold != "v" || !tokens[at + 1].after(kSlash)))) continue;
      std::string subject = collect(source, head, i, tokens[match->end - 1].range.end);
      if (!subject.empty()) return subject;
    }
  }
  for (std::size_t i = 0; i + 1 < head.size(); ++i) {
    const Range line = trimmed(source, head[i]);
    if (line.empty() || !is_capitals(source.in(line)) || !is_title(tokenise(source, line))) continue;
    std::string subject = collect(source, head, i, head[i].end);
    const auto tokens = tokenise(source, subject);
    if (!tokens.empty() && tokens[0].fold == "ve" && tokens.size() > 1) subject.erase(0, tokens[1].range.begin);
    if (!subject.empty()) return subject;
  }
  if (auto subject = below_number(source, head)) return subject;
  return behind_title(source, head);
}

}  // namespace khien::letter
