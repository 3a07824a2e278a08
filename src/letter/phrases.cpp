#include "letter/phrases.h"

namespace khien::letter {
namespace {

constexpr std::size_t kMostWords = 24;

bool ends_name(Tokens words, std::size_t at) {
  static const Pattern end(
      "(trước ngày|trước # giờ|chậm nhất|để|qua [địa chỉ|thư|email|số|hệ "
      "thống]|theo|trong|hằng|hàng|khi|nếu|nhằm|bằng|đồng thời|đã|phải|thì|biết|trước|xử lý|và ~2 (thực hiện|xử "
      "lý|phối hợp|chuyển|tạm|ngắt)|"
      "tổng hợp|hướng dẫn|kết quả|gặp|định kỳ|vào|chưa|danh sách|ngay|kịp thời|cô lập|ngắt|không|về [việc|kết quả|tình "
      "hình])");
  if (words[at].after(kComma | kSemicolon | kStop | kColon)) return true;
  return end.match_at(words, at).has_value();
}

}  // namespace

bool begins_office(Tokens words, std::size_t at) {
  static const Pattern office(
      "(công an|sở|phòng|văn phòng|trung tâm|ubnd|ủy ban|ban|bộ|cục|chi cục|tổ|đội|bộ phận|cơ quan|đơn vị|quản "
      "trị|hiệu trưởng|"
      "lãnh đạo|thủ trưởng|viện|tỉnh ủy|huyện ủy|thành ủy|đảng ủy|nhà trường|đầu mối|ban giám|giám đốc|tiểu ban|cán "
      "bộ|chủ tịch|"
      "người phụ trách|phụ trách|nhân viên|công chức|viên chức|khoa|ông|bà|thầy|cô|quản trị viên|người quản "
      "trị|trưởng|chuyên trách|vnpt|viettel|công ty)");
  return office.match_at(words, at).has_value();
}

std::string name_from(const Scene& scene, std::size_t from) {
  std::size_t at = from;
  bool bracket = false;
  while (at < scene.words.size() && at < from + kMostWords) {
    if (at > from && scene.words[at].after(kOpen)) bracket = true;
    if (scene.words[at].after(kClose)) bracket = false;
    if (at > from && !bracket && ends_name(scene.words, at)) break;
    ++at;
  }
  std::string out = scene.text(from, at);
  // A bracket that was opened inside the name is closed behind its last word.
  if (out.find('(') != std::string::npos && out.find(')') == std::string::npos) out += ')';
  return out;
}

std::vector<std::string> offices_from(const Scene& scene, std::size_t from) {
  std::vector<std::string> out;
  const Tokens words = scene.words;
  std::size_t begin = from;
  std::size_t at = from;
  const auto flush = [&](std::size_t end) {
    std::string name = scene.text(begin, end);
    if (name.find('(') != std::string::npos && name.find(')') == std::string::npos) name += ')';
    if (!name.empty()) out.push_back(std::move(name));
  };
  for (; at < words.size() && at < from + 2 * kMostWords && out.size() < 10; ++at) {
    if (at == begin) continue;
    const bool joint = words[at].fold == "va" || words[at].fold == "hoac" ||
                       (words[at].fold == "dong" && at + 1 < words.size() && words[at + 1].fold == "thoi");
    const std::size_t next = at + (words[at].fold == "dong" ? 2U : 1U);
    // "Văn phòng HĐND và UBND huyện" is one office.
    const bool pair = words[at - 1].fold == "hdnd" && next < words.size() && words[next].fold == "ubnd";
    if (joint && !pair && next < words.size() && begins_office(words, next)) {
      flush(at);
      begin = next;
      at = next;
    } else if (words[at].after(kComma) && begins_office(words, at)) {
      flush(at);
      begin = at;
    } else if (ends_name(words, at)) {
      break;
    }
  }
  flush(std::min(at, words.size()));
  return out;
}

}  // namespace khien::letter
