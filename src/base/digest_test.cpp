#include "base/digest.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien {
namespace {

class Crypto : public testing::Environment {
 public:
  void SetUp() override { ASSERT_TRUE(start_crypto()); }
};
[[maybe_unused]] const auto* const kCrypto = testing::AddGlobalTestEnvironment(new Crypto);

Secret secret(std::string_view hexadecimal) {
  return Secret(ByteView(from_hex(hexadecimal).value()));
}
std::string repeated(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}
std::string hmac(const Secret& key, std::string_view message) {
  return hex(hmac_sha256(key, bytes_of(message)));
}

TEST(Digest, Sha256OfFips180) {
  EXPECT_EQ(hex(sha256(bytes_of(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256(bytes_of("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({bytes_of("a"), bytes_of(""), bytes_of("bc")}), sha256(bytes_of("abc")));
}

TEST(Digest, HmacVectorsOfRfc4231) {
  EXPECT_EQ(hmac(secret(repeated("0b", 20)), "Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hmac(Secret(std::string("Jefe")), "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hmac(secret(repeated("aa", 20)), repeated("\xDD", 50)),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(hmac(secret("0102030405060708090a0b0c0d0e0f10111213141516171819"), repeated("\xCD", 50)),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  EXPECT_EQ(hmac(secret(repeated("aa", 131)), "Test Using Larger Than Block-Size Key - Hash Key First"),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, KeyedDigestsKeepTheirPartsApart) {
  const Secret key(std::string("key"));
  EXPECT_NE(keyed_digest(key, {bytes_of("ab"), bytes_of("c")}), keyed_digest(key, {bytes_of("a"), bytes_of("bc")}));
  EXPECT_NE(keyed_digest(key, {bytes_of("abc")}), keyed_digest(key, {bytes_of("abc"), bytes_of("")}));
  EXPECT_NE(keyed_digest(key, {bytes_of("abc")}), keyed_digest(Secret(std::string("kez")), {bytes_of("abc")}));
  const std::string framed = std::string("\0\0\0\0\0\0\0\2ab\0\0\0\0\0\0\0\1c", 19);
  EXPECT_EQ(hex(keyed_digest(key, {bytes_of("ab"), bytes_of("c")})), hmac(key, framed));
}

TEST(Digest, DeriveKeyIsHkdfOfRfc5869WithoutSalt) {
  // Test case 3 of appendix A: no salt, no info.
  const Secret root = secret(repeated("0b", 22));
  EXPECT_EQ(hex(derive_key(root, "", 42).bytes()),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Digest, DeriveKeyAgreesWithOpenssl) {
  // openssl kdf -keylen 80 -kdfopt digest:SHA256 -kdfopt key:KEY -kdfopt info:INFO -binary HKDF | xxd -p
  const Secret root(std::string("khiên root key"));
  const std::string first =
      "6a85a4ab668466147b82683d9076e9e180cee6823d005744c08e60355fa3ad343b1fe7df9e85ded4ccf68962850342c2"
      "de51924b3ef03976529405e811c4399d46ec4a4d3107071806530d2448408a35";
  EXPECT_EQ(hex(derive_key(root, "khien field key", 80).bytes()), first);
  EXPECT_EQ(hex(derive_key(root, "khien field key").bytes()), first.substr(0, 64));
  EXPECT_EQ(hex(derive_key(root, "nhật ký").bytes()),
            "275a795737550a95da25af4ce8781a854cf51dd6790e7e4a58b4e16d4a1bc824");
}

TEST(Digest, WhatIsSealedOpensWithTheSameKeyAndContextOnly) {
  SeededRandom random(1);
  const Secret key = derive_key(Secret(std::string("root")), "seal");
  const Secret other = derive_key(Secret(std::string("root")), "other");
  const Bytes sealed = seal(key, bytes_of("mật"), bytes_of("person 1"), random);
  EXPECT_EQ(open_sealed(key, sealed, bytes_of("person 1")).value().reveal(), "mật");
  EXPECT_FALSE(open_sealed(key, sealed, bytes_of("person 2")));
  EXPECT_FALSE(open_sealed(other, sealed, bytes_of("person 1")));
  EXPECT_FALSE(open_sealed(Secret(std::string("short")), sealed, bytes_of("person 1")));
  EXPECT_NE(seal(key, bytes_of("mật"), bytes_of("person 1"), random), sealed) << "every nonce is new";
  EXPECT_TRUE(open_sealed(key, seal(key, {}, {}, random), {}).value().empty());
}

TEST(Digest, AnyFlippedBitOrMissingByteIsNoticed) {
  SeededRandom random(2);
  const Secret key = derive_key(Secret(std::string("root")), "seal");
  const Bytes sealed = seal(key, bytes_of("số 1"), bytes_of("c"), random);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes flipped = sealed;
    flipped[bit / 8] = static_cast<unsigned char>(flipped[bit / 8] ^ (1U << (bit % 8)));
    EXPECT_FALSE(open_sealed(key, flipped, bytes_of("c"))) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(open_sealed(key, ByteView(sealed).first(size), bytes_of("c")));
}

RC_GTEST_PROP(Digest, AnythingSealedOpens, (const Bytes& plain, const Bytes& context, std::uint64_t seed)) {
  SeededRandom random(seed);
  const Secret key = derive_key(Secret(std::string("root")), "seal");
  const auto opened = open_sealed(key, seal(key, plain, context, random), context);
  RC_ASSERT(opened.has_value());
  RC_ASSERT(opened->reveal() == text_of(plain));
}

TEST(Digest, Ed25519VectorsOfRfc8032) {
  const Secret empty_seed = secret("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  EXPECT_EQ(hex(ed25519_public(empty_seed)), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  EXPECT_EQ(hex(ed25519_sign(empty_seed, {})),
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f059"
            "5bbe24655141438e7a100b");
  const Secret seed = secret("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  EXPECT_EQ(hex(ed25519_public(seed)), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(hex(ed25519_sign(seed, bytes_of("\x72"))),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4"
            "302aeeb00d291612bb0c00");
}

TEST(Digest, ASignatureHoldsForItsMessageAndKeyOnly) {
  const Secret seed = secret("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const auto key = ed25519_public(seed);
  auto signature = ed25519_sign(seed, bytes_of("điểm kiểm"));
  EXPECT_TRUE(ed25519_verify(key, bytes_of("điểm kiểm"), signature));
  EXPECT_FALSE(ed25519_verify(key, bytes_of("điểm kiem"), signature));
  EXPECT_FALSE(ed25519_verify(key, bytes_of("điểm kiểm"), ByteView(signature).first(63)));
  EXPECT_FALSE(ed25519_verify(ByteView(key).first(31), bytes_of("điểm kiểm"), signature));
  signature[10] ^= 1;
  EXPECT_FALSE(ed25519_verify(key, bytes_of("điểm kiểm"), signature));
}

}  // namespace
}  // namespace khien
