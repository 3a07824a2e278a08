// Mail, portals and the vulnerabilities of systems.
#include "letter/numbers.h"
#include "letter/rules.h"

namespace khien::letter {
namespace {

using policy::Kind;

bool fill_bulk(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Pattern counted("(người|địa chỉ|thư|email|tài khoản|hộp thư|đơn vị|mail|trở lên|đầu mối|bức)");
  for (std::size_t at = 0; at < scene.words.size(); ++at) {
    const auto number = number_at(scene.words, at);
    if (!number || number->value < 2 || !counted.match_at(scene.words, number->end)) continue;
    draft.params["recipients"] = number->value;
    return true;
  }
  draft.notes.push_back({"Văn bản không nêu số người nhận của thư hàng loạt; cần đặt số.",
                         "The letter does not say how many recipients make a bulk mail; set a number."});
  return true;
}

bool fill_portal(const Scene& scene, Match /*match*/, Draft& /*draft*/) {
  static const Patterns elsewhere{"ngoài ~2 {portal}", "hệ thống [thông tin] khác"};
  static const Patterns portal{"{portal}", "=cổng", "=trang", "=Cổng"};
  static const Patterns subject{"{portal}"};
  if (elsewhere.in(scene.words)) return false;
  return portal.in(scene.words) || subject.in(scene.context) || subject.in(scene.subject);
}

/// Vulnerabilities of what is no portal.
bool fill_system(const Scene& scene, Match match, Draft& draft) {
  static const Patterns portal{"{portal}", "=cổng trang"};
  static const Patterns systems{"hệ thống", "máy chủ", "phần mềm", "mạng", "ứng dụng", "thiết bị", "cơ sở dữ liệu"};
  if (!fill_portal(scene, match, draft)) return true;
  return !portal.in(scene.words) && !portal.in(scene.sentence) && systems.in(scene.words);
}

bool fill_portal_vulnerability(const Scene& scene, Match match, Draft& draft) {
  return fill_portal(scene, match, draft) && !fill_system(scene, match, draft);
}

}  // namespace

std::vector<Rule> mail_rules() {
  return {
      {.kind = Kind::MailBulkNotice,
       .any = {"gửi ~8 {mail} ~14 (hàng loạt|đồng loạt|nhiều người|# người|# địa chỉ|# thư|# email|# hộp thư|# tài "
               "khoản|# đơn vị|# mail)",
               "{mail} (hàng loạt|đồng loạt)", "gửi ~6 (hàng loạt|đồng loạt)",
               "gửi ~6 (# người|# địa chỉ|# hộp thư|# đơn vị) ~6"},
       .none = {"thư rác", "(nhận|phát hiện) ~4 thư hàng loạt", "{not} ~2 mở"},
       .topic = {"{mail}"},
       .fill = fill_bulk,
       .reach = Reach::Sentence},
      {.kind = Kind::MailUnknownSenders,
       .any = {"{not} ~4 (mở|đọc|tải|nhấp|bấm|kích|click|trả lời|truy nhập|truy cập|phản hồi|chuyển tiếp|nhấn|làm "
               "theo) ~12 ({mail}|tệp đính kèm|file đính kèm|tệp|tập tin đính kèm|tin nhắn) ~10 {untrusted}",
               "({mail}|tệp đính kèm|file đính kèm) ~8 {untrusted} ~12 {not} ~3 (mở|đọc|tải|nhấp|bấm|kích|click|trả "
               "lời|làm theo)",
               "(cảnh giác|đề phòng|cẩn trọng|xóa|thận trọng) ~5 ({mail}|tệp đính kèm) ~6 {untrusted}",
               "{not} ~4 (mở|tải|nhấp|bấm|kích|click) ~8 {untrusted} ~6 ({mail}|tệp đính kèm)",
               "{not} ~4 (mở|tải|nhấp|bấm|kích|click) ~6 (đường dẫn|liên kết|link|tệp|file) ~6 {mail}"},
       .none = {"thư tín dụng", "thư ký"}},
  };
}

std::vector<Rule> portal_rules() {
  return {
      {.kind = Kind::PortalOfficer,
       .any = {"(phân công|giao|cử|bố trí|chỉ định|cắt cử|phân giao) ~14 (quản lý|theo dõi|phụ trách|chịu trách "
               "nhiệm|quản trị|trực|đầu mối|giám sát) ~8 ({portal}|=cổng|=trang)",
               "(mỗi|từng) ({portal}) ~8 (người|cán bộ|công chức) ~4 (phụ trách|quản trị|theo dõi)",
               "(phân công|giao|cử|bố trí|chỉ định) ~12 {portal}"},
       .none = {"{vulnerability} ~3 (phân công)", "giao diện"},
       .topic = {"{portal}"},
       .fill = fill_portal},
      {.kind = Kind::PortalVulnerabilities,
       .any = {"(rà soát|kiểm tra|dò quét|quét|khắc phục|xử lý|đánh giá|vá|xác định|phát hiện|rà quét|dò) ~12 "
               "({vulnerability}|an toàn thông tin ~4 {portal}|an ninh ~4 {portal})",
               "{vulnerability} ~12 (rà soát|kiểm tra|dò quét|quét|khắc phục|xử lý|vá)"},
       .fill = fill_portal_vulnerability},
      {.kind = Kind::SystemVulnerabilities,
       .any = {"(rà soát|kiểm tra|dò quét|quét|khắc phục|xử lý|đánh giá|vá|xác định|phát hiện|rà quét|dò) ~12 "
               "{vulnerability}",
               "{vulnerability} ~12 (rà soát|kiểm tra|dò quét|quét|khắc phục|xử lý|vá)"},
       .none = {"bản vá [lỗ hổng] ~4 (hệ điều hành|windows|máy trạm|máy tính)"},
       .fill = fill_system},
      {.kind = Kind::PortalChangeMonitoring,
       .any = {"(giám sát|phát hiện|theo dõi|cảnh báo|kiểm tra) ~12 (thay đổi|bất thường|chỉnh sửa|chèn|giao diện|sửa "
               "đổi|bị sửa|tấn công thay đổi) ~8",
               "(giám sát|cảnh báo) ~4 (24 7|24/7|liên tục|thường xuyên) ~6 {portal}", "(giám sát) ~4 {portal}"},
       .none = {"(báo|thông báo|báo cáo|trình báo) ngay", "đăng nhập bất thường", "{account} ~6 bất thường",
                "{review} ~8 {account}"},
       .fill = fill_portal},
  };
}

}  // namespace khien::letter
