#include "accounts/service.h"

#include <gtest/gtest.h>

#include "accounts/testing.h"

namespace khien::accounts {
namespace {

using testing_support::day;
using testing_support::must;
using State = LifecycleState;

class AccountsService : public testing::Test, public testing_support::AccountsWorld {
 protected:
  void SetUp() override {
    hung = add_person("Nguyễn Văn Hùng", office, "CB001");
    lan = add_person("Trần Thị Lan", engineers, "CB002");
    sync();
  }
  PersonId hung, lan;
};

std::string fact(const std::vector<audit::Fact>& facts, const std::string& name) {
  for (const auto& f : facts)
    if (f.name == name) return f.value;
  return "(none)";
}

TEST_F(AccountsService, OpensAnAccountInTheUnitOfItsHolderWithItsEvidence) {
  const auto id = must(accounts->open_account(by, {.system = mail, .user_name = " hungnv ", .holder = hung}));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "account.opened");
  EXPECT_EQ(entries[0].subject, "account/" + id.text());
  EXPECT_EQ(entries[0].person, hung);
  EXPECT_EQ(fact(entries[0].personal, "user_name"), "hungnv");
  EXPECT_EQ(fact(entries[0].facts, "user_name"), "(none)");
  EXPECT_EQ(fact(entries[0].facts, "wanted"), "invited");
  const auto made = account(id);
  EXPECT_EQ(made.user_name, "hungnv");
  EXPECT_EQ(made.unit, office);
  EXPECT_EQ(made.created_at, clock.now());
}

TEST_F(AccountsService, ReadsBackExactlyWhatWasWritten) {
  const auto id = must(accounts->open_account(by, {.system = mail,
                                                   .kind = AccountKind::Unit,
                                                   .user_name = "vp.syt@example.vn",
                                                   .holder = hung,
                                                   .unit = office,
                                                   .named_users = {lan, hung},
                                                   .wanted = State::Active,
                                                   .created_at = day("2025-01-02")}));
  must(accounts->bind_login(by, id, LoginId::make(random)));
  must(accounts->observe(by, id, ObservedState::Active, day("2025-05-01")));
  sync();
  const auto before = account(id);
  must(accounts->load());
  EXPECT_EQ(account(id), before);
  EXPECT_EQ(before.named_users, (std::vector{lan, hung}));
  EXPECT_EQ(accounts->snapshot()->shared_with(lan), std::vector{id});
  EXPECT_EQ(accounts->snapshot()->opened_by(before.login), std::vector{id});
  EXPECT_EQ(accounts->snapshot()->held_by(hung), std::vector{id});
}

TEST_F(AccountsService, RefusesAUserNameThatIsTakenWhateverItsCase) {
  const auto first = open(mail, "HungNV", hung);
  const auto second = accounts->open_account(by, {.system = mail, .user_name = "hUNGnv", .holder = lan});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind(), ErrorKind::Conflict);
  EXPECT_NE(second.error().text().vi.find("hUNGnv"), std::string::npos);
  EXPECT_TRUE(accounts->open_account(by, {.system = tthc, .user_name = "hungnv", .holder = lan}))
      << "another system has its own names";
  must(accounts->close(by, first));
  EXPECT_TRUE(accounts->open_account(by, {.system = mail, .user_name = "hungnv", .holder = lan}))
      << "a closed account frees its name";
}

TEST_F(AccountsService, FindsAnAccountByItsNameUntilItIsClosed) {
  const auto id = open(mail, "HungNV", hung);
  EXPECT_EQ(accounts->snapshot()->account_named(mail, "hungnv"), id);
  EXPECT_FALSE(accounts->snapshot()->account_named(tthc, "hungnv"));
  must(accounts->close(by, id));
  sync();
  EXPECT_FALSE(accounts->snapshot()->account_named(mail, "hungnv"));
}

