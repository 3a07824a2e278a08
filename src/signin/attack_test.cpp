// What must not happen, whoever asks twice, at once, late, from elsewhere, or while clock and disk fail.
#include <gtest/gtest.h>

#include <thread>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing_support::must;
using Next = Progress::Next;

const From kElsewhere{"198.51.100.9"};

class SignInAttack : public testing::Test, protected testing_support::SignInWorld {
 protected:
  Result<Progress> answer(const Flow& flow, const StepAnswers& answers) {
    return sign_in->answer_steps(flow, answers, kHere);
  }
  Result<Progress> change(const Session& session, std::string_view current, std::string_view fresh) {
    return sign_in->change_password(session, Secret(std::string(current)), Secret(std::string(fresh)), kHere);
  }
  /// Wrong passwords from networks all over, as fast as they are taken, until this one is made to wait.
  void flood(const std::string& user_name) {
    for (int i = 0; i < 200; ++i) give(user_name, "sai-" + std::to_string(i), {"203.0." + std::to_string(i) + ".1"});
    ASSERT_EQ(give(user_name, "sai", {"198.18.0.1"}).next, Next::Wait) << "the flood is too small to be one";
  }
  /// Runs them at the same moment.
  template <class... Act>
  static void at_once(Act&&... acts) {
    std::atomic<int> waiting{sizeof...(acts)};
    std::vector<std::jthread> threads;
    const auto start = [&](auto& act) {
      threads.emplace_back([&] {
        --waiting;
        while (waiting > 0) std::this_thread::yield();
        act();
      });
    };
    (start(acts), ...);
  }
};

// The same flow twice.

