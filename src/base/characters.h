// What one character is, as password rules and readers of text ask it, over all of Unicode.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace khien {

enum class CharacterKind : std::uint8_t {
  Upper,    ///< a letter in upper case, also Ư
  Lower,    ///< a letter in lower case, also đ
  Letter,   ///< a letter without case or a mark that belongs to one
  Digit,    ///< a decimal digit of any script
  Special,  ///< everything else that can be typed, also a space
  Control,  ///< a control, surrogate or unassigned character
};

CharacterKind kind_of(char32_t character);

/// True of what is not seen but tells a terminal or a page what to do: controls, directions (bidi) and other format
/// characters, separators of lines and paragraphs.
bool steers(char32_t character);

/// For a terminal: the same text, with what steers as `\u{202e}`, but for line ends and tabs.
std::string printable(std::string_view text);

/// The code points of UTF-8 text; each ill-formed byte gives U+FFFD.
std::u32string code_points(std::string_view text);

/// UTF-8 of the code points.
std::string utf8_of(std::u32string_view characters);

}  // namespace khien