TEST_F(AccountsService, LeadsThroughTheActsAndRecordsEach) {
  const auto id = open(mail, "hungnv", hung, State::Invited);
  must(accounts->issue(by, id));
  must(accounts->lock(by, id));
  must(accounts->unlock(by, id));
  must(accounts->revoke_rights(by, id));
  must(accounts->close(by, id));
  EXPECT_FALSE(accounts->unlock(by, id));
  std::vector<std::string> types;
  for (const auto& entry : sync()) types.push_back(entry.type);
  EXPECT_EQ(types, (std::vector<std::string>{"account.issued", "account.locked", "account.unlocked",
                                             "account.rights_revoked", "account.closed"}));
  EXPECT_EQ(account(id).wanted, State::Closed);
  EXPECT_EQ(account(id).closed_at, clock.now());
  must(accounts->delete_account(by, id));
  EXPECT_EQ(sync().size(), 1U);
  EXPECT_FALSE(accounts->snapshot()->account(id));
  EXPECT_TRUE(accounts->snapshot()->held_by(hung).empty());
}

TEST_F(AccountsService, OpensManyOrNone) {
  std::vector<NewAccount> wanted;
  for (int i = 0; i < 50; ++i)
    wanted.push_back({.system = mail, .user_name = "nguoi" + std::to_string(i), .holder = hung});
  wanted.push_back({.system = mail, .user_name = "NGUOI7", .holder = lan});
  EXPECT_FALSE(accounts->open_accounts(by, wanted));
  EXPECT_TRUE(sync().empty());
  must(accounts->load());
  EXPECT_EQ(accounts->snapshot()->account_count(), 0U);
  wanted.pop_back();
  const auto ids = must(accounts->open_accounts(by, wanted));
  EXPECT_EQ(sync().size(), 50U);
  EXPECT_EQ(account(ids[7]).user_name, "nguoi7");
}

TEST_F(AccountsService, DoesNotOpenForNobodyOrNowhere) {
  EXPECT_FALSE(accounts->open_account(by, {.system = mail, .user_name = "a", .holder = {}}));
  EXPECT_FALSE(accounts->open_account(by, {.system = mail, .user_name = "a", .holder = PersonId::make(random)}));
  EXPECT_FALSE(accounts->open_account(by, {.system = SystemId::make(random), .user_name = "a", .holder = hung}));
  EXPECT_FALSE(accounts->open_account(by, {.system = mail, .user_name = "a b", .holder = hung}));
  EXPECT_FALSE(
      accounts->open_account(by, {.system = mail, .user_name = "a", .holder = hung, .unit = UnitId::make(random)}));
  EXPECT_FALSE(accounts->open_account(
      by, {.system = mail, .user_name = "a", .holder = hung, .created_at = clock.now() + std::chrono::hours(1)}));
  EXPECT_TRUE(sync().empty());
}

TEST_F(AccountsService, BindsALoginOnlyWhereOursOpensTheSystem) {
  const auto login = LoginId::make(random);
  const auto ours = open(mail, "hungnv", hung);
  const auto theirs = open(tthc, "hungnv", hung);
  EXPECT_TRUE(accounts->bind_login(by, ours, login));
  EXPECT_FALSE(accounts->bind_login(by, theirs, login));
  sync();
  EXPECT_EQ(accounts->snapshot()->opened_by(login), std::vector{ours});
  must(accounts->bind_login(by, ours, {}));
  sync();
  EXPECT_TRUE(accounts->snapshot()->opened_by(login).empty());
}

TEST_F(AccountsService, ALoginDoesNotGoAlongToAnotherHolder) {
  const auto id = open(mail, "hungnv", hung);
  must(accounts->bind_login(by, id, LoginId::make(random)));
  sync();
  auto right = account(id);
  right.holder = lan;
  must(accounts->correct_account(by, right));
  sync();
  EXPECT_EQ(account(id).holder, lan);
  EXPECT_TRUE(account(id).login.is_nil());
}