TEST_F(SignInAttack, AFlowOpensOneSession) {
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  const StepAnswers answers{.knows_of_monitoring = true};
  ASSERT_EQ(must(answer(owing.flow, answers)).next, Next::Done);
  const auto again = answer(owing.flow, answers);
  ASSERT_FALSE(again) << "a copy of its cookie opened another";
  EXPECT_EQ(again.error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(sessions->live_count(), 1U);
}

TEST_F(SignInAttack, AFlowThatOpenedASessionChangesNothingAnyMore) {
  issue(login);
  adopt("PB", {"directive.disseminate, force: must, params: {}"});
  know_monitoring(holder);
  const auto owing = give("an.nv", kIssued);
  ASSERT_EQ(must(answer(owing.flow, answer_with(kFresh))).next, Next::Steps);
  const auto later = give("an.nv", kFresh);
  ASSERT_EQ(must(answer(later.flow, {.later = true})).next, Next::Done);
  EXPECT_FALSE(sign_in->owed(later.flow)) << "a copy of its cookie shows the steps";
  EXPECT_FALSE(answer(later.flow, answer_with("Cua-ke.trom55-day")));
  EXPECT_EQ(count("password.changed"), 1U);
}

TEST_F(SignInAttack, APasswordWhoseChangeIsNotOwedStaysAtTheSteps) {
  adopt("PB", {"directive.disseminate, force: must, params: {}"});
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  must(answer(owing.flow, answer_with(kFresh)));
  EXPECT_EQ(count("password.changed"), 0U) << "without the present password";
}

TEST_F(SignInAttack, AFlowOfARunBeforeIsOver) {
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(must(answer(owing.flow, {.knows_of_monitoring = true})).next, Next::Done);
  restart();
  EXPECT_FALSE(sign_in->owed(owing.flow)) << "what was used up is not known any more";
  EXPECT_FALSE(answer(owing.flow, {.knows_of_monitoring = true}));
}

TEST_F(SignInAttack, TwoTabsThatAnswerAtOnceOpenOneSession) {
  const auto owing = give("an.nv", kPassword);
  std::atomic<int> done = 0;
  const auto tab = [&] {
    const auto out = answer(owing.flow, {.knows_of_monitoring = true});
    if (out && out->next == Next::Done) ++done;
  };
  at_once(tab, tab, tab, tab);
  EXPECT_EQ(done, 1);
  EXPECT_EQ(sessions->live_count(), 1U);
  EXPECT_EQ(count("confirmation.monitoring"), 1U);
}

TEST_F(SignInAttack, TwoTabsThatChangeThePasswordAtOnceChangeItOnce) {
  know_monitoring(holder);
  issue(login);
  const auto owing = give("an.nv", kIssued);
  ASSERT_EQ(owing.next, Next::Steps);
  const std::array<std::string, 4> fresh{"Mot-kieu.khac72", "Hai-kieu.khac73", "Ba-kieu.khac74x", "Bon-kieu.khac75"};
  std::array<bool, 4> won{};
  const auto tab = [&](std::size_t i) {
    return [&, i] {
      clock.advance(std::chrono::microseconds{1});
      const auto out = answer(owing.flow, answer_with(fresh[i]));
      won[i] = out && out->next == Next::Done;
    };
  };
  at_once(tab(0), tab(1), tab(2), tab(3));
  EXPECT_EQ(std::ranges::count(won, true), 1);
  EXPECT_EQ(count("password.changed"), 1U);
  for (std::size_t i = 0; i < fresh.size(); ++i)
    EXPECT_EQ(give("an.nv", fresh[i], {"192.0.2." + std::to_string(i)}).next == Next::Done, won[i]) << fresh[i];
}

TEST_F(SignInAttack, TwoTabsOfASessionThatChangeThePasswordAtOnceChangeItOnce) {
  know_monitoring(holder);
  const auto session = sign_in->session_of(signed_in());
  std::atomic<int> done = 0;
  const auto tab = [&](const char* fresh) {
    return [&, fresh] {
      clock.advance(std::chrono::microseconds{1});
      const auto out = change(*session, kPassword, fresh);
      if (out && out->next == Next::Done) ++done;
    };
  };
  at_once(tab("Mot-kieu.khac72"), tab("Hai-kieu.khac73"));
  EXPECT_EQ(done, 1);
  EXPECT_EQ(count("password.changed"), 1U);
}

TEST_F(SignInAttack, NoSessionOfTheOldPasswordOutlivesAChangeAtTheSameMoment) {
  know_monitoring(holder);
  const auto session = sign_in->session_of(signed_in());
  for (int round = 0; round < 10; ++round) {
    const std::string old = round % 2 == 0 ? std::string(kPassword) : std::string(kFresh);
    const std::string fresh = round % 2 == 0 ? std::string(kFresh) : std::string(kPassword);
    clock.advance(seconds{1});
    std::vector<std::string> cookies;
    const auto thief = [&] {
      for (int i = 0; i < 5; ++i)
        if (const auto out = try_give("an.nv", old, {"10.0." + std::to_string(round) + ".1"});
            out && out->session_cookie)
          cookies.emplace_back(out->session_cookie->reveal());
    };
    const auto owner = [&] { EXPECT_EQ(must(change(*session, old, fresh)).next, Next::Done); };
    at_once(thief, owner);
    for (const auto& cookie : cookies) EXPECT_FALSE(sign_in->session_of(cookie));
    EXPECT_TRUE(sign_in->session(session->id));
  }
}

TEST_F(SignInAttack, AFlowOfTheOldPasswordOpensNothingIfTheHolderChangesItWhileItsStepsAreWritten) {
  adopt("PB", {"directive.disseminate, force: must, params: {}"});
  const DirectiveId letter = directives->snapshot()->directives().front().id;
  know_monitoring(holder);
  const auto later = give("an.nv", kPassword);
  const auto own = must(answer(later.flow, {.later = true}));
  const auto session = sign_in->session_of(own.session_cookie->reveal());
  const auto thiefs = give("an.nv", kPassword, kElsewhere);
  ASSERT_EQ(thiefs.next, Next::Steps);
  clock.advance(seconds{1});
  disk->after_write(1, [&] { ASSERT_EQ(must(change(*session, kPassword, kFresh)).next, Next::Done); });
  const auto out = answer(thiefs.flow, {.read = {letter.text()}});
  ASSERT_EQ(count("password.changed"), 1U);
  ASSERT_FALSE(out) << "it took over the password that it never knew";
  EXPECT_EQ(out.error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(sessions->live_count(), 1U);
  EXPECT_TRUE(sign_in->session(session->id));
}

TEST_F(SignInAttack, AFlowThatChangedThePasswordOpensNothingIfItIsChangedOnceMoreBeforeTheSession) {
  know_monitoring(holder);
  issue(login);
  const auto owing = give("an.nv", kIssued);
  std::optional<Session> other;
  clock.advance(seconds{1});
  disk->after_write(1, [&] {
    clock.advance(seconds{1});
    other = sign_in->session_of(signed_in(kFresh));
    ASSERT_EQ(must(change(*other, kFresh, "Hai-kieu.khac73")).next, Next::Done);
  });
  const auto out = answer(owing.flow, answer_with(kFresh));
  ASSERT_EQ(count("password.changed"), 2U);
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().kind(), ErrorKind::Conflict);
  EXPECT_EQ(count("sign_in.accepted"), 1U) << "that of the second change only";
}

TEST_F(SignInAttack, ASessionThatChangedThePasswordEndsIfItIsChangedOnceMoreElsewhere) {
  know_monitoring(holder);
  const auto session = sign_in->session_of(signed_in());
  clock.advance(seconds{1});
  disk->after_write(1, [&] {
    clock.advance(seconds{1});
    const auto now = *credentials->snapshot()->find(login);
    must(credentials->change({.login = now, .fresh = Secret("Hai-kieu.khac73"), .actor = audit::Actor::login(login)}));
    // In the moment before it ends the sessions of others.
  });
  must(change(*session, kPassword, kFresh));
  ASSERT_EQ(count("password.changed"), 2U);
  EXPECT_FALSE(sign_in->session(session->id)) << "it goes on with a password that it never knew";
}

// A login that others than its holder know.

TEST_F(SignInAttack, WhoSharesAMailboxConfirmsNothingForItsCustodian) {
  adopt("PB", {"directive.disseminate, force: must, params: {}", "account.accountability, force: must, params: {}"});
  const std::string letter = directives->snapshot()->directives().front().id.text();
  set_password(add_login("dv.vp", holder, {mail}, accounts::AccountKind::Unit), "Hop-thu.chung42");
  StepAnswers all{.read = {letter}, .signed_statements = {letter}, .knows_of_monitoring = true};
  const auto shared = give("dv.vp", "Hop-thu.chung42");
  ASSERT_EQ(shared.next, Next::Steps);
  ASSERT_EQ(shared.standing->decision.steps.size(), 1U);
  EXPECT_EQ(shared.standing->decision.steps.front().kind, policy::StepKind::KnowMonitoring);
  EXPECT_EQ(must(answer(shared.flow, {.read = {letter}})).next, Next::Steps) << "the notice is to be seen";
  ASSERT_EQ(must(answer(shared.flow, all)).next, Next::Done);
  for (const auto* type : {"confirmation.read", "confirmation.signed", "confirmation.monitoring"})
    EXPECT_EQ(count(type), 0U) << type;
  EXPECT_EQ(give("dv.vp", "Hop-thu.chung42").next, Next::Steps) << "the next of them has not seen it";
  const auto own = give("an.nv", kPassword);
  EXPECT_EQ(own.standing->decision.steps.size(), 3U) << "the custodian still reads, signs and knows in his own name";
  ASSERT_EQ(must(answer(own.flow, all)).next, Next::Done);
  EXPECT_EQ(count("confirmation.read"), 1U) << "the names of the types above are right";
}

TEST_F(SignInAttack, TheNoticeOfAMailboxIsGivenAnewWithThePassword) {
  set_password(add_login("dv.vp", holder, {mail}, accounts::AccountKind::Unit), "Hop-thu.chung42");
  Flow told = flow_for("dv.vp");
  told.told_of_monitoring = true;
  EXPECT_EQ(must(sign_in->check_password(told, Secret(std::string("Hop-thu.chung42")), kHere)).next, Next::Steps);
}

TEST_F(SignInAttack, ALoginThatOpensAnAccountOfOnesOwnBesideAMailboxIsAPersons) {
  const auto box = must(accounts->open_account(by, {.system = mail,
                                                    .kind = accounts::AccountKind::Unit,
                                                    .user_name = "dv.vp",
                                                    .holder = holder,
                                                    .unit = office,
                                                    .wanted = policy::LifecycleState::Active}));
  const auto own = accounts->snapshot()->opened_by(login).front();
  must(accounts->bind_login(by, box, login));
  EXPECT_FALSE(standing().is_shared);
  must(accounts->close(by, own));
  EXPECT_TRUE(standing().is_shared) << "only the mailbox is left";
}

TEST_F(SignInAttack, WhoSharesAMailboxLearnsNothingOfTheCustodiansPasswordsAndUsesUpNoneOfHisTries) {
  know_monitoring(holder);
  adopt("LS", {"password.distinct, force: must, params: {}"});
  const LoginId box = add_login("dv.vp", holder, {mail}, accounts::AccountKind::Unit);
  set_password(box, "Hop-thu.chung42");
  const auto entered = must(answer(give("dv.vp", "Hop-thu.chung42").flow, {.knows_of_monitoring = true}));
  const auto shared = *sign_in->session_of(entered.session_cookie->reveal());
  EXPECT_EQ(must(change(shared, "Hop-thu.chung42", kPassword)).next, Next::Done) << "it tells the custodian's password";
  std::string present{kPassword};
  for (int i = 1; i < 10; ++i) {
    const std::string next = "Lan-thu." + std::string(1, static_cast<char>('a' + i)) + "kx72Qz";
    ASSERT_EQ(must(change(shared, present, next)).next, Next::Done) << i;
    present = next;
  }
  EXPECT_FALSE(change(shared, present, "Mot-kieu.khac-han5")) << "the mailbox has its ten";
  const auto own = *sign_in->session_of(signed_in());
  EXPECT_EQ(must(change(own, kPassword, present)).problems.size(), 1U) << "which others know";
  EXPECT_EQ(must(change(own, kPassword, kFresh)).next, Next::Done) << "the custodian's day is used up";
}

// Entries without end.

TEST_F(SignInAttack, ALoginOpensSoManySessionsAMinuteAndOthersGoOn) {
  know_monitoring(holder);
  for (std::size_t i = 0; i < kMostSessionsAMinute; ++i) ASSERT_EQ(give("an.nv", kPassword).next, Next::Done) << i;
  EXPECT_EQ(give("an.nv", kPassword).next, Next::TooMany);
  EXPECT_EQ(count("sign_in.accepted"), kMostSessionsAMinute);
  EXPECT_EQ(sign_in->refusals().at("too_many_sessions"), 1U);
  const LoginId other = add_login("binh.tt", add_person("Trần Thị Bình", office), {mail});
  set_password(other, kFresh);
  know_monitoring(credentials->snapshot()->find(other)->holder);
  EXPECT_EQ(give("binh.tt", kFresh).next, Next::Done);
  clock.advance(minutes{1});
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Done);
}

