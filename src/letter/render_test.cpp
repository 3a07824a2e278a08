// The forms a reading is given in: JSON, the draft of a directive, text for people.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "letter/draft.h"
#include "letter/json.h"
#include "letter/show.h"

namespace khien::letter {
namespace {

using policy::Kind;

Reading sample() {
  Reading reading;
  reading.header = {
      .number = "5/SNV-VP", .date = "2025-06", .issuer = std::nullopt, .subject = "bảo mật \"tài khoản\""};
  reading.controls.push_back(
      {.kind = Kind::PasswordComposition,
       .params = {{"min_length", std::int64_t{8}}, {"require", std::vector<std::string>{"upper", "digit"}}},
       .strength = Strength::Must,
       .applies_to = "tài khoản: quản trị",
       .quote = "Mật khẩu \"8\"\nký tự \\ #",
       .item = "2",
       .place = {.file = {}, .line = 9, .column = 3}});
  reading.controls.push_back({.kind = Kind::PasswordRotation,
                              .params = {},
                              .strength = Strength::Should,
                              .applies_to = {},
                              .quote = "đổi",
                              .item = "2",
                              .place = {}});
  reading.notes.push_back({"Xem lại.", "Look again."});
  return reading;
}

TEST(Json, HoldsTheReadingWithWhatIsUnknownAsNull) {
  const auto json = boost::json::parse(to_json(sample())).as_object();
  EXPECT_EQ(json.at("header").at("number").as_string(), "5/SNV-VP");
  EXPECT_TRUE(json.at("header").at("issuer").is_null());
  const auto& control = json.at("controls").at(0).as_object();
  EXPECT_EQ(control.at("kind").as_string(), "password.composition");
  EXPECT_EQ(control.at("params").at("min_length").as_int64(), 8);
  EXPECT_EQ(control.at("quote").as_string(), "Mật khẩu \"8\"\nký tự \\ #");
  EXPECT_EQ(json.at("controls").at(1).at("strength").as_string(), "should");
}

TEST(Draft, QuotesWhateverALetterSays) {
  EXPECT_EQ(yaml_quoted("a \"b\" \\ c\nd\te: #"), "\"a \\\"b\\\" \\\\ c\\nd\\te: #\"");
  EXPECT_EQ(yaml_quoted("\x01\xC2\x85"), "\"\\x01\\x85\"");
  EXPECT_EQ(yaml_quoted("mật"), "\"mật\"");
}

TEST(Draft, LeavesToAPersonWhatAPersonDecides) {
  const std::string draft = to_draft(sample());
  for (const std::string_view line :
       {"code: ~", "number: \"5/SNV-VP\"\n", "date: \"2025-06\"\n", "issuer: ~\n", "adopted_by: ~", "from: ~",
        "scope: {units: [], systems: [], groups: [], accounts: []}"})
    EXPECT_NE(draft.find(line), std::string::npos) << line;
}

TEST(Draft, HoldsClausesWithTheLettersNumbersAndWords) {
  const std::string draft = to_draft(sample());
  EXPECT_NE(draft.find("  - id: \"2-1\"\n    words: {vi: \"Mật khẩu \\\"8\\\"\\nký tự \\\\ #\"}\n    controls:\n"
                       "      - {kind: password.composition, force: must, params: {min_length: 8, require: [upper, "
                       "digit]}, for: \"tài khoản: quản trị\"}\n"),
            std::string::npos)
      << draft;
  EXPECT_NE(draft.find("      - {kind: password.rotation, force: should, params: {}}\n      # cần điền / to be filled "
                       "in: max_age\n"),
            std::string::npos);
}

TEST(Draft, WithoutControlsHasAnEmptyList) {
  EXPECT_NE(to_draft(Reading{}).find("clauses: []\n"), std::string::npos);
}

TEST(Show, SpeaksTheLanguageAskedFor) {
  const std::string vi = show(sample(), Language::Vietnamese);
  const std::string en = show(sample(), Language::English);
  EXPECT_NE(vi.find("độ dài tối thiểu: 8"), std::string::npos);
  EXPECT_NE(vi.find("chữ hoa, chữ số"), std::string::npos);
  EXPECT_NE(en.find("minimum length: 8"), std::string::npos);
  EXPECT_NE(en.find("line 9"), std::string::npos);
  EXPECT_NE(en.find("(missing)"), std::string::npos);
  EXPECT_EQ(en.find("độ dài"), std::string::npos);
}

TEST(Show, TellsAmountsInWords) {
  EXPECT_EQ(show_parameter("max_age", std::string("P6M"), Language::Vietnamese), "thời hạn: 6 tháng");
  EXPECT_EQ(show_parameter("after", std::string("PT15M"), Language::English), "after: 15 minutes");
  EXPECT_EQ(show_parameter("date", std::string("2024-10-26"), Language::Vietnamese), "từ ngày: 26/10/2024");
  EXPECT_EQ(show_parameter("licensed", true, Language::English), "licensed");
}

}  // namespace
}  // namespace khien::letter
