#include "directives/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directives/store.h"
#include "directives/testing.h"

namespace khien::directives {
namespace {

using testing::HasSubstr;
using testing_support::day;
using testing_support::DirectivesWorld;
using testing_support::must;

std::string fact(const audit::Entry& entry, std::string_view name) {
  for (const auto& one : entry.facts)
    if (one.name == name) return one.value;
  return {};
}

class DirectivesService : public testing::Test, protected DirectivesWorld {
 protected:
  /// The smallest length that the directives in force order on that day; 0 if none does.
  std::int64_t length_on(const std::string& date) {
    const auto set = directives->policies(day(date));
    const auto policy = set->effective({.units = std::array{province}, .system = names.systems["tthc"]});
    const auto& values = policy->must.of(policy::Kind::PasswordComposition).values;
    return values.empty() || values[0].empty() ? 0 : values[0].front().atom.a;
  }
  Replacement of(const DirectiveId& old, const std::string& successor_by = {}) { return {{old}, successor_by}; }
};

TEST_F(DirectivesService, ADirectiveIsInForceFromItsDayWithAnEntry) {
  const auto id = must(directives->add(by, text("LA", "2025-07-01"), names, "x.yaml"));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "directive.added");
  EXPECT_EQ(entries[0].subject, "directive/" + id.text());
  EXPECT_EQ(fact(entries[0], "body_sha256").size(), 64U);
  EXPECT_EQ(length_on("2025-06-30"), 0);
  EXPECT_EQ(length_on("2025-07-01"), 8);
  must(directives->load());
  EXPECT_EQ(length_on("2025-07-01"), 8) << "from the database too";
}

TEST_F(DirectivesService, ACheckStoresNothing) {
  must(directives->check(text("LA", "2025-07-01"), names, "x.yaml"));
  EXPECT_TRUE(sync().empty());
  EXPECT_EQ(directives->snapshot()->coded("LA", clock.now()), nullptr);
}

TEST_F(DirectivesService, OneCodeIsOneDirectiveAtATime) {
  const auto id = add(text("LA", "2025-01-01"));
  EXPECT_EQ(directives->add(by, text("LA", "2026-01-01"), names, "x.yaml").error().kind(), ErrorKind::Conflict);
  must(directives->withdraw(by, id, clock.now(), "hết hạn"));
  sync();
  add(text("LA", "2026-01-01"));
}

TEST_F(DirectivesService, OneThatEndsOnTheDayOnWhichItBeginsCanBeReadEverAfter) {
  const auto id = add(text("LA", "2025-05-01"));
  must(directives->withdraw(by, id, day("2025-05-01") + std::chrono::hours(9), "nhầm tệp"));
  sync();
  must(directives->load());
  EXPECT_EQ(directives->snapshot()->directive(id)->until, day("2025-05-01") + std::chrono::hours(9));
}

TEST_F(DirectivesService, ItsScopeLiesBelowWhoAdoptsIt) {
  auto wanted = text("LA", "2025-07-01", 8, "SNV");
  wanted.scope.units = {"SYT"};
  EXPECT_EQ(directives->add(by, wanted, names, "x.yaml").error().kind(), ErrorKind::Refused);
  wanted.scope.units = {};
  wanted.clauses[0].scope = ScopeText{.units = {"TINH"}, .systems = {}, .groups = {}, .accounts = {}};
  EXPECT_EQ(directives->add(by, wanted, names, "x.yaml").error().kind(), ErrorKind::Refused) << "nor a clause's";
  EXPECT_TRUE(sync().empty());
}

TEST_F(DirectivesService, OrdersThatContradictEachOtherAreRefused) {
  add(text("LA", "2025-01-01", 20));
  auto wanted = text("LB", "2025-07-01");
  wanted.clauses[0].controls = {must(policy::make_control(policy::Kind::PasswordComposition, policy::Force::Must,
                                                          {{"max_length", std::int64_t{16}}}))};
  EXPECT_FALSE(directives->add(by, wanted, names, "x.yaml"));
  EXPECT_TRUE(sync().empty());
}

TEST_F(DirectivesService, WhatIsRefusedIsToldAtItsLine) {
  const auto said = [&](const std::string& lines) {
    const auto read = must(parse_directive("code: LB\nissuer: i\nsubject: s\n" + lines, "x.yaml"));
    const auto checked = directives->check(read, names, "x.yaml");
    return checked ? std::string("nothing") : checked.error().line(Language::English);
  };
  const std::string controls = "    controls: [{kind: password.distinct}]\n";
  const std::string outside = said(
      "adopted_by: SNV\nfrom: 2025-07-01\nscope:\n  systems: [tthc]\n  units:\n    - SNV\n    - SYT\nclauses:\n"
      "  - id: LB-1\n    words: w\n    scope: {units: [TINH]}\n" +
      controls);
  EXPECT_THAT(outside, HasSubstr("x.yaml:10: LB: the scope has the unit \"Sở Y tế"));
  EXPECT_THAT(outside, HasSubstr("x.yaml:14: LB-1: the scope has the unit \"UBND tỉnh Mẫu\""));

  const std::string in_force = "adopted_by: TINH\nfrom: 2025-07-01\nclauses:\n  - id: LB-1\n    words: w\n" + controls;
  const std::string both = in_force +
                           "  - id: LB-2\n    words: w\n    controls:\n"
                           "      - {kind: password.distinct}\n"
                           "      - {kind: password.composition, params: {max_length: 16}}\n";
  EXPECT_EQ(said(both), "nothing");
  EXPECT_THAT(said(both + "      - {kind: password.composition, params: {min_length: 20}}\n" +
                   "  - id: LB-3\n    words: w\n" + controls),
              HasSubstr("x.yaml:15: Contradiction:"))
      << "with itself: where it becomes one";
  add(text("LA", "2025-01-01", 20));
  EXPECT_THAT(said(both), HasSubstr("x.yaml:14: Contradiction: LA-1"));
  add(text("LB", "2025-01-01", 20));
  EXPECT_THAT(said(in_force), HasSubstr("x.yaml:1: A directive with the code \"LB\" is in force"));
}

TEST_F(DirectivesService, ParametersThatWouldDoNothingAreRefusedAtTheirLine) {
  const auto said = [&](const std::string& controls) {
    const auto read =
        must(parse_directive("code: LB\nissuer: i\nsubject: s\nadopted_by: TINH\nfrom: 2025-07-01\nclauses:\n"
                             "  - id: LB-1\n    words: w\n    controls:\n" +
                                 controls,
                             "x.yaml"));
    const auto checked = directives->check(read, names, "x.yaml");
    return checked ? std::string("nothing") : checked.error().line(Language::English);
  };
  EXPECT_THAT(said("      - {kind: password.distinct}\n"
                   "      - {kind: account.close_on_leave, params: {reasons: [retired], days: working}}\n"),
              HasSubstr("x.yaml:11: account.close_on_leave: \"days\" says how \"within\" counts"));
  EXPECT_EQ(said("      - {kind: account.close_on_leave, params: {within: P5D, days: working}}\n"), "nothing");
  const auto both = said(
      "      - {kind: device.antivirus, params: {priority: [tthc, khongco]}}\n"
      "      - {kind: portal.vulnerabilities, params: {days: calendar}}\n");
  EXPECT_THAT(both, HasSubstr("x.yaml:10: There is no system with the code \"khongco\" here"));
  EXPECT_THAT(both, HasSubstr("x.yaml:11: portal.vulnerabilities: \"days\""));
  EXPECT_EQ(said("      - {kind: device.antivirus, params: {priority: [tthc]}}\n"), "nothing");
}

TEST_F(DirectivesService, AWithdrawalIsDatedReasonedAndRewritesNothing) {
  const auto id = add(text("LA", "2025-01-01"));
  const auto before = clock.now();
  clock.advance(std::chrono::hours(24));
  EXPECT_FALSE(directives->withdraw(by, id, day("2025-01-01"), "r")) << "not before it began";
  EXPECT_EQ(directives->withdraw(by, id, day("2025-08-01"), " ").error().kind(), ErrorKind::Invalid);
  EXPECT_EQ(directives->withdraw(by, id, day("2025-08-01"), "\xff").error().kind(), ErrorKind::Invalid);
  EXPECT_EQ(directives->withdraw(by, DirectiveId::make(random), day("2025-08-01"), "r").error().kind(),
            ErrorKind::NotFound);
  must(directives->withdraw(by, id, day("2025-08-01"), "Nghị quyết 5"));
  const auto entries = sync();
  EXPECT_EQ(fact(entries.back(), "reason"), "Nghị quyết 5");
  EXPECT_FALSE(directives->withdraw(by, id, day("2025-09-01"), "r")) << "it ended before";
  EXPECT_EQ(length_on("2025-07-31"), 8);
  EXPECT_EQ(length_on("2025-08-01"), 0);
  EXPECT_EQ(must(directives->as_known_at(before)).directive(id)->until, std::nullopt);
  EXPECT_EQ(must(directives->as_known_at(clock.now())).directive(id)->until, day("2025-08-01"));
}

TEST_F(DirectivesService, AReplacementBeginsOnTheDayOnWhichTheOldOneEnds) {
  const auto old = add(text("LA", "2025-01-01", 20));
  auto wanted = text("LA", "2025-07-01");
  wanted.clauses[0].controls = {must(policy::make_control(policy::Kind::PasswordComposition, policy::Force::Must,
                                                          {{"max_length", std::int64_t{16}}}))};
  const auto id = must(directives->replace(by, wanted, of(old), names, "x.yaml"));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].type, "directive.replaced");
  EXPECT_EQ(fact(entries[0], "replaced_by"), id.text());
  EXPECT_EQ(fact(entries[1], "replaces"), old.text());
  EXPECT_EQ(length_on("2025-06-30"), 20);
  EXPECT_EQ(length_on("2025-07-01"), 0);
  EXPECT_EQ(directives->snapshot()->coded("LA", day("2025-06-30"))->id, old) << "the code is the old one's until then";
  EXPECT_EQ(directives->snapshot()->coded("LA", day("2025-07-01"))->id, id);
}

