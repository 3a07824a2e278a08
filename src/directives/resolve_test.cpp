#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directives/testing.h"

namespace khien::directives {
namespace {

using testing::HasSubstr;
using testing_support::DirectivesWorld;
using testing_support::must;

class Resolve : public testing::Test, protected DirectivesWorld {
 protected:
  Result<policy::Directive> resolved(const DirectiveText& wanted) {
    return resolve(wanted, DirectiveId::make(random), names, "x.yaml");
  }
};

TEST_F(Resolve, PutsIdsInPlaceOfCodes) {
  auto wanted = text("LA", "2025-07-01");
  wanted.scope.units = {"SYT"};
  wanted.clauses[0].scope = ScopeText{.units = {}, .systems = {"tthc"}, .groups = {}, .accounts = {}};
  const auto directive = must(resolved(wanted));
  EXPECT_EQ(directive.adopted_by, province);
  EXPECT_EQ(directive.from, start_of(*parse_date("2025-07-01")));
  EXPECT_EQ(directive.scope.units, std::vector{health});
  EXPECT_EQ(directive.clauses[0].scope->systems, std::vector{names.systems["tthc"]});
}

TEST_F(Resolve, TellsEveryUnknownCodeWithItsLine) {
  auto wanted = text("LA", "2025-07-01", 8, "KHONG");
  wanted.scope.units = {"SXD"};
  wanted.scope.line = 7;
  wanted.clauses[0].scope =
      ScopeText{.units = {}, .systems = {"qlvb"}, .groups = {"mot-cua"}, .accounts = {}, .line = 9};
  const auto directive = resolved(wanted);
  ASSERT_FALSE(directive);
  const auto said = directive.error().line(Language::English);
  for (const char* part :
       {"no unit with the code \"KHONG\"", "x.yaml:7: There is no unit with the code \"SXD\"",
        "x.yaml:9: There is no system with the code \"qlvb\"", "x.yaml:9: There is no group with the code \"mot-cua\""})
    EXPECT_THAT(said, HasSubstr(part));
}

TEST_F(Resolve, TellsTheLineOfEachCodeAndDate) {
  const auto read = must(parse_directive(
      "code: X\nissuer: i\nsubject: s\nadopted_by: KHONG\nfrom: 2025-07-01\nuntil: 2025-06-01\nscope:\n  units: "
      "[TINH]\n"
      "  systems:\n    - tthc\n    - qlvb\nclauses:\n  - id: X-1\n    words: w\n    scope: {groups: [mot-cua]}\n"
      "    controls: [{kind: password.distinct}]\n",
      "x.yaml"));
  const auto said = resolved(read).error().line(Language::English);
  for (const char* part : {"x.yaml:4: There is no unit with the code \"KHONG\"", "x.yaml:6: The end must come after",
                           "x.yaml:11: There is no system with the code \"qlvb\"",
                           "x.yaml:15: There is no group with the code \"mot-cua\""})
    EXPECT_THAT(said, HasSubstr(part)) << said;
}

TEST_F(Resolve, NeedsWhoAdoptsItAndFromWhenAndAnEndAfterIt) {
  auto wanted = text("LA", "2025-07-01");
  wanted.adopted_by.reset();
  wanted.from.reset();
  const auto said = resolved(wanted).error().line(Language::English);
  EXPECT_THAT(said, HasSubstr("--adopted-by"));
  EXPECT_THAT(said, HasSubstr("--from"));
  auto backwards = text("LA", "2025-07-01");
  backwards.until = backwards.from;
  EXPECT_THAT(resolved(backwards).error().text().en, HasSubstr("after the start"));
}

TEST_F(Resolve, AnUnknownCodeNeverWidensTheScope) {
  auto wanted = text("LA", "2025-07-01");
  wanted.scope.units = {"SXD"};
  EXPECT_FALSE(resolved(wanted)) << "an empty list would bind everything";
}

TEST_F(Resolve, ComesBackFromItsOwnTextTheSame) {
  auto wanted = text("LA", "2025-07-01");
  wanted.number = "15/CV";
  wanted.scope.units = {"SYT", "SNV"};
  wanted.scope.accounts = {policy::AccountKind::Unit};
  wanted.clauses[0].scope = ScopeText{.units = {}, .systems = {"tthc"}, .groups = {}, .accounts = {}};
  const auto directive = must(resolved(wanted));
  const auto again = must(
      resolve_stored(must(parse_directive(write_directive(text_of(directive)), "stored")), directive.id, "stored"));
  EXPECT_EQ(again.scope, directive.scope);
  EXPECT_EQ(again.clauses[0].scope, directive.clauses[0].scope);
  EXPECT_EQ(again.clauses[0].controls, directive.clauses[0].controls);
  EXPECT_EQ(again.adopted_by, directive.adopted_by);
  EXPECT_EQ(again.from, directive.from);
}

const std::string kWithIds =
    "code: X\nissuer: i\nsubject: s\nfrom: 2025-07-01\nclauses:\n  - id: X-1\n    words: w\n    scope:\n      systems: "
    "[tthc]\n      groups: [GROUP]\n    controls:\n      - {kind: device.antivirus, params: {priority: [tthc, "
    "SYSTEM]}}\n"
    "scope:\n  units:\n    - UNIT\n  systems: [SYSTEM]\nadopted_by: UNIT\n";

std::string with_ids(const std::string& unit, const std::string& system, const std::string& group) {
  std::string out = kWithIds;
  const auto put = [&](const std::string& word, const std::string& id) {
    for (auto at = out.find(word); at != std::string::npos; at = out.find(word)) out.replace(at, word.size(), id);
  };
  put("UNIT", "id:" + unit);
  put("SYSTEM", "id:" + system);
  put("GROUP", "id:" + group);
  return out;
}

TEST_F(Resolve, RefusesIdsThatNothingHereHasEachAtItsLineInTheOrderOfTheLines) {
  const std::map<std::string, std::string> nobodys{{"unit", UnitId::make(random).text()},
                                                   {"system", SystemId::make(random).text()},
                                                   {"group", GroupId::make(random).text()}};
  const auto unknown = [&](const std::string& what) {
    return ": There is no " + what + " with the id \"id:" + nobodys.at(what) + "\" here; write the code of the " +
           what + ".";
  };
  const auto yaml = with_ids(nobodys.at("unit"), nobodys.at("system"), nobodys.at("group"));
  const auto said = resolved(must(parse_directive(yaml, "x.yaml"))).error().text().en;
  EXPECT_EQ(said, "x.yaml:10" + unknown("group") + "\nx.yaml:12" + unknown("system") + "\nx.yaml:15" + unknown("unit") +
                      "\nx.yaml:16" + unknown("system") + "\nx.yaml:17" + unknown("unit"));
}

TEST_F(Resolve, TakesIdsOfWhatIsHereAndOfNothingElseOfThatId) {
  names.groups["mot-cua"] = GroupId::make(random);
  const auto text_with = [&](const std::string& unit, const std::string& system) {
    return must(parse_directive(with_ids(unit, system, names.groups["mot-cua"].text()), "x.yaml"));
  };
  const std::string unit = health.text();
  const std::string system = names.systems["tthc"].text();
  const auto directive = must(resolved(text_with(unit, system)));
  EXPECT_EQ(directive.scope.units, std::vector{health});
  EXPECT_EQ(directive.clauses[0].scope->groups, std::vector{names.groups["mot-cua"]});
  EXPECT_FALSE(resolved(text_with(system, system))) << "a system is no unit";
  EXPECT_FALSE(resolved(text_with(unit, unit))) << "a unit is no system";
  EXPECT_FALSE(resolved(text_with(UnitId{}.text(), system))) << "nil would be nobody's";
  auto stored = text_of(directive);
  stored.scope.units = {"id:" + UnitId::make(random).text()};
  EXPECT_TRUE(resolve_stored(stored, directive.id, "stored")) << "what was adopted is read, whatever is gone since";
  stored.scope.units = {"SYT"};
  EXPECT_FALSE(resolve_stored(stored, directive.id, "stored")) << "but codes mean nothing there";
}

TEST_F(Resolve, AnIdThatIsNoneIsLookedUpAsACode) {
  auto wanted = text("LA", "2025-07-01");
  wanted.scope.units = {"id:nonsense"};
  EXPECT_THAT(resolved(wanted).error().text().en, HasSubstr("id:nonsense"));
}

}  // namespace
}  // namespace khien::directives