TEST_F(AccountsService, NeitherDoesThatOfAMailbox) {
  const auto box = must(accounts->open_account(
      by, {.system = mail, .kind = AccountKind::Unit, .user_name = "syt", .holder = hung, .wanted = State::Active}));
  must(accounts->bind_login(by, box, LoginId::make(random)));
  sync();
  auto right = account(box);
  right.holder = {};
  EXPECT_FALSE(accounts->correct_account(by, right)) << "an active mailbox is never without a custodian";
  right.holder = lan;
  must(accounts->correct_account(by, right));
  sync();
  EXPECT_EQ(accounts->snapshot()->held_by(lan), std::vector{box});
  EXPECT_TRUE(accounts->snapshot()->held_by(hung).empty());
  EXPECT_TRUE(account(box).login.is_nil());
}

TEST_F(AccountsService, NamesAndUnnamesWhoSharesAMailbox) {
  const auto box = must(accounts->open_account(
      by, {.system = mail, .kind = AccountKind::Unit, .user_name = "syt", .holder = hung, .wanted = State::Active}));
  must(accounts->name_users(by, box, {lan}));
  sync();
  EXPECT_EQ(accounts->snapshot()->shared_with(lan), std::vector{box});
  EXPECT_FALSE(accounts->name_users(by, box, {lan, lan}));
  must(accounts->name_users(by, box, {}));
  sync();
  EXPECT_TRUE(accounts->snapshot()->shared_with(lan).empty());
  EXPECT_TRUE(account(box).named_users.empty());
}

TEST_F(AccountsService, AChangeThatChangesNothingLeavesNoEntry) {
  const auto id = open(mail, "hungnv", hung);
  must(accounts->correct_account(by, account(id)));
  must(accounts->correct_system(by, *accounts->snapshot()->system(mail)));
  EXPECT_TRUE(sync().empty());
}

TEST_F(AccountsService, AnOlderObservationNeverUndoesANewerOne) {
  const auto id = open(tthc, "hungnv", hung);
  EXPECT_TRUE(must(accounts->observe(by, id, ObservedState::Suspended, day("2025-05-02"))));
  EXPECT_FALSE(must(accounts->observe(by, id, ObservedState::Active, day("2025-05-01"))));
  EXPECT_EQ(sync().size(), 1U);
  EXPECT_EQ(account(id).observed, (Observation{ObservedState::Suspended, day("2025-05-02")}));
  EXPECT_EQ(account(id).wanted, State::Active) << "what is wanted is not what is seen";
  EXPECT_FALSE(accounts->observe(by, id, ObservedState::Active, clock.now() + std::chrono::seconds(1)))
      << "nothing is seen in the future";
}

TEST_F(AccountsService, ManyObservationsGiveOneEntryForTheWholeAndOneForEachThatChanged) {
  const auto one = open(tthc, "hungnv", hung);
  const auto two = open(tthc, "lantt", lan);
  must(accounts->observe(by, two, ObservedState::Active, day("2025-05-01")));
  sync();
  const auto result = must(accounts->observe_all(
      by, tthc, std::vector<Seen>{{one, ObservedState::Absent}, {two, ObservedState::Active}}, day("2025-05-10")));
  EXPECT_EQ(result.changed, 1U);
  EXPECT_EQ(result.confirmed, 1U);
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].subject, "account/" + one.text());
  EXPECT_EQ(entries[1].subject, "observations/" + tthc.text());
  EXPECT_EQ(account(two).observed.as_of, day("2025-05-10")) << "the confirmed one is read anew too";
  EXPECT_FALSE(accounts->observe_all(by, mail, std::vector<Seen>{{one, ObservedState::Active}}, clock.now()))
      << "an account of another system";
}

TEST_F(AccountsService, ASystemBehindTheGateEnforcesWhatTheGateEnforcesAndNothingElse) {
  using policy::Hold;
  using policy::Kind;
  const auto holds = [&](Kind kind, const SystemId& system) { return accounts->snapshot()->holds(kind, system).hold; };
  EXPECT_EQ(holds(Kind::PasswordRotation, mail), Hold::Enforced);
  EXPECT_EQ(holds(Kind::PasswordRotation, tthc), Hold::Unknown);
  must(accounts->record_hold(by, tthc, Kind::PasswordRotation, {Hold::Requested, day("2025-05-01"), "12/CV-STTTT"}));
  sync();
  EXPECT_EQ(holds(Kind::PasswordRotation, tthc), Hold::Requested);
  EXPECT_EQ(holds(Kind::PasswordComposition, tthc), Hold::Unknown);
  EXPECT_FALSE(accounts->record_hold(by, tthc, Kind::PasswordRotation, {Hold::Enforced, clock.now(), ""}));
  EXPECT_FALSE(accounts->record_hold(by, tthc, Kind::PasswordRotation, {Hold::Declared, clock.now(), ""}))
      << "a declaration names its letter";
}