TEST_F(DirectivesService, OnlyTheIssuerOrItsSuccessorReplaces) {
  const auto old = add(text("LA", "2025-01-01"));
  auto wanted = text("LB", "2025-07-01");
  for (const char* other : {"Trung tâm khác", "Tiểu bàn An toàn thông tin", "Tieu ban An toan thong tin"}) {
    wanted.issuer = other;
    EXPECT_EQ(directives->replace(by, wanted, of(old), names, "x.yaml").error().kind(), ErrorKind::Refused) << other;
  }
  EXPECT_EQ(directives->replace(by, wanted, of(old, "\x01"), names, "x.yaml").error().kind(), ErrorKind::Invalid);
  EXPECT_TRUE(sync().empty());
  must(directives->replace(by, wanted, of(old, "202/2025/QH15"), names, "x.yaml"));
  EXPECT_EQ(fact(sync().back(), "successor_by"), "202/2025/QH15");
}

TEST_F(DirectivesService, OnlyTheUnitThatAdoptedItOrItsSuccessorReplaces) {
  const auto old = add(text("LA", "2025-01-01", 8, "SNV"));
  for (const char* other : {"SYT", "TINH"})
    EXPECT_EQ(directives->replace(by, text("LB", "2025-08-01", 8, other), of(old), names, "x.yaml").error().kind(),
              ErrorKind::Refused)
        << other;
  must(people->merge_units(by, {home}, health, day("2025-07-01")));
  sync();
  must(directives->replace(by, text("LB", "2025-08-01", 8, "SYT"), of(old), names, "x.yaml"));
}

