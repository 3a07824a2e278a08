#include "app/act.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "app/administrators.h"
#include "app/cutoffs.h"
#include "app/testing.h"

namespace khien::app {
namespace {

using namespace testing_support;

RC_GTEST_PROP(ParameterLaws, DecodingIsTheInverseOfEncoding, ()) {
  const auto text = rc::gen::map(rc::gen::container<std::string>(rc::gen::inRange('\1', '\x7f')),
                                 [](std::string one) { return one + "ệ\"\\"; });
  Parameters parameters;
  for (const auto& name : *rc::gen::container<std::vector<std::string>>(text)) parameters[name] = *text;
  const auto again = decode_parameters(encode(parameters));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == parameters);
}

TEST(MassEffect, IsManyAccountsOrAShareOfThemButNeverAHandful) {
  Config config;
  EXPECT_FALSE(is_mass_effect(config, 0, 0));
  EXPECT_FALSE(is_mass_effect(config, 5, 20));
  EXPECT_TRUE(is_mass_effect(config, 6, 20));
  EXPECT_FALSE(is_mass_effect(config, 20, 1000));
  EXPECT_TRUE(is_mass_effect(config, 21, 1000));
  EXPECT_FALSE(is_mass_effect(config, 50, 40000));
  EXPECT_TRUE(is_mass_effect(config, 51, 40000));
}

RC_GTEST_PROP(MassEffectLaws, TouchingMoreIsNeverLess, ()) {
  Config config;
  config.mass_effect_accounts = *rc::gen::inRange(1, 1000);
  config.mass_effect_percent = *rc::gen::inRange(1, 100);
  const std::size_t of = *rc::gen::inRange(0, 100000);
  const std::size_t few = *rc::gen::inRange(0, 2000);
  const std::size_t more = few + *rc::gen::inRange(0, 2000);
  RC_PRE(is_mass_effect(config, few, of));
  RC_ASSERT(is_mass_effect(config, more, of));
}

/// Two administrators, one more person, and twenty people of whom each has a login and an account.
class ActTest : public ::testing::Test, protected AppWorld {
 protected:
  ActTest() {
    must(initialise());
    opened = must(open(Installation::Mode::Change));
    unit = must(opened->people().add_unit(
        by, {{day("2020-01-01"), {}}, "TINH", "UBND tỉnh Mẫu", {}, people::Tree::State, "tỉnh"}));
    system = must(opened->accounts().add_system(by, {.code = "tthc",
                                                     .name = "Một cửa",
                                                     .owner = unit,
                                                     .operator_name = "",
                                                     .behind_gate = true,
                                                     .login_is_ours = true}));
    for (int i = 0; i < 20; ++i) people.push_back(person(i));
    must(opened->people().found_roles(by, {people[0], people[1]}));
  }

  PersonId person(int number) {
    const std::string name = "nv" + std::to_string(number);
    const auto id = must(
        opened->people().add_person(by, {.name = "Nguyễn Văn An", .work_mail = {}, .staff_code = {}, .secret = {}}));
    must(opened->people().post(by, {{}, id, unit, "chuyên viên", true, {day("2024-01-01"), {}}}));
    const auto login = must(opened->credentials().create(
        by,
        {.user_name = name,
         .holder = id,
         .password = {.state = policy::PasswordState::Own, .changed_at = day("2025-05-01"), .rule_min_length = 8}}));
    const auto account = must(opened->accounts().open_account(by, {.system = system,
                                                                   .kind = accounts::AccountKind::Personal,
                                                                   .user_name = name,
                                                                   .holder = id,
                                                                   .wanted = policy::LifecycleState::Active,
                                                                   .created_at = day("2025-01-10")}));
    must(opened->accounts().bind_login(by, account, login));
    return id;
  }

  AdoptDirective letter(const std::string& control) {
    AdoptDirective act;
    act.file = "mau.yaml";
    act.yaml =
        "code: MAU\nissuer: UBND tỉnh Mẫu\nsubject: thử\nadopted_by: TINH\nfrom: 2025-06-01\nclauses:\n"
        "  - id: MAU-1\n    words: thử\n    controls: [{kind: " +
        control + "}]\n";
    return act;
  }
  people::By as(std::size_t who) { return {audit::Actor::person(people[who]), ""}; }

