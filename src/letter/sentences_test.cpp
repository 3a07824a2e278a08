// What is asked, what is not, how strongly, and of whom.
#include <gtest/gtest.h>

#include "letter/sentences.h"
#include "letter/testing.h"

namespace khien::letter {
namespace {

using policy::Kind;
using testing::find;
using testing::kinds;
using testing::read_body;
using Kinds = std::vector<std::string>;

TEST(Asked, CausesAndFindingsAskNothing) {
  const auto reading = read_body(
      "Thời gian qua, nhiều cán bộ không đổi mật khẩu định kỳ, lưu mật khẩu trên trình duyệt. Nguyên nhân: cán bộ cho "
      "mượn tài khoản.\n\nSở đề nghị các đơn vị:\n\n1. Đổi mật khẩu 3 tháng một lần.");
  EXPECT_EQ(kinds(reading), Kinds{"password.rotation"});
}

TEST(Asked, ASectionOfFindingsIsPassedOverWithAllItsItems) {
  const auto reading = read_body(
      "1. Diễn biến, nguyên nhân\n\nCông chức dùng chung tài khoản.\n\na) Không đăng xuất khi rời máy;\n\n2. Kiến "
      "nghị\n\n"
      "2.1. Không lưu mật khẩu trên trình duyệt.");
  EXPECT_EQ(kinds(reading), Kinds{"browser.no_saved_passwords"});
}

TEST(Asked, TheTitlesOfOtherLettersAskNothing) {
  const auto reading = read_body(
      "Thực hiện Công văn số 12/UBND-NC ngày 5/3/2025 của UBND tỉnh về việc đổi mật khẩu 45 ngày một lần, Sở yêu cầu "
      "các "
      "đơn vị không lưu mật khẩu trên trình duyệt.");
  EXPECT_EQ(kinds(reading), Kinds{"browser.no_saved_passwords"});
}

TEST(Asked, WhatOthersProposedAndWhatIsWaivedIsNotAsked) {
  EXPECT_EQ(kinds(read_body(
                "Một số đơn vị đề nghị quy định mật khẩu 20 ký tự. Sở yêu cầu:\n\n- Không bắt buộc đổi mật khẩu định "
                "kỳ, nhưng phải đổi ngay khi nghi mật khẩu bị lộ.\n- Không phải gửi báo cáo về Sở.")),
            Kinds{"password.change_on_suspicion"});
}

TEST(Asked, AWaiverEndsWhereTheNextDutyBegins) {
  EXPECT_EQ(kinds(read_body("Sở yêu cầu:\n\n1. Không bắt buộc cài phần mềm diệt virus bản quyền, phải quét mã độc trên "
                            "máy tính hằng tuần.")),
            Kinds{"device.scan"});
}

TEST(Asked, ALetterOfCountlessSentencesIsRefusedAndNotWorkedThrough) {
  const auto repeated = [](std::size_t times) {
    std::string body = "Sở yêu cầu các đơn vị:\n\n1. ";
    for (std::size_t i = 0; i < times; ++i) body += "Đổi mật khẩu 3 tháng một lần. ";
    return read(testing::letter_with(body));
  };
  const auto many = repeated(kMostClauses / 2);
  ASSERT_TRUE(many);
  EXPECT_EQ(kinds(*many), Kinds{"password.rotation"});
  const auto refused = repeated(kMostClauses + 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Invalid);
  EXPECT_TRUE(refused.error().text().vi.contains("quá nhiều yêu cầu"));
}

TEST(Contexts, AreSharedBoundedAndLeaveEachOtherAlone) {
  const auto words = tokenise("một hai ba");
  const Context empty;
  const Context parent = empty.with(words);
  const Context child = parent.with(words);
  const Context sibling = parent.with(Tokens(words).first(1));
  EXPECT_EQ(empty.words().size(), 0U);
  EXPECT_EQ(folded(parent.words()), "mot hai ba");
  EXPECT_EQ(folded(child.words()), "mot hai ba mot hai ba");
  EXPECT_EQ(folded(sibling.words()), "mot hai ba mot");
  EXPECT_EQ(parent.words().data(), child.words().data()) << "the first that goes on copies nothing";
  Context full;
  for (int i = 0; i < 1000; ++i) full = full.with(words);
  EXPECT_LE(full.words().size(), 600U);
  EXPECT_EQ(full.words().data(), full.with(words).words().data());
}

TEST(Force, AdviceStandsBesideADuty) {
  const auto reading =
      read_body("Sở yêu cầu:\n\n1. Mật khẩu tối thiểu 8 ký tự, nên có ký tự đặc biệt; phải đổi 3 tháng một lần.");
  EXPECT_EQ(kinds(reading), (Kinds{"password.composition", "password.composition?", "password.rotation"}));
}

TEST(Force, ALeadThatAdvisesMakesItsItemsAdvice) {
  const auto reading =
      read_body("Sở khuyến nghị các đơn vị:\n\n- Đổi mật khẩu 3 tháng một lần;\n- Phải đăng xuất khi rời máy.");
  EXPECT_EQ(kinds(reading), (Kinds{"password.rotation?", "session.logout_idle"}));
}

TEST(Force, NenThatConcludesIsNoAdvice) {
  const auto reading =
      read_body("Sở yêu cầu:\n\n1. Mật khẩu 6 ký tự dễ bị dò nên phải đặt mật khẩu tối thiểu 12 ký tự.");
  EXPECT_EQ(kinds(reading), Kinds{"password.composition"});
}

TEST(Groups, HoldForTheirItemOnly) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\na) Đối với tài khoản quản trị: mật khẩu tối thiểu 12 ký tự; đổi hằng tháng.\n\nb) Đối với tài "
      "khoản "
      "người dùng: mật khẩu tối thiểu 8 ký tự.\n\nc) Không lưu mật khẩu trên trình duyệt.");
  ASSERT_EQ(reading.controls.size(), 4U);
  EXPECT_EQ(reading.controls[0].applies_to, "tài khoản quản trị");
  EXPECT_EQ(reading.controls[1].applies_to, "tài khoản quản trị");
  EXPECT_EQ(reading.controls[2].applies_to, "tài khoản người dùng");
  EXPECT_FALSE(reading.controls[3].applies_to.has_value());
}