// A flow that fits no more.

TEST_F(SignInAttack, AFlowFromBeforeAChangeOfPasswordIsOver) {
  const auto owing = give("an.nv", kPassword);
  set_password(login, kFresh, clock.now());
  EXPECT_FALSE(sign_in->owed(owing.flow));
  EXPECT_FALSE(answer(owing.flow, answer_with("Hai-kieu.khac73")));
  EXPECT_EQ(count("password.changed"), 0U);
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(SignInAttack, AFlowWithoutACheckedPasswordOpensNothing) {
  const Flow named = flow_for("an.nv");
  EXPECT_FALSE(sign_in->owed(named));
  EXPECT_FALSE(answer(named, answer_with(kFresh)));
}

TEST_F(SignInAttack, AFlowOfALoginThatIsLockedMeanwhileIsRefused) {
  const auto owing = give("an.nv", kPassword);
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  EXPECT_EQ(must(sign_in->owed(owing.flow)).next, Next::Refused);
  EXPECT_EQ(must(answer(owing.flow, answer_with(kFresh))).next, Next::Refused);
  EXPECT_EQ(count("password.changed"), 0U);
}

TEST_F(SignInAttack, WhoeverWasRefusedGivesThePasswordAgainOnceTheReasonHasGone) {
  const AccountId account = accounts->snapshot()->opened_by(login).front();
  DirectiveId cutoff;
  struct Reason {
    std::string_view name;
    std::function<void()> comes, goes;
  };
  const std::vector<Reason> reasons{
      {"the login is locked", [&] { must(credentials->set_state(by, login, policy::LifecycleState::Suspended)); },
       [&] { must(credentials->set_state(by, login, policy::LifecycleState::Active)); }},
      {"its account is locked", [&] { must(accounts->lock(by, account)); },
       [&] { must(accounts->unlock(by, account)); }},
      {"a cutoff",
       [&] {
         cutoff = adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-05-25\"}",
                               "password.composition, force: must, params: {min_length: 16}"});
       },
       [&] { must(directives->withdraw(by, cutoff, clock.now(), "nhầm")); }}};
  const StepAnswers answers{.knows_of_monitoring = true};
  for (const auto& [name, comes, goes] : reasons) {
    SCOPED_TRACE(name);
    const auto before = give("an.nv", kPassword);  // its cookie is copied before anything is refused
    ASSERT_EQ(before.next, Next::Steps);
    comes();
    EXPECT_EQ(must(sign_in->owed(before.flow)).next, Next::Refused);
    EXPECT_EQ(must(sign_in->owed(before.flow)).next, Next::Refused) << "it can be read again";
    const auto refused = give("an.nv", kPassword);
    ASSERT_EQ(refused.next, Next::Refused);
    goes();
    for (const Flow& flow : {before.flow, refused.flow}) {
      const auto looked = sign_in->owed(flow);
      ASSERT_FALSE(looked) << "went on without the password";
      EXPECT_EQ(looked.error().kind(), ErrorKind::Conflict);
      EXPECT_FALSE(answer(flow, answers));
      EXPECT_FALSE(answer(flow, answer_with(kFresh)));
    }
    clock.advance(seconds{1});
    const auto again = must(sign_in->check_password(refused.flow, Secret(std::string(kPassword)), kHere));
    EXPECT_EQ(again.next, Next::Steps) << "with the password the same flow goes on";
    EXPECT_EQ(must(sign_in->owed(again.flow)).next, Next::Steps);
    EXPECT_FALSE(sign_in->owed(refused.flow)) << "its old cookie does not";
  }
  EXPECT_EQ(sessions->live_count(), 0U);
  EXPECT_EQ(count("password.changed"), 0U);
}

