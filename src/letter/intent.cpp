#include "letter/intent.h"

#include <algorithm>
#include <array>

namespace khien::letter {
namespace {

template <std::size_t N>
bool one_of(const Token& token, const std::array<std::string_view, N>& words) {
  return contains(words, std::string_view(token.fold));
}

/// "theo yêu cầu", "các yêu cầu", "bàn giao", "được giao": no request of the issuer.
bool is_noun(Tokens tokens, Match verb) {
  static constexpr auto kBefore =
      std::to_array<std::string_view>({"theo", "cac", "nhung", "dung", "ung", "hien",   "hanh", "kien",  "tac",  "su",
                                       "duoc", "da",  "tung",  "dam",  "co",  "chuyen", "cua",  "khong", "tiep", "chua",
                                       "cong", "van", "hop",   "than", "mot", "moi",    "dap",  "toi"});
  static constexpr auto kBehindNoun =
      std::to_array<std::string_view>({"do", "nay", "tren", "neu", "cua", "ve", "ky", "toi"});
  static constexpr auto kBehindHand =
      std::to_array<std::string_view>({"dien", "thong", "tiep", "dich", "ban", "luu", "nhan", "tai", "mat"});
  const Token& first = tokens[verb.begin];
  const std::uint16_t boundary = kComma | kSemicolon | kColon | kOpen;
  if (verb.begin > 0 && !first.after(boundary)) {
    const Token& before = tokens[verb.begin - 1];
    if (one_of(before, kBefore) || before.lower == "bàn") return true;
  }
  if (verb.end >= tokens.size() || tokens[verb.end].after(boundary)) return false;
  if (first.fold == "giao") return one_of(tokens[verb.end], kBehindHand);
  return one_of(tokens[verb.end], kBehindNoun);
}

/// A comma behind which a title is over: the issuer speaks again, or a new duty begins.
bool ends_title(Tokens tokens, std::size_t at) {
  static const Pattern goes_on(
      "({request}|không|phải|đồng thời|trong đó|nghiêm túc|tổ chức|để|nay|thường xuyên|tuyệt đối|{change}|"
      "{review}|cài đặt|{use}|triển khai thực hiện|ban hành|chủ động|kịp thời|và {request})");
  static const Pattern issuer(
      "(ubnd|sở|phòng|văn phòng|giám đốc|hiệu trưởng|ban|thủ trưởng|công an|trung tâm|ủy ban|đảng ủy|bộ|"
      "tiểu ban|trường|bệnh viện|cục|chi cục|tỉnh ủy|huyện ủy|thành ủy|chủ tịch|nhà trường|ban giám)");
  if (tokens[at].after(kSemicolon)) return true;
  if (tokens[at].after(kClose)) return goes_on.match_at(tokens, at).has_value() || tokens[at].after(kComma);
  if (!tokens[at].after(kComma)) return false;
  return goes_on.match_at(tokens, at).has_value() || (tokens[at].capital && issuer.match_at(tokens, at).has_value());
}

using Dropped = std::vector<std::vector<Token>>;

void erase(std::vector<Token>& tokens, std::size_t begin, std::size_t end, Dropped& dropped) {
  if (begin >= end) return;
  dropped.emplace_back(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                       tokens.begin() + static_cast<std::ptrdiff_t>(end));
  if (end < tokens.size()) tokens[end].before |= tokens[begin].before;
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(begin), tokens.begin() + static_cast<std::ptrdiff_t>(end));
}

/// "Công văn số 12/UBND ngày 5/3/2024 của UBND tỉnh về việc …": the title says what another letter wanted.
void drop_titles(std::vector<Token>& tokens, Dropped& dropped) {
  static const Pattern title(
      "(công văn|văn bản|chỉ thị|quyết định|kế hoạch|thông báo|nghị định|thông tư|hướng dẫn|quy chế|nghị quyết|công "
      "điện|"
      "luật|tờ trình|báo cáo|quy định|điện|kết luận|chương trình|đề án) ~2 (số|# ~6 ngày|của) ~32 (về việc|về|v v|quy "
      "định)");
  for (std::size_t from = 0; from < tokens.size();) {
    const auto match = title.find(tokens, from);
    if (!match) return;
    std::size_t begin = match->end;
    while (begin > match->begin && tokens[begin - 1].fold != "ve" && tokens[begin - 1].fold != "quy" &&
           tokens[begin - 1].fold != "v")
      --begin;
    begin = begin == match->begin ? match->end - 1 : begin - 1;
    std::size_t end = match->end;
    bool crossed = false;
    for (std::size_t i = match->begin; i < match->end; ++i)
      crossed = crossed || (i > match->begin && tokens[i].after(kSemicolon)) ||
                request_verb(Tokens(tokens).subspan(match->begin, match->end - match->begin));
    if (crossed) {
      from = match->begin + 1;
      continue;
    }
    while (end < tokens.size() && !ends_title(tokens, end)) ++end;
    erase(tokens, begin, end, dropped);
    from = begin;
  }
}

/// "Cục … có Công văn số 15 … khuyến cáo …": what somebody else wrote, unless the issuer asks behind it.
bool tells_of_a_letter(Tokens sentence) {
  static const Pattern wrote(
      "^ ~24 (có|ban hành|đã có|nhận được) (công văn|văn bản|thông báo|công điện|chỉ thị) ~2 (số|#|của)");
  static const Pattern verb("{request}");
  const auto match = wrote.find(sentence);
  if (!match) return false;
  const auto first = verb.find(sentence, match->end);
  return !first || !verb.find(sentence, first->begin + 1);
}

/// Old values and attachments stand in brackets or behind "thay vì".
void drop_old_values(std::vector<Token>& tokens, Dropped& dropped) {
  static const Patterns old{"thay vì",        "thay cho (mức|quy định|yêu cầu|thời hạn|độ dài|#|việc)",
                            "trước đây",      "trước kia",
                            "quy định cũ",    "(gửi|đính) kèm",
                            "không bắt buộc", "ví dụ",
                            "chẳng hạn",      "hiện nay là",
                            "hiện (chỉ|đang)"};
  static const Pattern replaced("(thay vì|thay cho (mức|quy định|yêu cầu|thời hạn|độ dài|#|việc))");
  for (std::size_t begin = 0; begin < tokens.size(); ++begin) {
    if (!tokens[begin].after(kOpen)) continue;
    std::size_t end = begin + 1;
    while (end < tokens.size() && !tokens[end].after(kClose)) ++end;
    if (old.in(Tokens(tokens).subspan(begin, end - begin))) erase(tokens, begin, end, dropped);
  }
  while (const auto match = replaced.find(tokens)) {
    std::size_t end = match->end;
    while (end < tokens.size() && !tokens[end].after(kComma | kSemicolon | kClose)) ++end;
    erase(tokens, match->begin, end, dropped);
  }
}

/// Where the pattern begins that ends the words; their number if none does.
std::size_t begin_of_end(const Pattern& pattern, Tokens words) {
  constexpr std::size_t kLongest = 3;
  for (std::size_t back = std::min(kLongest, words.size()); back >= 1; --back)
    if (const auto match = pattern.match_at(words, words.size() - back); match && match->end == words.size())
      return match->begin;
  return words.size();
}

}  // namespace

