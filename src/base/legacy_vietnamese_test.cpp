#include "base/legacy_vietnamese.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/characters.h"
#include "base/syllables.h"
#include "base/vietnamese_letters.h"

namespace khien {
namespace {

TEST(LegacyVietnamese, NamesAndTitlesInOldFontsAreReadAsTheyWereMeant) {
  EXPECT_EQ(from_old(OldEncoding::Tcvn3, "Uû ban nh©n d©n tØnh §ång Th¸p"), "Uỷ ban nhân dân tỉnh Đồng Tháp");
  EXPECT_EQ(from_old(OldEncoding::Tcvn3, "NguyÔn V¨n H­ng"), "Nguyễn Văn Hưng") << "ư is the soft hyphen";
  EXPECT_EQ(from_old(OldEncoding::Vni, "Nguyeãn Vaên Höng, Sôû Noäi vuï, ÑAÛNG BOÄ"),
            "Nguyễn Văn Hưng, Sở Nội vụ, ĐẢNG BỘ");
  EXPECT_EQ(from_old(OldEncoding::Vni, "Trần Hoïi"), "Trần Họi") << "what has no meaning stays";
}

TEST(LegacyVietnamese, WhichEncodingItIsIsToldFromTheWordsAndNeverGuessed) {
  EXPECT_EQ(find_old("NguyÔn V¨n An"), OldEncoding::Tcvn3);
  EXPECT_EQ(find_old("Nguyeãn Vaên An"), OldEncoding::Vni);
  EXPECT_EQ(find_old("Nguyễn Văn An"), std::nullopt);
  EXPECT_EQ(find_old("Phạm Bé Ba, Lý Hà"), std::nullopt) << "Latin-1 letters that are Vietnamese as they stand";
  EXPECT_EQ(find_old("Hoa"), std::nullopt);
  EXPECT_EQ(find_old("François Müller"), std::nullopt);
  EXPECT_EQ(find_old("H'Hen Niê, Y-Bhăm Êban"), std::nullopt) << "names of the highlands";
}

TEST(LegacyVietnamese, Windows1258IsReadIntoOneForm) {
  EXPECT_EQ(from_code_page("windows-1258", "Nguy\xEA\xDEn V\xE3n \xD0\xEC\xE3\xF2"), "Nguyễn Văn Đ́ặ")
      << "tones follow letters";
  EXPECT_EQ(from_code_page("windows-1258", "abc \xD2"), "abc \u0309");
}

TEST(LegacyVietnamese, ASyllableHasAnInitialARimeAndOneTone) {
  for (const char* word : {"Nguyễn", "quốc", "QUÝ", "giếng", "gì", "ĐẢNG", "Thuý", "Thúy", "nghiêng", "khuya", "yêu"})
    EXPECT_TRUE(is_syllable(word)) << word;
  for (const char* word : {"", "Müller", "xyz", "úá", "ngueõn", "tôầ", "nghiêngg", "bcd"})
    EXPECT_FALSE(is_syllable(word)) << word;
}

/// Words of the letters that an encoding has.
std::string letters_of(OldEncoding encoding, const std::vector<std::size_t>& picks) {
  std::u32string out;
  for (const auto pick : picks) {
    const std::u32string_view from = pick % 3 == 0   ? kUpperVowels
                                     : pick % 3 == 1 ? kLowerVowels
                                                     : U"bcdđghklmnpqrstvxBCDĐ ";
    const std::string one = utf8_of(std::u32string(1, from[pick % from.size()]));
    if (to_old(encoding, one)) out += code_points(one);
  }
  return utf8_of(out);
}

RC_GTEST_PROP(LegacyVietnamese, ThereAndBackIsTheSame, (const std::vector<std::size_t>& picks)) {
  for (const auto encoding : {OldEncoding::Tcvn3, OldEncoding::Vni}) {
    const std::string text = letters_of(encoding, picks);
    const auto old = to_old(encoding, text);
    RC_ASSERT(old.has_value());
    RC_ASSERT(from_old(encoding, *old) == text);
  }
}

TEST(LegacyVietnamese, EveryLetterOfTheAlphabetHasItsCode) {
  for (const auto encoding : {OldEncoding::Tcvn3, OldEncoding::Vni})
    for (const char32_t letter : std::u32string(kLowerVowels) + U"đĐĂÂÊÔƠƯ")
      EXPECT_TRUE(to_old(encoding, utf8_of(std::u32string(1, letter)))) << utf8_of(std::u32string(1, letter));
  EXPECT_EQ(to_old(OldEncoding::Tcvn3, "Ễ"), std::nullopt) << "the fonts have it in .VnTimeH only";
  EXPECT_EQ(to_old(OldEncoding::Vni, "漢"), std::nullopt);
}

RC_GTEST_PROP(LegacyVietnamese, AnyTextIsTaken, (const std::string& text)) {
  (void)find_old(text);
  (void)from_code_page("windows-1258", text);
}

}  // namespace
}  // namespace khien
