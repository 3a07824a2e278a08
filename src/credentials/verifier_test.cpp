#include "credentials/verifier.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien::credentials {
namespace {

constexpr Argon2Parameters kCheap{.memory_kib = 64, .passes = 1};
const std::string kSalt = "somesaltsomesalt";

PasswordHash hashed(std::string_view password, const Argon2Parameters& parameters = kCheap,
                    std::string_view salt = kSalt) {
  auto made = hash(Secret(std::string(password)), bytes_of(salt), parameters);
  EXPECT_TRUE(made.has_value());
  return std::move(*made);
}

std::string hex_of(const PasswordHash& made) {
  return hex(made.bytes.bytes());
}

struct Peppers {
  Secret first{std::string(32, 'a')};
  Secret second{std::string(32, 'b')};
  [[nodiscard]] PepperLookup lookup() const {
    return [this](std::string_view id) -> const Secret* {
      if (id == "one") return &first;
      return id == "two" ? &second : nullptr;
    };
  }
};

LoginId login_of(std::uint64_t seed) {
  SeededRandom random(seed);
  return LoginId::make(random);
}

// The constants are what Debian's `argon2 somesaltsomesalt -id -v 13 -l 32 -p 1` prints, another implementation.
TEST(PasswordHash, IsWhatAnotherArgon2idComputes) {
  EXPECT_EQ(hex_of(hashed("password", {.memory_kib = 64, .passes = 1})),
            "e793d64ef75d58f503d4631b2b149f7f80127c5f3993d89b1c9b781e51d0b413");
  EXPECT_EQ(hex_of(hashed("password", {})), "2b5dc4054886ec957ef59c73b661c54dd6fb274590b278f657c6d96aac8fa6d1");
  EXPECT_EQ(hex_of(hashed("Mật khẩu 1", {})), "a95a9ff4a31580b7e7bad825a7ee823188c17401edde67874ab21519bbae6a74");
}

TEST(PasswordHash, IsTheSameForEveryNormalForm) {
  const std::string composed = "M\u1EADt kh\u1EA9u";                  // one code point for each letter
  const std::string decomposed = "Ma\u0323\u0302t kha\u0302\u0309u";  // letters and marks
  ASSERT_NE(composed, decomposed);
  EXPECT_EQ(hex_of(hashed(composed)), hex_of(hashed(decomposed)));
}

TEST(PasswordHash, RefusesWhatIsEmptyTooLongOrNoText) {
  const auto refused = [](std::string password) {
    return hash(Secret(std::move(password)), bytes_of(kSalt), kCheap).error().kind();
  };
  EXPECT_EQ(refused(""), ErrorKind::Invalid);
  EXPECT_EQ(refused(std::string(kMaxPasswordBytes + 1, 'x')), ErrorKind::Invalid);
  EXPECT_EQ(refused("\xff\xfe"), ErrorKind::Invalid);
  EXPECT_TRUE(hash(Secret(std::string(kMaxPasswordBytes, 'x')), bytes_of(kSalt), kCheap));
}

TEST(PasswordHash, RefusesParametersAndSaltsThatItCannotTake) {
  const Secret password(std::string("x"));
  EXPECT_FALSE(hash(password, bytes_of("short"), kCheap));
  EXPECT_FALSE(hash(password, bytes_of(kSalt), {.memory_kib = 64, .passes = 1, .lanes = 2}));
  EXPECT_FALSE(hash(password, bytes_of(kSalt), {.memory_kib = 4, .passes = 1}));
  EXPECT_FALSE(hash(password, bytes_of(kSalt), {.memory_kib = 64, .passes = 0}));
  EXPECT_FALSE(hash(password, bytes_of(kSalt), {.memory_kib = 4 << 20, .passes = 1}));
}

TEST(Verifier, MatchesOnlyItsLoginPasswordAndPepper) {
  const Peppers peppers;
  const auto made = hashed("đúng mật khẩu");
  const auto verifier = make_verifier(made, login_of(1), "one", peppers.first);
  EXPECT_TRUE(matches(made, login_of(1), verifier, peppers.lookup()));
  EXPECT_FALSE(matches(made, login_of(2), verifier, peppers.lookup()));
  EXPECT_FALSE(matches(hashed("sai mật khẩu"), login_of(1), verifier, peppers.lookup()));
  EXPECT_FALSE(matches(hashed("đúng mật khẩu", kCheap, "another salt 16b"), login_of(1), verifier, peppers.lookup()));
  auto moved = verifier;
  moved.pepper_id = "two";
  EXPECT_FALSE(matches(made, login_of(1), moved, peppers.lookup()));
  moved.pepper_id = "gone";
  EXPECT_FALSE(matches(made, login_of(1), moved, peppers.lookup()));
}

TEST(Verifier, OneHashTestsEveryLoginOfTheHolder) {
  const Peppers peppers;
  const auto made = hashed("một lần băm");
  for (std::uint64_t i = 0; i < 20; ++i) {
    const auto verifier =
        make_verifier(made, login_of(i), i % 2 == 0 ? "one" : "two", i % 2 == 0 ? peppers.first : peppers.second);
    EXPECT_TRUE(matches(made, login_of(i), verifier, peppers.lookup()));
  }
}

TEST(Verifier, OfTwoLoginsWithOnePasswordDiffer) {
  const Peppers peppers;
  const auto made = hashed("giống nhau");
  EXPECT_NE(make_verifier(made, login_of(1), "one", peppers.first).tag,
            make_verifier(made, login_of(2), "one", peppers.first).tag);
}

TEST(Verifier, DoesNotMatchAHashOfOtherParameters) {
  const Peppers peppers;
  const auto made = hashed("x", kCheap);
  auto verifier = make_verifier(made, login_of(1), "one", peppers.first);
  verifier.parameters.passes = 2;
  EXPECT_FALSE(matches(made, login_of(1), verifier, peppers.lookup()));
  // Nor when whoever can write the row gives the hash the parameters that the row claims.
  const PasswordHash claimed{verifier.parameters, made.bytes};
  EXPECT_FALSE(matches(claimed, login_of(1), verifier, peppers.lookup()));
}

TEST(Verifier, IsMadeAnewWhenPepperOrParametersAreNotTheWantedOnes) {
  const Peppers peppers;
  const auto verifier = make_verifier(hashed("x"), login_of(1), "one", peppers.first);
  EXPECT_FALSE(needs_rehash(verifier, "one", kCheap));
  EXPECT_TRUE(needs_rehash(verifier, "two", kCheap));
  EXPECT_TRUE(needs_rehash(verifier, "one", {}));
}

TEST(VerifierText, ReadsBackExactly) {
  const Peppers peppers;
  const auto verifier = make_verifier(hashed("x"), login_of(1), "one", peppers.first);
  EXPECT_TRUE(verifier.text().starts_with("v=1,k=one,m=64,t=1,p=1,h="));
  const auto again = Verifier::parse(verifier.text());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->pepper_id, "one");
  EXPECT_EQ(again->parameters, verifier.parameters);
  EXPECT_EQ(again->tag, verifier.tag);
}

