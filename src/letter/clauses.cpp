#include "letter/clauses.h"

#include <algorithm>

#include "letter/intent.h"
#include "letter/pattern.h"

namespace khien::letter {
namespace {

constexpr std::uint16_t kBoundary = kComma | kSemicolon | kColon | kOpen | kClose | kStop;

/// A stretch between two marks of punctuation, and what it says about force.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool fresh = false;  ///< a new statement begins here whatever went before
  bool should = false;
  bool must = false;
  bool unasked = false;
};

/// "nên" that advises, not the one that concludes ("… nên chưa ngăn được").
bool advises(Tokens part) {
  static const Pattern marker("{should}");
  static const Pattern concludes("=nên (chưa|đã|bị|dễ|rất|mới|không quy định|không bắt buộc|việc|các|phải)");
  const auto match = marker.find(part);
  return match && !concludes.match_at(part, match->begin);
}

Part part_of(Tokens sentence, std::size_t begin, std::size_t end) {
  static const Patterns must{"phải",    "không được", "bắt buộc", "nghiêm cấm", "tuyệt đối",
                             "đề nghị", "yêu cầu",    "cần",      "chỉ được",   "cấm"};
  static const Pattern turn("^ (nhưng|song|tuy nhiên|riêng|còn|đồng thời|ngoài ra|mặt khác|tuy vậy|trừ)");
  static const Patterns may{"^ ~3 có thể (dùng|sử dụng|đăng nhập|cài|không|tự|lưu|gửi|chọn)", "^ được phép"};
  const Tokens words = sentence.subspan(begin, end - begin);
  Part part{.begin = begin, .end = end};
  part.unasked = not_asked().in(words) || may.in(words);
  part.should = advises(words);
  part.must = !part.unasked && must.in(words);
  part.fresh = sentence[begin].after(kSemicolon) || turn.in(words);
  return part;
}

/// Parts end at punctuation, and before "nhưng" or "và nên" without any.
std::vector<Part> parts_of(Tokens sentence) {
  static const Pattern joint(
      "(nhưng|song (phải|cần|không)|và =nên|và khuyến khích|và không (bắt buộc|yêu cầu)|và phải|và không được)");
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (std::size_t at = 1; at <= sentence.size(); ++at) {
    if (at < sentence.size() && !sentence[at].after(kBoundary) && !joint.match_at(sentence, at)) continue;
    parts.push_back(part_of(sentence, begin, at));
    begin = at;
  }
  return parts;
}

enum class Mode { Inherit, Should, Must, Unasked };

/// What the part is after what went before; commas carry advice and waivers on, a duty ends them.
Mode next_mode(Mode before, const Part& part) {
  if (part.unasked) return Mode::Unasked;
  if (part.should) return Mode::Should;
  if (part.must) return Mode::Must;
  if (part.fresh) return Mode::Inherit;
  return before;
}

}  // namespace

std::vector<Clause> split_clauses(Tokens sentence, Strength inherited) {
  std::vector<Clause> clauses;
  Mode mode = Mode::Inherit;
  Mode open = Mode::Unasked;  // the mode of the clause being built; Unasked: none
  for (const Part& part : parts_of(sentence)) {
    static const Pattern prohibits("^ (không|chỉ|thực hiện|tổ chức|{change}|{review})");
    const bool own = mode == Mode::Unasked && prohibits.in(sentence.subspan(part.begin, part.end - part.begin));
    mode = own && !part.unasked && !part.should ? Mode::Inherit : next_mode(mode, part);
    if (mode == Mode::Unasked) {
      // "Việc cài phần mềm diệt virus: không đề cập ở đây": what stands before the colon is not asked either.
      const bool predicate = part.unasked && sentence[part.begin].after(kColon) && open == Mode::Inherit;
      if (predicate && !clauses.empty() && clauses.back().end == part.begin) clauses.pop_back();
      open = mode;
      continue;
    }
    const bool should = mode == Mode::Should || (mode == Mode::Inherit && inherited == Strength::Should);
    const Strength strength = should ? Strength::Should : Strength::Must;
    const bool same = open != Mode::Unasked && !part.fresh && !clauses.empty() && clauses.back().strength == strength;
    if (same) {
      clauses.back().end = part.end;
    } else {
      clauses.push_back({.begin = part.begin, .end = part.end, .strength = strength, .group = {}});
    }
    open = mode;
  }
  return clauses;
}

}  // namespace khien::letter
