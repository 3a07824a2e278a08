#include "credentials/guessable.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/testing.h"

#include <cmath>
#include <fstream>

#include "base/random.h"
#include "base/vietnamese.h"
#include "credentials/guess_words.h"

namespace khien::credentials {
namespace {

GuessContext holder() {
  return {.user_names = {"annv"},
          .full_name = "Nguyễn Văn An",
          .unit_names = {"Sở Thông tin và Truyền thông", "Ủy ban nhân dân xã Tam Giang", "Tỉnh Bắc Ninh"},
          .system_names = {"Một cửa điện tử", "iOffice"},
          .issuer = "khien.bacninh.gov.vn",
          .numbers = {"0912345678"},
          .birth_date = parse_date("1985-03-15")};
}

std::optional<GuessReason> reason(std::string_view password, const GuessContext& context = holder()) {
  const auto guess = why_guessable(password, context);
  if (!guess) return std::nullopt;
  return guess->reason;
}

std::vector<std::string> lines_of(const std::string& name) {
  std::ifstream in(testing_support::source_dir() + "/src/credentials/testdata/" + name);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && !line.starts_with("# ")) out.push_back(line);
  return out;
}

TEST(Guessable, CatchesWeakVietnamesePasswords) {
  const auto weak = lines_of("weak_passwords.txt");
  ASSERT_GE(weak.size(), 300U);
  for (const auto& password : weak) EXPECT_TRUE(reason(password)) << password << " " << guess_bits(password, holder());
}

TEST(Guessable, CatchesTheUsualOnesWithoutKnowingTheHolder) {
  for (const char* password : {"Abc@123", "Admin@123", "Vnpt@123", "P@ssw0rd", "anhyeuem", "Matkhau@123", "1qaz2wsx",
                               "Qwerty@123", "maatjkhaaur", "Viettel@2024", "Ubnd@123456"})
    EXPECT_TRUE(reason(password, {})) << password;
}

std::string draw(std::string_view from, std::size_t count, Random& random) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += from[random.below(from.size())];
  return out;
}
constexpr std::string_view kAll =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%^&*()-_=+[]{};:,.<>/?";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";

TEST(Guessable, LetsRandomPasswordsPass) {
  SeededRandom random(20241026);
  for (int i = 0; i < 500; ++i) {
    const std::string password = draw(kAll, 10 + random.below(8), random);
    EXPECT_FALSE(reason(password)) << password;
    const std::string letters = draw(kLower, 12 + random.below(8), random);
    EXPECT_FALSE(reason(letters)) << letters;
  }
}

TEST(Guessable, LetsNearlyAllRandomPasswordsOfEightPass) {
  SeededRandom random(8);
  int refused = 0;
  for (int i = 0; i < 2000; ++i) refused += reason(draw(kAll, 8, random)) ? 1 : 0;
  EXPECT_LE(refused, 10);  // 1 in 200: those that happen to hold a name or a walk
}

TEST(Guessable, LetsPhrasesOfFourUnrelatedWordsPass) {
  SeededRandom random(4);
  const auto phrases = lines_of("words.txt");
  ASSERT_GE(phrases.size(), 100U);
  for (int i = 0; i < 500; ++i) {
    std::string marked;
    for (int word = 0; word < 4; ++word) marked += (word == 0 ? "" : " ") + phrases[random.below(phrases.size())];
    EXPECT_FALSE(reason(marked)) << marked << guess_bits(marked, holder());
    EXPECT_FALSE(reason(fold(marked))) << fold(marked) << guess_bits(fold(marked), holder());
  }
}

TEST(Guessable, NamesTheReason) {
  EXPECT_EQ(reason("xq7#Annv!pR2z"), GuessReason::UserName);
  EXPECT_EQ(reason("Xq7#a.n.n.v"), GuessReason::UserName);
  EXPECT_EQ(reason("8#kT nguyễn văn an"), GuessReason::FullName);
  EXPECT_EQ(reason("15031985"), GuessReason::Number);
  EXPECT_EQ(reason("Stttt@2024"), GuessReason::Unit);
  EXPECT_EQ(reason("Ioffice@24"), GuessReason::System);
  EXPECT_EQ(reason("Viettel@123"), GuessReason::Common);
  EXPECT_EQ(reason("76543210"), GuessReason::Pattern);
  EXPECT_EQ(reason("\xff"), GuessReason::NotText);
}

