// The life of accounts: closing on leave, review, change of handler, delegation, need to know.
#include "letter/amounts.h"
#include "letter/rules.h"

namespace khien::letter {
namespace {

using policy::Kind;

struct Coded {
  std::string_view code;
  Pattern said;
};

std::vector<std::string> leave_reasons(Tokens words) {
  static const std::vector<Coded> reasons{{"retired", Pattern("{retired}")},
                                          {"transferred", Pattern("{transferred}")},
                                          {"resigned", Pattern("{resigned}")},
                                          {"position_changed", Pattern("{position_changed}")},
                                          {"unused", Pattern("{unused}")}};
  std::vector<std::string> out;
  for (const Coded& reason : reasons)
    if (reason.said.in(words)) out.emplace_back(reason.code);
  // "nghỉ hưu, thôi việc, chuyển": the bare words count beside a full one.
  return out;
}

/// "trong vòng 03 ngày làm việc", "chậm nhất 5 ngày", "không quá 24 giờ".
std::optional<Found<Period>> deadline(Tokens words) {
  static const Pattern limit(
      "(trong vòng|trong|chậm nhất|không quá|không (chậm|muộn|quá) hơn|tối đa|muộn nhất|quá|sau|thời hạn|trước) ~3 # "
      "(ngày|giờ|tuần|tháng|tiếng)");
  const auto match = limit.find(words);
  if (!match) return std::nullopt;
  return find_duration(words, match->begin);
}

bool fill_leave(const Scene& scene, Match /*match*/, Draft& draft) {
  if (about_money(scene)) return false;
  static const Pattern idle("(quá|trên|trong|sau|từ) [~2] # (ngày|tháng)");
  auto reasons = leave_reasons(scene.words);
  if (reasons.empty()) return false;
  const bool only_unused = reasons.size() == 1 && reasons[0] == "unused";
  static const Pattern unused_account("({account} ~8 {unused}|{unused} ~4 {account})");
  if (only_unused && (idle.in(scene.words) || !unused_account.in(scene.words)))
    return false;  // account.idle is set by a person
  draft.params["reasons"] = std::move(reasons);
  const auto within = deadline(scene.words);
  if (!within) return true;
  draft.params["within"] = iso(within->value);
  if (in_working_days(scene.words, *within))
    draft.notes.push_back(
        {"Thời hạn đóng tài khoản tính theo ngày làm việc; mặc định tính ngày lịch, cần người xác nhận.",
         "The deadline for closing accounts is in working days; calendar days are the default, please confirm."});
  return true;
}

bool fill_review(const Scene& scene, Match match, Draft& draft) {
  if (about_money(scene)) return false;
  const Tokens around = scene.words.subspan(match.begin > 25 ? match.begin - 25 : 0);
  if (const auto every = find_recurrence(around)) draft.params["every"] = iso(every->value);
  return true;
}

/// Authority to sign, to attend or over money: no matter of accounts that people sign in to.
bool delegates_something_else(const Scene& scene) {
  static const Patterns act{
      "ủy quyền ~8 (ký (kết|hợp|thay|các|văn|chứng|duyệt|số|quyết|giấy|phát|ban|tên|biên|hồ)|tham dự|tham gia|dự "
      "(họp|hội)|làm chủ|chủ trì|giao dịch|tố tụng|nhận hộ|thanh toán|chi trả|điều hành|phát ngôn)"};
  static const Patterns papers{"chứng từ", "(làm|là) chủ tài khoản"};
  static const Patterns use{"ủy quyền ~10 (sử dụng|quản lý|dùng|đăng nhập|truy cập) ~4 {account}",
                            "ủy quyền [việc|về] {account}"};
  if (about_money(scene) || papers.in(scene.words)) return true;
  return (act.in(scene.words) || act.in(scene.subject)) && !use.in(scene.words);
}

bool fill_delegation(const Scene& scene, Match /*match*/, Draft& draft) {
  if (delegates_something_else(scene)) return false;
  static const Patterns period{"thời gian", "thời hạn",     "từ ngày", "đến ngày",      "kỳ hạn",
                               "bao lâu",   "ngày bắt đầu", "từ khi",  "ngày kết thúc", "hết hạn"};
  static const Patterns duties{"trách nhiệm", "nghĩa vụ", "quyền hạn", "phạm vi", "nhiệm vụ của"};
  std::vector<std::string> fields;
  if (period.in(scene.words)) fields.emplace_back("period");
  if (duties.in(scene.words)) fields.emplace_back("responsibilities");
  if (!fields.empty()) draft.params["fields"] = std::move(fields);
  return true;
}

/// A change of hands asks for a notice; where the letter only has the password handed over or changed, a person
/// decides.
bool fill_handler_change(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Patterns notice{"văn bản", "thông báo", "=báo", "báo (sở|văn phòng|phòng|ngay|cho|về)",
                               "gửi",     "đề nghị"};
  if (!notice.in(scene.words))
    draft.notes.push_back(
        {"Văn bản yêu cầu bàn giao hoặc đổi mật khẩu khi thay người phụ trách; biện pháp đề xuất là thông báo trước "
         "khi "
         "chuyển quyền, cần người xác nhận.",
         "The letter asks for a hand-over or another password when the person in charge changes; what is proposed is a "
         "notice "
         "before rights move, please confirm."});
  return true;
}

Rule handler_change() {
  return {
      .kind = Kind::AccountHandlerChange,
      .any =
          {"{new_hands} ~6 (tiếp nhận|xử lý|giải quyết|thụ lý|một cửa|hồ sơ|phụ trách|trực|trả kết quả|quản trị|quản "
           "lý|vận hành|sử dụng) ... (văn bản|thông báo|báo|đề nghị|gửi|bàn giao|cấp lại|{change} ~5 mật khẩu|mật khẩu "
           "~5 "
           "{change})",
           "(thay đổi|thay) ~1 (văn thư|kế toán|quản trị viên|cán bộ đầu mối|đầu mối|người phụ trách|người quản trị) "
           "... "
           "(văn bản|thông báo|báo|đề nghị|gửi|bàn giao|cấp lại|{change} ~5 mật khẩu|mật khẩu ~5 {change})",
           "(văn bản|thông báo|báo|đề nghị) ... {new_hands} ~6 (tiếp nhận|xử lý|giải quyết|thụ lý|một cửa|trả kết "
           "quả|phụ "
           "trách|quản trị)",
           "(khi|nếu|trường hợp) ~2 (thay|thay đổi) (người|cán bộ|nhân sự|công chức) ... (báo|thông báo|văn bản) ... "
           "quyền",
           "{change} .. mật khẩu ~6 (khi|nếu|lúc|mỗi khi) ~3 {new_hands}",
           "(khi|nếu|lúc|trường hợp) ~3 {new_hands} ~6 {change} ~2 mật khẩu"},
      .none = {"{leave} ~6 {close}"},
      .topic = {"quyền", "phân quyền", "{account}", "{password}"},
      .fill = fill_handler_change,
      .reach = Reach::Sentence};
}

Rule close_on_leave() {
  return {.kind = Kind::AccountCloseOnLeave,
          .any = {"{leave} ... {close}", "{close} ... {leave}", "{leave} ... {notify}", "{notify} ... {leave}",
                  "{leave} ... (không còn|mất|bị) [được] (truy cập|quyền)"},
          .none = {"ủy quyền", "{popdb} ~3 {not}", "gỡ bỏ phần mềm", "đóng cửa", "phân công cán bộ"},
          .topic = {"{account}", "phân quyền", "quyền"},
          .fill = fill_leave,
          .reach = Reach::Sentence};
}

}  // namespace

bool about_money(const Scene& scene) {
  static const Patterns money{
      "tài khoản ~2 (ngân hàng|tiền gửi|kho bạc|thanh toán|tiết kiệm|giao dịch|kế toán|thụ hưởng)",
      "tài khoản ~3 tại [các] (ngân hàng|kho bạc)", "số tài khoản", "số dư"};
  return money.in(scene.words) || money.in(scene.subject);
}

std::vector<Rule> account_rules() {
  return {
      close_on_leave(),
      {.kind = Kind::AccountReview,
       .any = {"{review} ~10 {account}", "{account} ~8 {review}",
               "{review} ~6 (phân quyền|quyền truy cập|quyền người dùng|người dùng)",
               "(thống kê|lập danh sách) [~3] {account} ~3 (đang|hiện|đã cấp)"},
       .none = {"lỗ hổng", "(không|chưa) {review}", "{portal} ~3 (lỗ hổng|bất thường)",
                "{review} ~6 (bị lộ|lộ lọt|rao bán|rò rỉ)", "(máy tính|thiết bị) ~6 (mã độc|virus)", "đăng nhập lạ",
                "(tổ|đoàn|đội|ban) kiểm tra"},
       .never = {"{review} ~14 (bị lộ|lộ lọt|rao bán|rò rỉ)"},
       .fill = fill_review},
      handler_change(),
      {.kind = Kind::AccountDelegation,
       .any = {"(giấy|văn bản|quyết định|phiếu|biên bản) ủy quyền", "ủy quyền ~4 (bằng|qua|có) ~2 (văn bản|giấy)",
               "(văn bản|giấy) ~1 (giao|phân công|cử) ~6 (sử dụng|dùng|quản lý|đăng nhập) ~2 {account}",
               "ủy quyền ~8 {account}", "{account} ~10 ủy quyền"},
       .none = {"{not} ~2 ủy quyền", "không (cần|phải) ~2 ủy quyền"},
       .topic = {"{credential}"},
       .fill = fill_delegation,
       .reach = Reach::Sentence},
      {.kind = Kind::AccountNeedToKnow,
       .any = {"(truy cập|khai thác|tiếp cận|xem|tra cứu|cấp quyền|phân quyền|quyền|sử dụng|cấp tài khoản|cấp) ~12 "
               "(đúng|phù hợp|theo đúng|trong phạm vi|vừa đủ|theo|thuộc) ~3 (chức năng|nhiệm vụ|thẩm quyền|quyền "
               "hạn|chức "
               "trách|vị trí việc làm|"
               "trách nhiệm|phạm vi được giao|phạm vi quản lý|lĩnh vực)",
               "(phân quyền|quyền|cấp quyền) ~4 (tối thiểu|vừa đủ)",
               "{not} ~3 (truy cập|khai thác|xem|tra cứu) ~8 (ngoài|không thuộc|vượt) ~3 (chức năng|nhiệm vụ|thẩm "
               "quyền|quyền hạn|phạm vi)"},
       .none = {"{popdb}", "công dân", "trang thông tin điện tử của"},
       .topic = {"thông tin", "dữ liệu", "hệ thống", "{account}", "phân quyền", "người dùng"}},
  };
}

}  // namespace khien::letter
