// password.composition: length and classes of characters.
#include <array>

#include "letter/length.h"
#include "letter/rules.h"

namespace khien::letter {
namespace {

using policy::Kind;

struct Class {
  std::string_view code;
  Patterns said;
};

const std::vector<Class>& classes() {
  static const std::vector<Class> all{
      {"upper",
       {"(chữ|ký tự|kí tự) [cái] [in|viết] hoa", "viết hoa", "in hoa",
        "hoa [và|lẫn|cùng|với] [chữ] [cái] [in|viết] thường", "uppercase"}},
      {"lower",
       {"(chữ|ký tự|kí tự) [cái] [in|viết] thường", "viết thường", "in thường",
        "hoa [và|lẫn|cùng|với] [chữ] [cái] [in|viết] thường", "lowercase"}},
      {"digit",
       {"chữ (số|sô|so|sồ|sổ)", "(ký tự|kí tự|con|các|cả|bằng|và) =số",
        "(hoa|thường|chữ|cái|biệt|hiệu|tự) [và|lẫn|cùng|cả|với|kèm] [cả|với|có] [các|một] =số",
        "=số [và|lẫn|cùng] [có] [một|các] [ký tự|kí tự|ký hiệu|dấu|chữ]",
        "(có|gồm|thêm|chứa) [cả] [ít nhất] [#] =số [và|lẫn] [chữ]", "# =số"}},
      {"special",
       {"{char} [có] đặc biệt", "ký hiệu", "(ký tự|kí tự) (như|ví dụ)", "dấu đặc biệt", "biểu tượng", "và đặc biệt",
        "số đặc biệt"}}};
  return all;
}

constexpr auto kOrder = std::to_array<std::string_view>({"upper", "lower", "digit", "special"});

/// The classes a clause names; "đủ 4 loại ký tự" names them all.
std::vector<std::string> required_classes(Tokens words, Draft& draft) {
  static const Pattern all("[đủ|đầy đủ|cả|gồm|có|kết hợp] (4|bốn) (loại|nhóm|thành phần|kiểu|dạng|yếu tố|lớp)");
  static const Pattern some("# (trong|trên) [số] (4|bốn|#) (loại|nhóm|thành phần|kiểu|dạng|yếu tố|lớp)");
  static const Pattern number_of("=số (điện|chứng|căn|cước|hiệu|lượng|ngày|nhà|cccd|cmnd|máy|seri|tài)");
  if (some.in(words)) {
    draft.notes.push_back(
        {"Văn bản yêu cầu một số trong các loại ký tự mà không nói rõ loại nào; cần chọn loại bắt buộc.",
         "The letter asks for some of the classes of characters without saying which; choose those required."});
    return {};
  }
  if (all.in(words)) return {kOrder.begin(), kOrder.end()};
  std::vector<std::string> out;
  for (const Class& one : classes()) {
    const auto match = one.said.find(words);
    if (!match) continue;
    if (one.code == "digit") {
      const Tokens at = words.subspan(match->begin);
      const auto other = number_of.find(at);
      if (other && other->begin <= match->end - match->begin) continue;
    }
    out.emplace_back(one.code);
  }
  return out;
}

/// A class that is only named to forbid something ("không dùng dãy số"), or the words of a code sent by telephone.
bool fill_composition(const Scene& scene, Match /*match*/, Draft& draft) {
  static const Patterns strong{
      "mật khẩu [~3] (mạnh|đủ mạnh|phức tạp|an toàn cao|có độ (an toàn|phức tạp|mạnh|bảo mật) [cao])",
      "độ (an toàn|phức tạp|mạnh|bảo mật|khó) [của mật khẩu] [cao|đủ]",
      "mật khẩu [với|có|đủ|đảm bảo|bảo đảm] độ (an toàn|phức tạp|mạnh|bảo mật|khó)",
      "mật khẩu (đảm bảo|bảo đảm) (an toàn|đủ mạnh|độ mạnh)"};
  static const Patterns weak{"mật khẩu [~2] (yếu|kém|đơn giản)"};
  const auto length = least_length(scene.words);
  if (length) draft.params["min_length"] = *length;
  auto required = required_classes(scene.words, draft);
  if (!required.empty()) draft.params["require"] = std::move(required);
  if (!draft.params.empty() || !draft.notes.empty()) return true;
  if (!strong.in(scene.words) || weak.in(scene.words)) return false;
  draft.weak = true;
  draft.notes.push_back({"Văn bản yêu cầu mật khẩu mạnh nhưng không nêu độ dài, loại ký tự.",
                         "The letter asks for strong passwords without a length or classes of characters."});
  return true;
}

}  // namespace

std::vector<Rule> composition_rules() {
  return {{.kind = Kind::PasswordComposition,
           .any = {"{char}", "chữ [cái] [in|viết] (hoa|thường)", "viết hoa", "in hoa", "chữ [cái] và số",
                   "chữ (lẫn|và|cùng) [chữ] số", "(độ dài|chiều dài)", "đủ (4|bốn) (loại|nhóm)",
                   "mật khẩu [~3] (mạnh|đủ mạnh|phức tạp)", "độ (an toàn|phức tạp|mạnh|bảo mật|khó)",
                   "mật khẩu (đảm bảo|bảo đảm) (an toàn|đủ mạnh|độ mạnh)", "hoa [và] thường"},
           .none = {"otp", "mã pin", "tên đăng nhập (gồm|có|từ|dài)", "tên tài khoản (gồm|có)",
                    "{not} ~2 (lưu|ghi nhớ)", "mã xác thực", "sức mạnh", "nếu {not} {change}"},
           .topic = {"{password}"},
           .fill = fill_composition,
           .reach = Reach::Clause}};
}

}  // namespace khien::letter