TEST_F(DirectivesService, OneThatHasNotBegunMayBeCalledOffAndBindsOnNoDay) {
  for (const char* at : {"2025-06-20", "2025-07-01"}) {
    const auto id = add(text("LA", "2025-07-01"));
    must(directives->withdraw(by, id, day(at), "nhầm tệp"));
    sync();
    EXPECT_TRUE(directives->snapshot()->directive(id)->was_called_off());
    EXPECT_EQ(length_on("2025-07-01"), 0) << at;
    EXPECT_EQ(directives->snapshot()->coded("LA", clock.now()), nullptr) << "its code is free at once";
    EXPECT_FALSE(directives->withdraw(by, id, day("2025-08-01"), "r")) << "once";
    EXPECT_FALSE(directives->replace(by, text("LB", "2025-08-01"), of(id), names, "x.yaml"));
  }
  must(directives->load());
  EXPECT_EQ(length_on("2025-07-01"), 0) << "from the database too";
}

TEST_F(DirectivesService, OneThatHasNotBegunIsReplacedByWhatBeginsNoLater) {
  for (const char* from : {"2025-07-01", "2025-06-15"}) {
    const auto old = add(text("LA", "2025-07-01", 20));
    const auto id = must(directives->replace(by, text("LA", from), of(old), names, "x.yaml"));
    sync();
    EXPECT_TRUE(directives->snapshot()->directive(old)->was_called_off());
    EXPECT_EQ(length_on("2025-07-01"), 8);
    EXPECT_EQ(directives->snapshot()->coded("LA", clock.now())->id, id);
    must(directives->withdraw(by, id, day(from), "để thử lại"));
    sync();
  }
}

