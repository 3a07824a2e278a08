// password.secrecy and account.accountability: what the holder owes.
#include "letter/rules.h"

namespace khien::letter {

using policy::Kind;

std::vector<Rule> secrecy_rules() {
  return {
      {.kind = Kind::PasswordSecrecy,
       .any = {"{not} [{use} hoặc] {share} ~8 {credential}",
               "{credential} ~6 {not} ~2 {share}",
               "{not} ~2 (cho|để|nhờ|giao) ~2 {other_person} ~8 {credential}",
               "{not} ~2 {credential} ~4 {other_person}",
               "{not} ~1 (cho|để) ~5 (mượn|dùng|sử dụng|biết|đăng nhập|xem) ~5 {credential}",
               "{not} cho ~5 (mượn|dùng chung|dùng|biết) ~5 {credential}",
               "mỗi (người|cá nhân|cán bộ|công chức|giáo viên|nhân viên|thành viên) [~3] (một|1|01) [~1] tài khoản",
               "(giữ|bảo đảm|đảm bảo|tuyệt đối) (bí mật|kín|bảo mật) ~4 {credential}",
               "bảo mật (tuyệt đối) ~3 {credential}",
               "tự (bảo quản|giữ|bảo mật|chịu trách nhiệm bảo mật|quản lý) ~4 {credential}",
               "{not} ~3 (dùng|sử dụng|đăng nhập|mượn) ~4 (tài khoản|hộp thư|mật khẩu) ~2 (của|người|chung)",
               "{not} (dùng chung|sử dụng chung)",
               "{not} ~1 (viết|ghi|dán|lưu|để|chụp) ~6 mật khẩu ~10 (giấy|sổ|bàn|màn hình|zalo|tin nhắn|tệp|file|điện "
               "thoại|bàn phím|công khai)",
               "mật khẩu ~6 {not} ~3 (viết|ghi|dán|chụp) ~3",
               "(chỉ|duy nhất) ~3 (chủ|người được cấp|người đứng tên|một người|cá nhân) ~4 (sử dụng|dùng|biết) ~3 (tài "
               "khoản|mật khẩu|hộp thư)",
               "tài khoản ~4 chỉ ~3 (một người|chủ tài khoản|người được cấp|1 người|01 người)",
               "{not} ~4 (nhập|xử lý|duyệt|ký) ~2 (hộ|thay|giúp) ~4 {credential}",
               "bảo mật (mật khẩu|tài khoản và mật khẩu|tên đăng nhập|thông tin đăng nhập)",
               "{not} ~4 (làm|dùng|đăng nhập) (hộ|thay|giúp) ~6 {credential}",
               "{not} ~2 (một|1|01|chung) ~1 tài khoản ~3 cho ~2 (cả|nhiều|nhóm|phòng|tổ|toàn)",
               "(ai|người nào) ~6 {credential} ~3 người (đó|ấy|nấy)",
               "{credential} ~4 (ai|người nào) ~4 người (đó|ấy|nấy)",
               "mật khẩu ~3 riêng ~2 (người|cá nhân)",
               "{not} ~1 giữ ~2 mật khẩu ~1 của",
               "(mật khẩu|tài khoản) ~3 (là|thuộc) bí mật (cá nhân|riêng)"},
       .none = {"trình duyệt", "{not} ~2 cung cấp dịch vụ", "{not} ~3 mật khẩu ~2 (mặc định|ban đầu)",
                "{not} ~4 chung ~2 mật khẩu ~3 (cho|giữa|trên|với) ~1 (nhiều|các|hai|zalo|facebook|mạng xã "
                "hội|thư|email|hệ thống|phần mềm|tài khoản khác|ngân hàng|dịch vụ)",
                "ngân hàng", "khai thác ~4 dân cư"}},
      {.kind = Kind::AccountAccountability,
       .any =
           {"chịu [hoàn toàn|mọi|toàn bộ|trực tiếp] [mọi] trách nhiệm ~14 {credential}",
            "{credential} ... chịu [hoàn toàn|mọi|toàn bộ|trực tiếp] [mọi] trách nhiệm",
            "chịu [hoàn toàn|mọi|toàn bộ] trách nhiệm ~6 (để lộ|lộ lọt)",
            "(ký|làm|lập|viết) ~4 cam kết ~10 ({credential}|bảo mật|trách nhiệm|an toàn thông tin)",
            "cam kết ~4 [chịu] trách nhiệm ~6 {credential}",
            "{credential} ... (bị xử lý|xử lý) (kỷ luật|theo quy định|trách nhiệm)",
            "(chủ tài khoản|người được cấp tài khoản|người sử dụng|cá nhân) ~4 (chịu|có) trách nhiệm ~12 {credential}"},
       .none = {"phân công ~10 chịu trách nhiệm", "giấy ủy quyền", "bị xâm nhập"}},
  };
}

}  // namespace khien::letter