TEST(VerifierText, HasOneSpellingOnly) {
  const std::string tag(43, 'A');
  const std::string good = "v=1,k=one,m=64,t=1,p=1,h=" + tag;
  ASSERT_TRUE(Verifier::parse(good));
  for (const std::string& bad : std::vector<std::string>{
           "", "v=1", "v=2,k=one,m=64,t=1,p=1,h=" + tag, good + ",", good + "A", " " + good,
           "v=1,k=,m=64,t=1,p=1,h=" + tag, "v=1,k=a b,m=64,t=1,p=1,h=" + tag, "v=1,k=one,m=064,t=1,p=1,h=" + tag,
           "v=1,k=one,m=+64,t=1,p=1,h=" + tag, "v=1,k=one,m=64,t=1,p=2,h=" + tag, "v=1,k=one,m=2,t=1,p=1,h=" + tag,
           "v=1,k=one,m=99999999999,t=1,p=1,h=" + tag, "k=one,v=1,m=64,t=1,p=1,h=" + tag,
           "v=1,k=" + std::string(65, 'a') + ",m=64,t=1,p=1,h=" + tag})
    EXPECT_FALSE(Verifier::parse(bad)) << bad;
}

RC_GTEST_PROP(VerifierText, OfAnyVerifierReadsBack, (std::uint32_t memory, std::uint32_t passes, Digest tag)) {
  const Verifier verifier{"pepper-1", {8 + memory % 100'000, 1 + passes % 64, 1}, tag};
  const auto again = Verifier::parse(verifier.text());
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->text() == verifier.text());
}

}  // namespace
}  // namespace khien::credentials
