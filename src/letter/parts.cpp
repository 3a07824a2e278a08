#include "letter/parts.h"

#include "letter/genre.h"
#include "letter/lines.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

constexpr std::size_t kHeadLines = 80;

/// What the head of a letter can hold besides capitals.
bool is_head_line(const Source& source, std::string_view line) {
  static const Patterns marks{
      "^ =số",       "^ =sô",      "^ v v",           "^ về việc", "^ [~6] ngày [#] tháng [#] năm",
      "^ ~6 ngày #", "^ kính gửi", "^ độc lập tự do", "^ =so"};
  static const Patterns speech{"{request}", "thực hiện", "căn cứ", "phải", "không được"};
  const auto tokens = tokenise(source, line);
  if (tokens.empty()) return false;
  if (is_capitals(line)) return true;
  return tokens.size() <= 30 && marks.in(tokens) &&
         (!speech.in(tokens) || tokens[0].fold == "v" || tokens[0].fold == "ve");
}

/// A sentence of the body: what stands in capitals behind it is a signature.
bool is_paragraph(const Source& source, Range line) {
  const std::string_view text = source.in(line);
  const bool ended = text.ends_with('.') || text.ends_with(':') || text.ends_with(';');
  const auto tokens = tokenise(source, line);
  return (ended && tokens.size() > 8 && !is_head_line(source, text)) || tokens.size() > 40;
}

/// A line that no mark ends: "Quy định sử dụng phòng máy" below "THÔNG BÁO".
bool is_subject(const Source& source, std::string_view line) {
  static const Patterns speech{"{request}", "thực hiện", "^ căn cứ", "phải", "{not}"};
  const auto tokens = tokenise(source, line);
  const bool open = !line.empty() && std::string_view(".:;,").find(line.back()) == std::string_view::npos;
  return open && tokens.size() <= 25 && !speech.in(tokens);
}

std::size_t find_addressees(const Source& source) {
  static const Pattern dear("^ kính gửi");
  for (std::size_t i = 0; i < std::min(source.lines.size(), kHeadLines); ++i) {
    const Range line = trimmed(source, source.lines[i]);
    const auto tokens = tokenise(source, line);
    if (!tokens.empty() && dear.match_at(tokens, 0)) return i;
  }
  return source.lines.size();
}

/// The first line behind the addressees: they end with a full stop, or before a paragraph that is no item.
std::size_t behind_addressees(const Source& source, std::size_t dear) {
  bool blank = false;
  bool listed = false;  // the line before is one of several addressees
  bool open = false;    // its mark says that more follow
  for (std::size_t i = dear; i < source.lines.size(); ++i) {
    const Range line = trimmed(source, source.lines[i]);
    if (line.empty()) {
      blank = i > dear;
      continue;
    }
    const auto marker = marker_of(source, source.lines[i]);
    if (i > dear && blank && !marker) return i;
    // "Kính gửi: các xã", a blank line, "1. …": the list is no list of addressees unless theirs goes on.
    const bool bullet = marker && (marker->label == "-" || marker->label == "+" || marker->label == "*");
    if (i > dear && blank && !open && (!bullet || !listed)) return i;
    blank = false;
    listed = bullet || (i == dear && source.in(line).find('-') != std::string_view::npos);
    open = source.in(line).ends_with(':') || source.in(line).ends_with(';') || source.in(line).ends_with(',');
    if (source.in(line).ends_with('.') && i > dear) return i + 1;
    if (i == dear && source.in(line).ends_with('.')) return i + 1;
  }
  return source.lines.size();
}

/// Without addressees (notices, plans, directives): behind the last line that belongs to a head.
std::size_t behind_titles(const Source& source) {
  std::size_t end = 0;
  std::size_t plain = 0;
  bool in_subject = false;
  bool titled = false;  // the subject of a title may stand behind a blank line
  for (std::size_t i = 0; i < std::min(source.lines.size(), kHeadLines) && plain < 3; ++i) {
    const Range line = trimmed(source, source.lines[i]);
    if (line.empty()) {
      in_subject = false;
      continue;
    }
    if (const auto marker = marker_of(source, source.lines[i]); marker && marker->label != "*" && marker->label != "-")
      break;
    if ((plain > 0 && begins_tail(source, line)) || is_paragraph(source, line)) break;
    const bool subject = titled && is_subject(source, source.in(line));
    titled = is_capitals(source.in(line)) && is_document_title(tokenise(source, line));
    if (is_head_line(source, source.in(line)) || in_subject || subject) {
      end = i + 1;
      plain = 0;
      in_subject = true;  // a subject or a title may run over several lines
    } else {
      ++plain;
    }
  }
  return end;
}

}  // namespace

Parts parts_of(const Source& source) {
  static const Pattern annex("^ phụ lục");
  const std::size_t count = source.lines.size();
  const std::size_t dear = find_addressees(source);
  Parts parts{.head_end = dear < count ? behind_addressees(source, dear) : behind_titles(source),
              .tail_begin = count,
              .annex = count};
  for (std::size_t i = parts.head_end; i < count; ++i) {
    const Range line = trimmed(source, source.lines[i]);
    if (parts.tail_begin == count && begins_tail(source, line)) parts.tail_begin = i;
    if (parts.tail_begin < i && parts.annex == count && annex.in(tokenise(source, line))) parts.annex = i;
  }
  return parts;
}

}  // namespace khien::letter