TEST(Guessable, KnowsANameInEveryKeyboard) {
  const GuessContext context{.full_name = "Trần Đức Phượng"};
  for (const char* password :
       {"TranDucPhuong", "traanfdduwcsphuwowngj", "Traanfdduwcsphuowngj", "traafnddwcs", "tra6n2d9u7c1phu7o7ng5",
        "PhuongTD@2024", "phuongtd", "TDPhuong@1", "Trần Đức Phượng", "Tr4nDucPhu0ng"})
    EXPECT_TRUE(reason(password, context)) << password;
}

TEST(Guessable, DoesNotRefuseForAShortUserNameInside) {
  const GuessContext context{.user_names = {"an"}};
  EXPECT_FALSE(reason("7Kx!anQ3#vRt", context));
  EXPECT_TRUE(reason("an@2024", context));
}

TEST(Guessable, UsesTheThresholdThatItIsGiven) {
  GuessContext context;
  const double bits = guess_bits("meo xanh 47", context);
  context.min_guesses = std::exp2(bits) * 0.9;
  EXPECT_FALSE(reason("meo xanh 47", context));
  context.min_guesses = std::exp2(bits) * 1.1;
  EXPECT_TRUE(reason("meo xanh 47", context));
}

TEST(Guessable, LooksAtLongPasswordsInBoundedTime) {
  EXPECT_TRUE(reason(std::string(1024, 'a')));
  std::string repeated;
  for (int i = 0; i < 128; ++i) repeated += "abc@123 ";
  EXPECT_TRUE(reason(repeated));
  std::string walk;
  for (int i = 0; i < 512; ++i) walk += "as";
  EXPECT_TRUE(reason(walk));
  SeededRandom random(1);
  EXPECT_FALSE(reason(draw(kAll, 1024, random)));
  EXPECT_TRUE(reason(draw(kAll, 1000, random) + "annv"));
}

TEST(Guessable, NeverRepeatsThePasswordNorTheName) {
  for (const auto& password : lines_of("weak_passwords.txt")) {
    const auto guess = why_guessable(password, holder());
    if (!guess || password == "mật khẩu") continue;  // the one word that every sentence needs
    for (const auto language : {Language::Vietnamese, Language::English}) {
      EXPECT_EQ(guess->text.in(language).find(password), std::string::npos) << password;
      EXPECT_EQ(guess->text.in(language).find("annv"), std::string::npos);
    }
  }
}

RC_GTEST_PROP(Guessable, IsNeverEasierWithoutKnowledge, (std::uint64_t seed)) {
  SeededRandom random(seed);
  const std::string password = draw(kAll, 6 + random.below(6), random);
  RC_ASSERT(guess_bits(password, holder()) <= guess_bits(password, {}) + 1e-9);
}

RC_GTEST_PROP(Guessable, RefusesTheUserNameUnderAnyDecoration, (std::uint64_t seed)) {
  SeededRandom random(seed);
  const std::string password = draw(kAll, random.below(12), random) + "Annv" + draw(kAll, random.below(12), random);
  RC_ASSERT(reason(password) == GuessReason::UserName);
}

TEST(CommonWords, AreSeveralThousand) {
  EXPECT_GE(common_words().size(), 5000U);
}

TEST(TelexHint, SaysThatALetterOutsideAsciiAppears) {
  EXPECT_TRUE(telex_hint("mâtkhau1"));
  EXPECT_TRUE(telex_hint("Đ12345"));
  EXPECT_TRUE(telex_hint("ma\u0323t"));
  EXPECT_FALSE(telex_hint("matkhau1@"));
  EXPECT_FALSE(telex_hint("100€"));
  EXPECT_EQ(telex_hint("mâtkhau1")->vi.find("mâtkhau"), std::string::npos);
}

}  // namespace
}  // namespace khien::credentials
