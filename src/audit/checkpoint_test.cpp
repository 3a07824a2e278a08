#include "audit/checkpoint.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien::audit {
namespace {

const Secret& seed() {
  static const Secret bytes{std::string(32, 's')};
  return bytes;
}

VerifierKey key() {
  return {.name = "khien/abc", .public_key = ed25519_public(seed())};
}

Checkpoint some_checkpoint() {
  return {.origin = "khien/abc", .head = {1234, leaf_hash(bytes_of("root"))}};
}

TEST(Checkpoint, ItsBodyIsThreeLinesAndItsSignatureOne) {
  const std::string note = sign_checkpoint(some_checkpoint(), "khien/abc", seed());
  EXPECT_TRUE(note.starts_with("khien/abc\n1234\n" + base64(leaf_hash(bytes_of("root"))) + "\n\n\u2014 khien/abc "));
  EXPECT_TRUE(note.ends_with("\n"));
  EXPECT_EQ(*verify_checkpoint(note, key()), some_checkpoint());
}

/// The example of the signed-note specification: another program's key and signature.
TEST(Checkpoint, ANoteOfTheSpecificationIsReadAndItsKeyIsRecognised) {
  const auto parsed = parse_verifier_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->name, "PeterNeumann");
  EXPECT_EQ(text_of(*parsed), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  const std::string text =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
  const auto signature =
      from_base64("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");
  ASSERT_TRUE(signature);
  EXPECT_TRUE(ed25519_verify(parsed->public_key, bytes_of(text), ByteView(*signature).subspan(4)));
  EXPECT_TRUE(std::ranges::equal(key_hash(*parsed), ByteView(*signature).first(4)));
}

TEST(Checkpoint, AChangeOfAnySignedByteIsRefused) {
  const std::string note = sign_checkpoint(some_checkpoint(), "khien/abc", seed());
  const std::size_t body = note.find("\n\n") + 1;
  for (std::size_t i = 0; i < body; ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(verify_checkpoint(changed, key())) << i;
  }
}

TEST(Checkpoint, AnotherKeyAnotherNameOrAnotherLogIsRefused) {
  const Secret other{std::string(32, 'o')};
  EXPECT_FALSE(verify_checkpoint(sign_checkpoint(some_checkpoint(), "khien/abc", other), key()));
  EXPECT_FALSE(verify_checkpoint(sign_checkpoint(some_checkpoint(), "khien/other", seed()), key()));
  Checkpoint elsewhere = some_checkpoint();
  elsewhere.origin = "khien/other";
  EXPECT_FALSE(verify_checkpoint(sign_checkpoint(elsewhere, "khien/abc", seed()), key()));
}

TEST(Checkpoint, SignaturesOfWitnessesArePassedOver) {
  std::string note = sign_checkpoint(some_checkpoint(), "khien/abc", seed());
  note += "\u2014 witness.example " + base64(Bytes(76)) + "\n";
  EXPECT_TRUE(verify_checkpoint(note, key()));
}

TEST(Checkpoint, ExtensionLinesAreSignedToo) {
  Checkpoint checkpoint = some_checkpoint();
  checkpoint.extensions = {"cites 1233"};
  EXPECT_EQ(*verify_checkpoint(sign_checkpoint(checkpoint, "khien/abc", seed()), key()), checkpoint);
}

TEST(Checkpoint, NoOtherFormIsRead) {
  const std::string note = sign_checkpoint(some_checkpoint(), "khien/abc", seed());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string out = note;
    out.replace(out.find(from), from.size(), to);
    return out;
  };
  std::string crowded = note;
  for (std::size_t i = 0; i < kMostSignatures; ++i) crowded += note.substr(note.find("\u2014"));
  for (const auto& bad :
       {std::string(), std::string("\n\n"), with("1234", "01234"), with("1234", "-1"), with("1234", "+1234"),
        with("1234", "18446744073709551616"), with("\n1234", "\r\n1234"), with("\u2014 ", "- "), with("\n\n", "\n"),
        note.substr(0, note.size() - 1), note + "\n", note + "x", crowded, with("1234\n", "1234\nAA==\n"),
        with("khien", "khi\xff\xfe"), note.substr(0, note.find("\u2014")), std::string(20000, 'x') + note})
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
  EXPECT_TRUE(parse_checkpoint(note));
}

TEST(Checkpoint, AVerifierKeyIsReadBackAndAWrongOneIsNot) {
  const std::string text = text_of(key());
  EXPECT_EQ(*parse_verifier_key(text), key());
  for (const auto& bad : {std::string(), std::string("a+b"), "x" + text, text + "A", text.substr(1)})
    EXPECT_FALSE(parse_verifier_key(bad)) << bad;
}

TEST(Checkpoint, AnotherGenerationIsAnotherLog) {
  EXPECT_EQ(origin_of("abc", 1), "khien/abc");
  EXPECT_EQ(origin_of("abc", 2), "khien/abc/2");
}

RC_GTEST_PROP(CheckpointLaws, WhatIsSignedIsReadBack, ()) {
  Checkpoint checkpoint = some_checkpoint();
  checkpoint.head.size = *rc::gen::arbitrary<std::uint64_t>();
  checkpoint.head.root = sha256(bytes_of(std::to_string(checkpoint.head.size)));
  RC_ASSERT(*verify_checkpoint(sign_checkpoint(checkpoint, "khien/abc", seed()), key()) == checkpoint);
}

}  // namespace
}  // namespace khien::audit
