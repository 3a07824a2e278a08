#include "sheets/html.h"

#include <gtest/gtest.h>

#include "sheets/read.h"

namespace khien::sheets {
namespace {

Sheet page(std::string_view html) {
  auto sheets = read(bytes_of(html), "ds.xls");
  EXPECT_TRUE(sheets) << sheets.error().text().en;
  return sheets && sheets->size() == 1 ? sheets->front() : Sheet{};
}

std::string told(std::string_view html, const Limits& limits = {}) {
  const auto sheets = read(bytes_of(html), "ds.xls", limits);
  return sheets ? "no error" : sheets.error().text().en;
}

TEST(Html, ATableNamedXlsIsReadWithItsMerges) {
  const auto sheet = page(
      "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td { color: red }</style></head><body>"
      "<table border=1><tr><td colspan=3>DANH S&Aacute;CH</td></tr>"
      "<tr><th rowspan=2>Họ và tên<th colspan=2>Ngày sinh</tr><tr><th>Nam<th>N&#7919;</tr>\n"
      "<tr style='display: none'><td>\n  Lê  <b>Thị</b> An\n</td><td>&nbsp;</td><td>05/01/1985<script>x</script></td>"
      "<tr><td>Nguyễn Văn B<td>a<br>b</table>");
  ASSERT_EQ(sheet.rows.size(), 5U);
  EXPECT_EQ(sheet.rows[0].cells[0].text, "DANH SÁCH");
  EXPECT_EQ(sheet.rows[1].cells, (std::vector<Cell>{{"Họ và tên", CellKind::Text}, {"Ngày sinh", CellKind::Text}}));
  EXPECT_EQ(sheet.rows[2].cells, (std::vector<Cell>{{}, {"Nam", CellKind::Text}, {"Nữ", CellKind::Text}}));
  EXPECT_EQ(sheet.rows[3].cells,
            (std::vector<Cell>{{"Lê Thị An", CellKind::Text}, {}, {"05/01/1985", CellKind::Text}}));
  EXPECT_EQ(sheet.rows[4].cells[1].text, "a\nb");
  EXPECT_EQ(sheet.merges, (std::vector<Merge>{{1, 1, 1, 3}, {2, 3, 1, 1}, {2, 2, 2, 3}}));
  EXPECT_EQ(sheet.hidden_rows, std::set<std::size_t>{4});
}

TEST(Html, SeveralTablesFollowEachOtherAndTablesInCellsAreText) {
  const auto sheet = page("<table><tr><td>a</table> between <table><tr><td><table><tr><td>b<td>c</table></table>");
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(sheet.rows[1].number, 2U);
  EXPECT_EQ(sheet.rows[1].cells.size(), 1U);
  EXPECT_EQ(sheet.rows[1].cells[0].text, "b c");
}

TEST(Html, APageSaysItsEncodingAsExcelWritesIt) {
  const auto sheet = page(
      "<html><meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">"
      "<table><tr><td>L\xEA V&#259;n B\xE9</table>");
  EXPECT_EQ(sheet.rows.at(0).cells.at(0).text, "Lê Văn Bé");
}

TEST(Html, HostilePagesAreRefused) {
  std::string deep = "<table><tr><td>";
  for (int i = 0; i < 5000; ++i) deep += "<b>";
  EXPECT_NE(told(deep).find("too deep"), std::string::npos);
  EXPECT_NE(told("<table " + std::string(100'000, 'a') + ">").find("too long"), std::string::npos);
  EXPECT_NE(told("<html><p>none</html>").find("no table"), std::string::npos);
  EXPECT_NE(told("<table><tr><td>" + std::string(50'000, 'a')).find("too long"), std::string::npos);
  EXPECT_NE(told("<table><tr><td colspan=999 rowspan=65000>a<td>b").find("columns"), std::string::npos);
  EXPECT_NE(told("<?xml version=\"1.0\"?><Workbook/>").find("XML"), std::string::npos);
}

}  // namespace
}  // namespace khien::sheets