TEST_F(AccountsService, KnowsWhatWasOnRecordBefore) {
  using policy::Hold;
  const auto before = clock.now();
  clock.advance(std::chrono::hours(24));
  must(accounts->record_hold(by, tthc, policy::Kind::PasswordRotation, {Hold::Observed, clock.now(), ""}));
  sync();
  EXPECT_EQ(accounts->snapshot()->holds(policy::Kind::PasswordRotation, tthc).hold, Hold::Observed);
  EXPECT_EQ(must(accounts->as_known_at(before)).holds(policy::Kind::PasswordRotation, tthc).hold, Hold::Unknown);
}

class HoldOfAnAccount : public AccountsService {
 protected:
  using Hold = policy::Hold;
  static constexpr auto kKind = policy::Kind::PasswordRotation;
  void SetUp() override {
    AccountsService::SetUp();
    one = open(tthc, "hungnv", hung);
    two = open(tthc, "lantt", lan);
    must(accounts->record_hold(by, tthc, kKind, {Hold::Requested, day("2025-05-01"), "12/CV-STTTT"}));
    sync();
  }
  Hold holds(const AccountId& id) { return accounts->snapshot()->holds(kKind, account(id)).hold; }
  AccountId one, two;
};

TEST_F(HoldOfAnAccount, GoesBeforeThatOfItsSystemAndTouchesNoOther) {
  EXPECT_EQ(holds(one), Hold::Requested);
  must(accounts->record_hold(by, one, kKind, {Hold::Observed, day("2025-05-02"), ""}));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "hold.recorded");
  EXPECT_EQ(entries[0].subject, "account/" + one.text());
  EXPECT_EQ(fact(entries[0].facts, "hold"), "observed");
  EXPECT_EQ(fact(entries[0].facts, "was.hold"), "(none)") << "nothing was on record of the account itself";
  EXPECT_EQ(holds(one), Hold::Observed);
  EXPECT_EQ(holds(two), Hold::Requested);
  EXPECT_EQ(accounts->snapshot()->holds(kKind, tthc).hold, Hold::Requested);
  EXPECT_EQ(accounts->snapshot()->holds(policy::Kind::PasswordComposition, account(one)).hold, Hold::Unknown);
  must(accounts->record_hold(by, one, kKind, {Hold::Observed, day("2025-05-02"), ""}));
  EXPECT_TRUE(sync().empty()) << "the same again";
}

TEST_F(HoldOfAnAccount, UnknownOfTheAccountIsNotMadeUpForByItsSystem) {
  must(accounts->record_hold(by, tthc, kKind, {Hold::Observed, day("2025-05-01"), ""}));
  must(accounts->record_hold(by, one, kKind, {}));
  EXPECT_EQ(sync().size(), 2U);
  EXPECT_EQ(holds(one), Hold::Unknown);
  EXPECT_EQ(holds(two), Hold::Observed);
}

TEST_F(HoldOfAnAccount, NeverOutdoesOurGateNorClaimsIt) {
  const auto ours = open(mail, "hungnv", hung);
  must(accounts->record_hold(by, ours, kKind, {}));
  sync();
  EXPECT_EQ(holds(ours), Hold::Enforced);
  EXPECT_EQ(accounts->record_hold(by, one, kKind, {Hold::Enforced, clock.now(), ""}).error().kind(),
            ErrorKind::Refused);
  EXPECT_FALSE(accounts->record_hold(by, one, kKind, {Hold::Declared, clock.now(), ""})) << "without its letter";
  EXPECT_FALSE(accounts->record_hold(by, one, kKind, {Hold::Observed, clock.now() + std::chrono::hours(1), ""}));
  EXPECT_TRUE(sync().empty());
}

