// The national population database: who may look, with what, and what stays confidential.
#include "letter/phrases.h"

namespace khien::letter {
namespace {

using policy::Kind;

bool fill_registration(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Pattern form("(mẫu|biểu mẫu|phiếu đăng ký|phiếu|phụ lục)");
  static const Pattern sent("(gửi|nộp|chuyển|trình|qua|thông qua) [cho|về|đến|tới|đồng thời]");
  if (const auto match = form.find(scene.words)) {
    const Pattern precise("(theo mẫu|mẫu số|biểu mẫu|mẫu)");
    const auto exact = precise.find(scene.words, match->begin);
    const std::size_t begin = exact ? exact->begin : match->begin;
    std::size_t end = begin + 1;
    while (end < scene.words.size() && end < begin + 24 && !sent.match_at(scene.words, end) &&
           !scene.words[end].after(kSemicolon))
      ++end;
    draft.params["form"] = scene.text(begin, end);
  }
  std::vector<std::string> route;
  for (std::size_t at = 0; at < scene.words.size(); ++at) {
    const auto match = sent.match_at(scene.words, at);
    if (!match) continue;
    std::size_t from = at + 1;
    while (from < scene.words.size() && Pattern("(cho|về|đến|tới|đồng thời)").match_at(scene.words, from)) ++from;
    if (from >= scene.words.size() ||
        !(scene.words[from].capital ||
          Pattern("(sở|công an|văn phòng|phòng|trung tâm|bộ phận|tổ|ubnd|cơ quan|quản trị)")
              .match_at(scene.words, from)))
      continue;
    for (auto& office : offices_from(scene, from))
      if (route.size() < 20) route.push_back(std::move(office));
  }
  if (!route.empty()) draft.params["route"] = std::move(route);
  return true;
}

}  // namespace

std::vector<Rule> popdb_rules() {
  return {
      {.kind = Kind::PopdbAssessedTools,
       .any = {"{not} ~4 ({use}|cài|cài đặt|kết nối|viết|tạo|khai thác|tra cứu|chạy) ~6 ({software}|macro|robot|phần "
               "mềm|bot|script|đoạn mã)",
               "({software}|macro|robot|bot) ~16 (chưa|không) ~3 (kiểm tra|đánh giá|kiểm định|thẩm định|cấp phép) ~12",
               "(chỉ|chỉ được) ~3 {use} ~4 {software} ~10 (kiểm tra|đánh giá|kiểm định|thẩm định|cho phép|được "
               "phép|cấp phép|phê "
               "duyệt)",
               "({software}|công cụ) ~16 phải ~3 [được] (kiểm tra|đánh giá|kiểm định|thẩm định)"},
       .none = {"{antivirus}"},
       .topic = {"{popdb}"},
       .fill =
           [](const Scene& scene, Match, Draft&) {
             // The population database must stand in the clause: its item often speaks of other machines as well.
             static const Patterns own{"{popdb}"};
             static const Patterns shared{"bên thứ ba", "tự phát triển", "tra cứu tự động", "tự viết",
                                          "chưa ~3 (kiểm tra|đánh giá|kiểm định|thẩm định)"};
             if (software_of_a_machine(scene.words)) return false;
             return own.in(scene.words) || (own.in(scene.sentence) && shared.in(scene.words));
           }},
      {.kind = Kind::PopdbRegistration,
       .any = {"(đăng ký|cấp|xin cấp|đề nghị cấp|cấp mới|lập phiếu) ~4 (tài khoản|quyền) ~10",
               "(lập|gửi|nộp) ~2 (phiếu|mẫu|hồ sơ|danh sách) ~3 đăng ký", "đăng ký ~8 (mẫu|phiếu)"},
       .none = {"{not} ~2 cấp lại"},
       .topic = {"{popdb}"},
       .fill =
           [](const Scene& scene, Match match, Draft& draft) {
             static const Patterns own{"{popdb}"};
             static const Patterns act{"mẫu", "phiếu", "gửi", "đăng ký", "hồ sơ"};
             return own.in(scene.words) && act.in(scene.words) && fill_registration(scene, match, draft);
           },
       .reach = Reach::Sentence},
      {.kind = Kind::PopdbConfidentiality,
       .any = {"(bảo mật|giữ kín|giữ bí mật|bảo vệ|tuyệt mật|không tiết lộ|không để lộ) ~8 (dữ liệu cá nhân|thông tin "
               "cá nhân|thông tin|dữ liệu) ~6 (công dân|người dân|dân cư|tổ chức và công dân|nhân khẩu|cá nhân của)",
               "(thông tin|dữ liệu) ~3 (công dân|người dân|dân cư) ~6 (giữ kín|bảo mật|bảo vệ|giữ bí mật|không được "
               "(lộ|tiết lộ|chia sẻ|cung cấp))",
               "{not} ~8 (tiết lộ|cung cấp|để lộ|làm lộ|chia sẻ|phát tán|sao chép|chụp|lộ|trích xuất|mua bán|lưu) ~8 "
               "(dữ liệu|thông tin|kết quả tra cứu) ~8 (công dân|người dân|dân cư|nhân khẩu|tra cứu)",
               "{not} ~6 (tra cứu|khai thác|sử dụng) ~8 (công dân|người dân|{popdb}|nhân khẩu) ~12 (ngoài|không "
               "đúng|sai|vượt|riêng|không phục vụ|không gắn|không có hồ sơ|không vì)",
               "chỉ ~3 (tra cứu|khai thác|sử dụng) ~8 (công dân|người dân|{popdb}|nhân khẩu) ~12 (khi|phục "
               "vụ|đúng|để|cho|gắn)",
               "(tra cứu|khai thác) ~8 {popdb} ~10 (đúng mục đích|đúng thẩm quyền|phải gắn|ghi rõ|phải có|mã hồ sơ)",
               "{not} ~6 (tra cứu|khai thác|sử dụng) ~8 (ngoài mục đích|sai mục đích|mục đích cá nhân|việc riêng)"},
       .none = {"{software} ~8 (chưa|tự)", "tuyên truyền"},
       .topic = {"công dân", "{popdb}", "người dân", "nhân khẩu"}},
  };
}

}  // namespace khien::letter
