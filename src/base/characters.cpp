#include "base/characters.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace khien {

CharacterKind kind_of(char32_t character) {
  switch (u_charType(static_cast<UChar32>(character))) {
    case U_UPPERCASE_LETTER:
      return CharacterKind::Upper;
    case U_LOWERCASE_LETTER:
      return CharacterKind::Lower;
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return CharacterKind::Letter;
    case U_DECIMAL_DIGIT_NUMBER:
      return CharacterKind::Digit;
    case U_CONTROL_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return CharacterKind::Control;
    default:
      return CharacterKind::Special;
  }
}

bool steers(char32_t character) {
  constexpr auto kKinds = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK;
  return (U_MASK(u_charType(static_cast<UChar32>(character))) & kKinds) != 0;
}

std::string printable(std::string_view text) {
  const std::u32string characters = code_points(text);
  const auto is_fine = [](char32_t c) { return c == U'\n' || c == U'\t' || !steers(c); };
  if (std::ranges::all_of(characters, is_fine)) return utf8_of(characters);
  std::string out;
  for (const char32_t c : characters)
    out += is_fine(c) ? utf8_of({&c, 1}) : fmt::format("\\u{{{:04x}}}", static_cast<std::uint32_t>(c));
  return out;
}

std::u32string code_points(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  std::u32string out;
  out.reserve(text.size());
  for (std::int64_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    out += c < 0 ? U'\uFFFD' : static_cast<char32_t>(c);
  }
  return out;
}

std::string utf8_of(std::u32string_view characters) {
  std::string out;
  for (const char32_t character : characters) {
    char buffer[U8_MAX_LENGTH];
    std::int32_t at = 0;
    UBool wrong = 0;
    U8_APPEND(buffer, at, U8_MAX_LENGTH, static_cast<UChar32>(character), wrong);
    if (wrong != 0)
      out += "\xEF\xBF\xBD";
    else
      out.append(buffer, static_cast<std::size_t>(at));
  }
  return out;
}

}  // namespace khien