std::optional<std::size_t> request_verb(Tokens sentence) {
  static const Pattern verb("{request}");
  static const Pattern announced(
      "(thông báo|hướng dẫn|quy định|yêu cầu|triển khai|thực hiện|lưu ý|phân công) ... (như sau|sau đây|nội dung "
      "sau|việc sau|"
      "yêu cầu sau|biện pháp sau|sau)");
  for (auto match = verb.find(sentence); match; match = verb.find(sentence, match->begin + 1))
    if (!is_noun(sentence, *match)) return match->begin;
  if (const auto match = announced.find(sentence); match && match->end == sentence.size()) return match->begin;
  return std::nullopt;
}

std::optional<std::size_t> proposal_verb(Tokens sentence) {
  static const Pattern verb("(đề nghị|kiến nghị|đề xuất)");
  static const Patterns told{
      "(đã|từng|ông|bà|đồng chí|cuộc họp|hội nghị|khách hàng|cử tri|nhiều|một số|người dân|phụ huynh)"};
  constexpr std::size_t kFront = 12;  // behind it the verb is part of what is told
  for (auto match = verb.find(sentence); match && match->begin <= kFront; match = verb.find(sentence, match->begin + 1))
    if (!is_noun(sentence, *match))
      return told.in(sentence.first(match->begin)) ? std::nullopt : std::optional(match->begin);
  return std::nullopt;
}

