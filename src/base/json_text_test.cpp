#include "base/json_text.h"

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(JsonText, EscapesWhatWouldEndTheStringOrTheLine) {
  EXPECT_EQ(json_text("a\"b\\c\nd\x7F"), R"("a\"b\\c\u000ad\u007f")");
  EXPECT_EQ(json_text(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(JsonText, EscapesWhatWouldSteerATerminal) {
  EXPECT_EQ(json_text("\u202Egnp.exe \u009B2J \U000E0041"), R"("\u202egnp.exe \u009b2J \udb40\udc41")");
}

TEST(JsonText, LeavesVietnameseAsItIs) {
  EXPECT_EQ(json_text("Ủy ban"), "\"Ủy ban\"");
}

}  // namespace
}  // namespace khien
