// Telling: disseminating the letter, reporting incidents, handing in lists and reports, watching for leaks.
#include "letter/amounts.h"
#include "letter/phrases.h"

namespace khien::letter {
namespace {

using policy::Kind;

/// Where the offices of an incident begin: behind a word of telling. Best is one with an office right behind it.
std::optional<std::size_t> told_to(Tokens words, std::size_t from) {
  static const Pattern telling("{report}");
  static const Pattern filler(
      "(cáo|báo|hệ|lạc|tin|thoại|ngay|kịp|thời|khẩn|cấp|nhanh|cho|với|về|đến|tới|lên|lập|tức|bằng|văn bản|sự cố|trực "
      "tiếp|việc|qua|trong vòng|# giờ|# phút|trong)");
  std::optional<std::size_t> any;
  for (std::size_t at = from; at < words.size(); ++at) {
    if (!telling.match_at(words, at)) continue;
    std::size_t next = at + 1;
    for (auto skipped = filler.match_at(words, next); skipped && next < words.size() && !words[next].after(kSemicolon);
         skipped = filler.match_at(words, next))
      next = skipped->end;
    if (next >= words.size()) continue;
    if (begins_office(words, next)) return next;
    if (!any) any = next;
  }
  return any;
}

bool fill_incident(const Scene& scene, Match match, Draft& draft) {
  const auto begin = told_to(scene.words, match.begin);
  if (!begin) return true;
  auto to = offices_from(scene, *begin);
  if (!to.empty()) draft.params["to"] = std::move(to);
  return true;
}

/// "gửi danh sách về Phòng Nội vụ": the object before the address.
std::string reported_thing(const Scene& scene, std::size_t from, std::size_t address) {
  static const Pattern thing(
      "(danh sách|kết quả|báo cáo|tình hình|biểu|số liệu|bản cam kết|kế hoạch|văn bản|phương án|hồ sơ|biên "
      "bản|quyết định|phiếu)");
  const auto match = thing.find(scene.words, from);
  if (!match) return from < address && address < scene.words.size() ? scene.text(from, address) : "báo cáo";
  std::size_t begin = match->begin;
  if (scene.words[begin].fold == "bao" && thing.match_at(scene.words, match->end)) begin = match->end;
  const std::string whole = name_from(scene, begin);
  const std::string before_address = address > begin ? scene.text(begin, std::min(address, begin + 20)) : std::string();
  return before_address.empty() || whole.size() < before_address.size() ? whole : before_address;
}

constexpr std::string_view kReports =
    "báo cáo [~3] (kết quả|tình hình|việc|danh sách|số liệu|bằng|về|định kỳ|tổng hợp|tiến độ|kết quả)";
constexpr std::string_view kHandsIn =
    "(gửi|nộp) ~3 (danh sách|báo cáo|kết quả|số liệu|biểu|bản cam kết|kế hoạch|biên bản|thông tin) ~10";

/// The order itself: behind the date where the match begins with "chậm nhất ngày 15/6, các đơn vị báo cáo". nullopt if
/// that is no date and nothing else says what is reported.
std::optional<Match> order_of(const Scene& scene, Match match) {
  static const Pattern front("(trước|chậm nhất|muộn nhất)");
  static const Patterns plain{kReports, kHandsIn};
  static const Pattern bare("(báo cáo|gửi|nộp)");
  if (!front.match_at(scene.words, match.begin)) return match;
  const auto due = due_date_at(scene.words, scene.year, match.begin);
  return due ? bare.find(scene.words, due->end) : plain.find(scene.words, match.begin);
}

bool fill_report(const Scene& scene, Match found_at, Draft& draft) {
  const auto order = order_of(scene, found_at);
  if (!order) return false;
  const Match match = *order;
  static const Pattern address("(gửi về|về|gửi cho|cho|đến|tới|gửi|lên|qua)");
  static const Pattern office(
      "[cho] (sở|công an|văn phòng|phòng|trung tâm|bộ phận|tổ|ubnd|ủy ban|ban|cục|chi cục|hiệu trưởng|đảng ủy|huyện "
      "ủy|tỉnh ủy|thành ủy|nhà trường|cơ quan|bộ|tiểu ban|đồng chí|thường trực)");
  const Tokens words = scene.words;
  std::optional<std::size_t> to;
  std::size_t mark = words.size();
  for (std::size_t at = match.begin; at < words.size() && !to; ++at) {
    const auto found = address.match_at(words, at);
    if (!found) continue;
    std::size_t next = at + 1;
    while (next < words.size() && Pattern("(về|cho|đến|tới)").match_at(words, next)) ++next;
    if (next < words.size() && office.match_at(words, next)) {
      to = next;
      mark = at;
    }
  }
  if (!to)  // "báo cáo Văn phòng Sở kết quả …"
    for (std::size_t at = match.begin; at < words.size() && !to; ++at)
      if (words[at].capital && at > match.begin && office.match_at(words, at)) to = at;
  // "báo cáo Ủy ban nhân dân tỉnh kết quả …": what is reported stands behind the office.
  const std::size_t from = to && mark == words.size() ? *to : match.begin;
  if (to) draft.params["to"] = name_from(scene, *to);
  const std::string what = reported_thing(scene, from, mark);
  if (!what.empty()) draft.params["what"] = what;
  static const Pattern recurring("(ngày|trước) ~2 # (hằng|hàng|mỗi|của tháng|tháng sau)");
  if (recurring.in(words)) return true;
  // A date behind the order, unless it is merely told ("kết quả đợt kiểm tra ngày 5/5") and one before says until when.
  const auto front = scene.due_before(match.begin);
  for (std::size_t at = match.begin; at < words.size(); ++at)
    if (const auto due = due_date_at(words, scene.year, at)) {
      draft.params["by"] = iso(due->value);
      return true;
    }
  const auto told = find_date(words, scene.year, match.begin);
  if (front || told) draft.params["by"] = iso(front ? *front : told->value);
  return true;
}

Rule incident() {
  return {.kind = Kind::IncidentReport,
          .any = {"{if} ... ({compromise}|{malware}|sự cố|bị tấn công|dấu hiệu|bất thường|nghi vấn|mất máy|mất thiết "
                  "bị) ... {report}",
                  "{report} ... {if} ~8 ({compromise}|{malware}|sự cố|dấu hiệu|bất thường|mất)",
                  "{if} ~3 sự cố ... {report}", "sự cố ~8 {report} ~3", "{report} ~2 {at_once} ... sự cố",
                  "(mất|thất lạc) ~2 (điện thoại|máy|thiết bị|usb|token|thẻ) ... {report}",
                  "đồng thời {report} ~3 (công an|sở|văn phòng|phòng)",
                  "bị (tấn công|xâm nhập|nhiễm|chiếm quyền|lộ|mất) ~8 (thì|phải|cần) ~3 {report}"},
          .none = {"gửi ~6 {mail} ~8 (hàng loạt|nhiều người)", "vướng mắc", "quên mật khẩu",
                   "báo cáo (kết quả|tình hình|định kỳ)", "(nghỉ hưu|thôi việc|chuyển công tác|điều động|nghỉ việc)",
                   "(thay đổi|thay) ~3 (công chức|người) ~3 tiếp nhận", "nghỉ phép", "ủy quyền", "cháy", "tai nạn"},
          .fill = fill_incident,
          .reach = Reach::Sentence};
}

Rule report() {
  return {.kind = Kind::ReportSubmit,
          .any = {kReports, kHandsIn,
                  "báo cáo ~8 (về|gửi) ~2 (sở|công an|văn phòng|phòng|trung tâm|ubnd|ban|đảng ủy|huyện ủy|tỉnh ủy|bộ "
                  "phận|tổ|hiệu trưởng)",
                  "(danh sách|báo cáo|kết quả|bản cam kết|biên bản|biểu|phiếu) ~12 (gửi|nộp) [về|cho|đến|tới]",
                  "(có|gửi) báo cáo ~4 (trước|về|gửi)", "báo cáo ... trước ngày",
                  "(trước|chậm nhất|muộn nhất) ~4 ngày ~10 báo cáo",
                  "báo cáo [lên|cho|với] (sở|công an|văn phòng|phòng|trung tâm|ubnd|ủy ban|ban|đảng ủy|huyện ủy|tỉnh "
                  "ủy|hiệu trưởng|giám đốc) ~12 (kết quả|tình hình|danh sách|việc|số liệu)"},
          .none = {"(sự cố|phát hiện|nhiễm|xâm nhập|tấn công) ~12 báo cáo ngay", "báo cáo ngay", "{if} ~4 sự cố",
                   "^ ~2 sự cố", "báo cáo ~2 sự cố", "sự cố ~4 báo cáo", "gửi ~6 {mail} ~8 (hàng loạt|nhiều người|#)",
                   "{popdb} ~30 (mẫu|phiếu)", "(mẫu|phiếu) ~30 {popdb}", "{not} ~3 gửi ~3 mật khẩu", "nhận ~3 báo cáo",
                   "vướng mắc", "{not} ~4 (đưa|gửi|chia sẻ|đăng) ~2 danh sách", "để báo cáo (b c)"},
          .never = {"{leave} ... (báo cáo|báo|thông báo) ~14 để ~8 {close}",
                    "(thay đổi|thay) ~3 (công chức|người|cán bộ) ~3 (tiếp nhận|xử lý)", "{popdb} ~40 (mẫu|phiếu)",
                    "(mẫu|phiếu) ~40 {popdb}"},
          .fill = fill_report};
}

}  // namespace

std::vector<Rule> reporting_rules() {
  return {
      incident(),
      report(),
      {.kind = Kind::DirectiveDisseminate,
       .any = {"phổ biến", "quán triệt", "tuyên truyền",
               "(sao gửi|sao y|thông báo|truyền đạt|gửi|niêm yết|triển khai|thông tin) ~6 (đến|tới|cho) ~3 (toàn "
               "thể|toàn bộ|từng|tất cả|cán bộ|công chức|giáo viên|đảng viên|nhân viên|người lao động|mọi)"},
       .none = {"(mật khẩu|virus|phần mềm|từ|cụm từ) ~2 phổ biến", "tuyên truyền ~8 (người dân|nhân dân|học sinh)",
                "{not} ~3 (thông báo|gửi|phổ biến)", "phổ biến ~2 hiện nay", "{account} ~6 (nghỉ hưu|thôi việc)"},
       .never = {"mật khẩu ~6 phổ biến"}},
      {.kind = Kind::LeakMonitoring,
       .any = {"(theo dõi|giám sát|rà soát|thu thập|phát hiện|tra cứu|kiểm tra|rà quét|dò tìm|nắm bắt|cập nhật) ~10 "
               "(lộ lọt|rao bán|rò rỉ|bị lộ|lộ) ~10",
               "(tài khoản|mật khẩu|dữ liệu|thông tin) ~6 (lộ lọt|rao bán|rò rỉ|bị lộ) ~10 (theo dõi|giám sát|rà "
               "soát|kiểm tra|phát hiện)"},
       .none = {"{if} ~6 (lộ|rò rỉ) ~10 ({change}|{report})", "đã phát hiện",
                "phát hiện ~8 (lộ|rò rỉ) ~10 ({report}|{change})", "lỗ hổng"},
       .never = {"^ ~4 (phát hiện|khi|nếu|trường hợp) ~10 (lộ|rò rỉ|rao bán) ~6 (phải|thì|cần|báo|đổi)"},
       .topic = {"{credential}", "dữ liệu", "thông tin"}},
  };
}

}  // namespace khien::letter
