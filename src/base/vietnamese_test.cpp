#include "base/vietnamese.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/locid.h>

#include <algorithm>

namespace khien {
namespace {

std::string sorted(std::vector<std::string> names) {
  std::ranges::sort(names, {}, name_sort_key);
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

TEST(Vietnamese, OnlyWellFormedUtf8IsText) {
  EXPECT_TRUE(is_utf8("Nguyễn 𝄞"));
  for (const char* bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "Nguy\xE1", "\xE1\xBB"}) {
    EXPECT_FALSE(is_utf8(bad));
    EXPECT_FALSE(nfc(bad));
  }
}

TEST(Vietnamese, ComposedAndDecomposedTextBecomeOne) {
  const std::string decomposed = "Nguye\u0302\u0303n \u0110u\u031B\u0301c";
  EXPECT_EQ(nfc(decomposed), "Nguyễn Đức");
  EXPECT_EQ(nfc("e\u0323\u0302"), "ệ");
  EXPECT_EQ(nfc("e\u0302\u0323"), "ệ") << "the order in which the marks were typed does not matter";
  EXPECT_EQ(fold(decomposed), fold("Nguyễn Đức"));
  EXPECT_EQ(name_sort_key(decomposed), name_sort_key("Nguyễn Đức"));
}

TEST(Vietnamese, FoldingTakesAllMarksAway) {
  EXPECT_EQ(fold("Nguyễn Đức Ủy"), "nguyen duc uy");
  EXPECT_EQ(fold("ủy"), fold("uỷ"));
  EXPECT_EQ(fold("HÓA hoá ĐƯỜNG"), "hoa hoa duong");
  EXPECT_EQ(fold("ăâêôơưđ ĂÂÊÔƠƯĐ"), "aaeooud aaeooud");
  EXPECT_EQ(fold("àảãáạ ằẳẵắặ ầẩẫấậ"), "aaaaa aaaaa aaaaa");
  EXPECT_EQ(fold("abc XYZ"), "abc xyz");
}

TEST(Vietnamese, TheIcelandicLetterThatOldFilesUseForDIsFolded) {
  EXPECT_EQ(fold("\u00D0ức \u00F0ức"), "duc duc");
}

TEST(Vietnamese, FoldingKeepsIllFormedBytes) {
  EXPECT_EQ(fold("A\xFF"
                 "B"),
            "a\xFF"
            "b");
  EXPECT_EQ(fold("Đ\xFFỨ\xE1"), "d\xFFu\xE1");
}

RC_GTEST_PROP(Vietnamese, FoldingTwiceIsFoldingOnce, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("Đ", "ễ", "A", "z", " ", "ủ", "\u0301", "\u0130", "ß", "\u00D0", "𝄞", "1"));
  std::string text;
  for (const auto& piece : pieces) text += piece;
  RC_ASSERT(fold(fold(text)) == fold(text));
  RC_ASSERT(fold(*nfc(text)) == fold(text));
  RC_ASSERT(nfc(*nfc(text)) == nfc(text));
}

TEST(Vietnamese, CaseKeepsMarks) {
  EXPECT_EQ(lower("NGUYỄN ĐỨC"), "nguyễn đức");
  EXPECT_EQ(upper("nguyễn đức"), "NGUYỄN ĐỨC");
}

TEST(Vietnamese, SpacesOfAllKindsAreTidied) {
  EXPECT_EQ(squeeze(" \u00A0Nguyễn \u200B\t Đức\r\n"), "Nguyễn Đức");
  EXPECT_EQ(squeeze(" \u00A0"), "");
  EXPECT_EQ(words(" a  b\u00A0c "), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(words("").empty());
}

TEST(Vietnamese, LengthCountsCodePoints) {
  EXPECT_EQ(length("Đức"), 3U);
  EXPECT_EQ(length("𝄞"), 1U);
  EXPECT_EQ(length(""), 0U);
  EXPECT_EQ(length("a\xFF\xFE"), 3U);
}

TEST(Vietnamese, TelexKeystrokes) {
  EXPECT_EQ(telex("Đức"), "DDuwcs");
  EXPECT_EQ(telex("Nguyễn"), "Nguyeenx");
  EXPECT_EQ(telex("Trường"), "Truwowngf");
  EXPECT_EQ(telex("Ấn"), "AAns");
  EXPECT_EQ(telex("ăn"), "awn");
  EXPECT_EQ(telex("việt"), "vieetj");
  EXPECT_EQ(telex("An123@"), "An123@");
  EXPECT_EQ(telex("thảo"), "thaor");
}

TEST(Vietnamese, VniKeystrokes) {
  EXPECT_EQ(vni("Đức"), "D9u7c1");
  EXPECT_EQ(vni("Nguyễn"), "Nguye6n4");
  EXPECT_EQ(vni("Trường"), "Tru7o7ng2");
  EXPECT_EQ(vni("ăn"), "a8n");
  EXPECT_EQ(vni("việt"), "vie6t5");
}

TEST(Vietnamese, EveryWordKeepsItsTone) {
  EXPECT_EQ(telex("Đức Hà"), "DDuwcs Haf");
  EXPECT_EQ(vni("Lý Tử"), "Ly1 Tu73");
}

TEST(Vietnamese, TheLocaleOfTheMachineDoesNotMatter) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale before = icu::Locale::getDefault();
  icu::Locale::setDefault(icu::Locale("tr"), status);  // there I is the capital of a letter without a dot
  EXPECT_EQ(fold("ĐI"), "di");
  EXPECT_EQ(lower("ĐI"), "đi");
  EXPECT_EQ(upper("đi"), "ĐI");
  icu::Locale::setDefault(before, status);
}

TEST(Vietnamese, KeystrokesKeepWhatIsNoLetter) {
  EXPECT_EQ(telex("a𝄞"), "a𝄞");
}

TEST(Vietnamese, NamesSortByGivenThenFamilyThenMiddleName) {
  EXPECT_EQ(sorted({"Nguyễn Văn Hùng", "Trần Thị An", "Lê Văn An", "Lê Bá An", "An"}),
            "An, Lê Bá An, Lê Văn An, Trần Thị An, Nguyễn Văn Hùng");
}

TEST(Vietnamese, LettersSortAsInTheVietnameseAlphabet) {
  EXPECT_EQ(sorted({"Đức", "Dũng", "Ân", "Ăn", "An", "Ế", "E", "Ơn", "Ông", "Oanh", "Ưng", "Uyên", "Bình"}),
            "An, Ăn, Ân, Bình, Dũng, Đức, E, Ế, Oanh, Ông, Ơn, Uyên, Ưng");
}

TEST(Vietnamese, TheSameSpellingIsTheSameWhereverTheToneMarkStands) {
  for (const auto& [a, b] : {std::pair{"Nguyễn Thị Hòa", "Nguyễn Thị Hoà"},
                             {"Thủy", "Thuỷ"},
                             {"Hoàng Quý", "Hoàng Qúy"},
                             {"Hòa", "Hoa\u0300"},
                             {"Nguyễn", "Nguye\u0302\u0303n"},
                             {"", ""}})
    EXPECT_TRUE(is_same_spelling(a, b)) << a << " " << b;
  for (const auto& [a, b] : {std::pair{"Hòa", "Hóa"},
                             {"Hòa", "Hoa"},
                             {"Hoà", "Hoaf"},
                             {"Nguyễn", "Nguyeenx"},
                             {"Hòa Bình", "Hoa Bình"},
                             {"Hòa", "HÒA"},
                             {"Lý", "Lí"},
                             {"Đức", "Dức"},
                             {"Hòa\xff", "Hoà"}})
    EXPECT_FALSE(is_same_spelling(a, b)) << a << " " << b;
}

TEST(Vietnamese, TonesSortNgangHuyenHoiNgaSacNang) {
  EXPECT_EQ(sorted({"Mạ", "Má", "Mã", "Mả", "Mà", "Ma"}), "Ma, Mà, Mả, Mã, Má, Mạ");
  EXPECT_EQ(sorted({"Mà", "Man", "Ma"}), "Ma, Mà, Man") << "letters come before tones";
}

TEST(Vietnamese, ALongNameHasAKeyOfItsOwn) {
  const std::string stem(400, 'a');
  EXPECT_LT(name_sort_key(stem + "a"), name_sort_key(stem + "b"));
  EXPECT_TRUE(name_sort_key("  ").empty());
}

TEST(Vietnamese, UserNamesFollowTheUsualRule) {
  EXPECT_EQ(user_name_of("Nguyễn Văn Hùng"), "hungnv");
  EXPECT_EQ(user_name_of("Đỗ Thị Ánh Đào"), "daodta");
  EXPECT_EQ(user_name_of("  LÊ   AN "), "anl");
  EXPECT_EQ(user_name_of("Hùng"), "hung");
  EXPECT_EQ(user_name_of("H'Hen Niê"), "nieh");
  EXPECT_EQ(user_name_of(""), "");
  EXPECT_EQ(user_name_of("123"), "") << "no letter, no user name";
}

TEST(CleanWords, AreNfcWithSingleSpacesAndNothingElse) {
  EXPECT_EQ(clean_words("  Sở \t Y tế ", 10), "Sở Y tế");
  EXPECT_EQ(clean_words("Y te\u0302\u0301", 10), "Y tế");
  EXPECT_EQ(clean_words(" ", 10), std::nullopt);
  EXPECT_EQ(clean_words("Sở Y tế", 6), std::nullopt);
  EXPECT_EQ(clean_words("a\x01"
                        "b",
                        10),
            std::nullopt);
  EXPECT_EQ(clean_words("a\xff", 10), std::nullopt) << "not repaired in silence";
}

RC_GTEST_PROP(Squeeze, IsTheSameWithAndWithoutItsShortWay, (const std::vector<std::size_t>& picks)) {
  static const std::vector<std::string> pieces{" ",      "a", "ễ", "đ",      "\t", "\u00a0", "\u3000",
                                               "\u200b", "Ơ", "-", "\ufeff", "漢", "\n",     "\u0301"};
  std::string text;
  for (const auto pick : picks) text += pieces[pick % pieces.size()];
  const std::string once = squeeze(text);
  RC_ASSERT(squeeze(once) == once);
  // An ideograph takes the long way, and changes nothing of what stands before it but white space at the end.
  const std::string slow = squeeze(text + "漢");
  RC_ASSERT(slow == once + (slow.size() > once.size() + 3 ? " 漢" : "漢"));
}

}  // namespace
}  // namespace khien
