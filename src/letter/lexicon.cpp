#include "letter/lexicon.h"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

namespace khien::letter {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

// Compared without marks, so that "hằng" also stands for "hàng"; add spellings, not inflections.
constexpr auto kLexicon = std::to_array<Entry>({
    // force
    {"not", "không [được|nên|tự ý|tùy tiện|để|được phép|bao giờ|cho phép]|nghiêm cấm|cấm|chớ|đừng|tránh|chưa được"},
    {"at_once", "ngay|lập tức|tức thì|khẩn trương|kịp thời|tức khắc|khẩn cấp"},
    {"if", "khi|nếu|trường hợp|hễ|lúc|sau khi|kể từ khi|phát hiện|nghi|thấy|xảy ra|có dấu hiệu"},
    {"request",
     "đề nghị|yêu cầu|chỉ đạo|giao|nhắc|lưu ý|kiến nghị|chỉ thị|khuyến nghị|khuyến cáo|khuyến khích|quán triệt|"
     "nhắc nhở|chấn chỉnh|vui lòng"},
    {"should", "=nên|khuyến khích|khuyến nghị|khuyến cáo"},
    // things
    {"password", "mật khẩu|mật mã|password|passwords|pass|mã khóa"},
    {"account",
     "tài khoản|hộp thư|tên đăng nhập|thông tin đăng nhập|quyền truy cập|user|nick|account|email công vụ|"
     "thư điện tử công vụ|thư công vụ|định danh đăng nhập|quyền đăng nhập"},
    {"credential",
     "mật khẩu|mật mã|password|pass|mã khóa|tài khoản|hộp thư|tên đăng nhập|thông tin đăng nhập|user|account|"
     "mã otp|otp|mã xác thực|chữ ký số|thiết bị ký số|token|usb token"},
    {"char", "ký tự|kí tự|ký hiệu"},
    {"portal",
     "[cổng|công] trang thông tin [điện tử]|(cổng|công) thông tin [điện tử]|cổng ttđt|công ttđt|trang ttđt|website|"
     "web site|trang web|trang tin điện tử|trang thông tin|(cổng|công) trang|trang chủ|cổng tt đt|fanpage|"
     "của trang|cổng điện tử|trang điện tử"},
    {"popdb", "dân cư|dldc|csdlqgvdc|csdlqgdc|csdldc|csdlqg vdc|cơ sở dữ liệu quốc gia về dc"},
    {"machine", "máy tính|máy trạm|máy|thiết bị|máy vi tính|laptop|điện thoại|máy chủ"},
    {"computer", "máy tính|máy trạm|máy vi tính|laptop|máy"},
    {"malware",
     "virus|vi rút|virut|mã độc|phần mềm độc hại|phần mềm gián điệp|ứng dụng độc hại|trojan|mã hóa tống tiền"},
    {"antivirus",
     "(diệt|chống|phòng chống|quét|ngăn chặn|trừ|bảo vệ) [phòng] (virus|vi rút|virut|mã độc|phần mềm độc hại)|"
     "antivirus|anti virus|edr|phòng và chống (virus|mã độc)|phòng chống (virus|vi rút) mã độc|bkav|kaspersky"},
    {"software", "phần mềm|ứng dụng|chương trình|công cụ|tiện ích|app"},
    {"vulnerability", "lỗ hổng|điểm yếu|lỗ hỏng|lổ hổng"},
    {"browser", "trình duyệt"},
    {"storage",
     "usb|thẻ nhớ|ổ cứng di động|ổ cứng rời|ổ cứng ngoài|ổ cứng gắn ngoài|thiết bị lưu trữ|vật mang tin|ổ di động|"
     "thiết bị nhớ|phương tiện lưu trữ|ổ cứng cắm ngoài"},
    {"mail", "thư điện tử|thư|email|mail|e mail|gmail"},
    {"people", "cán bộ|công chức|viên chức|người lao động|nhân viên|giáo viên|người|đảng viên|chuyên viên|nhân sự"},
    // acts
    {"change", "đổi|thay|thay đổi|thay mới|làm mới|đặt lại|đặt mới|cập nhật"},
    {"use", "dùng|sử dụng|xài"},
    {"share",
     "chia sẻ|chia xẻ|tiết lộ|cung cấp|giao|cho mượn|mượn|đưa|gửi|dán|viết|ghi|để lộ|làm lộ|lộ|nhờ|dùng chung|"
     "sử dụng chung|dùng nhờ|đăng tải|đăng lên|đăng công khai|công khai|trao đổi|chuyển|bàn giao|chia|cho "
     "thuê|nói|đọc|thông báo|"
     "phổ biến|cho người|cho bất kỳ|cho bất cứ|cho đồng nghiệp|cho học sinh|cho người khác|cho người nhà|để người|"
     "để cho người|truyền|nhắn"},
    {"other_person",
     "người khác|người nhà|người thân|đồng nghiệp|học sinh|bất kỳ ai|bất cứ ai|bên thứ ba|ai khác|con em|"
     "người ngoài|gia đình|nhau|bạn bè|cấp dưới|thư ký"},
    {"close",
     "xóa|đóng|khóa|thu hồi|vô hiệu hóa|vô hiệu|hủy|ngừng|dừng|chấm dứt|cắt|loại bỏ|gỡ|xử lý|tạm dừng|hủy bỏ|tắt|"
     "ngưng|tạm ngừng|tạm khóa|bãi bỏ|cắt quyền"},
    {"notify", "báo|thông báo|báo cáo|gửi văn bản|có văn bản|văn bản|thông tin|gửi|lập danh sách|đề nghị"},
    {"review",
     "rà soát|rà lại|rà|soát lại|soát xét|đối chiếu|kiểm kê|kiểm tra lại|xem lại|tổng rà soát|kiểm tra|so khớp"},
    {"report", "báo cáo|báo|thông báo|trình báo|liên hệ|điện báo|gọi|báo tin|liên lạc"},
    {"compromise",
     "lộ|lọt|rò rỉ|xâm nhập|đánh cắp|chiếm đoạt|chiếm quyền|bất thường|tấn công|rao bán|bị mất|lấy cắp|"
     "người khác đăng nhập|người khác biết|người lạ|kẻ khác|đăng nhập lạ|thư lạ|nhận được cảnh báo|nhiễm|xâm phạm|trái "
     "phép|mất an toàn|"
     "không an toàn|lợi dụng|sự cố|mất kiểm soát|đăng nhập từ|bị hack|hack|phát tán|nghi ngờ|nghi vấn|"
     "có người đã biết|có người (dùng|sử dụng|đăng nhập)|người khác (dùng|sử dụng)|đã biết"},
    {"default",
     "mặc định|ban đầu|khởi tạo|do quản trị cấp|quản trị cấp|được cấp|cấp sẵn|cấp lần đầu|cấp phát|tạm thời|"
     "được giao|cấp mới|cấp chung|có sẵn|thiết lập sẵn|mới cấp|vừa cấp|trường cấp|hệ thống cấp|mặc nhiên|tạm"},
    {"first_time",
     "đăng nhập đầu tiên|đăng nhập lần đầu|lần đầu đăng nhập|lần đăng nhập đầu|lần đầu tiên đăng nhập|"
     "sử dụng lần đầu|lần đầu sử dụng|lần đầu|đầu tiên|nhận tài khoản|tiếp nhận tài khoản|được cấp tài khoản|"
     "nhận được tài khoản|nhận bàn giao tài khoản|được cấp mới|nhận mật khẩu|cấp tài khoản|bàn giao tài khoản"},
    {"new_hands",
     "(thay đổi|thay|thay thế|luân chuyển|điều chuyển|đổi|bố trí lại|hoán đổi|điều động|phân công lại) ~2 (công "
     "chức|cán "
     "bộ|người|nhân sự|viên chức|chuyên viên|nhân viên|đầu mối|văn thư|kế toán|quản trị viên)"},
    {"retired", "nghỉ hưu|hưu trí|nghỉ chế độ|về hưu|nghỉ hưởng chế độ|nghỉ theo chế độ|nghỉ công tác"},
    {"transferred",
     "chuyển công tác|điều động|luân chuyển|thuyên chuyển|chuyển trường|chuyển đơn vị|chuyển cơ quan|"
     "chuyển đi|biệt phái|chuyển ngành|chuyển nơi công tác|chuyển đơn vị công tác|điều chuyển|"
     "chuyển sang cơ quan|chuyển sang đơn vị|chuyển khỏi|chuyển sinh hoạt|chuyển bệnh viện"},
    {"resigned",
     "nghỉ việc|thôi việc|thôi công tác|chấm dứt hợp đồng|bỏ việc|từ chức|hết hợp đồng|thôi làm việc|"
     "hết hạn hợp đồng|không còn làm việc|không còn công tác|thôi hợp đồng|buộc thôi việc|xin nghỉ|nghỉ hẳn|"
     "chấm dứt hđlđ|chấm dứt lao động|kết thúc hợp đồng"},
    {"position_changed",
     "(thay đổi|đổi|chuyển|chuyển đổi|thay) [sang] vị trí|chuyển phòng (ban|khác|làm|công tác)|thôi giữ chức|thôi "
     "nhiệm vụ|"
     "không còn phụ trách|đổi nhiệm vụ|thay đổi nhiệm vụ|chuyển nhiệm vụ|thay đổi công việc|"
     "thay đổi chức vụ|chuyển vị trí|không còn đảm nhiệm|thôi đảm nhiệm|thôi phụ trách|đổi vị trí|"
     "thay đổi vị trí|chuyển bộ phận|chuyển sang bộ phận|chuyển sang phòng|phân công nhiệm vụ khác|"
     "chuyển khoa|thay đổi phân công"},
    {"unused",
     "không sử dụng|không còn sử dụng|không hoạt động|không dùng|không còn dùng|không còn nhu cầu|không đăng nhập|"
     "không còn hoạt động|bỏ không|không có người dùng|không có người sử dụng|không phát sinh|dư thừa"},
    {"leave",
     "{retired}|{transferred}|{resigned}|{position_changed}|{unused}|từ trần|thay đổi nhân sự|biến động nhân sự|"
     "không còn thuộc|rời đơn vị|rời cơ quan"},
    {"recent", "gần nhất|gần đây|trước đó|liền kề|liền trước|đã dùng|đã sử dụng|cũ|trước|vừa dùng|liên tiếp trước"},
    {"untrusted",
     "lạ|không rõ [nguồn gốc]|đáng ngờ|khả nghi|không tin cậy|độc hại|không an toàn|nghi ngờ|không chính thống|"
     "chưa xác minh|không xác định|không quen|nghi vấn|giả mạo|không quen biết|chưa rõ|không biết"},
    {"trusted",
     "tin cậy|chính thống|uy tín|an toàn|được phép|cho phép|chính thức|phục vụ [công việc|chuyên môn|công tác]|"
     "rõ nguồn gốc|tên miền gov vn|gov vn"},
});

}  // namespace

std::string_view lexicon_words(std::string_view concept_name) {
  for (const auto& [name, words] : kLexicon)
    if (name == concept_name) return words;
  throw std::invalid_argument("lexicon: no concept " + std::string(concept_name));
}

}  // namespace khien::letter
