// Vietnamese text: one normal form, search without marks, sorting by given name, what Telex and VNI keyboards make of a
// word.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace khien {

/// True for well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

/// NFC form; nullopt if the text is not UTF-8.
std::optional<std::string> nfc(std::string_view text);

/// Lower case without any mark, for search and comparison: "Nguyễn Đức Ủy" gives "nguyen duc uy". Ill-formed bytes are
/// kept. The locale of the machine does not matter, here and below.
std::string fold(std::string_view text);
/// Lower case with marks, NFC.
std::string lower(std::string_view text);
/// Upper case with marks, NFC.
std::string upper(std::string_view text);

/// Leading, trailing and repeated white space (also no-break and zero-width spaces) made one plain space.
std::string squeeze(std::string_view text);

/// True if no character steers (`base/characters.h`).
bool is_plain(std::string_view text);
/// NFC and single spaces, nothing that steers; nullopt unless 1 to `most` characters are left.
std::optional<std::string> clean_words(std::string_view text, std::size_t most);

/// Splits at white space; empty parts are left out.
std::vector<std::string> words(std::string_view text);

/// Number of code points; every ill-formed sequence counts one.
std::size_t length(std::string_view text);

/// True if every code point is ASCII.
bool is_ascii(std::string_view text);

/// What a person gets who types the words on a Telex keyboard with the input method off: "Đức" gives "DDuwcs".
std::string telex(std::string_view word);
/// The same for VNI: "Đức" gives "D9u7c1".
std::string vni(std::string_view word);

/// True if the texts differ at most in where a tone mark stands ("Hòa" and "Hoà") and in Unicode's form.
bool is_same_spelling(std::string_view a, std::string_view b);

/// A byte key that sorts full names as offices do: given name (the last word), then family name, then middle names,
/// each by the Vietnamese alphabet of CLDR (a ă â … d đ, then tones ngang huyền hỏi ngã sắc nặng).
std::string name_sort_key(std::string_view full_name);

/// A user name by the usual rule: given name and the initials of family and middle names, unmarked: "Nguyễn Văn Hùng"
/// gives "hungnv". Empty if there is no letter.
std::string user_name_of(std::string_view full_name);

}  // namespace khien
