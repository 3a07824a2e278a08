// Sessions, browsers and the sites they visit.
#include "letter/amounts.h"
#include "letter/rules.h"

namespace khien::letter {
namespace {

using policy::Kind;

bool fill_idle(const Scene& scene, Match match, Draft& draft) {
  const std::size_t from = match.begin > 15 ? match.begin - 15 : 0;
  for (std::size_t at = from; at < scene.words.size(); ++at)
    if (const auto after = duration_at(scene.words, at); after && after->value.months == 0 && after->value.days == 0) {
      draft.params["after"] = iso(after->value);
      break;
    }
  return true;
}

/// A password kept on paper or in a file is a matter of secrecy, not of browsers.
bool fill_saved(const Scene& scene, Match /*match*/, Draft& /*draft*/) {
  static const Patterns elsewhere{
      "(lưu|ghi) ~6 mật khẩu ~8 (giấy|sổ|tệp|file|excel|zalo|tin nhắn|điện thoại|bàn phím|màn hình|văn bản)"};
  static const Patterns browser{"trình duyệt", "tự động", "tự điền", "chrome", "đăng nhập"};
  return !elsewhere.in(scene.words) || browser.in(scene.words);
}

bool fill_clear(const Scene& scene, Match match, Draft& draft) {
  struct Item {
    std::string_view code;
    Patterns said;
  };
  static const std::vector<Item> items{
      {"forms",
       {"biểu mẫu", "dữ liệu mẫu", "tự điền", "tự động điền", "form", "thông tin đã điền", "dữ liệu đã nhập",
        "mẫu đã điền", "thông tin đã nhập"}},
      {"passwords", {"mật khẩu"}},
      {"cache", {"cache", "bộ nhớ đệm", "bộ đệm", "bộ nhớ tạm", "tệp tạm", "dữ liệu đệm", "file tạm", "tập tin tạm"}},
      {"cookies", {"cookie", "cookies"}}};
  std::vector<std::string> what;
  const Tokens behind = scene.words.subspan(match.begin);
  for (const Item& item : items)
    if (item.said.in(behind)) what.emplace_back(item.code);
  if (!what.empty()) draft.params["what"] = std::move(what);
  return true;
}

}  // namespace

std::vector<Rule> session_rules() {
  return {
      {.kind = Kind::SessionLogoutIdle,
       .any = {"đăng xuất", "(thoát|thoát khỏi|thoát ra) ~3 (tài khoản|hệ thống|phần mềm|hộp thư|phiên|chương trình)",
               "(tự động|tự) (thoát|kết thúc|ngắt phiên|ngắt kết nối|khóa phiên|khóa màn|đóng phiên)",
               "(tự động|tự) (ngắt|khóa|thoát|đóng|đăng xuất) ~3 # (phút|giây|giờ)",
               "# (phút|giờ) ~3 (không|ngừng) ~2 (thao tác|hoạt động|sử dụng) ~6 (ngắt|khóa|thoát|đóng)",
               "log out|logout|sign out", "(ngắt|kết thúc|khóa|đóng|hủy|tự ngắt) ~2 phiên",
               "phiên ~6 (kết thúc|hết hạn|ngắt|tự|khóa|hết)", "khóa màn hình",
               "thoát ~2 (sau khi|khi) ~3 (xong|không|rời|kết thúc|hết)"},
       .none = {"(không|chưa|quên) đăng xuất", "thoát nạn|thoát hiểm|thoát nước|lối thoát", "khóa ~3 sau # lần"},
       .topic = {"{account}", "hệ thống", "{machine}", "phiên", "phần mềm", "đăng xuất", "màn hình"},
       .fill = fill_idle}};
}

std::vector<Rule> browser_rules() {
  return {
      {.kind = Kind::BrowserNoSavedPasswords,
       .any = {"{not} ~8 (lưu|ghi nhớ|nhớ|lưu trữ|lưu giữ) ~6 (mật khẩu|đăng nhập|tài khoản)",
               "(tắt|vô hiệu|vô hiệu hóa|hủy|bỏ|gỡ|bỏ chọn|khóa|ngắt) ~6 (lưu|ghi nhớ|nhớ|tự điền|tự động điền|đăng "
               "nhập tự động|tự động đăng nhập) ~4",
               "{not} ~8 (đăng nhập tự động|tự động đăng nhập|tự đăng nhập|duy trì đăng nhập|tự động điền|tự điền)",
               "(mật khẩu|tài khoản) ~6 {not} ~2 (lưu|ghi nhớ) ~6 trình duyệt",
               "trình duyệt ~3 hỏi ~5 (lưu|nhớ) ~8 (không|từ chối|bỏ qua|never)",
               "{not} ~3 (trình duyệt) ~3 (lưu|nhớ|ghi nhớ)", "{not} ~6 (duy trì|giữ) [trạng thái] đăng nhập"},
       .topic = {"trình duyệt", "{password}", "{account}", "đăng nhập"},
       .fill = fill_saved},
      {.kind = Kind::BrowserClearData,
       .any = {"(xóa|dọn|làm sạch|dọn dẹp|xóa sạch) ~8 (cache|bộ nhớ đệm|cookie|cookies|biểu mẫu|bộ đệm|lịch sử "
               "duyệt|lịch sử truy cập|lịch sử trình duyệt|lịch sử|bộ nhớ tạm)",
               "(xóa|dọn) ~8 (dữ liệu|mật khẩu|thông tin) ~8 trình duyệt", "(xóa|dọn) ~2 dữ liệu duyệt",
               "(xóa|gỡ) ~3 mật khẩu ~3 (đã lưu|lưu|từng lưu)"},
       .none = {"{not} ~2 xóa"},
       .fill = fill_clear},
      {.kind = Kind::BrowserApproved,
       .any = {"({use}|cài|cài đặt|chỉ|chọn|cài bản) ~5 trình duyệt ~10 (an toàn|chính thức|tin cậy|phiên bản mới|mới "
               "nhất|được phép|cho phép|hỗ trợ|khuyến nghị|chính hãng|danh mục|bảo mật|chính thống|phê duyệt|uy "
               "tín|quy định|cốc cốc|chrome|"
               "edge|firefox)",
               "({use}|cài|cài đặt) ~3 (chrome|edge|firefox|cốc cốc|safari) ~10 (chính thức|bản quyền|mới nhất|an "
               "toàn|chính hãng)",
               "trình duyệt ~6 (cài sẵn|an toàn|chính thức|tin cậy|được phép|phê duyệt|còn được|còn hỗ trợ|chính hãng)",
               "{not} ~3 (dùng|sử dụng) ~3 trình duyệt ~8 (lạ|cũ|không|hết|ngừng|lỗi thời)"},
       .none = {"(lưu|ghi nhớ|nhớ) ~4 mật khẩu", "tiện ích mở rộng ~8 trình duyệt"}},
      {.kind = Kind::WebTrustedSites,
       .any = {"(chỉ|chỉ được) ~3 (truy cập|vào|mở|truy nhập|duyệt|sử dụng) ~10 (trang|=cổng|(cổng|công) (thông "
               "tin|trang|ttđt|dịch vụ)|website|web|đường dẫn|địa "
               "chỉ|ứng dụng trực tuyến) ~12 {trusted}",
               "{not} ~4 (truy cập|vào|mở|truy nhập|nhấp|bấm|kích|click|duyệt|nhấn) ~6 (trang|website|web|đường "
               "dẫn|link|liên kết|địa chỉ|đường link) ~14 ({untrusted}|cờ bạc|khiêu dâm|cá độ|lậu|vi phạm|không phục "
               "vụ|không liên quan|phim|giải trí)",
               "(trang|website|web|đường dẫn|link|liên kết) ~8 {untrusted} ~8 {not} ~2 (truy "
               "cập|vào|mở|nhấp|bấm|kích|click)"},
       .none = {"(link|liên kết|đường dẫn|đường link) ~6 (trong|từ|kèm) ~3 (thư|email|tin nhắn)",
                "(thư|email) ~6 (chứa|có|kèm) ~3 (link|liên kết|đường dẫn)",
                "{not} ~4 (mở|bấm|nhấp|kích|click) ~6 (tệp|file|thư|email) ~8 (link|đường dẫn|liên kết)",
                "(link|liên kết|đường dẫn) ~4 (tệp|file) ~6 (thư|email)"}},
  };
}

}  // namespace khien::letter
