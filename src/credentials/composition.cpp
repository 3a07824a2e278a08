#include "credentials/composition.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/characters.h"
#include "base/vietnamese.h"

namespace khien::credentials {
namespace {

struct ClassWords {
  CharacterClass character_class;
  std::string_view code;
  ViolationCode violation;
  std::string_view vi;
  std::string_view en;
};
constexpr std::array<ClassWords, 4> kClasses{{
    {CharacterClass::Upper, "upper", ViolationCode::NoUpper, "thiếu chữ in hoa", "no upper-case letter"},
    {CharacterClass::Lower, "lower", ViolationCode::NoLower, "thiếu chữ thường", "no lower-case letter"},
    {CharacterClass::Digit, "digit", ViolationCode::NoDigit, "thiếu chữ số", "no digit"},
    {CharacterClass::Special, "special", ViolationCode::NoSpecial,
     "thiếu ký tự đặc biệt (ký tự nào không phải chữ hay số cũng được)",
     "no special character (any that is neither letter nor digit)"},
}};

/// Four classes need four characters.
int effective_min(const Composition& composition) {
  return std::max(composition.min_length, composition.require.count());
}

/// The least length wins over a contradicting greatest.
std::optional<int> effective_max(const Composition& composition) {
  if (!composition.max_length) return std::nullopt;
  return std::max(*composition.max_length, effective_min(composition));
}

void check_length(int length, const Composition& composition, std::vector<Violation>& out) {
  if (length < composition.min_length)
    out.push_back({ViolationCode::TooShort,
                   Text::format("ngắn quá: có {0} ký tự, cần ít nhất {1}", "too short: {0} characters, at least {1}",
                                length, composition.min_length)});
  const auto most = effective_max(composition);
  if (most && length > *most)
    out.push_back({ViolationCode::TooLong,
                   Text::format("dài quá: có {0} ký tự, hệ thống chỉ nhận tối đa {1}",
                                "too long: {0} characters, the system takes at most {1}", length, *most)});
}

}  // namespace

std::string_view code_of(CharacterClass character_class) {
  return std::ranges::find(kClasses, character_class, &ClassWords::character_class)->code;
}

std::optional<CharacterClass> parse_class(std::string_view code) {
  const auto* const found = std::ranges::find(kClasses, code, &ClassWords::code);
  if (found == kClasses.end()) return std::nullopt;
  return found->character_class;
}

int CharacterClasses::count() const {
  return std::popcount(bits_);
}

CharacterClasses classes_of(std::string_view nfc_utf8) {
  CharacterClasses out;
  for (const char32_t character : code_points(nfc_utf8)) {
    switch (kind_of(character)) {
      case CharacterKind::Upper:
        out.add(CharacterClass::Upper);
        break;
      case CharacterKind::Lower:
        out.add(CharacterClass::Lower);
        break;
      case CharacterKind::Digit:
        out.add(CharacterClass::Digit);
        break;
      case CharacterKind::Special:
        out.add(CharacterClass::Special);
        break;
      case CharacterKind::Letter:
      case CharacterKind::Control:
        break;
    }
  }
  return out;
}

std::vector<Violation> violations(std::string_view password, const Composition& composition) {
  const auto normal = nfc(password);
  if (!normal) return {{ViolationCode::NotText, {"không phải văn bản hợp lệ", "not valid text"}}};
  std::vector<Violation> out;
  const auto characters = code_points(*normal);
  if (std::ranges::any_of(characters, [](char32_t c) { return kind_of(c) == CharacterKind::Control; }))
    out.push_back({ViolationCode::Control,
                   {"có ký tự điều khiển, không gõ được ở trang đăng nhập",
                    "holds a control character, which cannot be typed on a sign-in page"}});
  check_length(static_cast<int>(characters.size()), composition, out);
  const CharacterClasses present = classes_of(*normal);
  for (const auto& each : kClasses)
    if (composition.require.has(each.character_class) && !present.has(each.character_class))
      out.push_back({each.violation, {std::string(each.vi), std::string(each.en)}});
  return out;
}

bool is_at_least_as_strict(const Composition& a, const Composition& b) {
  if (effective_min(a) < effective_min(b) || !a.require.includes(b.require)) return false;
  const auto most_of_b = effective_max(b);
  if (!most_of_b) return true;
  const auto most_of_a = effective_max(a);
  return most_of_a && *most_of_a <= *most_of_b;
}

}  // namespace khien::credentials
