#include "signin/words.h"

#include <gtest/gtest.h>

#include <regex>

#include "signin/page_data.h"
#include "signin/testing.h"

namespace khien::signin {
namespace {

using policy::ChangeReason;
using policy::RefusalReason;
using policy::StepKind;
using testing_support::day;

// What the pages are given.
const http::Data::Map& map_of(const http::Data& data) {
  return std::get<http::Data::Map>(data.value());
}
const http::Data::List& list_of(const http::Data::Map& data, std::string_view name) {
  return std::get<http::Data::List>(data.find(name)->second.value());
}
const std::string& text_of(const http::Data::Map& data, std::string_view name) {
  return std::get<std::string>(data.find(name)->second.value());
}
bool flag_of(const http::Data::Map& data, std::string_view name) {
  return std::get<bool>(data.find(name)->second.value());
}

class WordsTest : public testing::Test, protected testing_support::SignInWorld {};

TEST_F(WordsTest, EveryRefusalHasAReasonAndOneThingToDoInBothLanguages) {
  std::set<std::string> reasons;
  std::set<std::string_view> codes;
  for (const auto reason : {RefusalReason::NoAccount, RefusalReason::Invited, RefusalReason::Suspended,
                            RefusalReason::Closed, RefusalReason::NoPassword, RefusalReason::Cutoff}) {
    Standing refused = standing();
    refused.decision.refusal.reason = reason;
    const auto words = refusal_words(refused);
    for (const auto& text : {words.reason, words.action}) {
      EXPECT_FALSE(text.vi.empty());
      EXPECT_FALSE(text.en.empty());
    }
    EXPECT_TRUE(reasons.insert(words.reason.vi).second);
    EXPECT_TRUE(codes.insert(code_of(reason)).second);
  }
  EXPECT_FALSE(codes.contains(""));
}

TEST_F(WordsTest, EveryReasonToChangeIsSaidInBothLanguages) {
  std::set<std::string> said;
  std::set<std::string_view> codes;
  for (const auto reason : {ChangeReason::Issued, ChangeReason::Expired, ChangeReason::Suspected,
                            ChangeReason::UnknownAge, ChangeReason::BeforeCutoff, ChangeReason::AfterCutoff}) {
    const auto due = reason == ChangeReason::BeforeCutoff ? std::optional(day("2025-10-26")) : std::nullopt;
    const Text words = reason_words(reason, due);
    EXPECT_FALSE(words.vi.empty() || words.en.empty());
    EXPECT_TRUE(said.insert(words.vi).second);
    EXPECT_TRUE(codes.insert(code_of(reason)).second);
  }
  EXPECT_FALSE(codes.contains(""));
  for (const auto step :
       {StepKind::ChangePassword, StepKind::ReadDirective, StepKind::SignStatement, StepKind::KnowMonitoring})
    EXPECT_TRUE(codes.insert(code_of(step)).second);
}

TEST_F(WordsTest, AClauseIsShownWithItsLetterAndItsWords) {
  adopt("DK", {"password.rotation, force: must, params: {max_age: P10D}"});
  const Standing owing = standing();
  const auto words = words_of(owing, owing.decision.steps.front().clauses);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].id, "DK-1");
  for (const auto* part : {"01/DK", "01/04/2025", "UBND tỉnh Mẫu"})
    EXPECT_NE(words[0].letter.vi.find(part), std::string::npos) << part;
  EXPECT_EQ(words[0].words.en, "Words of the letter.");
}

TEST_F(WordsTest, AClockIsNamedWithItsTimeInVietNam) {
  EXPECT_EQ(notice_words(standing(), {ChangeReason::Expired, day("2025-10-26"), {}}).vi,
            "Mật khẩu hết hạn vào 00:00 26/10/2025.");
  EXPECT_EQ(notice_words(standing(), {ChangeReason::BeforeCutoff, day("2025-10-26"), {}}).en,
            "From 00:00 on 26 October 2025, accounts whose password was not changed lose access.");
}