TEST(Groups, AHeadingGivesItsGroupToItsItems) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n1. Đối với tài khoản quản trị:\n- Đổi mật khẩu hằng tháng;\n- Mật khẩu từ 14 ký tự.\n\n2. Không "
      "lưu mật khẩu trên trình duyệt.");
  ASSERT_EQ(reading.controls.size(), 3U);
  EXPECT_TRUE(reading.controls[0].applies_to.has_value());
  EXPECT_TRUE(reading.controls[1].applies_to.has_value());
  EXPECT_FALSE(reading.controls[2].applies_to.has_value());
}

TEST(Groups, TwoValuesInOneClauseAreTwoControls) {
  const auto reading =
      read_body("Sở yêu cầu:\n\n1. Mật khẩu tối thiểu 8 ký tự đối với người dùng, 14 ký tự đối với quản trị hệ thống.");
  ASSERT_EQ(reading.controls.size(), 2U);
  EXPECT_NE(reading.controls[0].applies_to, reading.controls[1].applies_to);
  EXPECT_NE(reading.controls[0].params, reading.controls[1].params);
}

TEST(Tables, ARowIsReadWithTheTitlesOfItsColumns) {
  const auto reading = read_body(
      "Sở yêu cầu về mật khẩu như sau:\n\n| Loại tài khoản | Độ dài tối thiểu |\n|---|---|\n| Quản trị | 14 ký tự |\n| "
      "Người dùng "
      "| 10 ký tự |");
  ASSERT_EQ(reading.controls.size(), 2U);
  EXPECT_EQ(reading.controls[0].applies_to, "Quản trị");
  EXPECT_EQ(reading.controls[0].params.at("min_length"), Value{std::int64_t{14}});
  EXPECT_EQ(reading.controls[1].applies_to, "Người dùng");
}

TEST(Merging, AVagueDemandGivesWayToAFirmOne) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n1. Thường xuyên thay đổi mật khẩu.\n\n2. Tài khoản quản trị phải đổi mật khẩu hằng tháng.");
  ASSERT_EQ(reading.controls.size(), 1U);
  EXPECT_TRUE(reading.controls[0].params.contains("max_age"));
}

TEST(Merging, ARepeatOnlyAddsWhatWasMissing) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n1. Mật khẩu tối thiểu 8 ký tự.\n\n2. Mật khẩu gồm chữ hoa, chữ thường, chữ số.\n\n3. Mật khẩu "
      "tối thiểu 8 ký tự.");
  ASSERT_EQ(reading.controls.size(), 1U);
  EXPECT_EQ(reading.controls[0].params.size(), 2U);
}

TEST(Merging, OutOfBoundsValuesAreLeftOutAndNoted) {
  const auto reading = read_body("Sở yêu cầu:\n\n1. Mật khẩu tối thiểu 500 ký tự; đổi 90 năm một lần.");
  EXPECT_EQ(kinds(reading), (Kinds{"password.composition", "password.rotation"}));
  for (const auto& control : reading.controls) EXPECT_TRUE(control.params.empty());
  EXPECT_EQ(reading.notes.size(), 2U);
}

TEST(Asked, WhatHoldsNowIsAskedBehindAnOldRule) {
  const auto reading =
      read_body("Sở yêu cầu:\n\n1. Trước đây đổi mật khẩu 6 tháng một lần, nay đổi mật khẩu 3 tháng một lần.");
  ASSERT_EQ(kinds(reading), Kinds{"password.rotation"});
  EXPECT_EQ(std::get<std::string>(reading.controls[0].params.at("max_age")), "P3M");
}

