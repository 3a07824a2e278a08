// Workbooks that xlwt made (testdata/make_xls.py), and records put together by hand.
#include "sheets/xls.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/testing.h"
#include "sheets/read.h"
#include "sheets/values.h"

namespace khien::sheets {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream file(testing_support::source_dir() + "/src/sheets/testdata/" + name, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

std::vector<Sheet> sheets_of(const std::string& bytes, const Limits& limits = {}) {
  auto sheets = read(bytes_of(bytes), "ds.csv", limits);  // a lying name does not matter
  EXPECT_TRUE(sheets) << sheets.error().text().en << " / " << sheets.error().detail();
  return sheets ? *sheets : std::vector<Sheet>{};
}

std::string told(const std::string& bytes, const Limits& limits = {}) {
  const auto sheets = read(bytes_of(bytes), "ds.xls", limits);
  return sheets ? "no error" : sheets.error().text().en;
}

/// Records by hand.
class Book {
 public:
  Book& u8(unsigned value) { return body_ += static_cast<char>(value), *this; }
  Book& u16(unsigned value) { return u8(value & 255).u8(value >> 8); }
  Book& u32(unsigned value) { return u16(value & 65535).u16(value >> 16); }
  Book& text(std::string_view text) { return body_ += text, *this; }
  Book& record(unsigned type) {
    const std::string body = std::exchange(body_, {});
    u16(type).u16(static_cast<unsigned>(body.size()));
    out_ += std::exchange(body_, {}) + body;
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] const std::string& bytes() const { return out_; }

 private:
  std::string body_;
  std::string out_;
};

/// A book of one sheet around these records.
template <class Fill>
std::string book_of(Fill fill) {
  Book book;
  book.u16(0x600).u16(5).record(0x809);
  const std::size_t sheet_at = book.size() + 4 + 8 + 1 + 4;
  book.u32(static_cast<unsigned>(sheet_at)).u8(0).u8(0).u8(1).u8(0).text("S").record(0x85);
  book.record(0x0A);
  EXPECT_EQ(book.size(), sheet_at);
  book.u16(0x600).u16(0x10).record(0x809);
  fill(book);
  book.record(0x0A);
  return book.bytes();
}

TEST(Xls, ARealWorkbookIsReadWithKindsZerosMergesAndWhatIsHidden) {
  const auto sheets = sheets_of(fixture("staff.xls"));
  ASSERT_EQ(sheets.size(), 2U);
  const Sheet& sheet = sheets[0];
  EXPECT_EQ(sheet.name, "Cán bộ");
  EXPECT_FALSE(sheet.hidden);
  EXPECT_TRUE(sheets[1].hidden);
  ASSERT_EQ(sheet.rows.size(), 6U);
  EXPECT_EQ(sheet.rows[0].cells[0].text, "DANH SÁCH CÁN BỘ, CÔNG CHỨC");
  EXPECT_EQ(sheet.rows[1].number, 3U);
  auto merges = sheet.merges;
  std::ranges::sort(merges, {}, &Merge::first_row);
  EXPECT_EQ(merges, (std::vector<Merge>{{1, 1, 1, 4}, {4, 4, 1, 4}}));
  const std::vector<Cell> wanted{{"Nguyễn Văn Đức", CellKind::Text},
                                 {"31052", CellKind::Date},
                                 {"001085012345", CellKind::Number},
                                 {"TRUE", CellKind::Boolean}};
  EXPECT_EQ(sheet.rows[3].cells, wanted);
  EXPECT_EQ(iso(date_value(sheet.rows[3].cells[1]).value()), "1985-01-05");
  EXPECT_EQ(sheet.rows[4].cells[1], (Cell{"1990", CellKind::Number}));
  EXPECT_EQ(sheet.rows[4].cells[2], (Cell{"001190012346", CellKind::Text}));
  EXPECT_EQ(sheet.rows[5].cells[0].text, "12345678901");
  EXPECT_EQ(sheet.hidden_columns, std::set<std::size_t>{4});
  EXPECT_EQ(sheet.hidden_rows, std::set<std::size_t>{7});
}

TEST(Xls, SharedStringsGoOnOverRecords) {
  const auto sheets = sheets_of(fixture("many.xls"));
  ASSERT_EQ(sheets.at(0).rows.size(), 900U);
  for (std::size_t row = 0; row < 900; ++row)
    ASSERT_EQ(sheets[0].rows[row].cells[0].text,
              fmt::format(fmt::runtime(row % 2 == 1 ? "người thứ {}" : "row number {}"), row));
}

TEST(Xls, DatesOfOldMacintoshesCountFrom1904) {
  const auto sheets = sheets_of(fixture("from_1904.xls"));
  EXPECT_EQ(iso(date_value(sheets.at(0).rows.at(0).cells.at(0)).value()), "2026-01-05");
}

TEST(Xls, FormulasKeepTheTextTheyGave) {
  const auto book = book_of([](Book& records) {
    records.u16(0).u16(0).u16(0).u8(0).text(std::string(5, '\0')).u16(0xFFFF).u16(0).u32(0).u16(0).record(0x06);
    records.u16(3).u8(0).text("abc").record(0x207);
    records.u16(0).u16(1).u16(0).u8(2).u8(0).u8(7).text(std::string(3, '\0')).u16(0xFFFF).u16(0).u32(0).record(0x06);
  });
  const auto sheets = read_biff(bytes_of(book), "a.xls", {});
  ASSERT_TRUE(sheets);
  EXPECT_EQ((*sheets)[0].rows.at(0).cells.at(0), (Cell{"abc", CellKind::Text, true}));
  EXPECT_EQ((*sheets)[0].rows.at(0).cells.at(1), (Cell{"#DIV/0!", CellKind::Error, true}));
}

TEST(Xls, RowsInAnyOrderAndNumbersInRows) {
  const auto book = book_of([](Book& records) {
    records.u16(4).u16(0).u16(0).u32((7U << 2) | 2).record(0x27E);
    records.u16(1).u16(2).u16(0).u32((1234U << 2) | 3).u16(0).u32((5U << 2) | 2).u16(3).record(0xBD);
  });
  const auto sheets = read_biff(bytes_of(book), "a.xls", {});
  ASSERT_TRUE(sheets);
  ASSERT_EQ((*sheets)[0].rows.size(), 2U);
  EXPECT_EQ((*sheets)[0].rows[0].number, 2U);
  EXPECT_EQ((*sheets)[0].rows[0].cells.at(2).text, "12.34");
  EXPECT_EQ((*sheets)[0].rows[0].cells.at(3).text, "5");
  EXPECT_EQ((*sheets)[0].rows[1].cells.at(0).text, "7");
}

TEST(Xls, WhatIsNoSuchWorkbookIsNamed) {
  EXPECT_NE(told(fixture("staff.xls").substr(0, 600)).find("damaged"), std::string::npos);
  Book locked;
  locked.u16(0x600).u16(5).record(0x809).u16(0).record(0x2F);
  EXPECT_NE(read_biff(bytes_of(locked.bytes()), "a.xls", {}).error().text().en.find("password"), std::string::npos);
  Book old;
  old.u16(0x500).u16(5).record(0x809);
  EXPECT_NE(read_biff(bytes_of(old.bytes()), "a.xls", {}).error().text().en.find("5.0/95"), std::string::npos);
  EXPECT_NE(told(fixture("many.xls"), {.rows = 10}).find("more than 10 rows"), std::string::npos);
  EXPECT_NE(told(fixture("many.xls"), {.cells = 10}).find("too long"), std::string::npos);
  EXPECT_NE(told(fixture("many.xls"), {.text = 100}).find("too long"), std::string::npos);
}

TEST(Xls, ATornOrFlippedFileNeverCrashes) {
  const std::string whole = fixture("staff.xls");
  for (std::size_t cut = 8; cut < whole.size(); cut += 61) (void)read(bytes_of(whole.substr(0, cut)), "a.xls");
  for (std::size_t at = 8; at < whole.size(); at += 3) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x55);
    (void)read(bytes_of(flipped), "a.xls");
  }
  std::string circle = whole;  // a table of chains in which every sector follows itself
  for (std::size_t sector = 0; sector * 512 + 1024 < circle.size(); ++sector)
    for (std::size_t i = 0; i < 128; ++i) circle[sector * 512 + 512 + 4 * i] = static_cast<char>(i);
  EXPECT_NE(told(circle), "no error");
}

}  // namespace
}  // namespace khien::sheets
