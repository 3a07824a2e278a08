#include "sheets/csv.h"

#include <gtest/gtest.h>

#include "sheets/decode.h"
#include "sheets/read.h"

namespace khien::sheets {
namespace {

std::vector<std::vector<std::string>> rows_of(std::string_view text) {
  const auto sheets = read(bytes_of(text), "ds.csv");
  std::vector<std::vector<std::string>> out;
  if (!sheets) return {{"error", sheets.error().text().en}};
  for (const auto& row : sheets->front().rows) {
    auto& cells = out.emplace_back();
    for (const auto& cell : row.cells) cells.push_back(cell.text);
  }
  return out;
}

Error error_of(std::string_view bytes, const Limits& limits = {}) {
  auto sheets = read(bytes_of(bytes), "ds.csv", limits);
  return sheets ? Error::internal("no error") : sheets.error();
}

using Rows = std::vector<std::vector<std::string>>;

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

TEST(Csv, CommasSemicolonsAndTabsAreToldApartByContent) {
  const Rows wanted{{"STT", "Họ và tên"}, {"1", "An"}, {"2", "Bình"}};
  EXPECT_EQ(rows_of("STT,Họ và tên\n1,An\n2,Bình\n"), wanted);
  EXPECT_EQ(rows_of("STT;Họ và tên\r\n1;An\r\n2;Bình"), wanted);
  EXPECT_EQ(rows_of("STT\tHọ và tên\r1\tAn\r2\tBình"), wanted);
}

TEST(Csv, CommasInsideTheTextOfASemicolonFileDoNotMislead) {
  const Rows wanted{{"1", "Ấp 1, xã A, huyện B"}, {"2", "Ấp 2, xã A, huyện B"}, {"3", "Ấp 3"}};
  EXPECT_EQ(rows_of("1;Ấp 1, xã A, huyện B\n2;Ấp 2, xã A, huyện B\n3;Ấp 3\n"), wanted);
}

TEST(Csv, ALineMayNameTheSeparatorAsExcelDoes) {
  EXPECT_EQ(rows_of("sep=;\r\na,b,c;d\r\n"), (Rows{{"a,b,c", "d"}}));
  EXPECT_EQ(rows_of("sep=x\na,b\n"), (Rows{{"sep=x"}, {"a", "b"}}));
}

TEST(Csv, QuotesHoldSeparatorsQuotesAndLineBreaks) {
  EXPECT_EQ(rows_of("\"a,b\",\"nói \"\"được\"\"\",\"dòng 1\r\ndòng 2\"\nx,y,z\n"),
            (Rows{{"a,b", "nói \"được\"", "dòng 1\r\ndòng 2"}, {"x", "y", "z"}}));
}

TEST(Csv, AQuoteInTheMiddleOfACellIsOnlyAQuote) {
  EXPECT_EQ(rows_of("ổ 5\" đĩa,b\n\"c\"d,e\n"), (Rows{{"ổ 5\" đĩa", "b"}, {"cd", "e"}}));
}

TEST(Csv, SpacesAndLeadingZerosStayAsGiven) {
  const auto sheets = read(bytes_of("012345678901, An ,\n"), "ds.csv");
  ASSERT_TRUE(sheets);
  const auto& cells = sheets->front().rows[0].cells;
  ASSERT_EQ(cells.size(), 2U) << "empty cells at the end are left out";
  EXPECT_EQ(cells[0], (Cell{"012345678901", CellKind::Text}));
  EXPECT_EQ(cells[1].text, " An ");
}

TEST(Csv, EmptyRowsAreLeftOutButCounted) {
  const auto sheets = read(bytes_of("a,b\n\n,,\n\"c\nd\",e\nf,g\n"), "ds.csv");
  ASSERT_TRUE(sheets);
  const auto& rows = sheets->front().rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1].number, 4U);
  EXPECT_EQ(rows[2].number, 5U);
}

TEST(Csv, DecomposedTextBecomesNfc) {
  EXPECT_EQ(rows_of("Nguye\xCC\x82\xCC\x83n,x\n"), (Rows{{"Nguyễn", "x"}}));
}