TEST_F(SignInAttack, AFlowWhoseLoginWasLockedAndUnlockedUnseenGivesThePasswordAgain) {
  const auto owing = give("an.nv", kPassword);
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  must(credentials->set_state(by, login, policy::LifecycleState::Active));
  EXPECT_FALSE(sign_in->owed(owing.flow));
  EXPECT_FALSE(answer(owing.flow, {.knows_of_monitoring = true}));
  const auto suspected = give("an.nv", kPassword);
  must(credentials->suspect(by, login, clock.now(), "lộ trên mạng", {}));
  EXPECT_FALSE(answer(suspected.flow, answer_with(kFresh)));
  EXPECT_EQ(count("password.changed"), 0U);
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(SignInAttack, ARefusalEndsTheFlowAlsoIfItCannotBeWritten) {
  const auto owing = give("an.nv", kPassword);
  const AccountId account = accounts->snapshot()->opened_by(login).front();
  must(accounts->lock(by, account));
  disk->fail_after(0);
  EXPECT_FALSE(sign_in->owed(owing.flow));
  disk->works();
  must(accounts->unlock(by, account));
  EXPECT_FALSE(sign_in->owed(owing.flow));
}

// A session that must not go on.

TEST_F(SignInAttack, TheSessionsOfALoginEndWhenItIsLockedOrClosedAlsoAfterUnlockingAndARestart) {
  know_monitoring(holder);
  const std::string cookie = signed_in();
  const auto id = sign_in->session_of(cookie)->id;
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  EXPECT_FALSE(sign_in->session_of(cookie));
  EXPECT_FALSE(sign_in->session(id));
  must(credentials->set_state(by, login, policy::LifecycleState::Active));
  EXPECT_FALSE(sign_in->session_of(cookie)) << "unlocked, it comes back";
  restart();
  EXPECT_FALSE(sign_in->session_of(cookie));
  must(sign_in->end_void_sessions());
  EXPECT_EQ(count("session.ended"), 1U);
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(SignInAttack, EndingVoidSessionsLeavesTheOthers) {
  know_monitoring(holder);
  const std::string cookie = signed_in();
  must(sign_in->end_void_sessions());
  EXPECT_TRUE(sign_in->session_of(cookie));
  EXPECT_EQ(count("session.ended"), 0U);
}

// Who is there, and what is the password?

TEST_F(SignInAttack, AnUnknownNameIsAnsweredLikeAWrongPasswordAndCostsAsMuch) {
  add_login("binh.tt", add_person("Trần Thị Bình", office), {mail});  // has no password
  for (const auto* name : {"an.nv", "binh.tt", "khong.co", "không có\xF0\x9F\x98\x80", ""}) {
    const auto before = pool->figures().done;
    const auto out = give(name, "Sai-mat-khau.1");
    EXPECT_EQ(out.next, Next::Wrong) << name;
    EXPECT_FALSE(out.standing || out.refusal || out.wait_until || out.session_cookie);
    EXPECT_EQ(pool->figures().done - before, 1U) << name;
  }
}

TEST_F(SignInAttack, AnUnknownNameIsHeldBackLikeAKnownOne) {
  std::vector<std::vector<Next>> answers;
  for (const auto* name : {"an.nv", "khong.co"}) {
    auto& out = answers.emplace_back();
    for (int i = 0; i < 12; ++i)
      out.push_back(give(name, "sai-" + std::to_string(i), {name[0] == 'a' ? "203.0.1.1" : "203.0.2.1"}).next);
  }
  EXPECT_EQ(answers[0], answers[1]);
  EXPECT_EQ(answers[0].back(), Next::Wait);
}

TEST_F(SignInAttack, WhatCannotBeAPasswordCostsLikeAWrongOne) {
  int i = 0;
  for (const std::string& odd :
       {std::string(), std::string(5000, 'x'), std::string("\xff\xfe"), std::string("a\0b", 3)}) {
    const auto before = pool->figures().done;
    EXPECT_EQ(give("an.nv", odd, {"203.0.113." + std::to_string(i++)}).next, Next::Wrong);
    EXPECT_EQ(pool->figures().done - before, 1U);
  }
}

TEST_F(SignInAttack, HistoryAndDistinctAnswerTenTimesADayAndTellNotWhich) {
  know_monitoring(holder);
  adopt("LS", {"password.history, force: must, params: {last: 5}", "password.distinct, force: must, params: {}"});
  const LoginId second = add_login("an.nv2", holder, {});
  set_password(second, "Cua-ten.thu2-day");
  set_password(login, "Cu-rich.ngay-xua9");
  clock.advance(seconds{1});
  set_password(login, kPassword);
  const auto session = sign_in->session_of(signed_in());
  std::vector<std::string> words;
  for (int i = 0; i < 10; ++i) {
    const auto out = must(change(*session, kPassword, i % 2 == 0 ? "Cua-ten.thu2-day" : "Cu-rich.ngay-xua9"));
    ASSERT_EQ(out.problems.size(), 1U);
    words.push_back(out.problems.front().text.vi);
  }
  EXPECT_EQ(words[0], words[1]) << "it tells which of them was met";
  const auto refused = change(*session, kPassword, "Cua-ten.thu2-day");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind(), ErrorKind::Refused);
  clock.set_wall(clock.now() + days{2});
  const auto again = sign_in->session_of(signed_in());
  EXPECT_FALSE(change(*again, kPassword, "Cua-ten.thu2-day")) << "a jump of the wall clock gives ten more";
  clock.advance(hours{24});
  const auto tomorrow = sign_in->session_of(signed_in());
  EXPECT_TRUE(change(*tomorrow, kPassword, "Cua-ten.thu2-day"));
}

TEST_F(SignInAttack, AnAcceptedChangeIsAnAnswerTooAndCounts) {
  know_monitoring(holder);
  adopt("LS", {"password.distinct, force: must, params: {}"});
  set_password(add_login("an.nv2", holder, {}), "Cua-ten.thu2-day");
  auto session = *sign_in->session_of(signed_in());
  std::string present{kPassword};
  for (int i = 0; i < 10; ++i) {
    const std::string next = "Lan-thu." + std::string(1, static_cast<char>('a' + i)) + "kx72Qz";
    ASSERT_EQ(must(change(session, present, next)).next, Next::Done) << i;
    present = next;
  }
  EXPECT_FALSE(change(session, present, "Cua-ten.thu2-day"));
  EXPECT_FALSE(change(session, present, "Mot-kieu.khac-han5"));
}

TEST_F(SignInAttack, WithoutTheCurrentPasswordNothingIsComparedAtAll) {
  know_monitoring(holder);
  adopt("LS", {"password.history, force: must, params: {last: 5}"});
  const auto session = sign_in->session_of(signed_in());
  for (int i = 0; i < 9; ++i) {
    const auto out = must(change(*session, "Sai-mat-khau." + std::to_string(i), kPassword));
    EXPECT_EQ(out.next, i < 7 ? Next::Wrong : Next::Wait) << "a stolen session cannot guess for long";
    EXPECT_TRUE(out.problems.empty());
  }
}

// Delays that must hit nobody but the guesser.

TEST_F(SignInAttack, AFloodFromElsewhereDoesNotDelayTheHolderAtTheUsualPlaceAlsoAfterARestart) {
  know_monitoring(holder);
  ASSERT_EQ(give("an.nv", kPassword).next, Next::Done);
  restart();
  flood("an.nv");
  EXPECT_EQ(give("an.nv", kPassword, kElsewhere).next, Next::Wait) << "at a strange place it does";
  EXPECT_EQ(give("an.nv", kPassword, {"192.0.2.200"}).next, Next::Done) << "the same /24";
}

TEST_F(SignInAttack, APlaceOfLongAgoIsNoneAfterARestart) {
  know_monitoring(holder);
  ASSERT_EQ(give("an.nv", kPassword).next, Next::Done);
  clock.advance(days{30});
  restart();
  flood("an.nv");
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Wait);
}

