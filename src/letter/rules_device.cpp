// Machines and what is plugged into them.
#include "letter/rules.h"

namespace khien::letter {
namespace {

using policy::Kind;

/// The systems whose machines come first, as codes a person maps to the systems here.
std::vector<std::string> priority_systems(Tokens words) {
  struct System {
    std::string_view code;
    Pattern said;
  };
  static const std::vector<System> systems{
      {"popdb", Pattern("{popdb}")},
      {"onestop", Pattern("(một cửa|ttthc|thủ tục hành chính|tthc|hành chính công|trả kết quả)")},
      {"documents", Pattern("(quản lý văn bản|ioffice|qoffice|eoffice|văn thư|văn bản)")},
      {"mail", Pattern("(thư điện tử|hộp thư|thư công vụ)")},
      {"finance", Pattern("(kế toán|tài chính|kho bạc|tabmis)")}};
  std::vector<std::string> out;
  for (const System& system : systems)
    if (system.said.in(words)) out.emplace_back(system.code);
  return out;
}

bool fill_antivirus(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Patterns licensed{"bản quyền", "có license", "giấy phép"};
  static const Patterns managed{"tập trung", "quản trị chung", "quản lý chung"};
  static const Pattern first("ưu tiên");
  if (licensed.in(scene.words)) draft.params["licensed"] = true;
  if (managed.in(scene.words)) draft.params["managed"] = true;
  if (const auto match = first.find(scene.words)) {
    const Tokens behind =
        scene.words.subspan(match->begin, std::min<std::size_t>(30, scene.words.size() - match->begin));
    auto systems = priority_systems(behind);
    if (systems.empty()) systems.push_back(scene.text(match->end, std::min(scene.words.size(), match->end + 12)));
    if (!systems.front().empty()) draft.params["priority"] = std::move(systems);
  }
  return true;
}

bool fill_allowlist(const Scene& scene, Match /*match*/, Draft& /*draft*/) {
  static const Patterns popdb{"{popdb}"};
  // "Không cài phần mềm kế toán trên máy nối mạng" keeps one program off one machine.
  static const Patterns where{"{software} ~10 (trên|vào) ~2 {machine} ~4 (nối|kết nối) ~3 (mạng|internet)"};
  static const Patterns unlisted{
      "lạ",       "không rõ",  "lậu",           "bẻ khóa",  "crack",     "bản quyền",
      "danh mục", "trái phép", "trò chơi|game", "cho phép", "được phép", "không (cần|phục vụ|liên quan)"};
  if (where.in(scene.words) && !unlisted.in(scene.words)) return false;
  return !popdb.in(scene.words) || software_of_a_machine(scene.words);
}

}  // namespace

bool software_of_a_machine(Tokens words) {
  static const Patterns machine{"{machine} ~10 {popdb}"};
  static const Patterns query{"(đánh giá|kiểm định|thẩm định|kiểm tra) ~2 (an ninh|an toàn)",
                              "(chưa|đã) ~3 (kiểm tra|đánh giá|kiểm định|thẩm định)",
                              "tự (viết|phát triển|động|tạo|nghiên cứu)",
                              "bên thứ ba",
                              "macro|robot|bot|script",
                              "{software} ~3 (tra cứu|khai thác|kết nối)",
                              "để ~2 (tra cứu|khai thác)"};
  return machine.in(words) && !query.in(words);
}

std::vector<Rule> device_rules() {
  return {
      {.kind = Kind::DeviceTrustedLogin,
       .any = {"{not} ~3 (đăng nhập|truy cập|sử dụng|dùng|vào|mở) ... (máy|thiết bị|máy tính|điện thoại) ~8 (lạ|công "
               "cộng|cá nhân|internet|mượn|nhiễm|không an toàn|không tin cậy|quán|người khác|dùng chung|của người|chưa "
               "được|không rõ|"
               "chưa đăng ký|ngoài cơ quan|nghi|quán nét|không thuộc|không được quản lý)",
               "chỉ ~3 (đăng nhập|truy cập|sử dụng|dùng|vào) ~14 (máy|thiết bị|máy tính|máy trạm) ~10 (quản trị "
               "riêng|dành riêng|chuyên dùng|cơ quan|cấp|đăng ký|an toàn|tin cậy|công vụ|kiểm tra|đơn vị|quản lý|phê "
               "duyệt)",
               "(đăng nhập|truy cập) ~10 chỉ ~4 (máy|thiết bị) ~8 (cơ quan|cấp|đăng ký|an toàn|tin cậy|công vụ|kiểm "
               "tra|đơn vị|quản lý|phê duyệt)",
               "{not} ~4 (đăng nhập|truy cập) ~10 (quán internet|quán nét|tiệm internet|máy lạ|nơi công cộng)"},
       .none = {"(usb|thẻ nhớ|ổ cứng)", "{software} ~4 (không rõ|bẻ khóa|lậu)", "chỉ (cài|cài đặt)",
                "{popdb} ~4 (phần mềm|công cụ)", "máy in", "số điện thoại", "tên đăng nhập",
                "(ghi nhớ|lưu) (đăng nhập|mật khẩu)"},
       .topic = {"đăng nhập", "truy cập", "{account}", "hệ thống", "văn bản"}},
      {.kind = Kind::DeviceAntivirus,
       .any = {"(cài|cài đặt|trang bị|triển khai|sử dụng|mua|có|dùng|duy trì|bật|bảo đảm|đảm bảo|được|lắp đặt|gia "
               "hạn|mua sắm) ~6 ({software}|giải pháp|hệ thống|bản|bộ) ~3 {antivirus}",
               "{software} ~3 {antivirus} ~8 (bản quyền|tập trung|cài|trang bị)",
               "(cài|cài đặt|trang bị|mua|dùng|bật|triển khai|gia hạn) ~3 {antivirus}"},
       .none = {"(hướng dẫn|tập huấn) ~3 {antivirus}", "{not} ~3 (gỡ|tắt) ~3 {antivirus} ~3 không"},
       .fill = fill_antivirus},
      {.kind = Kind::DeviceScan,
       .any = {"(quét|rà quét|dò quét|scan) ~8 ({malware}|máy|usb|thiết bị|toàn bộ|ổ|tệp)",
               "{malware} ~10 (quét|rà quét)",
               "(rà soát|kiểm tra|phát hiện) ~6 (loại bỏ|gỡ|bóc gỡ|diệt|xử lý|làm sạch) ~6 {malware}",
               "(rà soát|kiểm tra|bóc gỡ|loại bỏ|làm sạch|tiêu diệt|gỡ bỏ) ~5 {malware}",
               "^ ~8 (quét|rà quét) ~3 (một|#|mỗi|hằng|định kỳ|toàn)"},
       .none = {"lỗ hổng", "(chưa|không) ~1 quét", "{portal}", "quét mã (qr|vạch)|quét dọn|quét vân tay|mã qr",
                "(phát hiện|trường hợp|khi|nếu) ~8 {malware} ~6 ({report})", "quét (tài liệu|văn bản|hồ sơ)"},
       .topic = {"{malware}", "{computer}", "{antivirus}", "usb"}},
      {.kind = Kind::DeviceUpdates,
       .any = {"(cài|cài đặt) ~2 (bản vá|bản cập nhật|bản nâng cấp)",
               "(cập nhật|nâng cấp|vá|update) ~4 (bản vá|phiên bản|hệ điều hành|phần mềm|windows|bản nâng "
               "cấp|trình duyệt|firmware|ứng dụng|thiết bị|máy|bản cập nhật|office|lỗi hệ điều hành)",
               "(phần mềm|hệ điều hành|máy tính|ứng dụng) ~6 (cập nhật|nâng cấp|vá lỗi)"},
       .none = {"cập nhật ~3 (thông tin|danh sách|dữ liệu|phân quyền|tình hình|tài khoản|kiến thức|mẫu|quyền|nội "
                "dung|hồ sơ)",
                "{portal}", "cập nhật ~3 {antivirus}", "cập nhật ~3 (diệt|chống)", "thông báo cập nhật giả",
                "phần mềm ~3 (diệt|chống|phòng) ~8 cập nhật ~1 (thường xuyên|mẫu|liên tục|đầy đủ|kịp thời)",
                "vá lỗ hổng ~3 (phần mềm|hệ thống|website|trang|máy chủ)"}},
      {.kind = Kind::DeviceSoftwareAllowlist,
       .any = {"(chỉ|chỉ được) ~3 (cài|cài đặt|sử dụng|dùng|tải) ~4 {software} ~16 (hợp lệ|danh mục|bản quyền|được "
               "phép|phê duyệt|cho phép|nguồn gốc|hợp pháp|quy định|cần thiết|phục vụ|chính hãng|duyệt|đánh giá|kiểm "
               "định|thẩm định)",
               "{not} ~4 (cài|cài đặt|tải|tải về) ~3 (trò chơi|game)",
               "{not} ~4 (cài|cài đặt|sử dụng|dùng|tải|tải về) ~6 {software} ~10 (không rõ|lậu|bẻ khóa|crack|không có "
               "bản quyền|không bản quyền|ngoài danh mục|trái phép|không phép|chưa được phép|không phục vụ|không cần "
               "thiết|không liên quan|lạ|"
               "vi phạm bản quyền|chưa được|không được phép|nguồn gốc|không nằm trong|không thuộc|cá nhân|trò "
               "chơi|giải trí|ngoài)",
               "(gỡ|gỡ bỏ|loại bỏ|xóa|tháo) ~4 {software} ~8 (không rõ|lậu|bẻ khóa|crack|không có bản quyền|không bản "
               "quyền|ngoài danh mục|trái phép|không cần thiết|không phục vụ|không được phép|không phép|vi phạm)",
               "{not} tự ý ~2 (cài|cài đặt) ~3 {software}", "{not} ~2 (cài|cài đặt) ~2 {software}",
               "{software} ~6 (nằm trong|thuộc) ~2 danh mục",
               "{software} ~4 (cài|cài thêm|cài đặt) ~12 (đồng ý|cho phép|phê duyệt)"},
       .none = {"{antivirus}", "{not} (cài|cài đặt) ~2 {software} ~8 thì"},
       .fill = fill_allowlist},
      {.kind = Kind::DeviceSecureUsb,
       .any =
           {"{storage} ~6 (an toàn|bảo mật|cơ yếu|chuyên dụng|được cấp|mã hóa|cấp phát|đã đăng ký|quản lý|do cơ quan)",
            "{not} ~4 (dùng|sử dụng|cắm|kết nối|gắn|chép|sao chép) ~8 {storage}",
            "(chỉ|phải) ~3 (dùng|sử dụng|cắm|sao chép|chép) ~8 {storage}",
            "(sao chép|chép|trao đổi|chuyển) ~10 (qua|bằng) ~2 {storage}"},
       .none = {"(quét|rà quét) ~8 {storage}", "usb token", "chữ ký số"}},
      {.kind = Kind::DeviceAssessBeforeUse,
       .any =
           {"(kiểm tra|đánh giá|kiểm định|rà soát|thẩm định) ~6 (an ninh|an toàn) ~10 (thiết bị|máy móc|máy tính|điện "
            "thoại) ... (trước khi|đang sử dụng|mới|đưa vào)",
            "(thiết bị|máy|máy tính|camera|modem|máy in) ~16 (kiểm tra|đánh giá|kiểm định|thẩm định) ... (trước "
            "khi|rồi mới|mới được|mới) ~3 (sử dụng|dùng|lắp|đưa vào|cấp|bàn giao|kết nối|đấu nối|lắp đặt|vận hành)",
            "trước khi ~3 (sử dụng|dùng|lắp|đưa vào|cấp|bàn giao|kết nối|đấu nối|trang bị) ~12 (thiết bị|máy) ~16 "
            "(kiểm tra|đánh giá|kiểm định|thẩm định)",
            "(kiểm tra|đánh giá|kiểm định|thẩm định) ~10 (thiết bị|máy tính) ~12 trước khi ~3 (sử "
            "dụng|dùng|lắp|đưa|kết nối|đấu)",
            "{not} ~4 (đưa vào sử dụng|sử dụng|lắp đặt|kết nối) ~8 (thiết bị|máy) ~8 chưa ~7 (kiểm tra|đánh giá|kiểm "
            "định|thẩm định)",
            "(thiết bị|máy) ~8 trước khi ~5 (sử dụng|dùng|lắp|cấp|bàn giao|kết nối|đấu nối|vận hành) ~6 (kiểm tra|đánh "
            "giá|kiểm định|thẩm định)",
            "thiết bị ~8 chưa ~7 (kiểm tra|đánh giá|kiểm định) ~8 (không|chưa) được ~3 (sử dụng|dùng|lắp|kết nối|đưa)"},
       .none = {"quét", "{popdb}", "cháy", "điện nước"}},
  };
}

}  // namespace khien::letter
