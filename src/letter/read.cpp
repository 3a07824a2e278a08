#include "letter/read.h"

#include <algorithm>

#include "letter/header.h"
#include "letter/merge.h"
#include "letter/numbers.h"
#include "letter/rules.h"

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
  if (ours.in(subject)) return false;
  return std::ranges::all_of(reading.controls, [](const ProposedControl& c) {
    return c.kind == policy::Kind::ReportSubmit || c.kind == policy::Kind::DirectiveDisseminate ||
           c.kind == policy::Kind::IncidentReport;
  });
}

}  // namespace

Result<Reading> read(std::string_view bytes) {
  const Source source = TRY(load(bytes));
  const Layout layout = lay_out(source);
  Reading reading;
  reading.header = read_header(source, layout, reading.notes);
  const auto subject = tokenise(reading.header.subject.value_or(std::string()));
  std::vector<Finding> findings;
  const auto sentences = TRY(asked_sentences(source, layout.blocks));
  for (const Sentence& sentence : sentences)
    std::ranges::move(apply_rules(sentence, subject, year_of(reading.header), source), std::back_inserter(findings));
  reading.controls = merge(std::move(findings), source, reading.notes);
  if (only_reports_of_something_else(reading, subject)) reading.controls.clear();
  if (reading.controls.empty())
    reading.notes.push_back({"Không tìm thấy biện pháp nào về tài khoản và an toàn thông tin trong văn bản.",
                             "No control over accounts or information security was found in the letter."});
  return reading;
}

}  // namespace khien::letter