TEST_F(SignInAttack, OnlyACompleteSignInMakesAPlaceThatOutlivesARestart) {
  ASSERT_EQ(give("an.nv", kPassword).next, Next::Steps);
  restart();
  flood("an.nv");
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Wait);
}

TEST_F(SignInAttack, PlacesAreKeptWithoutAnyAddressAndNoMoreThanCount) {
  know_monitoring(holder);
  for (int i = 0; i < 12; ++i) {
    ASSERT_EQ(give("an.nv", kPassword, {"10.0." + std::to_string(i) + ".1"}).next, Next::Done);
    clock.advance(minutes{1});
  }
  const auto load = [&](Instant since) {
    return must(store->read(
        [&](store::Reader& reader) -> Result<std::vector<RecentPlace>> { return load_places(reader, since, 100); }));
  };
  const auto places = load(clock.now() - days{1});
  ASSERT_EQ(places.size(), 8U);
  EXPECT_EQ(places.front().at, clock.now() - minutes{8}) << "the newest";
  for (int i = 0; i < 12; ++i)
    for (const auto& place : places)
      EXPECT_NE(place.network, credentials::network_of("10.0." + std::to_string(i) + ".1"));
  clock.advance(days{31});
  must(sign_in->forget_old_places());
  EXPECT_TRUE(load(Instant{}).empty());
}

