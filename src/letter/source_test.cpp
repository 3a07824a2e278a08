#include "letter/source.h"

#include <gtest/gtest.h>

namespace khien::letter {
namespace {

TEST(Source, AnEmptyLetterIsRefusedInBothLanguages) {
  for (const std::string_view bytes : {std::string_view(), std::string_view("\xEF\xBB\xBF")}) {
    const auto source = load(bytes);
    ASSERT_FALSE(source.has_value());
    EXPECT_NE(source.error().text().vi, "");
    EXPECT_NE(source.error().text().en, "");
    EXPECT_NE(source.error().text().vi, source.error().text().en);
  }
}

TEST(Source, BytesThatAreNotUtf8AreNamedByLineAndColumn) {
  const auto source = load("một\nhai b\xFF\n");
  ASSERT_FALSE(source.has_value());
  ASSERT_TRUE(source.error().place().has_value());
  EXPECT_EQ(source.error().place()->line, 2U);
  EXPECT_EQ(source.error().place()->column, 6U);
  EXPECT_NE(source.error().text().en.find("Line 2, column 6"), std::string::npos);
}

TEST(Source, ALetterOfExactlyOneMebibyteIsTakenAndOneByteMoreIsRefused) {
  EXPECT_TRUE(load(std::string(kMaxLetterBytes, 'a')).has_value());
  EXPECT_FALSE(load(std::string(kMaxLetterBytes + 1, 'a')).has_value());
}

TEST(Source, BinaryDataAndTextWithoutLettersAreRefused) {
  EXPECT_FALSE(load(std::string("PK\3\4 abc\0def", 12)).has_value());
  EXPECT_FALSE(load("\x01\x02\x03\x04 abc").has_value());
  EXPECT_FALSE(load(" \n --- 123 *** \n").has_value());
}

TEST(Source, DecomposedTextBecomesNfcAndTheByteOrderMarkGoes) {
  const auto source = load("\xEF\xBB\xBFmâ\xCC\xA3t kh\xE1\xBA\xA9u");
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(source->text, "mật khẩu");
}

TEST(Source, LinesEndAtEveryKindOfLineEnd) {
  const auto source = load("a\r\nb\nc\rd");
  ASSERT_TRUE(source.has_value());
  ASSERT_EQ(source->lines.size(), 4U);
  EXPECT_EQ(source->in(source->lines[1]), "b");
  EXPECT_EQ(source->in(source->lines[3]), "d");
}

TEST(Source, AColumnCountsCodePoints) {
  const auto source = load("đầu\nmật khẩu\n");
  ASSERT_TRUE(source.has_value());
  const Place place = place_of(*source, source->text.find("khẩu"));
  EXPECT_EQ(place.line, 2U);
  EXPECT_EQ(place.column, 5U);
}

TEST(Source, TextWithoutMarksIsNoticed) {
  EXPECT_TRUE(load("Mật khẩu phải được đổi")->marked);
  EXPECT_FALSE(load("Mat khau phai duoc doi")->marked);
}

}  // namespace
}  // namespace khien::letter
