#include "policy/value.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/join.h"
#include "policy/testing.h"

namespace khien::policy {
namespace {

std::string refusal(Kind kind, const RawParameters& parameters) {
  const auto made = make_control(kind, Force::Must, parameters);
  return made ? "accepted" : made.error().text().en;
}

TEST(Values, OutOfBoundsAreRefusedWithTheBoundsInBothLanguages) {
  const auto made = make_control(Kind::PasswordComposition, Force::Must, {{"min_length", 10000}});
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().text().vi.find("số nguyên từ 4 đến 128"), std::string::npos) << made.error().text().vi;
  EXPECT_NE(made.error().text().en.find("10000"), std::string::npos);
}

TEST(Values, AnAgeOfOneSecondIsRefused) {
  EXPECT_NE(refusal(Kind::PasswordRotation, {{"max_age", "PT1S"}}), "accepted");
  EXPECT_EQ(refusal(Kind::PasswordRotation, {{"max_age", "P45D"}}), "accepted");
}

TEST(Values, EveryMistakeOfAControlIsReportedAtOnce) {
  const auto text = refusal(Kind::PasswordComposition,
                            {{"min_length", "eight"}, {"require", std::vector<std::string>{"emoji"}}, {"colour", 1}});
  EXPECT_NE(text.find("min_length"), std::string::npos);
  EXPECT_NE(text.find("emoji"), std::string::npos);
  EXPECT_NE(text.find("colour"), std::string::npos);
}

TEST(Values, ARequiredParameterThatIsMissingIsSaid) {
  EXPECT_NE(refusal(Kind::PasswordCutoff, {}).find("\"date\" is missing"), std::string::npos);
}

TEST(Values, DatesThatDoNotExistAreRefused) {
  EXPECT_NE(refusal(Kind::PasswordCutoff, {{"date", "2025-02-29"}}), "accepted");
  EXPECT_NE(refusal(Kind::PasswordCutoff, {{"date", "1024-10-26"}}), "accepted");
  EXPECT_EQ(refusal(Kind::PasswordCutoff, {{"date", "2024-02-29"}}), "accepted");
}

TEST(Values, WorkingDaysAreAnotherValueThanCalendarDays) {
  const auto calendar = make_control(Kind::AccountCloseOnLeave, Force::Must, {{"within", "P5D"}});
  const auto working = make_control(Kind::AccountCloseOnLeave, Force::Must, {{"within", "P5D"}, {"days", "working"}});
  ASSERT_TRUE(calendar && working);
  EXPECT_FALSE(counts_working_days(calendar->values[1].at(0)));
  EXPECT_TRUE(counts_working_days(working->values[1].at(0)));
  EXPECT_EQ(period_of(working->values[1].at(0)), (Period{.days = 5}));
}

TEST(Values, TextsAreNormalisedAndIllFormedOnesRefused) {
  EXPECT_EQ(refusal(Kind::IncidentReport, {{"to", std::vector<std::string>{"\xC3\x28"}}}).substr(0, 15),
            "incident.report");
  const auto nfd =
      make_control(Kind::IncidentReport, Force::Must, {{"to", std::vector<std::string>{"So\xCC\x9B\xCC\x89"}}});
  ASSERT_TRUE(nfd);
  EXPECT_EQ(nfd->values[0].at(0).text, "Sở");
}

TEST(Values, TheOfficesOfARegistrationAreASetWhateverTheirOrderInTheLetter) {
  const auto route = [](std::vector<std::string> offices) {
    return *make_control(Kind::PopdbRegistration, Force::Must, {{"route", std::move(offices)}});
  };
  EXPECT_EQ(route({"Sở", "PC06", "Sở"}), route({"PC06", "Sở"}));
  Demands one, other, both;
  one.add(route({"PC06"}), 0);
  one.add(route({"Sở", "Bộ"}), 1);
  other.add(route({"Sở", "Bộ"}), 1);
  other.add(route({"PC06"}), 0);
  EXPECT_EQ(one, other);
  both.add(route({"Bộ", "PC06", "Sở"}), 0);
  EXPECT_TRUE(at_least_as_strict(one, both) && at_least_as_strict(both, one));
}

TEST(Values, TheCatalogueFindsEveryKindByItsCode) {
  for (const auto& spec : catalogue()) EXPECT_EQ(parse_kind(spec.code), spec.kind);
  EXPECT_EQ(parse_kind("password.nothing"), std::nullopt);
}

RC_GTEST_PROP(Values, WhatIsWrittenIsReadBackTheSame, ()) {
  const Control control = testing_support::random_control();
  const auto again = make_control(control.kind, control.force, raw_of(control));
  if (!again) RC_FAIL(again.error().text().en);
  // `days` moves into `within`, so compare what is written instead of what is held.
  RC_ASSERT(raw_of(*again) == raw_of(control));
}

}  // namespace
}  // namespace khien::policy
