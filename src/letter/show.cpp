#include "letter/show.h"

#include <fmt/format.h>

#include <array>

#include "base/time.h"
#include "base/vietnamese.h"

namespace khien::letter {
namespace {

struct Named {
  std::string_view code;
  std::string_view vi;
  std::string_view en;
};

constexpr auto kNames = std::to_array<Named>({
    {"min_length", "độ dài tối thiểu", "minimum length"},
    {"require", "loại ký tự", "classes"},
    {"max_age", "thời hạn", "maximum age"},
    {"date", "từ ngày", "from"},
    {"last", "số mật khẩu gần nhất", "last passwords"},
    {"reasons", "lý do", "reasons"},
    {"within", "trong vòng", "within"},
    {"every", "chu kỳ", "every"},
    {"fields", "nội dung phải ghi", "to be stated"},
    {"after", "sau", "after"},
    {"what", "nội dung", "what"},
    {"managed", "quản trị tập trung", "centrally managed"},
    {"licensed", "có bản quyền", "licensed"},
    {"priority", "ưu tiên", "first for"},
    {"recipients", "số người nhận", "recipients"},
    {"form", "biểu mẫu", "form"},
    {"route", "nơi gửi", "route"},
    {"to", "nơi nhận", "to"},
    {"by", "hạn", "by"},
    {"upper", "chữ hoa", "upper case"},
    {"lower", "chữ thường", "lower case"},
    {"digit", "chữ số", "digits"},
    {"special", "ký tự đặc biệt", "special characters"},
    {"retired", "nghỉ hưu", "retired"},
    {"transferred", "chuyển công tác", "transferred"},
    {"resigned", "thôi việc", "resigned"},
    {"position_changed", "thay đổi vị trí công tác", "changed position"},
    {"unused", "không còn sử dụng", "no longer used"},
    {"period", "thời gian", "period"},
    {"responsibilities", "trách nhiệm các bên", "responsibilities"},
    {"forms", "biểu mẫu đã điền", "form data"},
    {"passwords", "mật khẩu", "passwords"},
    {"cache", "bộ nhớ đệm", "cache"},
    {"cookies", "cookie", "cookies"},
});

std::string named(const std::string& code, Language language) {
  for (const Named& name : kNames)
    if (name.code == code) return std::string(language == Language::Vietnamese ? name.vi : name.en);
  return code;
}

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
  return named(text, language);
}

std::string header_line(const Text& label, const std::optional<std::string>& value, Language language) {
  static const Text missing{"(chưa có)", "(missing)"};
  return fmt::format("{}: {}\n", label.in(language), value ? in_words(*value, language) : missing.in(language));
}

std::string control_lines(const ProposedControl& control, Language language) {
  static const Text must{"bắt buộc", "must"};
  static const Text should{"khuyến nghị", "should"};
  static const Text group{"áp dụng cho", "for"};
  static const Text line{"dòng", "line"};
  const auto& spec = policy::spec_of(control.kind);
  std::string out = fmt::format("• {} [{}; {}]\n", language == Language::Vietnamese ? spec.vi : spec.en, spec.code,
                                (control.strength == Strength::Must ? must : should).in(language));
  for (const auto& [name, value] : control.params) out += "    " + show_parameter(name, value, language) + "\n";
  if (control.applies_to) out += fmt::format("    {}: {}\n", group.in(language), squeeze(*control.applies_to));
  out += fmt::format("    {} {}: “{}”\n", line.in(language), control.place.line, squeeze(control.quote));
  return out;
}

}  // namespace

std::string show_parameter(const std::string& name, const Value& value, Language language) {
  const std::string label = named(name, language);
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
