// From name and password to a session: every refusal, every step owed, and what the log then holds.
#include "signin/service.h"

#include <gtest/gtest.h>

#include "signin/testing.h"

namespace khien::signin {
namespace {

using policy::ChangeReason;
using policy::LifecycleState;
using policy::RefusalReason;
using policy::StepKind;
using std::chrono::hours;
using std::chrono::minutes;
using testing_support::day;
using testing_support::must;
using Next = Progress::Next;

class SignInTest : public testing::Test, protected testing_support::SignInWorld {
 protected:
  /// The refusal of the holder's right password; nullopt if there is none.
  std::optional<RefusalWords> refusal(std::string_view password = kPassword) {
    auto out = give("an.nv", password);
    return out.next == Next::Refused ? out.refusal : std::nullopt;
  }
  static std::vector<std::string> ids(const std::vector<ClauseWords>& clauses) {
    std::vector<std::string> out;
    for (const auto& clause : clauses) out.push_back(clause.id);
    return out;
  }
  /// Reasons of the changes owed, with their clauses.
  static std::vector<std::pair<ChangeReason, std::vector<std::string>>> changes(const Progress& owing) {
    std::vector<std::pair<ChangeReason, std::vector<std::string>>> out;
    for (const auto& step : owing.standing->decision.steps)
      if (step.kind == StepKind::ChangePassword)
        out.emplace_back(*step.reason, owing.standing->clause_ids(step.clauses));
    return out;
  }
  static bool owes(const Progress& owing, StepKind kind) {
    return owing.standing &&
           std::ranges::any_of(owing.standing->decision.steps, [&](const auto& step) { return step.kind == kind; });
  }
  Progress answer(const Progress& owing, const StepAnswers& answers) {
    return must(sign_in->answer_steps(owing.flow, answers, kHere));
  }
  const audit::Entry* last(std::string_view type) {
    const audit::Entry* out = nullptr;
    for (const auto& entry : entries)
      if (entry.type == type) out = &entry;
    return out;
  }
};

TEST_F(SignInTest, RefusalsAreCountedByTheirReasonAndNothingElseIs) {
  know_monitoring(holder);
  ASSERT_EQ(give("an.nv", kPassword).next, Next::Done);
  EXPECT_TRUE(sign_in->refusals().empty());
  for (int i = 0; i < 8; ++i) give("khong", "Sai-mat-khau." + std::to_string(i));
  must(credentials->set_state(by, login, policy::LifecycleState::Suspended));
  const auto refused = give("an.nv", kPassword);
  ASSERT_EQ(refused.next, Next::Refused);
  must(sign_in->owed(refused.flow));  // looked at again
  const auto counts = sign_in->refusals();
  EXPECT_EQ(counts.at("suspended"), 1U);
  EXPECT_EQ(counts.at("wrong") + counts.at("too_many_tries"), 8U);
  EXPECT_GT(counts.at("too_many_tries"), 0U);
  EXPECT_EQ(counts.size(), 3U);
}

TEST_F(SignInTest, AKnownHolderWithNothingOwedGetsASession) {
  know_monitoring(holder);
  const auto done = give(" AN.NV ", kPassword);
  ASSERT_EQ(done.next, Next::Done);
  EXPECT_EQ(done.flow.continue_target, "/oauth2/authorize?a=1");
  const auto session = sign_in->session_of(done.session_cookie->reveal());
  ASSERT_TRUE(session);
  EXPECT_EQ(session->login, login);
  EXPECT_EQ(session->signed_in_at, clock.now());
  ASSERT_EQ(count("sign_in.accepted"), 1U);
  EXPECT_EQ(last("sign_in.accepted")->subject, "session/" + session->id.text());
  ASSERT_EQ(last("sign_in.accepted")->personal.size(), 1U) << "the address is only committed to";
}

TEST_F(SignInTest, TheFirstSignInOwesTheNoticeOfMonitoringOnlyOnce) {
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_TRUE(owes(owing, StepKind::KnowMonitoring));
  EXPECT_FALSE(owing.session_cookie);
  EXPECT_EQ(answer(owing, {}).next, Next::Steps);
  EXPECT_EQ(answer(owing, {.later = true}).next, Next::Steps) << "it has no time to wait";
  EXPECT_EQ(sessions->live_count(), 0U);
  EXPECT_EQ(answer(owing, {.knows_of_monitoring = true}).next, Next::Done);
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Done);
}

TEST_F(SignInTest, ALockedLoginIsRefusedToWhoKnowsItsPasswordAndToNobodyElse) {
  must(credentials->set_state(by, login, LifecycleState::Suspended));
  EXPECT_EQ(refusal()->reason.vi, "Tài khoản đang bị khóa.");
  EXPECT_EQ(give("an.nv", "Sai-mat-khau.1").next, Next::Wrong);
  must(credentials->set_state(by, login, LifecycleState::Closed));
  EXPECT_EQ(refusal()->reason.vi, "Tài khoản đã đóng.");
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(SignInTest, ALoginWithoutAnOpenAccountIsRefused) {
  know_monitoring(holder);
  const AccountId account = accounts->snapshot()->opened_by(login).front();
  must(accounts->lock(by, account));
  EXPECT_EQ(refusal()->reason.vi, "Tài khoản đang bị khóa.");
  must(accounts->close(by, account));
  EXPECT_EQ(refusal()->reason.vi, "Tài khoản đã đóng.");
  const PersonId person = add_person("Trần Thị Bình", office);
  set_password(add_login("binh.tt", person, {}), kPassword);
  const auto none = give("binh.tt", kPassword);
  ASSERT_EQ(none.next, Next::Refused);
  EXPECT_EQ(none.refusal->reason.vi, "Tên đăng nhập này không mở tài khoản nào.");
}

TEST_F(SignInTest, AnInvitedLoginIsRefused) {
  must(credentials->set_state(by, login, LifecycleState::Invited));
  EXPECT_EQ(refusal()->reason.vi, "Tài khoản chưa được kích hoạt.");
}

TEST_F(SignInTest, ALoginWithoutAPasswordAnswersAsIfItWereWrong) {
  add_login("binh.tt", add_person("Trần Thị Bình", office), {mail});
  EXPECT_EQ(give("binh.tt", kPassword).next, Next::Wrong);
}

TEST_F(SignInTest, ACutoffShutsOutByItsClauseUntilANewPasswordIsIssued) {
  know_monitoring(holder);
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-05-25\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  const auto refused = refusal();
  ASSERT_TRUE(refused);
  EXPECT_EQ(ids(refused->clauses), std::vector<std::string>{"TH-1"});
  EXPECT_NE(refused->clauses.front().letter.vi.find("01/TH"), std::string::npos);
  EXPECT_NE(refused->reason.vi.find("25/05/2025"), std::string::npos);
  EXPECT_FALSE(refused->action.vi.empty());
  EXPECT_EQ(last("sign_in.refused")->clauses, ids(refused->clauses));
  issue(login);
  auto owing = give("an.nv", kIssued);
  ASSERT_EQ(owing.next, Next::Steps);
  const auto weak = answer(owing, answer_with(kFresh));
  ASSERT_EQ(weak.next, Next::Steps) << "15 characters";
  ASSERT_FALSE(weak.problems.empty());
  EXPECT_EQ(weak.standing->clause_ids(weak.problems.front().clauses), std::vector<std::string>{"TH-2"});
  EXPECT_EQ(answer(owing, answer_with("Dai-hon-han.mot-chut7")).next, Next::Done);
}

TEST_F(SignInTest, WhereTheGateLetsThemThePasswordIsChangedThereAfterACutoff) {
  decision.change_at_gate_after_cutoff = true;
  restart();
  know_monitoring(holder);
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-05-25\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_EQ(changes(owing), (decltype(changes(owing)){{ChangeReason::AfterCutoff, {"TH-1"}}}));
  ASSERT_EQ(answer(owing, answer_with(kFresh)).next, Next::Steps) << "15 characters";
  EXPECT_EQ(answer(owing, answer_with("Dai-hon-han.mot-chut7")).next, Next::Done);
}

TEST_F(SignInTest, BeforeACutoffTheChangeCanWaitAndAfterItNot) {
  know_monitoring(holder);
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-06-08\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_EQ(changes(owing).front().first, ChangeReason::BeforeCutoff);
  EXPECT_EQ(answer(owing, {.later = true}).next, Next::Done);
  clock.set_wall(day("2025-06-08"));
  EXPECT_TRUE(refusal());
}

TEST_F(SignInTest, ACutoffThatComesWhileTheStepsAreOpenShutsOut) {
  know_monitoring(holder);
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-06-02\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  clock.set_wall(day("2025-06-02") - minutes{1});
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  clock.advance(minutes{1});
  EXPECT_EQ(answer(owing, {.later = true}).next, Next::Refused);
  EXPECT_EQ(answer(owing, answer_with("Dai-hon-han.mot-chut7")).next, Next::Refused);
  EXPECT_EQ(sessions->live_count(), 0U);
}

TEST_F(SignInTest, TheFirstRefusalOfAnHourIsRecordedAndTheOthersAreNot) {
  must(credentials->set_state(by, login, LifecycleState::Suspended));
  for (int i = 0; i < 3; ++i) refusal();
  EXPECT_EQ(count("sign_in.refused"), 1U);
  clock.advance(hours{1});
  refusal();
  EXPECT_EQ(count("sign_in.refused"), 2U);
}

TEST_F(SignInTest, AnIssuedPasswordIsChangedByTheClauseThatAsksAndOthersOwnSessionsEnd) {
  const auto first = adopt("DM", {"password.first_change, force: must, params: {}"});
  EXPECT_FALSE(first.is_nil());
  know_monitoring(holder);
  const std::string old = signed_in();
  issue(login);
  EXPECT_FALSE(sign_in->session_of(old)) << "whoever had the login before its password was issued anew is out";
  const auto owing = give("an.nv", kIssued);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_EQ(changes(owing), (decltype(changes(owing)){{ChangeReason::Issued, {"DM-1"}}}));
  const auto done = answer(owing, answer_with(kFresh));
  ASSERT_EQ(done.next, Next::Done);
  EXPECT_TRUE(sign_in->session_of(done.session_cookie->reveal()));
  EXPECT_EQ(last("password.changed")->clauses, std::vector<std::string>{"DM-1"});
  EXPECT_EQ(give("an.nv", kIssued).next, Next::Wrong);
}

TEST_F(SignInTest, AnExpiredPasswordIsChanged) {
  know_monitoring(holder);
  adopt("DK", {"password.rotation, force: must, params: {max_age: P10D}"});
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_EQ(changes(owing), (decltype(changes(owing)){{ChangeReason::Expired, {"DK-1"}}}));
  EXPECT_EQ(answer(owing, {.later = true}).next, Next::Steps) << "it does not wait";
  EXPECT_EQ(answer(owing, answer_with(kFresh)).next, Next::Done);
}

TEST_F(SignInTest, ASuspectedPasswordIsChangedAndEndsWhatItOpened) {
  know_monitoring(holder);
  adopt("NG", {"password.change_on_suspicion, force: must, params: {}"});
  const std::string open = signed_in();
  must(credentials->suspect(by, login, day("2025-05-30"), "lộ trên mạng", {}));
  EXPECT_FALSE(sign_in->session_of(open));
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_EQ(changes(owing), (decltype(changes(owing)){{ChangeReason::Suspected, {"NG-1"}}}));
  EXPECT_EQ(answer(owing, answer_with(kFresh)).next, Next::Done);
  EXPECT_EQ(give("an.nv", kFresh).next, Next::Done) << "the suspicion was of the other one";
}

TEST_F(SignInTest, APasswordIsNotSuspectedSinceTheFuture) {
  know_monitoring(holder);
  adopt("NG", {"password.change_on_suspicion, force: must, params: {}"});
  const std::string open = signed_in();
  EXPECT_FALSE(credentials->suspect(by, login, clock.now() + std::chrono::seconds(1), "nhầm năm", {}));
  EXPECT_TRUE(sign_in->session_of(open));
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Done);
  must(credentials->suspect(by, login, clock.now(), "lộ", {}));
  EXPECT_EQ(give("an.nv", kPassword).next, Next::Steps);
}

TEST_F(SignInTest, APasswordOfUnknownAgeIsChangedAndShutsNobodyOut) {
  know_monitoring(holder);
  adopt("DK", {"password.rotation, force: must, params: {max_age: P10D}",
               "password.cutoff, force: must, params: {date: \"2025-05-25\"}"});
  set_password(login, kPassword, std::optional<Instant>{});
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_EQ(changes(owing), (decltype(changes(owing)){{ChangeReason::UnknownAge, {"DK-1", "DK-2"}}}));
  EXPECT_EQ(answer(owing, answer_with(kFresh)).next, Next::Done);
}

TEST_F(SignInTest, ReadingAndSigningCanWaitUntilTheyAreDue) {
  know_monitoring(holder);
  const auto directive =
      adopt("PB", {"directive.disseminate, force: must, params: {}", "account.accountability, force: must, params: {}"},
            "2025-05-30");
  const auto owing = give("an.nv", kPassword);
  ASSERT_EQ(owing.next, Next::Steps);
  EXPECT_TRUE(owes(owing, StepKind::ReadDirective));
  EXPECT_TRUE(owes(owing, StepKind::SignStatement));
  EXPECT_EQ(answer(owing, {}).next, Next::Steps);
  EXPECT_EQ(answer(owing, {.later = true}).next, Next::Done);
  clock.set_wall(day("2025-06-10"));
  EXPECT_EQ(answer(give("an.nv", kPassword), {.later = true}).next, Next::Done) << "on record since the first of June";
  clock.set_wall(day("2025-06-11"));
  const auto due = give("an.nv", kPassword);
  ASSERT_EQ(due.next, Next::Steps);
  EXPECT_EQ(answer(due, {.later = true}).next, Next::Steps) << "ten days are over";
  const auto half = answer(due, {.read = {directive.text()}, .later = true});
  EXPECT_EQ(half.next, Next::Steps);
  EXPECT_FALSE(owes(half, StepKind::ReadDirective));
  EXPECT_EQ(answer(half, {.signed_statements = {directive.text()}}).next, Next::Done);
  EXPECT_EQ(last("confirmation.read")->clauses, std::vector<std::string>{"PB-1"});
  EXPECT_EQ(last("confirmation.signed")->clauses, std::vector<std::string>{"PB-2"});
}

TEST_F(SignInTest, OnlyWhatIsOwedCanBeConfirmed) {
  const auto directive = adopt("PB", {"password.first_change, force: must, params: {}"});
  const auto owing = give("an.nv", kPassword);
  answer(owing, {.read = {directive.text(), "x"}, .signed_statements = {directive.text(), ""}});
  EXPECT_EQ(count("confirmation.read") + count("confirmation.signed"), 0U);
}

TEST_F(SignInTest, UnlikeRepetitionsChangeNothing) {
  issue(login);
  const auto owing = give("an.nv", kIssued);
  auto answers = answer_with(kFresh);
  answers.repeated_alike = false;
  EXPECT_EQ(answer(owing, answers).problems.size(), 1U);
  EXPECT_EQ(count("password.changed"), 0U);
}

TEST_F(SignInTest, TheIdleTimeIsThatOfTheStrictestClauseThenOfTheSettings) {
  know_monitoring(holder);
  EXPECT_EQ(sign_in->session_of(signed_in())->idle, (Period{.seconds = 2 * 3600}));
  adopt("DX", {"session.logout_idle, force: must, params: {}"});
  EXPECT_EQ(sign_in->session_of(signed_in())->idle, (Period{.seconds = 900}));
  adopt("DY", {"session.logout_idle, force: must, params: {after: PT5M}"});
  EXPECT_EQ(sign_in->session_of(signed_in())->idle, (Period{.seconds = 300}));
}

TEST_F(SignInTest, ASystemIsEnteredOnlyWithAnOpenAccountAndNothingDue) {
  know_monitoring(holder);
  EXPECT_TRUE(sign_in->admit(login, mail).allowed);
  EXPECT_FALSE(sign_in->admit(login, tthc).allowed);
  EXPECT_FALSE(sign_in->admit(LoginId::make(random), mail).allowed);
  adopt("DK", {"password.rotation, force: must, params: {max_age: P10D}"});
  const auto owing = sign_in->admit(login, mail);
  EXPECT_FALSE(owing.allowed);
  EXPECT_TRUE(owing.steps_owed);
  EXPECT_EQ(owing.clauses, std::vector<std::string>{"DK-1"});
  adopt("TH", {"password.cutoff, force: must, params: {date: \"2025-05-25\"}",
               "password.composition, force: must, params: {min_length: 16}"});
  const auto shut = sign_in->admit(login, mail);
  EXPECT_FALSE(shut.allowed || shut.steps_owed);
  EXPECT_NE(shut.refusal.vi.find("01/TH"), std::string::npos);
}

TEST_F(SignInTest, AnIdentityTellsWhatASystemMayKnow) {
  const auto identity = sign_in->identity_of(login);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->user_name, "an.nv");
  EXPECT_EQ(identity->full_name, "Nguyễn Văn An");
  EXPECT_EQ(identity->unit_code, "VP");
  EXPECT_FALSE(sign_in->identity_of(LoginId::make(random)));
}