bool begins_report(Tokens lead) {
  static const Pattern tells("báo cáo");
  static const Pattern as_follows("(như sau|sau đây|nội dung sau|cụ thể sau|kết quả sau|các nội dung|tình hình sau)");
  static const Patterns others{"^ [~2] (các|mọi|từng|toàn thể|tất cả)"};
  const auto match = tells.find(lead);
  if (!match || others.in(lead) || request_verb(lead.first(match->begin))) return false;
  const auto end = as_follows.find(lead, match->end);
  return match->begin > 0 && end && end->end == lead.size();
}

bool begins_findings(Tokens lead) {
  static const Pattern found(
      "(kết quả|phát hiện|ghi nhận|cho thấy|nhận thấy|tồn tại|vi phạm|hạn chế|thiếu sót|sai phạm|sai sót|bất cập)");
  static const Pattern as_follows("(như sau|sau đây|cụ thể|chủ yếu|sau)");
  static const Patterns asked{"báo cáo", "gửi", "nộp", "khắc phục", "không để"};
  if (asked.in(lead) || has_duty(lead) || request_verb(lead)) return false;
  Tokens told = lead;
  for (std::size_t end = begin_of_end(as_follows, told); end < told.size(); end = begin_of_end(as_follows, told))
    told = told.first(end);
  return begin_of_end(found, told) < told.size();
}

std::optional<std::size_t> turns_to_now(Tokens sentence) {
  static const Pattern now("(từ nay|kể từ nay|nay|bây giờ) ~1");
  static const Pattern still("nay (đã|vẫn|còn|chưa|đang|có|bị)");
  for (auto match = now.find(sentence, 1); match; match = now.find(sentence, match->begin + 1)) {
    const Token& first = sentence[match->begin];
    const std::string_view before = sentence[match->begin - 1].fold;
    const bool fresh = first.after(kComma | kSemicolon | kStop) || before == "nhung" || before == "song";
    if (fresh && !still.match_at(sentence, match->begin)) return match->begin;
  }
  return std::nullopt;
}

bool has_duty(Tokens sentence) {
  static const Patterns duty{"phải",
                             "không được",
                             "nghiêm cấm",
                             "bắt buộc",
                             "tuyệt đối",
                             "cần",
                             "{should}",
                             "có trách nhiệm",
                             "cấm",
                             "chịu trách nhiệm",
                             "=hãy (đổi|thay|đặt|cài|không|sử dụng|dùng|kiểm tra|gửi|báo|đăng xuất|xóa|tắt|khóa)",
                             "(chưa|không) ~6 sẽ ~2 (khóa|tạm khóa|dừng|chặn|ngắt|thu hồi|vô hiệu|không)"};
  return duty.in(sentence);
}

