#include "letter/header.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "letter/amounts.h"
#include "letter/lines.h"
#include "letter/numbers.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

/// "#SoKyHieuVanBan", "{{so}}", "<<ngay>>": a form that was never filled in.
void note_template_marks(const Source& source, const std::vector<Range>& head, std::vector<Text>& notes) {
  for (const Range raw : head) {
    const std::string_view line = source.in(raw);
    const std::size_t hash = line.find('#');
    const bool merge_field = hash != std::string_view::npos && hash + 1 < line.size() &&
                             line.find(' ', hash) == std::string_view::npos &&
                             static_cast<unsigned char>(line[hash + 1]) > ' ' && line[hash + 1] != '#';
    if (!merge_field && line.find("{{") == std::string_view::npos && line.find("<<") == std::string_view::npos)
      continue;
    notes.push_back(Text::format("Văn bản còn trường chưa điền: {0}.", "A template field was left unfilled: {0}.",
                                 std::string(source.in(trimmed(source, raw)))));
  }
}

struct DayMonthYear {
  std::optional<std::int64_t> day, month, year;
  std::size_t end = 0;
};

/// "ngày [07] tháng [6] năm [2024]" with any of the three blank.
std::optional<DayMonthYear> date_form(Tokens tokens, std::size_t at) {
  DayMonthYear out;
  const auto is = [&](std::string_view fold) { return out.end < tokens.size() && tokens[out.end].fold == fold; };
  const auto number = [&]() -> std::optional<std::int64_t> {
    if (out.end >= tokens.size()) return std::nullopt;
    std::string digits = tokens[out.end].fold;
    auto value = digits_value(digits);
    if (!value) return std::nullopt;
    ++out.end;
    // "ngày 1 5 tháng 5 năm 20 25": a blank of the OCR inside a number.
    while (out.end < tokens.size() && digits_only(tokens[out.end].fold) && tokens[out.end].before == kBlank &&
           digits.size() + tokens[out.end].fold.size() <= 4) {
      digits += tokens[out.end++].fold;
      value = digits_value(digits);
    }
    return value;
  };
  out.end = at;
  if (is("ngay")) {
    ++out.end;
    out.day = number();
  }
  if (!is("thang")) return std::nullopt;
  ++out.end;
  out.month = number();
  if (!is("nam")) return std::nullopt;
  ++out.end;
  out.year = number();
  return out;
}

std::optional<std::string> iso_of(const DayMonthYear& form) {
  if (!form.year || !form.month || *form.year < 1945 || *form.year > 2199 || *form.month < 1 || *form.month > 12)
    return std::nullopt;
  if (!form.day) return fmt::format("{:04}-{:02}", *form.year, *form.month);
  const Date date{std::chrono::year{static_cast<int>(*form.year)},
                  std::chrono::month{static_cast<unsigned>(*form.month)},
                  std::chrono::day{static_cast<unsigned>(std::min<std::int64_t>(*form.day, 32))}};
  if (!date.ok()) return std::nullopt;
  return iso(date);
}

/// The date of a place-and-date line; an outer nullopt means that the line is none.
std::optional<std::optional<std::string>> date_of_line(Tokens tokens) {
  for (std::size_t at = 0; at < std::min<std::size_t>(tokens.size(), 16); ++at) {
    if (tokens[at].fold != "ngay" && !(tokens[at].fold == "thang" && at > 0 && tokens[at].after(kComma))) continue;
    if (at > 0 && !tokens[at].after(kComma) && !tokens[0].capital) continue;
    if (const auto form = date_form(tokens, at); form && tokens.size() - form->end <= 1) return iso_of(*form);
    const auto numeric = find_date(tokens.subspan(at), 0);
    if (numeric && numeric->begin == 1 && tokens.size() - at - numeric->end <= 1) return iso(numeric->value);
  }
  return std::nullopt;
}

}  // namespace

std::vector<Range> head_cells(const Source& source, const std::vector<Range>& head) {
  std::vector<Range> cells;
  for (const Range line : head) {
    std::size_t begin = line.begin;
    for (std::size_t at = line.begin; at <= line.end; ++at) {
      const bool wide = at < line.end &&
                        (source.text[at] == '\t' || source.text[at] == '|' || source.text.compare(at, 3, "   ") == 0);
      if (at < line.end && !wide) continue;
      const Range cell = trimmed(source, {begin, at});
      if (!cell.empty()) cells.push_back(cell);
      begin = at + 1;
    }
  }
  return cells;
}

std::optional<std::string> read_date(const Source& source, const std::vector<Range>& head,
                                     const std::vector<Range>& cells, const std::vector<Range>& tail,
                                     std::vector<Text>& notes) {
  static const Patterns other{"^ v v", "^ về việc",   "^ kính gửi",  "^ căn cứ",   "^ thực hiện", "^ theo",
                              "^ xét", "^ tiếp theo", "^ thời gian", "^ thay thế", "^ kính mời"};
  for (const auto* lines : {&head, &cells, &tail})
    for (const Range line : *lines) {
      const auto tokens = tokenise(source, line);
      if (other.in(tokens)) continue;
      const auto date = date_of_line(tokens);
      if (!date) continue;
      if (!*date || (*date)->size() < 10)
        notes.push_back({"Ngày ban hành chưa ghi đủ; cần người điền.",
                         "The date of issue is not complete; a person must fill it in."});
      return *date;
    }
  notes.push_back({"Không tìm thấy ngày ban hành.", "No date of issue was found."});
  return std::nullopt;
}

Header read_header(const Source& source, const Layout& layout, std::vector<Text>& notes) {
  note_template_marks(source, layout.head, notes);
  const auto cells = head_cells(source, layout.head);
  Header header;
  header.number = read_number(source, cells, notes);
  // Whole lines first: a blank day looks like the gap between two columns.
  header.date = read_date(source, layout.head, cells, layout.tail, notes);
  header.subject = read_subject(source, layout.head);
  header.issuer = read_issuer(source, layout, cells, header.number);
  if (!header.issuer)
    notes.push_back({"Không xác định được cơ quan ban hành.", "The issuing body could not be determined."});
  return header;
}

}  // namespace khien::letter