  std::unique_ptr<Installation> opened;
  UnitId unit;
  SystemId system;
  std::vector<PersonId> people;
};

TEST_F(ActTest, ALetterThatBindsManyAtOnceWaits) {
  const auto performed = must(perform(*opened, as(0), letter("password.rotation, params: {max_age: P1D}")));
  ASSERT_TRUE(performed.request);
  EXPECT_EQ(performed.request->affected, 20);
  EXPECT_TRUE(opened->directives().snapshot()->directives().empty());
  const auto approved = must(approve(*opened, as(1), *performed.request));
  EXPECT_FALSE(approved.request);
  EXPECT_EQ(opened->directives().snapshot()->directives().size(), 1U);
}

TEST_F(ActTest, ALetterThatTouchesNobodyThisWeekIsAdoptedByOne) {
  const auto performed = must(perform(*opened, as(0), letter("password.history, params: {last: 3}")));
  EXPECT_FALSE(performed.request);
  EXPECT_EQ(opened->directives().snapshot()->directives().size(), 1U);
}

TEST_F(ActTest, WhatWouldTouchManyMoreByNowIsNotWhatWasShown) {
  const auto make_old = [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i)
      must(opened->credentials().set_password(
          by, opened->credentials().snapshot()->of_holder(people[i]).front(), Secret(std::string("x")),
          {.state = policy::PasswordState::Own, .changed_at = day("2025-04-01"), .rule_min_length = 8}));
  };
  make_old(2, 8);
  const auto performed = must(perform(*opened, as(0), letter("password.rotation, params: {max_age: P40D}")));
  ASSERT_TRUE(performed.request);
  EXPECT_EQ(performed.request->affected, 6);
  make_old(8, 14);
  const auto approved = approve(*opened, as(1), *performed.request);
  ASSERT_FALSE(approved);
  EXPECT_EQ(approved.error().kind(), ErrorKind::Conflict);
  EXPECT_TRUE(opened->directives().snapshot()->directives().empty());
}

TEST_F(ActTest, IsUndoneByOneWithinTheGracePeriodAndThenNoMore) {
  must(perform(*opened, as(0), letter("password.history, params: {last: 3}")));
  WithdrawDirective undo;
  undo.directive = opened->directives().snapshot()->directives().front().id;
  undo.undo = true;
  undo.reason = "nhầm";
  clock.advance(std::chrono::hours(25));
  EXPECT_FALSE(perform(*opened, as(0), undo));
  clock.set_wall(clock.now() - std::chrono::hours(2));
  EXPECT_FALSE(must(perform(*opened, as(0), undo)).request);
  EXPECT_TRUE(opened->directives().snapshot()->directives().front().is_over(clock.now()));
}

TEST_F(ActTest, UndoingAReplacementBringsBackWhatItReplaced) {
  must(perform(*opened, as(0), letter("password.history, params: {last: 3}")));
  clock.advance(std::chrono::hours(48));
  const auto old = opened->directives().snapshot()->directives().front().id;
  auto next = letter("password.history, params: {last: 5}");
  next.from = day("2025-06-03");
  next.replaces = {old};
  must(perform(*opened, as(0), next));
  WithdrawDirective undo;
  for (const auto& directive : opened->directives().snapshot()->directives())
    if (directive.id != old) undo.directive = directive.id;
  undo.undo = true;
  undo.reason = "nhầm";
  must(perform(*opened, as(0), undo));
  const auto* again = opened->directives().snapshot()->directive(old);
  ASSERT_NE(again, nullptr);
  EXPECT_FALSE(again->until);
}