TEST(Asked, FindingsBelowAResultAskNothing) {
  const auto reading = read_body(
      "Ngày 5/5/2025, Sở kiểm tra 12 máy tính, kết quả:\n\n- 03 máy không cài phần mềm diệt virus;\n- 02 máy lưu mật "
      "khẩu.\n\nSở yêu cầu:\n\n- Không cho mượn tài khoản.");
  EXPECT_EQ(kinds(reading), Kinds{"password.secrecy"});
}

TEST(Asked, WhatALetterReportsIsNotAsked) {
  const auto reading = read_body(
      "Thực hiện chỉ đạo của tỉnh, Sở báo cáo kết quả như sau:\n\n1. Đổi mật khẩu 3 tháng một lần.\n\nSở đề nghị các "
      "đơn "
      "vị không cho mượn tài khoản.");
  EXPECT_EQ(kinds(reading), Kinds{"password.secrecy"});
}

TEST(Asked, AListOfWhatIsForbiddenDeniesItsItems) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n1. Những điều không được làm:\n\na) Cho người khác dùng tài khoản của mình;\n\nb) Lưu mật khẩu "
      "trên trình duyệt.");
  EXPECT_EQ(kinds(reading), (Kinds{"browser.no_saved_passwords", "password.secrecy"}));
  for (const auto& control : reading.controls) EXPECT_FALSE(control.quote.starts_with("Không"));
}

TEST(Asked, WhatIsLeftToAnotherLetterIsNotAsked) {
  EXPECT_TRUE(
      read_body("Sở yêu cầu:\n\n1. Việc cài phần mềm diệt virus: thực hiện theo văn bản khác.").controls.empty());
}

TEST(Asked, AValueOnAConditionBindsThoseWhoMeetIt) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n1. Đổi mật khẩu 3 tháng một lần. Nếu đơn vị dùng xác thực hai lớp thì đổi mật khẩu 12 tháng một "
      "lần.");
  ASSERT_EQ(reading.controls.size(), 2U);
  EXPECT_FALSE(reading.controls[0].applies_to.has_value());
  EXPECT_EQ(reading.controls[1].applies_to, "Nếu đơn vị dùng xác thực hai lớp");
}

TEST(Items, BehindAddresseesWithoutAFullStopAreNoAddressees) {
  const auto reading = read(
      "HUYỆN ỦY AN LÂM\n*\nSố 9-CV/HU\n\nKính gửi: Các chi bộ trực thuộc\n\n1- Không cho mượn tài khoản.\n\n2- Đổi mật "
      "khẩu hằng quý.\n");
  ASSERT_TRUE(reading.has_value());
  EXPECT_EQ(kinds(*reading), (Kinds{"password.rotation", "password.secrecy"}));
}

TEST(Items, OfRulesAreArticles) {
  const auto reading = read_body("Quy chế quy định như sau:\n\nĐiều 4. Mật khẩu\n\n1. Mật khẩu tối thiểu 8 ký tự.");
  ASSERT_EQ(reading.controls.size(), 1U);
  EXPECT_EQ(reading.controls[0].item, "Điều 4.1");
}

TEST(Sentences, EndAtAFullStopThatEndsALine) {
  const auto reading = read_body(
      "Sở yêu cầu các đơn vị thực hiện nghiêm việc bảo đảm an toàn thông tin, không cho người khác mượn tài khoản.\n"
      "Trước đây mật khẩu chỉ cần 6 ký tự.");
  EXPECT_EQ(kinds(reading), Kinds{"password.secrecy"});
}

TEST(Items, CarryTheLettersOwnNumbers) {
  const auto reading = read_body(
      "Sở yêu cầu:\n\n2. Về tài khoản:\n\na) Đổi mật khẩu hằng quý;\n\n- 2 -\n\nb) Không lưu mật khẩu trên trình "
      "duyệt.");
  ASSERT_EQ(reading.controls.size(), 2U);
  EXPECT_EQ(reading.controls[0].item, "2.a");
  EXPECT_EQ(reading.controls[1].item, "2.b");
  EXPECT_GT(reading.controls[1].place.line, reading.controls[0].place.line);
}

TEST(Items, AParagraphCutByAPageEndIsOne) {
  const auto reading = read_body("Sở yêu cầu:\n\n1. Thay đổi mật khẩu\n\n- 2 -\n\nít nhất 01 lần/tháng.");
  ASSERT_EQ(kinds(reading), Kinds{"password.rotation"});
  EXPECT_NE(find(reading, Kind::PasswordRotation)->quote.find("ít nhất"), std::string::npos);
}

}  // namespace
}  // namespace khien::letter