TEST_F(SignInAttack, ATrustedDeviceIsAPlaceWhereverItIs) {
  know_monitoring(holder);
  Flow flow = flow_for("an.nv");
  flow.own_machine = true;
  const auto done = must(sign_in->check_password(flow, Secret(std::string(kPassword)), kHere));
  ASSERT_TRUE(done.device_cookie);
  const From travelling{kElsewhere.address, *done.device_cookie};
  flood("an.nv");
  EXPECT_EQ(give("an.nv", kPassword, kElsewhere).next, Next::Wait);
  EXPECT_EQ(give("an.nv", kPassword, {kElsewhere.address, "AAAA" + *done.device_cookie}).next, Next::Wait) << "forged";
  EXPECT_EQ(give("an.nv", kPassword, travelling).next, Next::Done);
  restart();
  flood("an.nv");
  EXPECT_EQ(give("an.nv", kPassword, travelling).next, Next::Done) << "after a restart";
  clock.advance(days{30});
  flood("an.nv");
  EXPECT_EQ(give("an.nv", kPassword, travelling).next, Next::Wait) << "too old";
}

TEST_F(SignInAttack, AStolenDeviceCookieGuessesNoFasterThanAPlaceDoes) {
  know_monitoring(holder);
  Flow flow = flow_for("an.nv");
  flow.own_machine = true;
  const auto done = must(sign_in->check_password(flow, Secret(std::string(kPassword)), kHere));
  int wrong = 0;
  for (int i = 0; i < 50; ++i)
    if (give("an.nv", "sai-" + std::to_string(i), {"203.0." + std::to_string(i) + ".1", *done.device_cookie}).next ==
        Next::Wrong)
      ++wrong;
  EXPECT_LE(wrong, 7) << "another address each time is no help";
}