TEST(Csv, AnUnclosedQuoteIsAnErrorAtItsLine) {
  const Error error = error_of("a,b\nc,\"d\ne,f\n");
  EXPECT_NE(error.text().vi.find("dòng 2 không được đóng"), std::string::npos) << error.text().vi;
}

TEST(Csv, ByteOrderMarksAreUnderstood) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBFHọ,Tên\n"), (Rows{{"Họ", "Tên"}}));
  EXPECT_EQ(rows_of(utf16(u"Họ\tTên\n𝄞\tx\n", false)), (Rows{{"Họ", "Tên"}, {"𝄞", "x"}}));
  EXPECT_EQ(rows_of(utf16(u"Họ\tTên\n𝄞\tx\n", true)), (Rows{{"Họ", "Tên"}, {"𝄞", "x"}}));
}

TEST(Csv, BrokenUtf16IsRefused) {
  EXPECT_EQ(error_of(utf16(u"a,b\n", false) + "c").place()->line, 2U);
  EXPECT_EQ(error_of(std::string("\xFF\xFE\x00\xD8", 4)).kind(), ErrorKind::Invalid);
  EXPECT_NE(error_of(std::string("\xFF\xFE\x00\xDC\x41\x00", 6)).text().en.find("UTF-16"), std::string::npos);
  EXPECT_EQ(error_of(std::string("\xFF\xFE\x00\xD8\x41\x00", 6)).kind(), ErrorKind::Invalid);
}

TEST(Csv, OldEncodingsAreRefusedWithTheLine) {
  const Error error = error_of("STT,Ten\n1,An\n2,Nguy\xD4n\n");
  EXPECT_EQ(error.kind(), ErrorKind::Invalid);
  EXPECT_EQ(error.place()->line, 3U);
  EXPECT_NE(error.text().vi.find("TCVN3"), std::string::npos);
}

TEST(Csv, OtherKindsOfFilesAreNamed) {
  const auto says = [](std::string_view bytes, std::string_view word) {
    return error_of(bytes).text().en.find(word) != std::string::npos;
  };
  EXPECT_TRUE(says(std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10), ".xls"));
  EXPECT_TRUE(says("%PDF-1.7\n", "PDF"));
  EXPECT_TRUE(says("  <HTML><table>", "HTML"));
  EXPECT_TRUE(says(std::string_view("a,b\n\0\0", 6), "not text"));
  EXPECT_TRUE(says("", "empty"));
  EXPECT_TRUE(says("\xEF\xBB\xBF \r\n", "empty"));
}

TEST(Csv, LimitsAreErrorsThatSayWhere) {
  EXPECT_NE(error_of("a,b,c\n", {.columns = 2}).text().en.find("cell C1: more than 2 columns"), std::string::npos);
  EXPECT_EQ(error_of("a,,\n", {.columns = 2}).kind(), ErrorKind::Internal) << "empty cells break no limit";
  EXPECT_NE(error_of("a\nb\nc\n", {.rows = 2}).text().vi.find("dòng 3: quá 2 dòng"), std::string::npos);
  EXPECT_EQ(error_of("a,b\nccccc,d\n", {.cell = 4}).place()->column, 1U);
  EXPECT_EQ(error_of("a,b\nc,d\n", {.cells = 3}).kind(), ErrorKind::Invalid);
  EXPECT_EQ(error_of("aa,bb\n", {.text = 3}).kind(), ErrorKind::Invalid);
  EXPECT_EQ(error_of("aa,bb\n", {.file = 5}).kind(), ErrorKind::Invalid);
  EXPECT_EQ(error_of("aa,bb\n", {.file = 6}).kind(), ErrorKind::Internal);
}

TEST(Csv, ALineOfSeparatorsTakesLittleMemory) {
  std::string line(3 << 20, ',');
  EXPECT_EQ(error_of(line + "x").kind(), ErrorKind::Invalid);
}

}  // namespace
}  // namespace khien::sheets