TEST_F(WordsTest, AClockIsShownWithTheLastDayOnWhichToAct) {
  EXPECT_EQ(notice_words({ChangeReason::Expired, day("2025-10-26") + std::chrono::minutes{61}, {}}).vi,
            "Mật khẩu hết hạn vào 01:01 26/10/2025. Hãy đổi trước lúc đó.");
  EXPECT_EQ(notice_words({ChangeReason::BeforeCutoff, day("2025-10-26"), {}}).vi,
            "Từ 00:00 26/10/2025, tài khoản chưa đổi mật khẩu sẽ không truy cập được. Hãy đổi chậm nhất hết ngày "
            "25/10/2025.");
  EXPECT_EQ(reason_words(ChangeReason::BeforeCutoff, day("2025-10-26")).en,
            "From 26 October 2025, accounts whose password was not changed have no access.");
}

TEST_F(WordsTest, AChangeThatCanWaitStandsBesideItsDayAndClauseTheSoonerFirst) {
  know_monitoring(holder);
  adopt("SAU", {"password.cutoff, force: must, params: {date: \"2025-06-10\"}",
                "password.composition, force: must, params: {min_length: 16}"});
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-06-08\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  const auto data = [&] {
    return steps_data(standing(), *sign_in->identity_of(login), clock.now(), Language::Vietnamese);
  };
  const auto may_wait = data();
  EXPECT_TRUE(flag_of(may_wait, "can_wait"));
  const auto& reasons = list_of(may_wait, "reasons");
  ASSERT_EQ(reasons.size(), 2U);
  const auto clause = [](const http::Data& reason) {
    return text_of(map_of(list_of(map_of(reason), "clauses")[0]), "id");
  };
  EXPECT_EQ(clause(reasons[0]), "TH-1");
  EXPECT_EQ(text_of(map_of(reasons[0]), "due"), "07/06/2025");
  EXPECT_EQ(clause(reasons[1]), "SAU-1");
  EXPECT_EQ(text_of(map_of(reasons[1]), "due"), "09/06/2025");
  EXPECT_FALSE(flag_of(may_wait, "has_notices")) << "it stands beside the change";
  issue(login);
  const auto must_change = data();
  ASSERT_EQ(list_of(must_change, "reasons").size(), 3U);
  for (const auto& reason : list_of(must_change, "reasons")) EXPECT_EQ(text_of(map_of(reason), "due"), "");
  EXPECT_TRUE(text_of(map_of(list_of(must_change, "reasons")[1]), "text").contains("08/06/2025"));
}

TEST_F(WordsTest, AnExpiryThatComesIsToldAtTheStepsWithItsClause) {
  adopt("DK", {"password.rotation, force: must, params: {max_age: P20D}"});
  const auto data = steps_data(standing(), *sign_in->identity_of(login), clock.now(), Language::Vietnamese);
  ASSERT_EQ(list_of(data, "notices").size(), 1U);
  const auto& notice = map_of(list_of(data, "notices")[0]);
  EXPECT_EQ(text_of(notice, "text"), "Mật khẩu hết hạn vào 00:00 09/06/2025. Hãy đổi trước lúc đó.");
  EXPECT_EQ(text_of(map_of(list_of(notice, "clauses")[0]), "id"), "DK-1");
}

TEST_F(WordsTest, NoEnglishTextShowsADateThatCanBeReadInTwoWays) {
  adopt("DK", {"password.rotation, force: must, params: {max_age: P20D}"});
  adopt("PB", {"directive.disseminate, force: must, params: {}"}, "2025-05-30");
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-06-09\"}"});
  Standing refused = standing();
  refused.decision.refusal = {RefusalReason::Cutoff, standing().decision.notices.front().clauses,
                              *parse_date("2025-06-09")};
  std::vector<std::string> texts{refusal_words(refused).reason.en, refusal_words(refused).clauses.front().letter.en,
                                 wait_words(day("2025-06-01")).en};
  const auto view = standings->view();
  const auto home = home_data(*view, standing(), *sign_in->identity_of(login), Language::English);
  texts.push_back(text_of(home, "password_line"));
  for (const auto& notice : list_of(home, "notices")) texts.push_back(text_of(map_of(notice), "text"));
  const auto steps = steps_data(standing(), *sign_in->identity_of(login), clock.now(), Language::English);
  texts.push_back(text_of(map_of(list_of(steps, "reading")[0]), "due"));
  EXPECT_EQ(texts.back(), "10 June 2025");
  for (const auto& text : texts) {
    EXPECT_TRUE(text.contains("2025")) << text;
    EXPECT_FALSE(std::regex_search(text, std::regex("[0-9][/-][0-9]"))) << text;
  }
}

