#include "letter/genre.h"

#include <algorithm>
#include <array>
#include <utility>

#include "letter/lines.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

/// Titles by what they make of the paper. "Đơn" alone would be "đơn vị", "giấy" alone "giấy nhắc".
std::optional<Genre> by_title(Tokens line) {
  static const Pattern report("^ [dự thảo] [bản] (báo cáo|tờ trình)");
  static const Pattern record(
      "^ [dự thảo] (biên bản|giấy (ủy quyền|mời|giới thiệu|xác nhận|chứng nhận|biên nhận|đi đường|nghỉ phép|đề "
      "nghị)|bản "
      "(cam kết|tường trình|kiểm điểm|tự kiểm điểm|ghi nhớ|thỏa thuận|kê khai|tự nhận xét|tin)|đơn (xin|đề nghị|kiến "
      "nghị|khiếu nại|tố cáo|trình)|hợp đồng|phụ lục hợp đồng|phiếu (trình|chuyển|gửi|khảo sát|giao|nhập|thu|chi)|thư "
      "(cảm ơn|ngỏ|mời|chúc)|thông cáo|lịch (công tác|làm việc|trực))");
  static const Pattern rules(
      "^ [dự thảo] (thông báo|nội quy|quy định|quy chế|quy trình|hướng dẫn|lưu ý|nhắc nhở|khuyến cáo|cảnh báo|giấy "
      "nhắc|thông tri|quy ước|quy tắc)");
  static const Pattern letter(
      "^ [dự thảo] (công văn|kế hoạch|chỉ thị|công điện|quyết định|nghị quyết|kết luận|chương trình|phương án|đề án)");
  if (report.match_at(line, 0)) return Genre::Report;
  if (record.match_at(line, 0)) return Genre::Record;
  if (rules.match_at(line, 0)) return Genre::Rules;
  if (letter.match_at(line, 0)) return Genre::Letter;
  return std::nullopt;
}

/// The kind of document in the symbol: "212/BC-BVĐK", "45-BC/ĐU"; the bodies behind it are no kinds.
std::optional<Genre> by_symbol(const std::string& number) {
  static constexpr auto kKinds = std::to_array<std::pair<std::string_view, Genre>>({{"BC", Genre::Report},
                                                                                    {"TTr", Genre::Report},
                                                                                    {"TTR", Genre::Report},
                                                                                    {"BB", Genre::Record},
                                                                                    {"GUQ", Genre::Record},
                                                                                    {"GM", Genre::Record},
                                                                                    {"TB", Genre::Rules},
                                                                                    {"HD", Genre::Rules}});
  const std::size_t begin = number.find_first_of("/-");
  if (begin == std::string::npos) return std::nullopt;
  const std::string_view behind = std::string_view(number).substr(begin + 1);
  const std::string_view first = behind.substr(0, behind.find_first_of("/-"));
  const auto known = std::ranges::find(kKinds, first, &std::pair<std::string_view, Genre>::first);
  return known == kKinds.end() ? std::nullopt : std::optional(known->second);
}

bool is_letter_mark(Tokens line) {
  static const Patterns marks{"^ kính gửi", "^ v v", "^ về việc", "^ =số", "^ căn cứ"};
  return marks.in(line);
}

}  // namespace

bool is_document_title(Tokens line) {
  return by_title(line).has_value();
}

Genre genre_of(const Source& source, const std::vector<Range>& head, const std::optional<std::string>& number) {
  bool marks = number.has_value();
  for (const Range raw : head) {
    const Range line = trimmed(source, raw);
    const auto tokens = tokenise(source, line);
    const auto genre = by_title(tokens);
    // In small letters only a line of its own is a title: a subject may go on with "báo cáo kết quả …".
    if (genre && (is_capitals(source.in(line)) || (tokens[0].capital && tokens.size() <= 3))) return *genre;
    marks = marks || is_letter_mark(tokens);
  }
  if (number)
    if (const auto genre = by_symbol(*number)) return *genre;
  for (const Range raw : source.lines) {
    const Range line = trimmed(source, raw);
    if (line.empty()) continue;
    const auto tokens = tokenise(source, line);
    const auto genre = by_title(tokens);
    if (genre && tokens[0].capital && tokens.size() <= 20 && !source.in(line).ends_with(':')) return *genre;
    break;
  }
  return marks ? Genre::Letter : Genre::Plain;
}

}  // namespace khien::letter