TEST_F(SignInTest, ChangingThePasswordInASessionLeavesThatSessionAndOneEntry) {
  know_monitoring(holder);
  const std::string here = signed_in();
  const std::string elsewhere = signed_in();
  const auto session = sign_in->session_of(here);
  entries.clear();
  const auto done =
      must(sign_in->change_password(*session, Secret(std::string(kPassword)), Secret(std::string(kFresh)), kHere));
  EXPECT_EQ(done.next, Next::Done);
  EXPECT_TRUE(sign_in->session_of(here));
  EXPECT_FALSE(sign_in->session_of(elsewhere));
  EXPECT_EQ(count("sign_in.accepted"), 0U) << "nobody signed in";
  EXPECT_EQ(count("password.changed"), 1U);
  EXPECT_EQ(count("session.ended"), 1U) << "the other one";
  restart();
  EXPECT_TRUE(sign_in->session_of(here));
}

TEST_F(SignInTest, ChangingThePasswordInASessionNeedsTheCurrentOneAndAGoodNewOne) {
  know_monitoring(holder);
  const auto session = sign_in->session_of(signed_in());
  const auto change = [&](std::string_view current, std::string_view fresh) {
    return must(sign_in->change_password(*session, Secret(std::string(current)), Secret(std::string(fresh)), kHere));
  };
  EXPECT_EQ(change(kFresh, kFresh).next, Next::Wrong);
  EXPECT_FALSE(change(kPassword, "an.nv").problems.empty());
  EXPECT_FALSE(change(kPassword, kPassword).problems.empty());
  EXPECT_EQ(count("password.changed"), 0U);
  must(credentials->set_state(by, login, LifecycleState::Suspended));
  EXPECT_EQ(change(kPassword, kFresh).next, Next::Refused);
}

TEST_F(SignInTest, FailuresAreCountedInOneEntry) {
  for (int i = 0; i < 3; ++i) give("nobody" + std::to_string(i), "x");
  must(sign_in->flush_failures());
  ASSERT_EQ(count("sign_in.failures"), 1U);
  EXPECT_EQ(last("sign_in.failures")->facts.front().value, "3");
  for (const auto& fact : last("sign_in.failures")->facts) EXPECT_EQ(fact.value.find("192.0"), std::string::npos);
  must(sign_in->flush_failures());
  EXPECT_EQ(count("sign_in.failures"), 1U);
}

}  // namespace
}  // namespace khien::signin
