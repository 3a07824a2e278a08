#include "people/authority.h"

#include <gtest/gtest.h>

#include "people/testing.h"

namespace khien::people {
namespace {

using namespace testing_support;

/// A province with one department and its office, and another department; the party beside them.
class AuthorityTest : public ::testing::Test, protected PeopleWorld {
 protected:
  UnitId unit(const std::string& code, const UnitId& parent = {}, Tree tree = Tree::State) {
    return must(people->add_unit(by, {{day("2020-01-01"), {}}, code, "Đơn vị " + code, parent, tree, "sở"}));
  }
  PersonId person(const std::string& name, const UnitId& at) {
    const auto id = must(people->add_person(by, {.name = name, .work_mail = {}, .staff_code = {}, .secret = {}}));
    must(people->post(by, {{}, id, at, "chuyên viên", true, {day("2024-01-01"), {}}}));
    return id;
  }
  void grant(const PersonId& to, Role role, RoleScope scope = {}) {
    must(people->grant_role(by, {{}, to, role, scope, {day("2025-01-01"), {}}}));
  }
  bool may(const PersonId& who, Act act, const About& about) {
    return require_authority(*people->snapshot(), audit::Actor::person(who), act, about, clock.now()).has_value();
  }
  About of(const PersonId& who) { return About::person(*people->snapshot(), who, clock.now()); }