bool is_background(Tokens sentence) {
  static const Patterns opening{
      "^ [~2] (nguyên nhân|lý do|lí do)",
      "^ [~2] trước đây",
      "^ [~1] quy định cũ",
      "^ [~3] thời gian qua",
      "^ thời gian vừa qua",
      "^ [~1] vừa qua",
      "^ qua [công tác|việc|quá trình|kết quả] (kiểm tra|rà soát|theo dõi|giám sát|xác minh|thống kê|nắm|khảo sát|đánh "
      "giá)",
      "^ theo (báo cáo|thống kê|kết quả|phản ánh|thông tin)",
      "^ thực tế",
      "^ tình trạng",
      "^ [~1] tình hình",
      "^ (năm ngoái|năm trước|tháng trước|tuần trước)",
      "^ (từ|trong|ngày|tháng) ~8 (đã xảy ra|xảy ra|đã ghi nhận|đã phát hiện|bị nhiễm|ghi nhận)",
      "^ ví dụ",
      "^ chẳng hạn",
      "^ (mọi|nếu có|trong quá trình) .. (vướng mắc|khó khăn)",
      "^ đầu mối",
      "^ [~2] đầu mối (liên hệ|phối hợp|hỗ trợ|hướng dẫn)",
      "^ thông tin (đầu mối|liên hệ)",
      "^ (gửi kèm|kèm theo|đính kèm|tài liệu kèm)",
      "^ nếu quên",
      "^ hậu quả",
      "^ hiện nay [~6] (còn|vẫn|nhiều|một số|có|tình)",
      "^ hiện [~3] (còn|vẫn|nhiều|một số)",
      "^ lâu nay",
      "^ bài học",
      "^ kết quả (kiểm tra|rà soát|xác minh)",
      "^ [~4] theo quy định cũ",
      "^ cơ quan chức năng đã",
      "^ nội dung (trước|cũ)",
      "^ [~1] (hệ thống|phần mềm|phiên bản|quy chế|văn bản) cũ (chỉ|đã|cho|quy định|yêu cầu|không|có|vẫn)",
      "^ [~2] nội dung (kiểm tra|thanh tra|tập huấn|đào tạo|bồi dưỡng|đánh giá|hội nghị|cuộc họp)"};
  static const Patterns hearsay{
      "(một số|nhiều|có|vài) (đồng chí|đơn vị|ý kiến|cơ quan|trường|địa phương|người|đại biểu|giáo viên) .. (đề "
      "nghị|kiến nghị|đề xuất|cho rằng|hỏi|muốn)",
      "nhận được [~3] (kiến nghị|ý kiến|đề nghị|phản ánh|câu hỏi|thắc mắc|đơn)",
      "(đã|từng) (yêu cầu|đề nghị|quy định|hướng dẫn) [trước]",
      "quy định cũ",
      "trước đây [~8] (chỉ|đã|quy định|cho phép|yêu cầu|bắt buộc)",
      "chưa phù hợp .. không quy định"};
  return opening.in(sentence) || hearsay.in(sentence) || tells_of_a_letter(sentence);
}

bool is_background_heading(Tokens heading) {
  static const Patterns titles{
      "nguyên nhân",   "diễn biến",        "^ [~2] tình hình", "thực trạng",  "^ kết quả",         "đánh giá chung",
      "^ căn cứ",      "tồn tại hạn chế",  "^ [~1] hạn chế",   "bối cảnh",    "quy định cũ",       "^ đặt vấn đề",
      "không áp dụng", "sự việc",          "vụ việc",          "^ nhận định", "^ thông tin sự cố", "^ mục đích",
      "^ các lỗi",     "^ những sai phạm", "^ hiện trạng"};
  static const Patterns demands{"yêu cầu", "giải pháp", "khắc phục", "nhiệm vụ", "biện pháp", "kiến nghị", "đề nghị"};
  return heading.size() <= 14 && titles.in(heading) && !demands.in(heading) && !request_verb(heading);
}

const Patterns& not_asked() {
  static const Patterns phrases{
      "(không|chưa) [còn] (bắt buộc|yêu cầu|nhất thiết|áp dụng|quy định|đặt ra|thuộc phạm vi|đòi hỏi|đề cập|đặt vấn "
      "đề)",
      "không cần (phải|đăng|đổi|thay|báo|gửi|lập|cài|mua|xin|ký|làm|nộp|có|quá)",
      "chưa (cần|phải)",
      "không phải (gửi|báo cáo|báo|đổi|nộp|đăng ký|cài|lập|thay|làm|thực hiện|khai|xin|ký|trang bị|mua|đặt|rà "
      "soát|kiểm tra|cung cấp)",
      "[được] miễn (báo cáo|gửi|nộp|đăng ký|thực hiện)",
      "không thuộc phạm vi",
      "không (ép|ép buộc)",
      "không có nghĩa",
      "không nằm trong phạm vi",
      "tạm thời (chưa|không)",
      "không thay thế",
      "theo (văn bản|hướng dẫn|thông báo|kế hoạch) (khác|riêng)",
      "(bãi bỏ|bỏ|hủy bỏ|dừng|thôi) ~1 (quy định|yêu cầu) ~2 ({change}|mật khẩu|việc)"};
  return phrases;
}

Dropped drop_asides(std::vector<Token>& sentence) {
  Dropped dropped;
  drop_titles(sentence, dropped);
  drop_old_values(sentence, dropped);
  return dropped;
}

}  // namespace khien::letter
