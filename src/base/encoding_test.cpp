#include "base/encoding.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace khien {
namespace {

RC_GTEST_PROP(Encoding, BytesReadBackEqual, (const Bytes& bytes)) {
  RC_ASSERT(from_base64url(base64url(bytes)) == bytes);
  RC_ASSERT(from_base64(base64(bytes)) == bytes);
  RC_ASSERT(from_hex(hex(bytes)) == bytes);
}

TEST(Encoding, TheVectorsOfRfc4648) {
  const std::vector<std::pair<std::string, std::string>> vectors{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : vectors) {
    EXPECT_EQ(base64(bytes_of(plain)), coded);
    EXPECT_EQ(base64url(bytes_of(plain)), coded.substr(0, coded.find('=')));
  }
  EXPECT_EQ(base64url(bytes_of("\xFB\xFF\xFE")), "-__-");
  EXPECT_EQ(base64(bytes_of("\xFB\xFF\xFE")), "+//+");
  EXPECT_EQ(hex(bytes_of("\x01\xAB")), "01ab");
}

TEST(Encoding, OnlyTheCanonicalFormIsRead) {
  for (const char* bad : {"Zg==", "Zg=", "Z", "Zh", "Zm8 ", " Zm8", "Zm\n8", "Zm9", "Z+", "Z/8A", "Zm8=", "Zm9v!"})
    EXPECT_FALSE(from_base64url(bad)) << bad;
  for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm8", "Zg===", "Zg==Zg==", "-__-", "Zm9v\n", "===="})
    EXPECT_FALSE(from_base64(bad)) << bad;
  for (const char* bad : {"0", "AB", "0g", " 01", "01 ", "0:1", "0x"}) EXPECT_FALSE(from_hex(bad)) << bad;
  EXPECT_TRUE(from_base64url("")->empty());
  EXPECT_TRUE(from_hex("")->empty());
}

RC_GTEST_PROP(Encoding, WhatIsReadIsWrittenTheSame, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::element('A', 'Z', 'a', '0', '9', '-', '_', '+', '/', '=', ' '));
  if (const auto bytes = from_base64url(text)) RC_ASSERT(base64url(*bytes) == text);
  if (const auto bytes = from_base64(text)) RC_ASSERT(base64(*bytes) == text);
  if (const auto bytes = from_hex(text)) RC_ASSERT(hex(*bytes) == text);
}

RC_GTEST_PROP(Encoding, ReadingIntoBytesTakesAndGivesWhatReadingIntoAVectorDoes, ()) {
  const auto bytes = *rc::gen::arbitrary<Bytes>();
  std::string text = base64url(bytes);
  if (!text.empty() && *rc::gen::arbitrary<bool>())
    text[*rc::gen::inRange<std::size_t>(0, text.size())] = *rc::gen::arbitrary<char>();
  const auto expected = from_base64url(text);
  Bytes out(bytes.size());
  RC_ASSERT(read_base64url(text, out) == expected.has_value());
  if (expected) RC_ASSERT(out == *expected);
  Bytes longer(bytes.size() + 1);
  RC_ASSERT(!read_base64url(text, longer));
  RC_ASSERT(!read_base64url(text + "A", out));
}

}  // namespace
}  // namespace khien