  const UnitId province = unit("TINH");
  const UnitId department = unit("SO", province);
  const UnitId office = unit("VP", department);
  const UnitId other = unit("SO2", province);
  const UnitId party = unit("DANG", {}, Tree::Party);
  const PersonId an = person("Nguyễn Văn An", office);
  const PersonId binh = person("Trần Thị Bình", other);
  const PersonId chi = person("Lê Chi", party);
};

TEST_F(AuthorityTest, WithoutARoleNothingIsAllowed) {
  for (const auto act : {Act::ReadState, Act::LockLogin, Act::GrantRole, Act::ImportPeople})
    EXPECT_FALSE(may(an, act, of(binh)));
}

TEST_F(AuthorityTest, AHeadReachesTheSubtreeOfTheUnitAndNothingBesideOrAbove) {
  grant(binh, Role::UnitHead, {.unit = department});
  EXPECT_TRUE(may(binh, Act::LockLogin, of(an)));
  EXPECT_FALSE(may(binh, Act::LockLogin, of(binh)));
  EXPECT_FALSE(may(binh, Act::LockLogin, {.units = {province}}));
  EXPECT_FALSE(may(binh, Act::LockLogin, About::whole()));
  EXPECT_FALSE(may(binh, Act::LockLogin, {.units = {office, other}}));
  EXPECT_FALSE(may(binh, Act::UnlockLogin, of(an)));
}

TEST_F(AuthorityTest, ARoleOfOneRootDoesNotReachTheOther) {
  grant(an, Role::Centre, {.unit = province});
  EXPECT_TRUE(may(an, Act::IssuePassword, of(binh)));
  EXPECT_FALSE(may(an, Act::IssuePassword, of(chi)));
  EXPECT_FALSE(may(an, Act::RotateKey, About::whole()));
}

TEST_F(AuthorityTest, WhoLeftLongAgoIsReachedThroughTheUnitThatTookHisPlace) {
  grant(binh, Role::UnitHead, {.unit = other});
  must(people->unpost(by, people->snapshot()->person(an)->postings.front().id, day("2025-02-01")));
  must(people->merge_units(by, {office}, other, day("2025-03-01")));
  EXPECT_TRUE(may(binh, Act::LockLogin, of(an)));
}

TEST_F(AuthorityTest, BreakGlassRightsCountForWhoUsesThemOnly) {
  grant(an, Role::BreakGlass);
  EXPECT_FALSE(may(an, Act::ImportPeople, About::whole()));
  auto actor = audit::Actor::person(an);
  actor.break_glass = true;
  EXPECT_TRUE(require_authority(*people->snapshot(), actor, Act::ImportPeople, About::whole(), clock.now()));
}

TEST_F(AuthorityTest, ARoleEndsOnItsDay) {
  grant(an, Role::Centre);
  must(people->end_role(by, people->snapshot()->person(an)->roles.front().id, day("2025-06-02")));
  EXPECT_TRUE(may(an, Act::ImportPeople, About::whole()));
  clock.set_wall(day("2025-06-02"));
  EXPECT_FALSE(may(an, Act::ImportPeople, About::whole()));
}

TEST_F(AuthorityTest, WhoAuditsDoesNotAdminister) {
  grant(an, Role::Auditor);
  const auto refused = people->grant_role(by, {{}, an, Role::Centre, {}, {day("2025-01-01"), {}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Refused);
  EXPECT_TRUE(may(an, Act::ReadLog, About::whole()));
  EXPECT_FALSE(may(an, Act::LockLogin, About::whole()));
}

TEST_F(AuthorityTest, ScopesFitTheirRoles) {
  EXPECT_FALSE(people->grant_role(by, {{}, an, Role::UnitHelper, {}, {day("2025-01-01"), {}}}));
  EXPECT_FALSE(people->grant_role(by, {{}, an, Role::SystemOwner, {}, {day("2025-01-01"), {}}}));
  EXPECT_FALSE(people->grant_role(by, {{}, an, Role::BreakGlass, {.unit = office}, {day("2025-01-01"), {}}}));
}

TEST_F(AuthorityTest, TheFirstAdministratorsAreTwoAndTwoRemain) {
  EXPECT_FALSE(people->found_roles(by, {an}));
  EXPECT_FALSE(people->found_roles(by, {an, an}));
  must(people->found_roles(by, {an, binh}));
  EXPECT_TRUE(must(people->has_founded_roles()));
  EXPECT_FALSE(people->found_roles(by, {an, chi}));
  const auto grant_of_an = people->snapshot()->person(an)->roles.front().id;
  EXPECT_FALSE(people->end_role(by, grant_of_an, clock.now()));
  grant(chi, Role::Centre);
  must(people->end_role(by, grant_of_an, clock.now()));
}

TEST_F(AuthorityTest, GrantsAreKnownAsTheyWereAndOutliveARestart) {
  grant(an, Role::UnitHead, {.unit = office});
  const Instant then = clock.now();
  clock.advance(std::chrono::hours(1));
  must(people->end_role(by, people->snapshot()->person(an)->roles.front().id, clock.now()));
  const auto known = must(people->as_known_at(then));
  EXPECT_FALSE(known.person(an)->roles.front().valid.to);
  People again(*store, log, *keys, clock, random);
  must(again.load());
  EXPECT_EQ(again.snapshot()->person(an)->roles, people->snapshot()->person(an)->roles);
}

TEST_F(AuthorityTest, TheEntryNamesRoleAndScope) {
  sync();
  grant(an, Role::UnitHead, {.unit = office});
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "role.granted");
  const auto has = [&](const std::string& name, const std::string& value) {
    return std::ranges::any_of(entries[0].facts,
                               [&](const audit::Fact& f) { return f.name == name && f.value == value; });
  };
  EXPECT_TRUE(has("role.1.name", "unit_head"));
  EXPECT_TRUE(has("role.1.unit", office.text()));
}

TEST(Authority, EveryActHasARuleWithACodeOfItsOwn) {
  for (int i = 0; i <= static_cast<int>(Act::ConfirmClock); ++i) {
    const auto act = static_cast<Act>(i);
    EXPECT_EQ(parse_act(rule_of(act).code), act);
    EXPECT_NE(rule_of(act).roles, 0);
    EXPECT_FALSE(rule_of(act).name.vi.empty());
  }
}

}  // namespace
}  // namespace khien::people
