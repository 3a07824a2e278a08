// When passwords are changed, and how they must differ: rotation, first change, cutoff, history, distinct, guessable,
// suspicion.
#include "letter/amounts.h"
#include "letter/numbers.h"
#include "letter/rules.h"

namespace khien::letter {
namespace {

using policy::Kind;

/// "không quá 90 ngày", "hết hạn sau 60 ngày": a bound rather than a recurrence, only sound beside the life of a
/// password.
std::optional<Found<Period>> bounded_age(Tokens words) {
  static const Patterns life{
      "thời hạn",
      "hiệu lực",
      "hết hạn",
      "tuổi",
      "giá trị sử dụng",
      "có giá trị",
      "thời gian sử dụng",
      "chu kỳ",
      "vòng đời",
      "tồn tại",
      "kể từ lần (đổi|thay)",
      "không (để|dùng|sử dụng) [~3] mật khẩu [~3] quá",
      "{change} [~4] (chậm nhất|không quá|tối đa|sau|trước khi quá|trong vòng)",
      "mật khẩu [~3] quá",
      "(từ|thường xuyên|định kỳ|sau) ~2 # [ngày|tháng|tuần] (đến|tới|hoặc) # (ngày|tháng|tuần|năm)",
      "(từ|thường xuyên|định kỳ|sau) ~2 # # (ngày|tháng|tuần|năm)",
      "(nếu|quá|sau) ~2 (ngày|tháng) ~4 (không|chưa) {change} ~1 mật khẩu"};
  if (!life.in(words)) return std::nullopt;
  return find_duration(words);
}

bool fill_rotation(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Patterns event{"kể từ (khi|lúc) [~3] (nghi|phát hiện|lộ|nhận)", "(nghi|phát hiện) [~4] (lộ|xâm nhập)"};
  static const Patterns regular{"định kỳ", "thường xuyên", "theo định kỳ"};
  static const Pattern sinking("(xuống|còn) [còn]");
  static const Pattern rising("từ # (ngày|tháng|năm) (lên|sang) [thành] # (ngày|tháng|năm)");
  auto age = find_recurrence(scene.words);
  // "từ 06 tháng xuống còn 03 tháng": the new value stands behind.
  if (const auto down = sinking.find(scene.words))
    if (const auto later = find_duration(scene.words.subspan(down->begin))) age = later;
  if (const auto up = rising.find(scene.words)) age = find_duration(scene.words, up->begin + 3);
  static const Pattern either("# (ngày|tháng|quý|năm) (hoặc|và) [ngay] (khi|nếu|lúc|nghi|phát hiện)");
  if (!age)
    if (const auto own = either.find(scene.words)) age = duration_at(scene.words, own->begin);
  if (!age && !event.in(scene.words)) age = bounded_age(scene.words);
  if (age) {
    draft.params["max_age"] = iso(age->value);
    return true;
  }
  if (!regular.in(scene.words)) return false;
  draft.weak = true;
  draft.notes.push_back({"Văn bản yêu cầu đổi mật khẩu thường xuyên nhưng không nêu thời hạn; cần đặt thời hạn.",
                         "The letter asks for regular password changes without a period; set one."});
  return true;
}

bool fill_cutoff(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Patterns shut{"{close}",
                             "không [thể] (truy cập|đăng nhập|sử dụng)",
                             "không còn (truy cập|đăng nhập|sử dụng)",
                             "khóa",
                             "từ chối",
                             "bị chặn",
                             "ngắt",
                             "mất quyền",
                             "không vào được",
                             "không được (truy cập|đăng nhập|vào)"};
  static const Patterns reporting{"báo cáo", "gửi (về|danh sách|kết quả)"};
  const auto told = find_date(scene.words, scene.year);
  const auto date = told ? std::optional(told->value) : scene.due_before(0);
  if (!date) return false;
  const bool ends_access = shut.in(scene.words);
  if (!ends_access && reporting.in(scene.words)) return false;
  draft.params["date"] = iso(*date);
  draft.weak = !ends_access;
  if (!ends_access)
    draft.notes.push_back(
        {"Văn bản nêu hạn đổi mật khẩu nhưng không nói sẽ dừng truy cập sau hạn; cần người xác nhận.",
         "The letter sets a date for changing passwords but does not say that access ends; please confirm."});
  return true;
}

bool fill_history(const Scene& scene, Match match, Draft& draft) {
  static const Pattern counted("# [lần] [~2] (mật khẩu|lần|mk)");
  static const Pattern ordinal("{recent} #");
  const std::size_t from = match.begin;
  if (const auto found = counted.find(scene.words, from)) {
    draft.params["last"] = number_at(scene.words, found->begin)->value;
    return true;
  }
  for (std::size_t at = from; at < scene.words.size(); ++at)
    if (const auto number = number_at(scene.words, at); number && number->value <= 24 && at < match.end + 8) {
      if (duration_at(scene.words, at)) continue;
      draft.params["last"] = number->value;
      return true;
    }
  draft.notes.push_back({"Văn bản cấm dùng lại mật khẩu cũ nhưng không nêu số lần; cần đặt số mật khẩu phải nhớ.",
                         "The letter forbids reusing old passwords without a number; set how many are remembered."});
  return true;
}

Rule rotation() {
  return {
      .kind = Kind::PasswordRotation,
      .any = {"{change} ... (lần|quý|tháng|ngày|tuần|năm|kỳ)", "(tháng|ngày|quý|tuần|năm|kỳ|lần) ... {change}",
              "(thời hạn|hiệu lực|tuổi|hết hạn|thời gian sử dụng|vòng đời) ~6 (ngày|tháng|năm)",
              "định kỳ ~2 (ngày|tháng|quý) (hoặc|và) ~2 (nghi|khi)", "(thường xuyên|định kỳ) [~3] {change}",
              "{change} [~4] (thường xuyên|định kỳ)", "không (để|dùng|sử dụng) [~3] mật khẩu [~3] quá # (ngày|tháng)",
              "mật khẩu [~3] (quá|không quá|tối đa) # (ngày|tháng)"},
      .none = {"{not} ~3 (lại|trùng|lặp) .. mật khẩu", "cập nhật ~6 (bản vá|phần mềm|phiên bản|hệ điều hành|virus)",
               "nạp lại", "rà soát [~4] tài khoản", "bình chữa cháy", "(nước|dầu|lọc|ắc quy|pin|mực)",
               "không (trùng|giống)", "(tài khoản|quyền truy cập) ~3 (nghỉ hưu|thôi việc)", "khẩu trang",
               "(truy cập|đăng nhập) [~4] (sẽ|tạm)", "thay người", "thay đổi (công chức|cán bộ|vị trí|bất thường)"},
      .topic = {"{password}"},
      .fill = fill_rotation};
}

Rule suspicion() {
  return {.kind = Kind::PasswordChangeOnSuspicion,
          .any = {"({change}|cấp lại|đổi) ... {if} ... {compromise}", "{if} ... {compromise} ... ({change}|cấp lại)",
                  "({change}|cấp lại) .. {at_once} .. {compromise}",
                  "{at_once} .. (nghi|nghi ngờ|nghi vấn) .. {compromise}",
                  "(tài khoản|mật khẩu) ~4 (bị|đã|có) ~3 (lộ|lọt|rò rỉ|rao bán|đánh cắp) ... {change}",
                  "{change} ... (bị|đã|nghi) (lộ|lọt|rao bán)"},
          .none = {"(tránh|để tránh|đề phòng|phòng ngừa|nhằm tránh|hạn chế) [~4] {compromise} .. {change}",
                   "cập nhật ~6 (bản vá|phần mềm|phiên bản)", "giao diện", "{portal}", "thay đổi bất thường",
                   "phát hiện ~3 thay đổi", "giám sát ~4 (hệ thống|thay đổi|cổng|trang|lưu lượng|liên tục)"},
          .topic = {"{password}"}};
}

Rule cutoff() {
  return {.kind = Kind::PasswordCutoff,
          .any = {"{change} .. mật khẩu ... (trước|ngày|hạn)", "(ngày|trước|hạn|đến) ... {change} .. mật khẩu",
                  "(ngày|trước|hạn|từ|sau|quá) ... (chưa|không) [~3] {change}",
                  "mật khẩu ... {change} ... (trước|ngày)", "(chưa|không) [~3] {change} ... (ngày|từ)",
                  "(ngày|trước|hạn|đến) ... mật khẩu ~8 (cũ|chưa|không) (đạt|đúng|bảo đảm|đảm bảo|đáp ứng)",
                  "mật khẩu ~6 (chưa|không) (đạt|đúng|bảo đảm|đảm bảo|đáp ứng) ... ngày"},
          .none = {"bàn giao", "nghỉ hưu", "thôi việc"},
          .topic = {"{password}"},
          .fill = fill_cutoff,
          .reach = Reach::Sentence};
}

}  // namespace

std::vector<Rule> password_rules() {
  return {
      rotation(),
      suspicion(),
      cutoff(),
      {.kind = Kind::PasswordFirstChange,
       .any = {"{change} ~6 mật khẩu ~4 {default}", "{not} ~4 mật khẩu ~4 {default}", "{change} ... {first_time}",
               "{first_time} ... {change} ~3 (mật khẩu|ngay|lại)",
               "{first_time} ... (phải|bắt buộc|yêu cầu|cần) ~3 {change}", "mật khẩu ~3 {default} ... {change}",
               "{change} {password} ~8 (khi|sau|ngay) ~4 (được cấp|nhận|tiếp nhận|bàn giao)",
               "(ngay|khi|sau khi) [~2] (được cấp|nhận|tiếp nhận) ~6 ... {change} .. mật khẩu",
               "(giữ|để|dùng|sử dụng) nguyên ~3 mật khẩu", "mật khẩu ~4 {default} ~8 chỉ ~4 (một|1|01|tạm)",
               "{default} ~3 mật khẩu ~6 {change}",
               "tài khoản ~2 (mới|mới cấp|cấp mới|vừa cấp|được cấp mới) ~6 ({change} ~2 mật khẩu|phải ~2 {change})"},
       .none = {"có thể đổi mật khẩu mặc định", "{not} ~2 (lưu|ghi nhớ)", "(chia sẻ|gửi) ~3 mật khẩu",
                "nhận [được] (cảnh báo|công văn|văn bản|thông báo|chỉ đạo|chỉ thị|kế hoạch)"},
       .topic = {"{password}"},
       .fill =
           [](const Scene& scene, Match, Draft&) {
             // When hands change it is the new ones that hold an issued password.
             static const Patterns change{"(khi|nếu|lúc|trường hợp|có|sự) ~1 {new_hands}"};
             static const Patterns receiver{"người (mới|nhận|tiếp nhận|kế nhiệm|được giao|được bàn giao)", "lần đầu",
                                            "{default}"};
             return !change.in(scene.words) || receiver.in(scene.words);
           }},
      {.kind = Kind::PasswordHistory,
       .any = {"{not} ~2 (dùng|sử dụng|đặt|lặp|quay|lấy|tái) [sử] [dụng] [lại|về] ~5 {recent}",
               "{not} ~1 (trùng|giống|lặp) ~8 {recent}",
               "{not} ~2 (đặt|dùng|sử dụng|chọn) ~3 (trùng|giống|lặp) ~8 {recent}",
               "khác [với|biệt với] ~4 # ~4 mật khẩu", "khác [với] ~3 mật khẩu ~3 {recent}",
               "{not} ~2 (dùng|sử dụng|đặt|lặp) lại ~4 mật khẩu", "{not} ~2 tái sử dụng ~4 mật khẩu",
               "(lịch sử|nhớ|ghi nhớ|lưu) # mật khẩu",
               "mật khẩu mới ~6 (khác|không trùng|không giống) ~6 (cũ|trước|gần)"},
       .none = {"(cho|trên|giữa) ~2 (nhiều|các) (tài khoản|hệ thống|phần mềm)"},
       .topic = {"{password}"},
       .fill = fill_history},
      {.kind = Kind::PasswordDistinct,
       .any =
           {"mật khẩu ~2 (khác nhau|riêng|riêng biệt|khác biệt|độc lập) [~6] (cho|từng|mỗi|giữa|các|tài khoản|hệ "
            "thống|phần mềm|với)",
            "mỗi (tài khoản|hệ thống|phần mềm|ứng dụng|dịch vụ) ~4 mật khẩu",
            "{not} ~3 (chung|cùng|một|1|01|trùng|giống) ~3 mật khẩu ~6 (nhiều|các|hai|hệ thống|mạng xã hội|tài "
            "khoản|facebook|zalo|cá nhân|dịch vụ|giữa|trên|khác)",
            "{not} ~2 (trùng|giống|lấy) [nhau|với|lại]  ~2 mật khẩu ~8 (thư|email|hệ thống|tài khoản|cá nhân|mạng xã "
            "hội|facebook|zalo|phần mềm|ngân hàng|khác)",
            "mật khẩu ~10 {not} ~1 (trùng nhau|giống nhau|giống hệt nhau|trùng lặp nhau)",
            "mật khẩu ~6 khác [với|hẳn] [~2] mật khẩu ~6 (thư|email|hệ thống|tài khoản|cá nhân|mạng xã "
            "hội|facebook|zalo|phần mềm|ngân hàng|khác)",
            "khác nhau (cho|giữa) ~3 (tài khoản|hệ thống|phần mềm)",
            "{not} ~6 mật khẩu ~6 cho ~3 (nhiều|các|tất cả|hai) ~3 (tài khoản|hệ thống|phần mềm|dịch vụ|ứng dụng|nền "
            "tảng)",
            "{not} ~2 (dùng|sử dụng|lấy) ~2 mật khẩu [của] ~2 (zalo|facebook|mạng xã hội|cá nhân|thư riêng|ngân hàng)",
            "mật khẩu ~8 (tách|tách biệt|tách riêng)"},
       .none = {"{recent}", "{not} ~3 mật khẩu mặc định", "của riêng", "riêng ~1 (người|cá nhân)"},
       .topic = {"{password}"}},
      {.kind = Kind::PasswordNotGuessable,
       .any = {"{not} ~3 (đặt|dùng|sử dụng|chứa|lấy|chọn|theo|liên quan|gắn|dựa|là|trùng|bao gồm|có|giống) ... (dễ "
               "đoán|dễ nhớ|họ tên|tên mình|tên đăng nhập|tên cơ quan|tên đơn vị|tên riêng|tên người|tên trường|tên "
               "của|tên tài khoản|ngày sinh|sinh nhật|"
               "số điện thoại|số cccd|số căn cước|biển số|123456|12345678|abc|từ điển|từ có nghĩa|thông tin cá "
               "nhân|liên tiếp|đơn giản|phổ biến|thông dụng|quy luật|năm sinh|tên con|tên người thân|tên gọi|phỏng "
               "đoán|suy đoán|dễ suy|lặp lại|tuần tự|tên)",
               "(tránh|cấm|nghiêm cấm) ~3 [đặt|dùng|sử dụng] ~4 (dễ đoán|họ tên|ngày sinh|số điện thoại)",
               "tránh ~4 mật khẩu ~3 (dễ|đơn giản|phổ biến|thông dụng|yếu)",
               "(khó đoán|khó suy đoán|khó dò|khó phỏng đoán)",
               "{not} ~4 mật khẩu ~4 (dễ|yếu|đơn giản|phổ biến|thông dụng)",
               "mật khẩu ~8 {not} ~3 (dễ đoán|chứa tên|chứa thông tin|họ tên|ngày sinh|từ điển)",
               "{not} ~2 (dễ đoán|dễ suy đoán)"},
       .none = {"{not} ~2 (chia sẻ|tiết lộ|cung cấp|cho người)", "{not} ~2 (lưu|ghi nhớ)", "tránh ~2 bị"},
       .topic = {"{password}"}},
  };
}

}  // namespace khien::letter
