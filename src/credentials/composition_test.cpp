#include "credentials/composition.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/vietnamese.h"

namespace khien::credentials {
namespace {

using enum CharacterClass;

std::vector<ViolationCode> codes(std::string_view password, const Composition& composition) {
  std::vector<ViolationCode> out;
  for (const auto& each : violations(password, composition)) out.push_back(each.code);
  return out;
}

TEST(ClassesOf, KnowsVietnameseLetters) {
  EXPECT_EQ(classes_of("Ư"), (CharacterClasses{Upper}));
  EXPECT_EQ(classes_of("đ"), (CharacterClasses{Lower}));
  EXPECT_EQ(classes_of("Đặng"), (CharacterClasses{Upper, Lower}));
}

TEST(ClassesOf, CountsWhateverIsNoLetterOrDigitAsSpecial) {
  for (const char* special : {" ", "@", "~", "€", "—", "\u00a0", "😀", "½"})
    EXPECT_EQ(classes_of(special), (CharacterClasses{Special})) << special;
  EXPECT_EQ(classes_of("٣"), (CharacterClasses{Digit}));
}

TEST(ClassesOf, PutsALetterWithoutCaseInNoClass) {
  EXPECT_EQ(classes_of("字"), CharacterClasses{});
  // A mark that has no composed form with its letter belongs to it.
  EXPECT_EQ(classes_of(*nfc("q\u0303")), (CharacterClasses{Lower}));
}

TEST(Violations, SayWhatIsMissingInBothLanguages) {
  const Composition composition{.min_length = 8, .require = CharacterClasses::all()};
  EXPECT_TRUE(violations("Abcdef1!", composition).empty());
  EXPECT_EQ(codes("abc", composition), (std::vector{ViolationCode::TooShort, ViolationCode::NoUpper,
                                                    ViolationCode::NoDigit, ViolationCode::NoSpecial}));
  EXPECT_EQ(codes("ABCDEFG1 ", composition), (std::vector{ViolationCode::NoLower}));
  const auto first = violations("abcdef1!", composition);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].text, (Text{"thiếu chữ in hoa", "no upper-case letter"}));
  EXPECT_EQ(violations("Aa1!", composition)[0].text.vi, "ngắn quá: có 4 ký tự, cần ít nhất 8");
}

TEST(Violations, CountCodePointsOfTheNormalForm) {
  const Composition composition{.min_length = 8, .max_length = 8};
  EXPECT_TRUE(violations("mậtkhẩuơ", composition).empty());
  EXPECT_TRUE(violations("ma\u0323\u0302tkha\u0302\u0309uo\u031b", composition).empty());
  EXPECT_EQ(codes("mậtkhẩu", composition), (std::vector{ViolationCode::TooShort}));
  EXPECT_EQ(codes("mậtkhẩuơ1", composition), (std::vector{ViolationCode::TooLong}));
}

TEST(Violations, TakeTheClassesFromTheNormalFormToo) {
  // The horn alone would be no letter; composed it makes an upper-case Ư.
  EXPECT_TRUE(violations("U\u031b", {.require = {Upper}}).empty());
}

TEST(Violations, LetTheLeastLengthWinOverAContradictingGreatest) {
  const Composition composition{.min_length = 10, .max_length = 6};
  EXPECT_TRUE(violations("0123456789", composition).empty());
  EXPECT_EQ(codes("012345", composition), (std::vector{ViolationCode::TooShort}));
}

TEST(Violations, RefuseControlCharactersAndWhatIsNotText) {
  EXPECT_EQ(codes(std::string_view("ab\0cd", 5), {}), (std::vector{ViolationCode::Control}));
  EXPECT_EQ(codes("tab\tbed", {}), (std::vector{ViolationCode::Control}));
  EXPECT_EQ(codes("\xff", {}), (std::vector{ViolationCode::NotText}));
}

TEST(CharacterClass, HasTheCodesOfTheCatalogue) {
  for (const auto each : {Upper, Lower, Digit, Special}) EXPECT_EQ(parse_class(code_of(each)), each);
  EXPECT_EQ(code_of(Special), "special");
  EXPECT_FALSE(parse_class("letters"));
}

TEST(AtLeastAsStrict, ComparesEveryPart) {
  const Composition plain{.min_length = 8, .require = {Upper, Digit}};
  EXPECT_TRUE(is_at_least_as_strict(plain, plain));
  EXPECT_TRUE(is_at_least_as_strict({.min_length = 9, .require = CharacterClasses::all()}, plain));
  EXPECT_FALSE(is_at_least_as_strict({.min_length = 7, .require = CharacterClasses::all()}, plain));
  EXPECT_FALSE(is_at_least_as_strict({.min_length = 20, .require = {Upper}}, plain));
  EXPECT_TRUE(is_at_least_as_strict({.min_length = 8, .require = {Upper, Digit}, .max_length = 12}, plain));
  EXPECT_FALSE(is_at_least_as_strict(plain, {.min_length = 8, .max_length = 12}));
  // Four classes need four characters, whatever the length says.
  EXPECT_TRUE(is_at_least_as_strict({.require = CharacterClasses::all()}, {.min_length = 4}));
}

rc::Gen<Composition> any_composition() {
  return rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, 7), rc::gen::inRange(0, 16), rc::gen::maybe(rc::gen::inRange(0, 8))),
      [](const std::tuple<int, int, rc::Maybe<int>>& parts) {
        Composition out{.min_length = std::get<0>(parts)};
        for (const auto each : {Upper, Lower, Digit, Special})
          if ((std::get<1>(parts) & static_cast<int>(each)) != 0) out.require.add(each);
        if (std::get<2>(parts)) out.max_length = *std::get<2>(parts);
        return out;
      });
}

/// One password for each set of classes and each length to 10: enough to tell any two of those compositions apart.
std::vector<std::string> telling_passwords() {
  std::vector<std::string> out;
  for (int set = 0; set < 16; ++set)
    for (std::size_t size = 0; size <= 10; ++size) {
      std::string password;
      for (const auto& [bit, c] : {std::pair{1, 'A'}, {2, 'a'}, {4, '1'}, {8, '!'}})
        if ((set & bit) != 0) password += c;
      if (password.size() > size) continue;
      std::string filler = password.empty() ? "字" : password.substr(0, 1);
      while (length(password) < size) password += filler;
      out.push_back(password);
    }
  return out;
}

RC_GTEST_PROP(AtLeastAsStrict, HoldsExactlyIfEveryConformingPasswordConformsToTheOther, ()) {
  const auto a = *any_composition();
  const auto b = *any_composition();
  bool every = true;
  for (const auto& password : telling_passwords())
    if (violations(password, a).empty() && !violations(password, b).empty()) every = false;
  RC_ASSERT(is_at_least_as_strict(a, b) == every);
}

}  // namespace
}  // namespace khien::credentials
