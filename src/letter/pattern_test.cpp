#include "letter/pattern.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace khien::letter {
namespace {

bool says(std::string_view phrase, std::string_view text) {
  return Pattern(phrase).in(tokenise(text));
}

TEST(Pattern, WordsMatchAcrossCaseAndPunctuation) {
  EXPECT_TRUE(says("mật khẩu", "Đổi “Mật, Khẩu” ngay"));
  EXPECT_FALSE(says("mật khẩu", "khẩu mật"));
}

TEST(Pattern, SlipsOfOcrInLongWordsDoNotMatter) {
  EXPECT_TRUE(says("nghiêm cấm", "nghiềm cấm"));
  EXPECT_TRUE(says("mật khẩu", "mât khâu"));
}

TEST(Pattern, ShortWordsNeedTheirMarks) {
  EXPECT_FALSE(says("vá phần mềm", "và phần mềm"));
  EXPECT_FALSE(says("nhưng", "những"));
  EXPECT_TRUE(says("khóa", "khoá"));
  EXPECT_TRUE(says("ký tự", "kí tự"));
}

TEST(Pattern, AlternativesOptionsAndGaps) {
  EXPECT_TRUE(says("(đổi|thay) [ngay] mật khẩu", "thay mật khẩu"));
  EXPECT_TRUE(says("(đổi|thay) [ngay] mật khẩu", "đổi ngay mật khẩu"));
  EXPECT_FALSE(says("(đổi|thay) [ngay] mật khẩu", "đổi lại mật khẩu"));
  EXPECT_TRUE(says("đổi ~2 mật khẩu", "đổi hết mọi mật khẩu"));
  EXPECT_FALSE(says("đổi ~2 mật khẩu", "đổi hết tất cả mật khẩu"));
}

TEST(Pattern, ConceptsNumbersAndTheBeginning) {
  EXPECT_TRUE(says("{not} ~2 {share}", "không được chia sẻ"));
  EXPECT_TRUE(says("# ký tự", "mười hai ký tự"));
  EXPECT_TRUE(says("^ mật khẩu", "Mật khẩu mới"));
  EXPECT_FALSE(says("^ mật khẩu", "đổi mật khẩu"));
}

TEST(Pattern, TheShortestMatchIsGiven) {
  const auto match = Pattern("đổi .. mật khẩu").find(tokenise("phải đổi mật khẩu và mật khẩu"));
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->begin, 1U);
  EXPECT_EQ(match->end, 4U);
}

TEST(Pattern, AMistakeInAPhraseIsFoundAtOnce) {
  EXPECT_THROW(Pattern("{no_such_concept}"), std::invalid_argument);
  EXPECT_THROW(Pattern("(open"), std::invalid_argument);
}

}  // namespace
}  // namespace khien::letter
