#include "letter/show.h"

#include <fmt/format.h>

#include "base/time.h"
#include "base/vietnamese.h"
#include "policy/directive.h"
#include "policy/words.h"

namespace khien::letter {
namespace {

std::string counted(std::int64_t count, std::string_view vi, std::string_view en, Language language) {
  if (language == Language::Vietnamese) return fmt::format("{} {}", count, vi);
  return fmt::format("{} {}{}", count, en, count == 1 ? "" : "s");
}

std::string in_words(const Period& period, Language language) {
  if (period.months != 0) return counted(period.months, "tháng", "month", language);
  if (period.days != 0) return counted(period.days, "ngày", "day", language);
  if (period.seconds % 3600 == 0) return counted(period.seconds / 3600, "giờ", "hour", language);
  return counted(period.seconds / 60, "phút", "minute", language);
}

std::string in_words(const std::string& text, Language language) {
  if (const auto period = parse_period(text)) return in_words(*period, language);
  if (const auto date = parse_date(text)) return language == Language::Vietnamese ? dmy(*date) : text;
  return policy::words_of(text).in(language);
}

std::string header_line(const Text& label, const std::optional<std::string>& value, Language language) {
  static const Text missing{"(chưa có)", "(missing)"};
  return fmt::format("{}: {}\n", label.in(language), value ? in_words(*value, language) : missing.in(language));
}

std::string control_lines(const ProposedControl& control, Language language) {
  static const Text group{"áp dụng cho", "for"};
  static const Text line{"dòng", "line"};
  const auto& spec = policy::spec_of(control.kind);
  std::string out = fmt::format(
      "• {} [{}; {}]\n", language == Language::Vietnamese ? spec.vi : spec.en, spec.code,
      policy::name_of(control.strength == Strength::Must ? policy::Force::Must : policy::Force::Should).in(language));
  for (const auto& [name, value] : control.params) out += "    " + show_parameter(name, value, language) + "\n";
  if (control.applies_to) out += fmt::format("    {}: {}\n", group.in(language), squeeze(*control.applies_to));
  out += fmt::format("    {} {}: “{}”\n", line.in(language), control.place.line, squeeze(control.quote));
  return out;
}

}  // namespace

std::string show_parameter(const std::string& name, const Value& value, Language language) {
  const std::string label = policy::words_of(name).in(language);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return fmt::format("{}: {}", label, *number);
  if (std::holds_alternative<bool>(value)) return label;
  if (const auto* text = std::get_if<std::string>(&value)) return label + ": " + in_words(*text, language);
  std::string out;
  for (const auto& element : std::get<std::vector<std::string>>(value))
    out += (out.empty() ? "" : ", ") + in_words(element, language);
  return label + ": " + out;
}

std::string show(const Reading& reading, Language language) {
  static const Text controls{"Biện pháp đề xuất ({}):", "Proposed controls ({}):"};
  static const Text notes{"Cần xem lại:", "Please look at:"};
  const Header& header = reading.header;
  std::string out = header_line({"Số ký hiệu", "Number"}, header.number, language);
  out += header_line({"Ngày", "Date"}, header.date, language);
  out += header_line({"Cơ quan ban hành", "Issuer"}, header.issuer, language);
  out += header_line({"Trích yếu", "Subject"}, header.subject, language);
  out += "\n" + fmt::format(fmt::runtime(controls.in(language)), reading.controls.size()) + "\n";
  for (const auto& control : reading.controls) out += control_lines(control, language);
  if (!reading.notes.empty()) out += "\n" + notes.in(language) + "\n";
  for (const Text& note : reading.notes) out += "- " + note.in(language) + "\n";
  return out;
}

}  // namespace khien::letter
