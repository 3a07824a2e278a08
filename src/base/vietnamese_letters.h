// The vowels of the Vietnamese alphabet by shape and tone, for tables that follow it.
#pragma once

#include <string_view>

namespace khien {

/// Twelve shapes (a ă â e ê i o ô ơ u ư y), each with six tones: ngang huyền hỏi ngã sắc nặng.
inline constexpr std::size_t kToneCount = 6;
inline constexpr std::u32string_view kLowerVowels =
    U"aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";
inline constexpr std::u32string_view kUpperVowels =
    U"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴ";
static_assert(kLowerVowels.size() == 12 * kToneCount && kUpperVowels.size() == kLowerVowels.size());

}  // namespace khien
