// Vietnamese as it was written before Unicode: TCVN3 (the fonts .VnTime …), VNI for Windows, Windows-1258.
//
// Text that was typed in those fonts reaches us as characters of Latin-1 that stand for the bytes: "NguyÔn V¨n An" is
// "Nguyễn Văn An" in TCVN3, and so is "Nguyeãn Vaên An" in VNI.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace khien {

enum class OldEncoding : std::uint8_t { Tcvn3, Vni };

/// "TCVN3 (ABC, phông .VnTime)", as people know it.
std::string_view name_of(OldEncoding encoding);

/// What the characters stand for. What has no meaning in the encoding stays as it is. In TCVN3 the capitals with a tone
/// are the small letters of another font (.VnTimeH): they come out small.
std::string from_old(OldEncoding encoding, std::string_view text);

/// NFC text as that encoding has it; nullopt if it has a letter beyond ASCII that the encoding lacks. `from_old` of it
/// is the text again.
std::optional<std::string> to_old(OldEncoding encoding, std::string_view text);

/// The encoding in which the text reads as Vietnamese, if it does not as it stands: at least nine in ten of its words
/// with marks must be syllables there, and fewer than half of them as they are. Nullopt if it is no old text, or if
/// one cannot tell.
std::optional<OldEncoding> find_old(std::string_view text);

/// Each byte as the character of that number, which is what `from_old` reads.
std::string latin1_text(std::string_view bytes);

/// Bytes in a code page, such as "windows-1258" (of Vietnamese Windows), as NFC; nullopt if a byte has no meaning
/// there.
std::optional<std::string> from_code_page(const char* code_page, std::string_view bytes);

}  // namespace khien