TEST_F(SignInAttack, ADeviceIsTrustedOnlyWhenItsHolderSaysSoAndForgottenWhenNot) {
  know_monitoring(holder);
  EXPECT_FALSE(give("an.nv", kPassword).device_cookie);
  Flow flow = flow_for("an.nv");
  flow.own_machine = true;
  const auto done = must(sign_in->check_password(flow, Secret(std::string(kPassword)), kHere));
  const From known{kHere.address, *done.device_cookie};
  EXPECT_TRUE(sign_in->is_trusted("AN.NV", known));
  EXPECT_FALSE(sign_in->is_trusted("an.nv", kHere));
  EXPECT_FALSE(sign_in->is_trusted("khong.co", known));
  EXPECT_EQ(give("an.nv", kPassword, known).device_cookie, "") << "unticked: it goes";
  const LoginId other = add_login("binh.tt", add_person("Trần Thị Bình", office), {mail});
  set_password(other, kPassword);
  know_monitoring(credentials->snapshot()->find(other)->holder);
  EXPECT_FALSE(give("binh.tt", kPassword, known).device_cookie) << "somebody else's stays as it is";
}

TEST_F(SignInAttack, ATrustIsNotGivenBeforeTheSignInIsComplete) {
  Flow flow = flow_for("an.nv");
  flow.own_machine = true;
  const auto owing = must(sign_in->check_password(flow, Secret(std::string(kPassword)), kHere));
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_FALSE(owing.device_cookie);
  EXPECT_TRUE(must(answer(owing.flow, {.knows_of_monitoring = true})).device_cookie);
}

// A clock that steps.

