#include "letter/read.h"

#include <algorithm>
#include <iterator>

#include "letter/header.h"
#include "letter/merge.h"
#include "letter/numbers.h"
#include "letter/rules.h"
#include "letter/unasked.h"

namespace khien::letter {
namespace {

int year_of(const Header& header) {
  if (!header.date || header.date->size() < 4) return 0;
  return static_cast<int>(digits_value(header.date->substr(0, 4)).value_or(0));
}

/// A report about trees or fire drills is no matter of accounts.
bool only_reports_of_something_else(const Reading& reading, Tokens subject) {
  static const Patterns ours{"tài khoản",
                             "mật khẩu",
                             "an toàn thông tin",
                             "an ninh mạng",
                             "an ninh thông tin",
                             "bảo mật",
                             "mã độc",
                             "dữ liệu",
                             "phần mềm",
                             "hệ thống thông tin",
                             "thư điện tử",
                             "dân cư",
                             "cổng thông tin",
                             "trang thông tin",
                             "lỗ hổng",
                             "máy tính",
                             "thư công vụ",
                             "chuyển đổi số",
                             "công nghệ thông tin",
                             "mạng"};
  static const Patterns money{"tài khoản ~2 (ngân hàng|tiền gửi|kho bạc|thanh toán|tiết kiệm|giao dịch|kế toán)"};
  if (ours.in(subject) && !money.in(subject)) return false;
  return std::ranges::all_of(reading.controls, [](const ProposedControl& c) {
    return c.kind == policy::Kind::ReportSubmit || c.kind == policy::Kind::DirectiveDisseminate ||
           c.kind == policy::Kind::IncidentReport;
  });
}

void leave_out_other_matters(Reading& reading, Tokens subject) {
  if (reading.controls.empty() || !only_reports_of_something_else(reading, subject)) return;
  for (const ProposedControl& control : reading.controls)
    reading.notes.push_back(
        Text::format("Dòng {0}: có yêu cầu «{1}» nhưng không đề xuất, vì văn bản nói về việc khác.",
                     "Line {0}: asks “{2}”; not proposed because the letter is about another matter.",
                     control.place.line, policy::spec_of(control.kind).vi, policy::spec_of(control.kind).en));
  reading.controls.clear();
}

void note_genre(Genre genre, Reading& reading) {
  if (genre == Genre::Report && !reading.controls.empty())
    reading.notes.push_back(
        {"Văn bản là báo cáo hoặc tờ trình: biện pháp nêu ở đây là điều nơi gửi đề nghị nơi nhận, không "
         "phải yêu cầu đối với đơn vị khác.",
         "This is a report: what it holds is proposed to its addressee and binds nobody else."});
  if (genre == Genre::Report && reading.controls.empty())
    reading.notes.push_back(
        {"Văn bản là báo cáo hoặc tờ trình, không ra yêu cầu.", "This is a report; it orders nothing."});
  if (genre == Genre::Record)
    reading.notes.push_back({"Loại văn bản này (biên bản, giấy ủy quyền, bản cam kết, giấy mời …) không ra yêu cầu.",
                             "This kind of paper (minutes, authority, pledge, invitation …) orders nothing."});
}

}  // namespace

Result<Reading> read(std::string_view bytes) {
  const Source source = TRY(load(bytes));
  const Layout layout = lay_out(source);
  Reading reading;
  reading.header = read_header(source, layout, reading.notes);
  const auto subject = tokenise(source, reading.header.subject.value_or(std::string()));
  const Genre genre = genre_of(source, layout.head, reading.header.number);
  const int year = year_of(reading.header);
  std::vector<Finding> findings;
  std::vector<Text> notes;  // on single lines: behind those on the values of controls
  const Asked asked = TRY(asked_sentences(source, layout.blocks, genre));
  for (const Sentence& sentence : asked.sentences) {
    Applied applied = apply_rules(sentence, subject, year, source);
    note_asked(sentence, applied, source, notes);
    note_left_over(sentence, applied, year, source, notes);
    std::ranges::move(applied.findings, std::back_inserter(findings));
  }
  reading.controls = merge(std::move(findings), source, reading.notes);
  leave_out_other_matters(reading, subject);
  note_genre(genre, reading);
  note_unasked(asked.passed, subject, year, source, notes);
  std::ranges::move(notes, std::back_inserter(reading.notes));
  if (reading.controls.empty())
    reading.notes.push_back({"Không tìm thấy biện pháp nào về tài khoản và an toàn thông tin trong văn bản.",
                             "No control over accounts or information security was found in the letter."});
  return reading;
}

}  // namespace khien::letter
