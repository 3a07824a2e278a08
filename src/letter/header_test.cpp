#include "letter/header.h"

#include <gtest/gtest.h>

#include "letter/read.h"

namespace khien::letter {
namespace {

Header header_of(std::string_view text) {
  const auto reading = read(text);
  return reading ? reading->header : Header{};
}

std::string number_of(std::string_view line) {
  return header_of(std::string(line) + "\n\nKính gửi: Các đơn vị.\n\nĐề nghị thực hiện.\n").number.value_or("");
}

TEST(HeaderNumber, StateAndPartyForms) {
  EXPECT_EQ(number_of("Số: 1562/SGDĐT-CNTT"), "1562/SGDĐT-CNTT");
  EXPECT_EQ(number_of("Số 1017-CV/VPHU"), "1017-CV/VPHU");
  EXPECT_EQ(number_of("**Số: 12a/QĐ-TTg**"), "12a/QĐ-TTg");
}

TEST(HeaderNumber, StrayBlanksOfOcrAreFolded) {
  EXPECT_EQ(number_of("Số: 2932/SLĐT BXH-VP"), "2932/SLĐTBXH-VP");
  EXPECT_EQ(number_of("Số: 3105/SNV -VP"), "3105/SNV-VP");
  EXPECT_EQ(number_of("Số : 402 / PC06-Đ2"), "402/PC06-Đ2");
  EXPECT_EQ(number_of("Số: 1 190/UBND-VHTT"), "1190/UBND-VHTT");
  EXPECT_EQ(number_of("Số: 12/UBND-VX Hà Nội, ngày 5 tháng 3 năm 2024"), "12/UBND-VX");
}

TEST(HeaderNumber, ABlankOrATemplateMarkIsNoNumberAndIsNoted) {
  for (const std::string_view line : {"Số:      /TBATANM", "Số: ....../UBND-VX", "#SoKyHieuVanBan"}) {
    const auto reading = read(std::string(line) + "\n\nKính gửi: Các đơn vị.\n\nĐề nghị thực hiện.\n");
    ASSERT_TRUE(reading.has_value());
    EXPECT_FALSE(reading->header.number.has_value()) << line;
    EXPECT_FALSE(reading->notes.empty());
  }
}

std::string date_of(std::string_view line) {
  return header_of(std::string(line) + "\n\nKính gửi: Các đơn vị.\n\nĐề nghị thực hiện.\n").date.value_or("");
}

TEST(HeaderDate, InItsForms) {
  EXPECT_EQ(date_of("An Bình, ngày 07 tháng 6 năm 2024"), "2024-06-07");
  EXPECT_EQ(date_of("*An Bình, ngày 13/01/2025*"), "2025-01-13");
  EXPECT_EQ(date_of("Long Hậu, ngày tháng 10 năm 2024"), "2024-10");
  EXPECT_EQ(date_of("....., ngày ..... tháng 10 năm 2024"), "2024-10");
  EXPECT_EQ(date_of("Long Hậu, ngày ... tháng ... năm 2024"), "");
  EXPECT_EQ(date_of("Long Hậu, ngày 31 tháng 02 năm 2024"), "");
}

TEST(HeaderSubject, RunsOverLinesAndLosesItsQuotes) {
  EXPECT_EQ(header_of("Số: 1/A\n\"V/v bảo mật tài khoản\ntrên hệ thống\"\n\nKính gửi: A.\n\nĐề nghị làm.\n").subject,
            "bảo mật tài khoản trên hệ thống");
  EXPECT_EQ(
      header_of("Số: 1/A\nV/v bảo mật    An Bình, ngày 1 tháng 2 năm 2024\ntài khoản\n\nKính gửi: A.\n\nĐề nghị làm.\n")
          .subject,
      "bảo mật tài khoản");
  EXPECT_EQ(
      header_of(
          "Số: 9/CT-UBND\n\nCHỈ THỊ\nVề tăng cường bảo mật\ntài khoản\n\nChủ tịch yêu cầu các đơn vị đổi mật khẩu.\n")
          .subject,
      "tăng cường bảo mật tài khoản");
}

std::string issuer_of(std::string_view head) {
  return header_of(std::string(head) + "\n\nSố: 1/A\n\nKính gửi: Các đơn vị.\n\nĐề nghị thực hiện.\n")
      .issuer.value_or("");
}

TEST(HeaderSubject, OfThePartyStandsBelowItsNumber) {
  const auto subject = [](std::string_view between) {
    return header_of("HUYỆN ỦY SÔNG LÔ\nVĂN PHÒNG\n*\n" + std::string(between) +
                     "\n\nKính gửi: Các chi bộ.\n\nVăn phòng đề nghị đổi mật khẩu hằng quý.\n")
        .subject.value_or("");
  };
  const std::string wanted = "bảo mật tài khoản Lotus";
  EXPECT_EQ(subject("Số 12-CV/VPHU\nVề bảo mật tài khoản Lotus"), wanted);
  EXPECT_EQ(subject("Số 12-CV/VPHU\n\nSông Lô, ngày 3 tháng 5 năm 2025\n\nVề bảo mật\ntài khoản Lotus"), wanted);
  EXPECT_EQ(subject("Số 12-CV/VPHU\n\n\"V/v bảo mật tài khoản Lotus\""), wanted);
  EXPECT_EQ(subject("Số 12-CV/VPHU   V/v bảo mật tài khoản Lotus"), wanted);
  EXPECT_EQ(subject("Số 12-CV/VPHU          Sông Lô, ngày 3 tháng 5 năm 2025\nV/v bảo mật\n   tài khoản Lotus"),
            wanted);
  EXPECT_EQ(subject("Số 12-CV/VPHU\n-----\n(Về việc bảo mật tài khoản Lotus)"), wanted);
}

TEST(HeaderSubject, OfATitleStandsBelowOrBehindIt) {
  EXPECT_EQ(header_of("SỞ Y TẾ\n\nNỘI QUY\n\nSử dụng phòng máy\n\n1. Không cho mượn tài khoản.\n").subject,
            "Sử dụng phòng máy");
  EXPECT_EQ(header_of("SỞ Y TẾ\n\nBÁO CÁO KẾT QUẢ RÀ SOÁT TÀI KHOẢN\n\nSở báo cáo như sau:\n").subject,
            "KẾT QUẢ RÀ SOÁT TÀI KHOẢN");
}

TEST(HeaderIssuer, IsNotMadeOfATitleOrOfWhatItIsAbout) {
  EXPECT_EQ(header_of("BÁO CÁO\nVề tài khoản\n\nSở đã yêu cầu các phòng đổi mật khẩu hằng quý.\n").issuer,
            std::nullopt);
  EXPECT_EQ(header_of("BÁO CÁO\nHỘI NGHỊ TỔNG KẾT\n\nVăn phòng báo cáo như sau:\n").issuer, std::nullopt);
  EXPECT_EQ(header_of("BỆNH VIỆN ĐA KHOA HÀ LAM\n\nTHÔNG BÁO\n\nBệnh viện tại Hà Lam đã khóa 5 tài khoản.\n").issuer,
            "Bệnh viện đa khoa Hà Lam");
}

TEST(HeaderDate, OfALawOrAnEventIsNotTheLetters) {
  EXPECT_EQ(header_of("UBND XÃ MỸ LỘC\n\nQUYẾT ĐỊNH\n\nCăn cứ Luật An toàn thông tin mạng ngày 19/11/2015;\n").date,
            std::nullopt);
  EXPECT_EQ(header_of("UBND XÃ MỸ LỘC\n\nGIẤY MỜI\n\nThời gian: 8 giờ ngày 09/9/2025\n").date, std::nullopt);
}

TEST(HeaderDate, StrayBlanksOfOcrAreFolded) {
  EXPECT_EQ(header_of("SỞ Y TẾ\n\nHà Lam, ngày 1 5 tháng 5 năm 20 25\n\nKính gửi: A.\n\nYêu cầu đổi mật khẩu.\n").date,
            "2025-05-15");
}

TEST(HeaderIssuer, TakesThePlaceOfItsSuperior) {
  EXPECT_EQ(issuer_of("UBND TỈNH VĨNH LÂM\nSỞ GIÁO DỤC VÀ ĐÀO TẠO"), "Sở Giáo dục và Đào tạo tỉnh Vĩnh Lâm");
  EXPECT_EQ(issuer_of("HUYỆN ỦY SÔNG TRÀ\nVĂN PHÒNG\n*"), "Văn phòng Huyện ủy Sông Trà");
  EXPECT_EQ(issuer_of("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ BẾN SƠN"), "Ủy ban nhân dân thành phố Bến Sơn");
  EXPECT_EQ(issuer_of("CÔNG AN TỈNH LONG HẬU\nCÔNG AN HUYỆN PHONG NAM"), "Công an huyện Phong Nam");
  EXPECT_EQ(issuer_of("SỞ GD&ĐT TỈNH AN BÌNH\nTRƯỜNG THPT LÊ QUÝ"), "Trường THPT Lê Quý");
}

TEST(HeaderIssuer, BesideTheMottoOnOneLine) {
  EXPECT_EQ(issuer_of("UBND XÃ TÂN MỸ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n                    Độc lập - Tự do "
                      "- Hạnh phúc"),
            "UBND xã Tân Mỹ");
}

TEST(HeaderIssuer, WithoutACellComesFromTheSymbolOrTheText) {
  EXPECT_EQ(
      header_of("Số: 12/SYT-VP\n\nAn Bình, ngày 3 tháng 4 năm 2024\n\nKính gửi: A.\n\nĐề nghị đổi mật khẩu.\n").issuer,
      "Sở Y tế tỉnh An Bình");
  EXPECT_EQ(header_of("V/v bảo mật\n\nKính gửi: A.\n\nĐể bảo đảm an toàn, UBND huyện đề nghị đổi mật khẩu.\n").issuer,
            "UBND huyện");
}

}  // namespace
}  // namespace khien::letter