TEST_F(SignInAttack, ADelayIsNeitherProlongedNorForgivenByAWallClockThatSteps) {
  const auto wait_of = [&] { return give("an.nv", "sai", kElsewhere).wait_until; };
  for (int i = 0; i < 8; ++i) give("an.nv", "sai-" + std::to_string(i), kElsewhere);
  const auto until = wait_of();
  ASSERT_TRUE(until);
  const auto delay = *until - clock.now();
  for (const auto step : {hours{24 * 365}, hours{-24 * 730}}) {
    clock.set_wall(clock.now() + step);
    ASSERT_TRUE(wait_of());
    EXPECT_EQ(*wait_of() - clock.now(), delay);
  }
  clock.advance(delay);
  EXPECT_EQ(give("an.nv", "sai-9", kElsewhere).next, Next::Wrong);
}

TEST_F(SignInAttack, SigningInGoesOnAfterTheWallClockSteppedBack) {
  clock.set_wall(clock.now() - hours{1});
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  const auto done = must(answer(owing.flow, {.knows_of_monitoring = true}));
  ASSERT_EQ(done.next, Next::Done);
  EXPECT_TRUE(sign_in->session_of(done.session_cookie->reveal()));
}

TEST_F(SignInAttack, AFlowIsUsedUpAlsoWhenTheClockStepsBackALittle) {
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(must(answer(owing.flow, {.knows_of_monitoring = true})).next, Next::Done);
  for (int i = 0; i < 15; ++i) {
    clock.advance(minutes{1});
    EXPECT_FALSE(answer(owing.flow, {.knows_of_monitoring = true})) << i;
    clock.set_wall(clock.now() - seconds{30});
  }
}

// A disk that fails.

TEST_F(SignInAttack, ASessionThatCannotBeWrittenIsNoneAndTheSameFlowMayTryAgain) {
  know_monitoring(holder);
  disk->fail_after(0);
  const auto failed = try_give("an.nv", kPassword);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind(), ErrorKind::Unavailable);
  EXPECT_EQ(sessions->live_count(), 0U);
  EXPECT_EQ(count("sign_in.accepted"), 0U);
  disk->works();
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Done);
}

TEST_F(SignInAttack, StepsThatCannotBeWrittenAreStillOwedAndTheSameFlowMayTryAgain) {
  const auto owing = give("an.nv", kPassword);
  for (int good = 0; good < 2; ++good) {  // the confirmation, then the session
    disk->fail_after(good);
    EXPECT_FALSE(answer(owing.flow, {.knows_of_monitoring = true}));
    EXPECT_EQ(sessions->live_count(), 0U);
  }
  disk->works();
  EXPECT_EQ(must(answer(owing.flow, {.knows_of_monitoring = true})).next, Next::Done);
}

TEST_F(SignInAttack, AChangeThatCannotBeWrittenLeavesTheOldPasswordAndItsSessions) {
  know_monitoring(holder);
  const std::string cookie = signed_in();
  const auto session = sign_in->session_of(cookie);
  disk->fail_after(0);
  EXPECT_FALSE(change(*session, kPassword, kFresh));
  disk->works();
  EXPECT_TRUE(sign_in->session_of(cookie));
  EXPECT_EQ(give("an.nv", kFresh).next, Next::Wrong);
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Done);
  EXPECT_EQ(count("password.changed"), 0U);
}

TEST_F(SignInAttack, WhenOnlyTheChangeCouldBeWrittenNothingOldOpensAndThePersonIsToldWhichPasswordHolds) {
  know_monitoring(holder);
  const std::string here = signed_in();
  const std::string elsewhere = signed_in();
  disk->fail_after(1);
  const auto out = change(*sign_in->session_of(here), kPassword, kFresh);
  ASSERT_FALSE(out);
  EXPECT_NE(out.error().text().vi.find("mật khẩu mới"), std::string::npos);
  EXPECT_FALSE(sign_in->session_of(here));
  EXPECT_FALSE(sign_in->session_of(elsewhere));
  disk->works();
  EXPECT_EQ(give("an.nv", kFresh).next, Next::Done);
  must(sign_in->end_void_sessions());
  EXPECT_EQ(count("session.ended"), 2U);
}

TEST_F(SignInAttack, ARefusalThatCouldNotBeRecordedIsRecordedTheNextTime) {
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  disk->fail_after(0);
  EXPECT_FALSE(try_give("an.nv", kPassword));
  disk->works();
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Refused);
  EXPECT_EQ(count("sign_in.refused"), 1U);
}

TEST_F(SignInAttack, FailuresThatCouldNotBeRecordedAreCountedTheNextTime) {
  give("khong.co", "x");
  disk->fail_after(0);
  EXPECT_FALSE(sign_in->flush_failures());
  disk->works();
  must(sign_in->flush_failures());
  EXPECT_EQ(count("sign_in.failures"), 1U);
}

}  // namespace
}  // namespace khien::signin
