#include "sheets/old_text.h"

#include <gtest/gtest.h>

#include "base/characters.h"
#include "base/legacy_vietnamese.h"
#include "sheets/read.h"
#include "sheets/testing.h"

namespace khien::sheets {
namespace {

using testing_support::sheet_of;

TEST(OldText, AColumnInOldFontsIsReadAndShownAndOthersAreLeftAlone) {
  auto sheet = sheet_of({{"Hä vµ tªn", "Chức vụ", "§¬n vÞ"},
                         {"NguyÔn V¨n B×nh", "Phó phòng", "Së Néi vô"},
                         {"TrÇn ThÞ Hoµ", "Cà Mau", ""},
                         {"Lê Thị Ngọc", "", ""}});
  convert_old_text(sheet);
  EXPECT_EQ(sheet.rows[0].cells[0].text, "Họ và tên");
  EXPECT_EQ(sheet.rows[1].cells[0].text, "Nguyễn Văn Bình");
  EXPECT_EQ(sheet.rows[2].cells[0].text, "Trần Thị Hoà");
  EXPECT_EQ(sheet.rows[3].cells[0].text, "Lê Thị Ngọc") << "a letter that no old font has";
  EXPECT_EQ(sheet.rows[2].cells[1].text, "Cà Mau");
  EXPECT_EQ(sheet.rows[1].cells[2].text, "Sở Nội vụ");
  ASSERT_EQ(sheet.notes.size(), 2U);
  EXPECT_EQ(sheet.notes[0].text().en.substr(0, 44), "Column A: text typed in TCVN3 (ABC, .VnTime)");
}

TEST(OldText, UnicodeNamesThatLookLikeLatin1AreNotTouched) {
  const std::vector<std::vector<std::string>> rows{{"Tên"}, {"Phùng Bé"}, {"Lý Hà"}, {"Võ Tú"}, {"Cao Bá Quát"}};
  auto sheet = sheet_of(rows);
  convert_old_text(sheet);
  EXPECT_EQ(sheet.rows, sheet_of(rows).rows);
  EXPECT_TRUE(sheet.notes.empty());
}

/// The bytes of a text file of that time.
std::string bytes_in(OldEncoding encoding, std::string_view text) {
  std::string out;
  for (const char32_t c : code_points(to_old(encoding, text).value())) out += static_cast<char>(c);
  return out;
}

TEST(OldText, CsvInOldBytesIsReadWithANote) {
  for (const auto encoding : {OldEncoding::Tcvn3, OldEncoding::Vni}) {
    const auto bytes = bytes_in(encoding, "Họ và tên;Chức vụ\nNguyễn Văn Hưng;Phó phòng\nTrần Thị Đào;Chuyên viên\n");
    const auto sheets = read(bytes_of(bytes), "ds.csv");
    ASSERT_TRUE(sheets) << sheets.error().text().en;
    EXPECT_EQ((*sheets)[0].rows.at(1).cells.at(0).text, "Nguyễn Văn Hưng");
    ASSERT_EQ((*sheets)[0].notes.size(), 1U);
  }
  const auto windows =
      read(bytes_of("Ho\xF2 v\xE0 t\xEAn\nNguy\xEA\xDEn V\xE3n \xD0\xF4ng\nTr\xE2\xCCn Th\xF9y\n"), "ds.csv");
  ASSERT_TRUE(windows) << windows.error().text().en;
  EXPECT_EQ((*windows)[0].rows.at(1).cells.at(0).text, "Nguyễn Văn Đông");
}

}  // namespace
}  // namespace khien::sheets