TEST_F(ActTest, WhatCannotBeDoneAnyMoreIsOutdated) {
  GrantRole grant;
  grant.grant = {{}, people[2], people::Role::Auditor, {}, {clock.now(), {}}};
  const auto waits = must(perform(*opened, as(0), grant));
  ASSERT_TRUE(waits.request);
  must(opened->people().grant_role(by, {{}, people[2], people::Role::Centre, {}, {clock.now(), {}}}));
  EXPECT_FALSE(approve(*opened, as(1), *waits.request));
  EXPECT_EQ(must(opened->requests().find(waits.request->number)).state, people::RequestState::Outdated);
}

TEST_F(ActTest, WhoHasNoRoleNeitherProposesNorApproves) {
  EXPECT_FALSE(perform(*opened, as(5), letter("password.history, params: {last: 3}")));
  const auto waits = must(perform(*opened, as(0), letter("password.rotation, params: {max_age: P1D}")));
  EXPECT_FALSE(approve(*opened, as(5), *waits.request));
  EXPECT_FALSE(approve(*opened, by, *waits.request));
}

class CutoffTest : public ActTest {
 protected:
  /// The letter in force, with a cutoff in ten days, adopted by the owner as before there were administrators.
  directives::CutoffKey cutoff() {
    auto act = letter("password.cutoff, params: {date: 2025-06-11}");
    must(act.carry_out(*opened, by));
    const auto directive = opened->directives().snapshot()->directives().front().id;
    return {directive, *parse_date("2025-06-11")};
  }
  std::size_t shut_out() {
    std::size_t count = 0;
    const auto view = opened->standings().view();
    view->logins().all().for_each([&](const LoginId&, const credentials::Login& login) {
      const auto standing = view->standing_of(login);
      if (standing.decision.refusal.reason == policy::RefusalReason::Cutoff) ++count;
    });
    return count;
  }
};

TEST_F(CutoffTest, OneThatWouldShutOutManyIsHeldBackAWeekBeforeAndActsOnceTwoConfirmed) {
  const auto key = cutoff();
  EXPECT_TRUE(must(hold_back_mass_cutoffs(*opened, clock.now())).empty()) << "more than a week ahead";
  clock.set_wall(day("2025-06-05"));
  const auto held = must(hold_back_mass_cutoffs(*opened, clock.now()));
  ASSERT_EQ(held.size(), 1U);
  EXPECT_EQ(held[0].shut_out, 20U);
  EXPECT_TRUE(must(hold_back_mass_cutoffs(*opened, clock.now())).empty()) << "once";
  clock.set_wall(day("2025-06-12"));
  EXPECT_EQ(shut_out(), 0U);
  ConfirmCutoff confirm;
  confirm.cutoff = key;
  const auto waits = must(perform(*opened, as(0), confirm));
  ASSERT_TRUE(waits.request);
  EXPECT_EQ(shut_out(), 0U);
  must(approve(*opened, as(1), *waits.request));
  EXPECT_EQ(shut_out(), 20U);
  EXPECT_TRUE(must(hold_back_mass_cutoffs(*opened, clock.now())).empty());
}

TEST_F(CutoffTest, OneThatTwoPersonsSawWhenTheyAdoptedItIsNotHeldBack) {
  const auto waits = must(perform(*opened, as(0), letter("password.cutoff, params: {date: 2025-06-11}")));
  ASSERT_TRUE(waits.request) << "all of its cutoffs count, not only those of the week";
  must(approve(*opened, as(1), *waits.request));
  clock.set_wall(day("2025-06-10"));
  EXPECT_TRUE(must(hold_back_mass_cutoffs(*opened, clock.now())).empty());
  clock.set_wall(day("2025-06-11"));
  EXPECT_EQ(shut_out(), 20U);
}

TEST_F(CutoffTest, OneThatCameWhileTheServerWasOffIsHeldBackAtItsStart) {
  cutoff();
  clock.set_wall(day("2025-06-13"));
  EXPECT_EQ(must(hold_back_mass_cutoffs(*opened, day("2025-06-10"))).size(), 1U);
  EXPECT_EQ(shut_out(), 0U);
}

