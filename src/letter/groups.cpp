#include "letter/groups.h"

namespace khien::letter {
namespace {

constexpr std::size_t kMostWords = 25;

/// The first word that no longer names the group: a verb, or what is asked.
std::size_t end_of_group(Tokens words, std::size_t from) {
  static const Pattern asked(
      "(phải|đặt|{change}|{use}|mật khẩu|cần|thì|không|tối thiểu|yêu cầu|nên|khi|nếu|thực hiện|chỉ|có trách nhiệm|"
      "tuyệt đối|nghiêm cấm|chịu|được cấp mới|độ dài|định kỳ|thường xuyên|áp dụng|tăng cường|từ # ký|bắt buộc)");
  std::size_t at = from;
  for (; at < words.size() && at < from + kMostWords; ++at) {
    if (at > from && words[at].after(kColon | kSemicolon)) break;
    const bool user = words[at - 1].fold == "nguoi";  // "người dùng", "người sử dụng"
    if (!user && asked.match_at(words, at)) break;
  }
  // A comma inside a list of groups stays; one before the verb does not matter.
  return at;
}

}  // namespace

bool names_everybody(Tokens words) {
  static const Patterns all{"^ [đối với] (tất cả|toàn bộ|toàn thể|mọi|mỗi|tất cả các)",
                            "^ (các|mọi|tất cả) (cơ quan|đơn vị|cán bộ)"};
  return all.in(words);
}

std::optional<Match> group_at_front(Tokens words) {
  static const Pattern towards("(đối với|riêng|với|riêng đối với|riêng với|về phía|áp dụng [cho|với|đối với])");
  static const Pattern who(
      "[các|những|nhóm] (tài khoản|người|cán bộ|công chức|viên chức|giáo viên|nhân viên|lãnh đạo|quản trị|bộ phận|"
      "nhóm|học sinh|văn thư|kế toán|máy|trưởng|hiệu trưởng|bác sĩ|điều dưỡng|đồng chí|hộp thư|cộng tác viên|"
      "đơn vị|phòng|trường|khoa|thầy|chủ|hệ thống|thiết bị|phần mềm|mật khẩu của)");
  static const Pattern kind_of_account(
      "[các|những|nhóm] (tài khoản|người dùng|người sử dụng|hộp thư|mật khẩu tài khoản|mật khẩu của) ~1 (quản trị|giáo "
      "viên|học sinh|đặc quyền|lãnh đạo|văn thư|"
      "kế toán|dùng chung|thông thường|cá nhân|dịch vụ|đơn vị|nhân viên|người dùng|cán bộ|công chức|thường|còn lại|bác "
      "sĩ|khác)");
  static const Pattern holder(
      "(người|cán bộ|công chức|viên chức|nhân viên) (quản trị|phụ trách|tiếp nhận|làm việc tại|được phân công|"
      "trực|văn thư|một cửa|được giao quản trị)");
  if (names_everybody(words)) return std::nullopt;
  std::size_t begin = 0;
  if (const auto front = towards.match_at(words, 0)) {
    std::size_t longest = front->end;
    while (longest < words.size() && longest < 3 && (words[longest].fold == "voi" || words[longest].fold == "doi"))
      ++longest;
    if (!who.match_at(words, longest)) return std::nullopt;
    begin = longest;
  } else if (!kind_of_account.match_at(words, 0) && !holder.match_at(words, 0)) {
    return std::nullopt;
  }
  const std::size_t end = end_of_group(words, begin + 1);
  if (end == begin + 1 || end == words.size()) {
    if (end == words.size() && begin == 0 && !kind_of_account.match_at(words, 0)) return std::nullopt;
  }
  return Match{begin, end};
}

}  // namespace khien::letter