TEST_F(WordsTest, TheRuleOfAPasswordIsOneLineForEachThing) {
  EXPECT_EQ(rule_words({}).size(), 1U) << "never guessable";
  policy::PasswordRule rule;
  rule.min_length = 12;
  rule.classes = 0b0101;
  rule.distinct = true;
  rule.history = 3;
  const auto lines = rule_words(rule);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0].vi, "Ít nhất 12 ký tự");
  EXPECT_EQ(lines[1].vi, "Có đủ: chữ hoa, chữ số");
  EXPECT_EQ(lines[4].en, "None of the last 3 passwords");
}

TEST_F(WordsTest, TheTimeToWaitIsNeverShownEarlierThanItIs) {
  EXPECT_EQ(wait_words(day("2025-06-01") + std::chrono::seconds{1}).vi,
            "Đã thử sai nhiều lần. Thử lại sau 00:01 01/06/2025.");
}

TEST_F(WordsTest, ThePageOfStepsHoldsWhatIsOwedWithItsClausesAndWhetherItCanWait) {
  adopt("DK", {"password.rotation, force: must, params: {max_age: P10D}"});
  adopt("PB", {"directive.disseminate, force: must, params: {}", "account.accountability, force: must, params: {}"},
        "2025-05-30");
  const auto data = steps_data(standing(), *sign_in->identity_of(login), clock.now(), Language::Vietnamese);
  EXPECT_EQ(text_of(data, "user_name"), "an.nv");
  EXPECT_TRUE(flag_of(data, "change") && flag_of(data, "must_change") && flag_of(data, "monitoring"));
  EXPECT_FALSE(flag_of(data, "can_wait"));
  ASSERT_EQ(list_of(data, "reasons").size(), 1U);
  EXPECT_EQ(text_of(map_of(list_of(map_of(list_of(data, "reasons")[0]), "clauses")[0]), "id"), "DK-1");
  const auto& reading = map_of(list_of(data, "reading")[0]);
  EXPECT_EQ(text_of(reading, "due"), "10/06/2025") << "the last day that is free";
  EXPECT_FALSE(flag_of(reading, "due_now"));
  EXPECT_EQ(list_of(reading, "lines").size(), 2U);
  const auto later = steps_data(standing(), *sign_in->identity_of(login), day("2025-06-11"), Language::English);
  EXPECT_TRUE(flag_of(map_of(list_of(later, "signing")[0]), "due_now"));
}

TEST_F(WordsTest, StepsThatAllHaveTimeCanWait) {
  know_monitoring(holder);
  adopt("PB", {"directive.disseminate, force: must, params: {}"}, "2025-05-30");
  const auto data = steps_data(standing(), *sign_in->identity_of(login), clock.now(), Language::Vietnamese);
  EXPECT_TRUE(flag_of(data, "can_wait"));
  EXPECT_FALSE(flag_of(data, "change"));
}

TEST_F(WordsTest, OnesOwnPageShowsAccountsAndClocks) {
  adopt("DK", {"password.rotation, force: must, params: {max_age: P20D}"});
  const auto view = standings->view();
  const auto data = home_data(*view, standing(), *sign_in->identity_of(login), Language::Vietnamese);
  ASSERT_EQ(list_of(data, "accounts").size(), 1U);
  EXPECT_EQ(text_of(map_of(list_of(data, "accounts")[0]), "system"), "Thư điện tử công vụ");
  EXPECT_TRUE(flag_of(data, "has_notices"));
  EXPECT_NE(text_of(data, "password_line")
                .find("Mật khẩu hết hạn vào 00:00 09/06/2025, theo DK-1 (Công văn số 01/DK ngày 01/04/2025 của UBND "
                      "tỉnh Mẫu)."),
            std::string::npos)
      << text_of(data, "password_line");
}

}  // namespace
}  // namespace khien::signin
