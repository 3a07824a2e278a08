// What is read and not proposed is said, with its line and why; what kind of paper it is decides what it asks.
#include "letter/unasked.h"

#include <gtest/gtest.h>

#include "letter/testing.h"

namespace khien::letter {
namespace {

using testing::kinds;
using testing::read_body;
using Kinds = std::vector<std::string>;

/// The notes that speak of a line.
std::vector<std::string> line_notes(const Reading& reading) {
  std::vector<std::string> out;
  for (const Text& note : reading.notes)
    if (note.en.starts_with("Line ")) out.push_back(note.en);
  return out;
}

bool notes_say(const Reading& reading, std::string_view words) {
  return std::ranges::any_of(reading.notes, [&](const Text& note) { return note.en.contains(words); });
}

Reading read_paper(std::string_view text) {
  auto reading = read(text);
  EXPECT_TRUE(reading.has_value());
  return reading ? std::move(*reading) : Reading{};
}

TEST(Unasked, AnOldRuleIsNamedWithItsLine) {
  const auto reading = read_body("Trước đây mật khẩu chỉ cần 6 ký tự.\n\nSở yêu cầu:\n\n1. Không cho mượn tài khoản.");
  EXPECT_EQ(kinds(reading), Kinds{"password.secrecy"});
  ASSERT_EQ(line_notes(reading).size(), 1U);
  EXPECT_TRUE(line_notes(reading)[0].starts_with("Line 13: "));
  EXPECT_TRUE(line_notes(reading)[0].contains("an old rule"));
}

TEST(Unasked, AWaiverIsNamed) {
  const auto reading = read_body("Sở yêu cầu:\n\n1. Không bắt buộc đổi mật khẩu 3 tháng một lần.");
  EXPECT_TRUE(reading.controls.empty());
  EXPECT_TRUE(notes_say(reading, "says that it is not asked"));
}

TEST(Unasked, AnOrderThatMatchesNothingIsNamed) {
  const auto reading = read_body("Sở yêu cầu:\n\n1. Tài khoản phải gắn ảnh chân dung của cán bộ.");
  EXPECT_TRUE(reading.controls.empty());
  EXPECT_TRUE(notes_say(reading, "matches no control"));
}

TEST(Unasked, AnOrderWhoseValueIsMissingIsNamed) {
  const auto reading = read_body("Sở yêu cầu:\n\n1. Trong thời hạn hợp lý, cán bộ đổi mật khẩu nếu thấy cần.");
  EXPECT_TRUE(reading.controls.empty());
  EXPECT_FALSE(line_notes(reading).empty());
}

TEST(Unasked, AnAmountThatNoControlTookIsNamed) {
  const auto said = [](std::string_view order) {
    return line_notes(read_body(fmt::format("Sở yêu cầu:\n\n1. {}", order)));
  };
  const auto second = said("Đổi mật khẩu mỗi 6 tháng, tài khoản quản trị mỗi 3 tháng.");
  ASSERT_EQ(second.size(), 1U);
  EXPECT_TRUE(second[0].contains("“mỗi 3 tháng” went into no proposed control")) << second[0];
  EXPECT_EQ(said("Mật khẩu không được ngắn hơn 12 ký tự đối với quản trị và 8 ký tự đối với người dùng.").size(), 1U);
  EXPECT_EQ(said("Đổi mật khẩu 6 tháng một lần theo Luật ban hành ngày 15/6/2018.").size(), 0U) << "the day of a law";
  for (const auto& note : said("Báo cáo sự cố lộ mật khẩu trước 17 giờ ngày xảy ra."))
    EXPECT_FALSE(note.contains("17 giờ")) << "an hour is no duration: " << note;
}

TEST(Read, OldPasswordsMayBeForbiddenWithPutBeforeSame) {
  for (const auto* order : {"Không được đặt mật khẩu trùng với 05 mật khẩu gần nhất; không dùng họ tên, ngày sinh.",
                            "Không đặt mật khẩu trùng với 05 mật khẩu gần nhất và có tối thiểu 10 ký tự."}) {
    const auto reading = read_body(fmt::format("Sở yêu cầu:\n\n1. {}", order));
    const auto* history = testing::find(reading, policy::Kind::PasswordHistory);
    ASSERT_NE(history, nullptr) << order;
    EXPECT_EQ(std::get<std::int64_t>(history->params.at("last")), 5);
  }
}

TEST(Read, TheNameOfACentreOfMonitoringHidesNoOrder) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n1. Khi nghi ngờ mật khẩu bị lộ, lọt phải đổi ngay và báo về Trung tâm Giám sát thành phố.");
  EXPECT_NE(testing::find(reading, policy::Kind::PasswordChangeOnSuspicion), nullptr);
}

TEST(Unasked, ALetterThatIsReadWholeHasNoNoteOnALine) {
  const auto reading = read_body("Sở yêu cầu:\n\n1. Mật khẩu tối thiểu 8 ký tự.\n\n2. Không cho mượn tài khoản.");
  EXPECT_EQ(reading.controls.size(), 2U);
  EXPECT_TRUE(line_notes(reading).empty());
}

TEST(Unasked, ALongReportIsNotedInBoundsAndTheRestIsCounted) {
  std::string text = "BÁO CÁO\nKết quả công tác\n\nSở báo cáo như sau:\n\n";
  for (int i = 1; i < 1000; ++i) text += fmt::format("{}. Đổi mật khẩu 3 tháng một lần.\n", i % 90 + 1);
  const auto reading = read_paper(text);
  EXPECT_TRUE(reading.controls.empty());
  EXPECT_EQ(line_notes(reading).size(), kMostUnaskedNotes);
  EXPECT_TRUE(notes_say(reading, "further passages"));
}

TEST(Genre, AReportOrdersNothingButProposesToItsAddressee) {
  const auto reading = read_paper(
      "BÁO CÁO\nTình hình an toàn thông tin\n\nKính gửi: Sở Y tế\n\nKhoa báo cáo như sau:\n\n1. Đổi mật khẩu 3 tháng "
      "một "
      "lần.\n\n2. Đề nghị Sở rà soát tài khoản mỗi quý.\n");
  EXPECT_EQ(kinds(reading), Kinds{"account.review"});
  EXPECT_FALSE(reading.header.issuer.has_value());
  EXPECT_TRUE(notes_say(reading, "binds nobody else"));
}

TEST(Genre, ASymbolTellsAReportWithoutATitle) {
  const auto reading = read_paper(
      "SỞ Y TẾ TỈNH HÀ LAM\nSố: 12/BC-SYT\n\nHà Lam, ngày 2 tháng 6 năm 2025\n\n1. Không chia sẻ mật khẩu cho người "
      "khác.\n");
  EXPECT_TRUE(reading.controls.empty());
  EXPECT_EQ(reading.header.issuer, "Sở Y tế tỉnh Hà Lam");
}

TEST(Genre, MinutesPledgesAndAuthoritiesOrderNothing) {
  for (const std::string_view title : {"BIÊN BẢN", "BẢN CAM KẾT", "GIẤY ỦY QUYỀN", "GIẤY MỜI"}) {
    const auto reading = read_paper(
        fmt::format("TRƯỜNG THCS HOA LƯ\n\n{}\n\n1. Yêu cầu mọi người đổi mật khẩu 3 tháng một lần.\n", title));
    EXPECT_TRUE(reading.controls.empty()) << title;
    EXPECT_EQ(reading.header.issuer, "Trường THCS Hoa Lư") << title;
    EXPECT_TRUE(notes_say(reading, "this kind of paper orders nothing")) << title;
  }
}

TEST(Genre, RulesAskWithoutAWordOfAskingAndSaySo) {
  for (const std::string_view title : {"THÔNG BÁO", "NỘI QUY", "QUY ĐỊNH"}) {
    const auto reading =
        read_paper(fmt::format("TRƯỜNG THCS HOA LƯ\n\n{}\n\nMật khẩu 8 ký tự trở lên, 3 tháng đổi một lần.\n", title));
    EXPECT_EQ(kinds(reading), (Kinds{"password.composition", "password.rotation"})) << title;
    EXPECT_TRUE(notes_say(reading, "no word asks")) << title;
  }
}

TEST(Genre, AMereNoteAsksNothing) {
  for (const std::string_view mark : {"", "- ", "1. "}) {
    const auto reading =
        read_paper(fmt::format("Ghi chú họp tổ\n\n{}Mật khẩu 8 ký tự trở lên, 3 tháng đổi một lần.\n", mark));
    EXPECT_TRUE(reading.controls.empty()) << mark;
    EXPECT_TRUE(notes_say(reading, "nothing in it asks")) << mark;
  }
}

TEST(Genre, WhatANoticeTellsIsNotAsked) {
  const auto reading = read_paper(
      "CÔNG TY A\n\nTHÔNG BÁO\n\nPhòng Tổ chức đã đổi mật khẩu 3 tháng một lần cho mọi tài khoản.\n\nCán bộ phải đăng "
      "xuất "
      "khỏi hệ thống.\n");
  EXPECT_EQ(kinds(reading), Kinds{"session.logout_idle"});
}

}  // namespace
}  // namespace khien::letter