TEST_F(CutoffTest, OneThatHasActedIsNotTakenBack) {
  cutoff();
  clock.set_wall(day("2025-06-13"));
  EXPECT_TRUE(must(hold_back_mass_cutoffs(*opened, day("2025-06-12"))).empty());
  EXPECT_EQ(shut_out(), 20U);
}

TEST_F(CutoffTest, IsPutOffForAUnitAndThoseBelowItOnly) {
  const auto key = cutoff();
  const auto other = must(opened->people().add_unit(
      by, {{day("2020-01-01"), {}}, "PNV", "Phòng Nội vụ", unit, people::Tree::State, "phòng"}));
  for (std::size_t i = 10; i < 20; ++i)
    must(opened->people().transfer(by, people[i], other, "chuyên viên", day("2025-06-02")));
  DelayCutoff delay;
  delay.cutoff = key;
  delay.unit = other;
  delay.until = day("2025-06-20");
  delay.reason = "tập huấn";
  must(approve(*opened, as(1), *must(perform(*opened, as(0), delay)).request));
  clock.set_wall(day("2025-06-12"));
  EXPECT_EQ(shut_out(), 10U);
  clock.set_wall(day("2025-06-20"));
  EXPECT_EQ(shut_out(), 20U);
}

TEST_F(CutoffTest, ADeskGoesOnForOneDayOnceAndNotWithASuspectedPassword) {
  cutoff();
  clock.set_wall(day("2025-06-12") + std::chrono::hours(7));
  const auto logins = opened->credentials().snapshot();
  const auto suspected = logins->of_holder(people[3]).front();
  must(opened->credentials().suspect(by, suspected, clock.now(), "lộ", {}));
  ContinueDesk desk;
  desk.day = *parse_date("2025-06-12");
  desk.reason = "tiếp dân";
  desk.login = suspected;
  EXPECT_FALSE(perform(*opened, as(0), desk));
  desk.login = logins->of_holder(people[4]).front();
  EXPECT_FALSE(must(perform(*opened, as(0), desk)).request);
  EXPECT_EQ(shut_out(), 19U);
  clock.set_wall(day("2025-06-13"));
  EXPECT_EQ(shut_out(), 20U);
  desk.day = *parse_date("2025-06-13");
  EXPECT_FALSE(perform(*opened, as(0), desk));
}

TEST_F(CutoffTest, IsReopenedByAHelperOfTheUnitAndSuspectedLoginsByTheCentreOnly) {
  cutoff();
  clock.set_wall(day("2025-06-12"));
  must(opened->people().grant_role(by,
                                   {{}, people[2], people::Role::UnitHelper, {.unit = unit}, {day("2025-01-01"), {}}}));
  const auto reopen = [&](std::size_t who, std::size_t whom) {
    const auto snapshot = opened->credentials().snapshot();
    return reopen_after_cutoff(*opened, as(who), *snapshot->find(snapshot->of_holder(people[whom]).front()), "đã gặp");
  };
  EXPECT_FALSE(reopen(5, 4)) << "no role";
  EXPECT_FALSE(reopen(2, 2)) << "one's own";
  EXPECT_TRUE(reopen(2, 4));
  EXPECT_EQ(shut_out(), 19U);
  EXPECT_FALSE(reopen(2, 4)) << "nothing to reopen";
  must(opened->credentials().suspect(by, opened->credentials().snapshot()->of_holder(people[6]).front(), clock.now(),
                                     "lộ", {}));
  EXPECT_FALSE(reopen(2, 6));
  EXPECT_TRUE(reopen(0, 6));
}

TEST_F(ActTest, AnInstallationWithoutAdministratorsDoesAtOnceWhatItsOwnerSays) {
  AppWorld fresh;
  must(fresh.initialise());
  const auto empty = must(fresh.open(Installation::Mode::Change));
  must(empty->people().add_unit(by, {{day("2020-01-01"), {}}, "TINH", "UBND", {}, people::Tree::State, "tỉnh"}));
  EXPECT_FALSE(must(perform(*empty, by, letter("password.history, params: {last: 3}"))).request);
}

}  // namespace
}  // namespace khien::app