TEST_F(DirectivesService, WhatHasEndedIsNotReplacedNorWhatBeganThatDay) {
  const auto old = add(text("LA", "2025-05-01"));
  EXPECT_FALSE(directives->replace(by, text("LB", "2025-05-01"), of(old), names, "x.yaml")) << "it began that day";
  must(directives->withdraw(by, old, day("2025-08-01"), "r"));
  sync();
  EXPECT_FALSE(directives->replace(by, text("LB", "2025-08-01"), of(old), names, "x.yaml"));
  EXPECT_EQ(
      directives->replace(by, text("LB", "2025-08-01"), of(DirectiveId::make(random)), names, "x.yaml").error().kind(),
      ErrorKind::NotFound);
  EXPECT_TRUE(sync().empty());
}

TEST_F(DirectivesService, AConfirmationIsGivenOnceAndKnownFromThenOn) {
  auto wanted = text("LA", "2025-01-01");
  wanted.clauses[0].controls.push_back(
      must(policy::make_control(policy::Kind::DirectiveDisseminate, policy::Force::Must, {})));
  const auto id = add(wanted);
  const auto person = PersonId::make(random);
  const auto before = clock.now();
  clock.advance(std::chrono::hours(1));
  must(directives->confirm(by, person, id, Confirmation::Read));
  must(directives->confirm(by, person, id, Confirmation::Read));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "confirmation.read");
  EXPECT_EQ(entries[0].clauses, std::vector<std::string>{"LA-1"});
  EXPECT_EQ(directives->snapshot()->confirmations_of(person).read, std::vector{id});
  EXPECT_FALSE(directives->confirm(by, person, DirectiveId::make(random), Confirmation::Read));
  must(directives->confirm(by, person, {}, Confirmation::Monitoring));
  sync();
  EXPECT_TRUE(directives->snapshot()->confirmations_of(person).knows_of_monitoring);
  EXPECT_TRUE(must(directives->as_known_at(before)).confirmations_of(person).read.empty());
  must(directives->load());
  EXPECT_TRUE(directives->snapshot()->confirmations_of(person).knows_of_monitoring);
}

TEST_F(DirectivesService, AQuestionAboutThePastDoesNotChangeThePresent) {
  add(text("LA", "2025-01-01", 8));
  const auto now = directives->policies(clock.now());
  EXPECT_EQ(directives->policies(clock.now()), now) << "compiled once";
  EXPECT_EQ(length_on("2024-12-31"), 0);
  EXPECT_EQ(directives->policies(clock.now()), now);
  add(text("LB", "2025-01-01", 12));
  EXPECT_NE(directives->policies(clock.now()), now) << "a change is seen at once";
}

class DirectivesStore : public DirectivesService {};

TEST_F(DirectivesStore, KeepsEveryRevisionAndTheDatesOfTheRow) {
  const auto id = add(text("LA", "2025-01-01"));
  must(directives->withdraw(by, id, day("2025-08-01"), "r"));
  const auto all = must(store->read(
      [](store::Reader& reader) -> Result<std::vector<policy::Directive>> { return load_directives(reader); }));
  ASSERT_EQ(all.size(), 1U) << "a superseded row is not known any more";
  EXPECT_EQ(all[0].id, id);
  EXPECT_EQ(all[0].until, day("2025-08-01"));
}

}  // namespace
}  // namespace khien::directives
