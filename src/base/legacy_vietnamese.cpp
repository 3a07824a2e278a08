#include "base/legacy_vietnamese.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "base/characters.h"
#include "base/syllables.h"
#include "base/vietnamese.h"
#include "base/vietnamese_letters.h"

namespace khien {
namespace {

/// TCVN 5712:1993 VN3, in the order of kLowerVowels; 0 where the letter is ASCII.
constexpr std::array<unsigned char, 72> kTcvn3Vowels{
    0x00, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB,
    0x00, 0xCC, 0xCE, 0xCF, 0xD0, 0xD1, 0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0x00, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE,
    0x00, 0xDF, 0xE1, 0xE2, 0xE3, 0xE4, 0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE,
    0x00, 0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0x00, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE};

struct Pair {
  char32_t letter;
  std::u32string_view old;
};

constexpr std::array<Pair, 8> kTcvn3Others{{{U'đ', U"\u00AE"},
                                            {U'Đ', U"\u00A7"},
                                            {U'Ă', U"\u00A1"},
                                            {U'Â', U"\u00A2"},
                                            {U'Ê', U"\u00A3"},
                                            {U'Ô', U"\u00A4"},
                                            {U'Ơ', U"\u00A5"},
                                            {U'Ư', U"\u00A6"}}};

/// VNI writes a letter and then what stands above or below it; i and đ, and a few more, are letters of their own.
constexpr std::array<std::u32string_view, 72> kVniLower{
    U"a",  U"aø", U"aû", U"aõ", U"aù", U"aï", U"aê", U"aè", U"aú", U"aü", U"aé", U"aë", U"aâ", U"aà", U"aå",
    U"aã", U"aá", U"aä", U"e",  U"eø", U"eû", U"eõ", U"eù", U"eï", U"eâ", U"eà", U"eå", U"eã", U"eá", U"eä",
    U"i",  U"ì",  U"æ",  U"ó",  U"í",  U"ò",  U"o",  U"oø", U"oû", U"oõ", U"où", U"oï", U"oâ", U"oà", U"oå",
    U"oã", U"oá", U"oä", U"ô",  U"ôø", U"ôû", U"ôõ", U"ôù", U"ôï", U"u",  U"uø", U"uû", U"uõ", U"uù", U"uï",
    U"ö",  U"öø", U"öû", U"öõ", U"öù", U"öï", U"y",  U"yø", U"yû", U"yõ", U"yù", U"î"};

/// Latin-1 has its capitals 32 below.
std::u32string upper_of(std::u32string_view old) {
  std::u32string out(old);
  for (char32_t& c : out)
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE)) c -= 32;
  return out;
}

class Table {
 public:
  explicit Table(OldEncoding encoding) {
    if (encoding == OldEncoding::Tcvn3) {
      for (std::size_t i = 0; i < kTcvn3Vowels.size(); ++i)
        if (kTcvn3Vowels[i] != 0) add(kLowerVowels[i], std::u32string(1, kTcvn3Vowels[i]));
      for (const auto& [letter, old] : kTcvn3Others) add(letter, std::u32string(old));
      return;
    }
    for (std::size_t i = 0; i < kVniLower.size(); ++i) {
      if (kVniLower[i].size() == 1 && kVniLower[i][0] < 0x80) continue;
      add(kLowerVowels[i], std::u32string(kVniLower[i]));
      add(kUpperVowels[i], upper_of(kVniLower[i]));
      if (kVniLower[i].size() == 1) continue;
      // A capital before a small mark is typed too: "Aânh" and "AÂnh".
      std::u32string mixed(kVniLower[i]);
      mixed[0] = upper_of(mixed.substr(0, 1))[0];
      letters_.try_emplace(mixed, kUpperVowels[i]);
    }
    add(U'đ', U"ñ");
    add(U'Đ', U"Ñ");
  }

  [[nodiscard]] std::u32string read(std::u32string_view text) const {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) {
      const auto two = letters_.find(std::u32string(text.substr(at, 2)));
      const auto one = letters_.find(std::u32string(text.substr(at, 1)));
      const bool is_pair = two != letters_.end() && at + 1 < text.size();
      out += is_pair ? two->second : one != letters_.end() ? one->second : text[at];
      at += is_pair ? 2 : 1;
    }
    return out;
  }

  [[nodiscard]] std::optional<std::u32string> write(std::u32string_view text) const {
    std::u32string out;
    for (const char32_t c : text) {
      if (const auto found = old_.find(c); found != old_.end())
        out += found->second;
      else if (c < 0x80)
        out += c;
      else
        return std::nullopt;
    }
    return out;
  }

 private:
  void add(char32_t letter, std::u32string old) {
    letters_.emplace(old, letter);
    old_.emplace(letter, std::move(old));
  }

  std::unordered_map<std::u32string, char32_t> letters_;
  std::unordered_map<char32_t, std::u32string> old_;
};

const Table& table_of(OldEncoding encoding) {
  static const Table tcvn3(OldEncoding::Tcvn3);
  static const Table vni(OldEncoding::Vni);
  return encoding == OldEncoding::Tcvn3 ? tcvn3 : vni;
}

}  // namespace

std::string_view name_of(OldEncoding encoding) {
  return encoding == OldEncoding::Tcvn3 ? "TCVN3 (ABC, .VnTime)" : "VNI (VNI-Times)";
}

std::string from_old(OldEncoding encoding, std::string_view text) {
  return utf8_of(table_of(encoding).read(code_points(text)));
}

std::optional<std::string> to_old(OldEncoding encoding, std::string_view text) {
  const auto out = table_of(encoding).write(code_points(text));
  return out ? std::optional(utf8_of(*out)) : std::nullopt;
}

std::optional<OldEncoding> find_old(std::string_view text) {
  const Reading as_is = read_words(text);
  if (as_is.words == 0 || as_is.at_least(50)) return std::nullopt;
  std::optional<OldEncoding> found;
  for (const auto encoding : {OldEncoding::Tcvn3, OldEncoding::Vni}) {
    if (!read_words(from_old(encoding, text)).at_least(90)) continue;
    if (found) return std::nullopt;
    found = encoding;
  }
  return found;
}

std::string latin1_text(std::string_view bytes) {
  std::u32string out;
  for (const char c : bytes) out += static_cast<unsigned char>(c);
  return utf8_of(out);
}

std::optional<std::string> from_code_page(const char* code_page, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(code_page, &status), &ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  text.toUTF8String(out);
  return nfc(out);
}

}  // namespace khien