TEST_F(HoldOfAnAccount, IsTakenBackOnceAndTheSystemSpeaksAgain) {
  must(accounts->record_hold(by, one, kKind, {Hold::Declared, day("2025-05-02"), "7/CTA"}));
  sync();
  const auto with = clock.now();
  clock.advance(std::chrono::hours(24));
  must(accounts->withdraw_hold(by, one, kKind));
  const auto entries = sync();
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].type, "hold.withdrawn");
  EXPECT_EQ(fact(entries[0].facts, "was.hold"), "declared");
  EXPECT_EQ(fact(entries[0].facts, "was.letter"), "7/CTA");
  EXPECT_EQ(holds(one), Hold::Requested);
  EXPECT_EQ(must(accounts->as_known_at(with)).holds(kKind, account(one)).hold, Hold::Declared);
  EXPECT_EQ(accounts->withdraw_hold(by, one, kKind).error().kind(), ErrorKind::NotFound);
  must(accounts->record_hold(by, one, kKind, {Hold::Observed, clock.now(), ""}));
  sync();
  EXPECT_EQ(must(accounts->as_known_at(with)).holds(kKind, account(one)).hold, Hold::Declared);
  EXPECT_EQ(holds(one), Hold::Observed);
}

TEST_F(HoldOfAnAccount, EndsWithTheAccountAndIsNoOtherOnesOfTheSameName) {
  must(accounts->record_hold(by, one, kKind, {Hold::Observed, day("2025-05-02"), ""}));
  must(accounts->revoke_rights(by, one));
  must(accounts->close(by, one));
  sync();
  EXPECT_EQ(accounts->record_hold(by, one, kKind, {}).error().kind(), ErrorKind::Refused);
  const auto again = open(tthc, "hungnv", hung);
  EXPECT_EQ(holds(again), Hold::Requested);
  must(accounts->delete_account(by, one));
  sync();
  EXPECT_TRUE(accounts->snapshot()->own_holds().empty());
  EXPECT_EQ(accounts->record_hold(by, one, kKind, {}).error().kind(), ErrorKind::NotFound);
  must(accounts->load());
  EXPECT_TRUE(accounts->snapshot()->own_holds().empty());
}

TEST_F(AccountsService, ASystemCodeIsUnique) {
  EXPECT_FALSE(accounts->add_system(by, {{}, "MAIL", "Thư khác", province, "", false, false}));
  EXPECT_FALSE(accounts->add_system(by, {{}, "có dấu", "Hệ thống", province, "", false, false}));
  auto right = *accounts->snapshot()->system(tthc);
  right.behind_gate = true;
  must(accounts->correct_system(by, right));
  sync();
  EXPECT_TRUE(accounts->snapshot()->system(tthc)->behind_gate);
  right.code = "mail";
  EXPECT_FALSE(accounts->correct_system(by, right));
}

TEST_F(AccountsService, TheSnapshotFollowsTheFeedAsIfItHadBeenLoadedAnew) {
  std::vector<AccountId> ids;
  for (int i = 0; i < 40; ++i) ids.push_back(open(i % 2 ? mail : tthc, "u" + std::to_string(i), i % 3 ? hung : lan));
  for (std::size_t i = 0; i < ids.size(); i += 3) must(accounts->close(by, ids[i]));
  sync();
  const auto followed = accounts->snapshot();
  must(accounts->load());
  const auto loaded = accounts->snapshot();
  EXPECT_EQ(followed->account_count(), loaded->account_count());
  loaded->each_account([&](const Account& account) {
    EXPECT_EQ(followed->account(account.id), account);
    EXPECT_EQ(followed->account_named(account.system, account.user_name),
              loaded->account_named(account.system, account.user_name));
  });
  EXPECT_EQ(followed->held_by(hung), loaded->held_by(hung));
}

}  // namespace
}  // namespace khien::accounts
