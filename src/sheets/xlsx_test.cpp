// Workbooks made by libxlsxwriter, and odd ones put together by hand as other producers write them.
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sheets/package.h"
#include "sheets/read.h"
#include "sheets/test_zip.h"
#include "sheets/values.h"

namespace khien::sheets {
namespace {

std::string slurp(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

/// What libxlsxwriter writes; in constant memory it uses inline strings.
template <class Fill>
std::string written(Fill fill, bool constant_memory = false) {
  const auto path = std::filesystem::path(testing::TempDir()) /
                    (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
                     (constant_memory ? "-inline" : "") + ".xlsx");
  lxw_workbook_options options{};
  options.constant_memory = constant_memory ? LXW_TRUE : LXW_FALSE;
  lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
  fill(book);
  workbook_close(book);
  std::string bytes = slurp(path);
  std::filesystem::remove(path);
  return bytes;
}

Sheet only_sheet(std::string_view bytes, const Limits& limits = {}) {
  auto sheets = read(bytes_of(bytes), "ds.csv", limits);  // a lying name does not matter
  EXPECT_TRUE(sheets) << sheets.error().text().en << " / " << sheets.error().detail();
  return sheets && sheets->size() == 1 ? sheets->front() : Sheet{};
}

Error error_of(std::string_view bytes, const Limits& limits = {}) {
  auto sheets = read(bytes_of(bytes), "ds.xlsx", limits);
  return sheets ? Error::internal("no error") : sheets.error();
}

/// A hand-made workbook around these rows.
std::string by_hand(std::string_view rows, std::string_view strings = "", std::string_view styles = "",
                    std::string_view properties = "") {
  return zip_of(workbook_parts("<sheetData>" + std::string(rows) + "</sheetData>", strings, styles, properties));
}

std::string cell_text(const Sheet& sheet, std::size_t row, std::size_t column) {
  return sheet.rows.at(row).cells.at(column).text;
}

TEST(Xlsx, ARealWorkbookIsReadWithKindsAndZeros) {
  for (const bool inline_strings : {false, true}) {
    const auto sheet = only_sheet(written(
        [](lxw_workbook* book) {
          lxw_worksheet* page = workbook_add_worksheet(book, "Cán bộ");
          lxw_format* date = workbook_add_format(book);
          format_set_num_format(date, "dd/mm/yyyy");
          lxw_format* zeros = workbook_add_format(book);
          format_set_num_format(zeros, "000000000000");
          worksheet_write_string(page, 0, 0, "Nguyễn Văn Đức", nullptr);
          worksheet_write_string(page, 0, 1, "012345678901", nullptr);
          worksheet_write_number(page, 0, 2, 12345678901.0, nullptr);
          worksheet_write_number(page, 0, 3, 12345678901.0, zeros);
          lxw_datetime day{2026, 1, 5, 0, 0, 0};
          worksheet_write_datetime(page, 0, 4, &day, date);
          worksheet_write_boolean(page, 0, 5, 1, nullptr);
          worksheet_write_formula_num(page, 0, 6, "=1+1", nullptr, 2);
          worksheet_write_formula_str(page, 0, 7, "=\"a\"&\"b\"", nullptr, "ab");
          worksheet_write_number(page, 2, 0, 1234567890123456789.0, nullptr);
        },
        inline_strings));
    EXPECT_EQ(sheet.name, "Cán bộ");
    ASSERT_EQ(sheet.rows.size(), 2U);
    const std::vector<Cell> wanted{{"Nguyễn Văn Đức", CellKind::Text}, {"012345678901", CellKind::Text},
                                   {"12345678901", CellKind::Number},  {"012345678901", CellKind::Number},
                                   {"46027", CellKind::Date},          {"TRUE", CellKind::Boolean},
                                   {"2", CellKind::Number, true},      {"ab", CellKind::Text, true}};
    EXPECT_EQ(sheet.rows[0].cells, wanted);
    EXPECT_EQ(iso(date_value(sheet.rows[0].cells[4]).value()), "2026-01-05");
    EXPECT_EQ(sheet.rows[1].number, 3U);
    EXPECT_EQ(sheet.rows[1].cells[0].text.find('E'), std::string::npos);
  }
}

TEST(Xlsx, RichTextMergesAndHiddenSheetsOfARealWorkbook) {
  const auto bytes = written([](lxw_workbook* book) {
    lxw_worksheet* page = workbook_add_worksheet(book, "A");
    lxw_worksheet* other = workbook_add_worksheet(book, "B");
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_rich_string_tuple first{bold, const_cast<char*>("Nguyễn ")};
    lxw_rich_string_tuple second{nullptr, const_cast<char*>("Văn ")};
    lxw_rich_string_tuple third{bold, const_cast<char*>("An")};
    lxw_rich_string_tuple* runs[] = {&first, &second, &third, nullptr};
    worksheet_write_rich_string(page, 0, 0, runs, nullptr);
    worksheet_merge_range(page, 1, 1, 3, 2, "Sở Y tế", nullptr);
    worksheet_hide(other);
  });
  const auto sheets = read(bytes_of(bytes), "a.xlsx");
  ASSERT_TRUE(sheets);
  ASSERT_EQ(sheets->size(), 2U);
  EXPECT_FALSE((*sheets)[0].hidden);
  EXPECT_TRUE((*sheets)[1].hidden);
  EXPECT_EQ(cell_text((*sheets)[0], 0, 0), "Nguyễn Văn An");
  EXPECT_EQ(cell_text((*sheets)[0], 1, 1), "Sở Y tế");
  EXPECT_EQ((*sheets)[0].merges, (std::vector<Merge>{{2, 4, 2, 3}}));
}

TEST(Xlsx, ManyRowsOfARealWorkbook) {
  const auto sheet = only_sheet(written([](lxw_workbook* book) {
    lxw_worksheet* page = workbook_add_worksheet(book, nullptr);
    for (lxw_row_t row = 0; row < 5000; ++row) {
      worksheet_write_number(page, row, 0, row, nullptr);
      worksheet_write_string(page, row, 1, ("người " + std::to_string(row)).c_str(), nullptr);
    }
  }));
  ASSERT_EQ(sheet.rows.size(), 5000U);
  EXPECT_EQ(cell_text(sheet, 4999, 0), "4999");
  EXPECT_EQ(cell_text(sheet, 4999, 1), "người 4999");
}

TEST(Xlsx, InlineRichAndPhoneticText) {
  const auto sheet = only_sheet(by_hand(
      R"(<row r="2"><c r="B2" t="inlineStr"><is><r><t>Lê </t></r><r><rPr><b/></rPr><t>Thị</t></r><rPh sb="0" eb="1"><t>bỏ</t></rPh></is></c>)"
      R"(<c t="str"><f>A1</f><v>kết_x000D_quả _xD800_ _x00e9_</v></c><c r="E2" t="s"><v>1</v></c></row>)",
      R"(<si><t>0</t></si><si><r><t xml:space="preserve">Văn </t></r><r><t>An</t></r><rPh sb="0" eb="1"><t>bỏ</t></rPh></si>)"));
  ASSERT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.rows[0].number, 2U);
  EXPECT_EQ(cell_text(sheet, 0, 1), "Lê Thị");
  EXPECT_EQ(sheet.rows[0].cells.at(2), (Cell{"kết\rquả _xD800_ é", CellKind::Text, true}));
  EXPECT_TRUE(sheet.rows[0].cells.at(3).empty());
  EXPECT_EQ(cell_text(sheet, 0, 4), "Văn An");
}

TEST(Xlsx, RowsAndCellsWithoutAddressesFollowEachOther) {
  const auto sheet = only_sheet(by_hand("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"));
  ASSERT_EQ(sheet.rows.size(), 2U);
  EXPECT_EQ(cell_text(sheet, 0, 1), "2");
  EXPECT_EQ(sheet.rows[1].number, 3U);
}

TEST(Xlsx, NumbersErrorsAndIsoDates) {
  const auto sheet = only_sheet(by_hand(
      R"(<row r="1"><c r="A1"><v>1.23456789012E11</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="d"><v>2026-01-05T00:00:00</v></c></row>)"));
  EXPECT_EQ(sheet.rows[0].cells[0], (Cell{"123456789012", CellKind::Number}));
  EXPECT_EQ(sheet.rows[0].cells[1], (Cell{"#N/A", CellKind::Error}));
  EXPECT_EQ(iso(date_value(sheet.rows[0].cells[2]).value()), "2026-01-05");
}

TEST(Xlsx, AFormulaWithoutItsValueIsAnErrorAndNotBlank) {
  const auto sheet = only_sheet(by_hand(
      R"(<row r="1"><c r="A1"><f>B1</f></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>1</v></c></row>)"));
  EXPECT_EQ(sheet.rows[0].cells[0], (Cell{"#N/A", CellKind::Error, true}));
  EXPECT_TRUE(sheet.rows[0].cells[1].empty());
}

TEST(Xlsx, HiddenRowsAndColumnsAreKnown) {
  const auto bytes = written([](lxw_workbook* book) {
    lxw_worksheet* page = workbook_add_worksheet(book, "A");
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    for (lxw_row_t row = 0; row < 4; ++row) worksheet_write_string(page, row, 3, "x", nullptr);
    worksheet_set_column_opt(page, 1, 2, 8.0, nullptr, &hidden);
    worksheet_set_row_opt(page, 2, 15.0, nullptr, &hidden);
  });
  const auto sheet = only_sheet(bytes);
  EXPECT_EQ(sheet.hidden_rows, std::set<std::size_t>{3});
  EXPECT_EQ(sheet.hidden_columns, (std::set<std::size_t>{2, 3}));
}

TEST(Xlsx, DatesByOwnAndBuiltInFormats) {
  constexpr std::string_view kStyles =
      R"(<numFmts count="1"><numFmt numFmtId="164" formatCode="d\/m\/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>)"
      R"(<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>)";
  constexpr std::string_view kRow =
      R"(<row r="1"><c r="A1" s="0"><v>46027</v></c><c r="B1" s="1"><v>46027</v></c><c r="C1" s="2"><v>46027</v></c><c r="D1" s="9"><v>1</v></c></row>)";
  const auto sheet = only_sheet(by_hand(kRow, "", kStyles));
  EXPECT_EQ(sheet.rows[0].cells[0].kind, CellKind::Number);
  EXPECT_EQ(sheet.rows[0].cells[1].kind, CellKind::Date);
  EXPECT_EQ(sheet.rows[0].cells[2].kind, CellKind::Date);
  EXPECT_EQ(sheet.rows[0].cells[3].kind, CellKind::Number);
  const auto old = only_sheet(by_hand(kRow, "", kStyles, R"(<workbookPr date1904="1"/>)"));
  EXPECT_EQ(old.rows[0].cells[1], (Cell{"47489", CellKind::Date}));
  EXPECT_EQ(old.rows[0].cells[0].text, "46027") << "only dates are shifted";
}

TEST(Xlsx, DamagedWorkbooksAreErrorsThatSayWhere) {
  const auto says = [](const std::string& bytes, std::string_view word) {
    const std::string text = error_of(bytes).text().en;
    EXPECT_NE(text.find(word), std::string::npos) << text;
  };
  says(by_hand(R"(<row r="1"><c r="C1" t="s"><v>0</v></c></row>)"), "Sheet \"S\", cell C1");
  says(by_hand(R"(<row r="5"><c><v>1</v></c></row><row r="4"><c><v>1</v></c></row>)"), "row 4: rows out of order");
  says(by_hand(R"(<row r="5"><c r="A6"><v>1</v></c></row>)"), "A6");
  says(by_hand(R"(<row r="1"><c r="ZZZZ1"><v>1</v></c></row>)"), "ZZZZ1");
  says(by_hand(R"(<row r="1048577"><c><v>1</v></c></row>)"), "1048577");
  says(by_hand("<row><c><v>1</c></row>"), "sheet1.xml");
  says("PK\x03\x04 no zip at all", "damaged");
  auto parts = workbook_parts("");
  parts.erase(parts.begin() + 1);
  says(zip_of(parts), "xl/workbook.xml");
  says(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<a/>"}}), "ODS");
}

TEST(Xlsx, ATornOrFlippedFileNeverCrashes) {
  const std::string whole = by_hand("<row><c><v>1</v></c></row>");
  for (std::size_t cut = 4; cut < whole.size(); cut += 7) (void)read(bytes_of(whole.substr(0, cut)), "a.xlsx");
  for (std::size_t at = 4; at < whole.size(); at += 3) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    (void)read(bytes_of(flipped), "a.xlsx");
  }
  EXPECT_EQ(only_sheet(whole).rows.size(), 1U);
}

TEST(Xlsx, EntitiesAndDocumentTypesAreRefused) {
  auto parts = workbook_parts("");
  parts[3].second =
      R"(<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>)";
  EXPECT_NE(error_of(zip_of(parts)).detail().find("entities are refused"), std::string::npos);
}

TEST(Xlsx, ATagWithVeryManyAttributesIsRefusedBeforeItIsRead) {
  std::string tag = "<row";
  for (int i = 0; i < 300'000; ++i) tag += fmt::format(" a{}=\"\"", i);
  EXPECT_NE(error_of(by_hand(tag + "/>")).detail().find("a tag is too long"), std::string::npos);
  const std::string hidden = R"(<row spans="a>b)" + std::string(70 << 10, '>') + R"("/>)";
  EXPECT_NE(error_of(by_hand(hidden)).detail().find("a tag is too long"), std::string::npos) << "quotes hide a >";
  const std::string comment = "<!-- " + std::string(100 << 10, 'c') + " -->";
  EXPECT_EQ(only_sheet(by_hand(comment + R"(<row><c><v>1</v></c></row>)")).rows.size(), 1U) << "a comment is no tag";
}

TEST(Xlsx, NothingOfADamagedFileIsPrinted) {
  testing::internal::CaptureStderr();
  const auto huge = by_hand(R"(<row><c t="inlineStr"><is><t>)" + std::string(12 << 20, 'b') + "</t></is></c></row>");
  EXPECT_EQ(error_of(huge).kind(), ErrorKind::Invalid);
  EXPECT_EQ(error_of(by_hand("<row><c>&bad;</d>")).kind(), ErrorKind::Invalid);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Xlsx, AZipBombIsRefused) {
  auto parts = workbook_parts("<sheetData/>");
  parts[3].second.insert(0, std::string(40 << 20, ' '));
  EXPECT_NE(error_of(zip_of(parts)).text().en.find("unpacks to more than"), std::string::npos);
  EXPECT_EQ(error_of(zip_of(parts), {.free_unpacked = std::size_t{64} << 20}).text().en.find("unpacks"),
            std::string::npos);
}

TEST(Xlsx, OneSharedStringInManyCellsCannotFillTheMemory) {
  std::string row = "<row>";
  for (int i = 0; i < 200; ++i) row += R"(<c t="s"><v>0</v></c>)";
  row += "</row>";
  const auto bytes = by_hand(row, "<si><t>" + std::string(1000, 'a') + "</t></si>");
  EXPECT_EQ(error_of(bytes, {.text = 100'000}).kind(), ErrorKind::Invalid);
  EXPECT_EQ(error_of(bytes, {.text = 200'000}).kind(), ErrorKind::Internal);
}

TEST(Xlsx, LimitsOfRowsColumnsSheetsAndMerges) {
  const auto bytes = by_hand(R"(<row r="1"><c r="C1"><v>1</v></c></row><row r="9"><c><v>1</v></c></row>)");
  EXPECT_NE(error_of(bytes, {.columns = 2}).text().vi.find("ô C1"), std::string::npos);
  EXPECT_EQ(error_of(bytes, {.rows = 1}).place()->line, 9U);
  EXPECT_EQ(error_of(bytes, {.sheets = 0}).kind(), ErrorKind::Invalid);
  const auto merged = zip_of(workbook_parts(R"(<mergeCells><mergeCell ref="A1:B2"/></mergeCells>)"));
  EXPECT_EQ(error_of(merged, {.merges = 0}).kind(), ErrorKind::Invalid);
  EXPECT_EQ(error_of(merged).kind(), ErrorKind::Internal);
  EXPECT_EQ(error_of(zip_of(workbook_parts(R"(<mergeCell ref="B2:A1"/>)"))).kind(), ErrorKind::Invalid);
}

TEST(Xlsx, PartNamesDifferInCaseAndSlashes) {
  EXPECT_EQ(resolve_part("xl", "../a/./b.xml"), "a/b.xml");
  EXPECT_EQ(resolve_part("xl", "/xl/s.xml"), "xl/s.xml");
  EXPECT_EQ(resolve_part("", "../../x"), "x");
  auto parts = workbook_parts("<sheetData><row><c><v>7</v></c></row></sheetData>");
  parts[3].first = "XL\\Worksheets\\Sheet1.xml";
  EXPECT_EQ(cell_text(only_sheet(zip_of(parts)), 0, 0), "7");
}

}  // namespace
}  // namespace khien::sheets
