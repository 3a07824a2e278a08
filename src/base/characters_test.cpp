#include "base/characters.h"

#include <gtest/gtest.h>

#include "base/vietnamese.h"

namespace khien {
namespace {

TEST(Printable, ShowsWhatSteersATerminalAndLeavesEverythingElse) {
  EXPECT_EQ(printable("Ủy ban\tnhân dân\n"), "Ủy ban\tnhân dân\n");
  EXPECT_EQ(printable("\x1B[2J\x07"), "\\u{001b}[2J\\u{0007}");
  EXPECT_EQ(printable("\u202Egnp.exe\u2066 \u009B2K \U000E0041"), "\\u{202e}gnp.exe\\u{2066} \\u{009b}2K \\u{e0041}");
  EXPECT_EQ(printable("a\xFF"), "a\uFFFD");
}

TEST(Plain, IsWhatSteersNothing) {
  for (const char* text : {"Nguyễn Thị Hòa", "D'Souza", "李", ""}) EXPECT_TRUE(is_plain(text)) << text;
  for (const char* text : {"a\u202Eb", "a\u200Eb", "a\u009Bb", "a\u2028b", "a\x7F", "a\nb", "a\u00ADb"})
    EXPECT_FALSE(is_plain(text)) << text;
}

}  // namespace
}  // namespace khien
