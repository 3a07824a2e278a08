#include "app/account_import.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "accounts/import_columns.h"
#include "app/testing.h"
#include "audit/verify.h"

namespace khien::app {
namespace {

using policy::LifecycleState;
using sheets::PlannedAct;
using testing_support::day;
using testing_support::must;

class AccountImportTest : public testing::Test, protected testing_support::AppWorld {
 protected:
  void SetUp() override {
    must(initialise());
    opened = must(open(Installation::Mode::Change));
    const auto unit =
        must(opened->people().add_unit(by, {{day("2020-01-01"), {}}, "SYT", "Sở Y tế", {}, people::Tree::State, ""}));
    for (const auto& [code, name] : {std::pair{"CB1", "Nguyễn Văn An"}, std::pair{"CB2", "Trần Thị Bình"}}) {
      binh = must(opened->people().add_person(by, {name, "", code, people::Category::CivilServant, {}}));
      must(opened->people().post(by, {{}, binh, unit, "Chuyên viên", true, {day("2024-01-01"), {}}}));
    }
    tthc = must(opened->accounts().add_system(by, {{}, "tthc", "Một cửa", unit, "", true, true}));
  }
  using Row = std::vector<std::string>;  ///< user name, login, staff code
  AccountImport planned(const std::vector<Row>& rows) {
    std::vector<std::vector<std::string>> texts;
    for (const auto& row : rows) texts.push_back({"tthc", row[0], row[1], row[2]});
    return plan_account_import(
        *opened, testing_support::text_table("a.csv", {"system", "user_name", "login", "staff_code"}, 2, texts));
  }
  AccountImport stored(const std::vector<Row>& rows) {
    auto plan = planned(rows);
    must(store_account_import(*opened, {by.actor, "12/QĐ"}, plan));
    return plan;
  }
  /// A list of one mailbox of the unit: custodian, login, state.
  AccountImport box(const std::string& custodian, const std::string& login, const std::string& state = "") {
    return plan_account_import(
        *opened, testing_support::text_table("b.csv", {"system", "user_name", "kind", "custodian", "login", "state"}, 2,
                                             {{"tthc", "hop-thu", "Đơn vị", custodian, login, state}}));
  }
  void close(const std::string& login) {
    must(opened->credentials().set_state(by, opened->credentials().snapshot()->named(login)->id,
                                         LifecycleState::Closed));
  }
  static std::string lines(const AccountImport& plan) {
    return sheets::printed(plan.accounts.plan, Language::Vietnamese, 20);
  }
  static void expect_shown(const AccountImport& plan, const std::string& part) {
    EXPECT_NE(lines(plan).find(part), std::string::npos) << lines(plan);
  }
  /// The name of the login that opens the account; empty if none does.
  std::string opens(const std::string& user_name) {
    const auto known = opened->accounts().snapshot();
    const auto id = known->account_named(tthc, user_name);
    const auto logins = opened->credentials().snapshot();
    const auto* login = id ? logins->find(known->account(*id)->login) : nullptr;
    return login == nullptr ? "" : login->user_name;
  }
  void run(const store::Sql& sql) {
    must(opened->store().write([&](store::Transaction& tx) -> Result<void> {
      tx.execute(sql);
      return {};
    }));
  }

  std::unique_ptr<Installation> opened;
  SystemId tthc;
  PersonId binh;  ///< CB2
};

TEST_F(AccountImportTest, NewLoginsAreShownAndMadeWithTheirAccounts) {
  const auto before = opened->log().head().size;
  const auto plan = stored({{"annv", "AnNV", "CB1"}, {"an2", "annv", "CB1"}, {"binh", "", "CB2"}});
  EXPECT_EQ(plan.accounts.plan.count(PlannedAct::Add), 3U);
  expect_shown(plan, "tên đăng nhập mới: annv");
  expect_shown(plan, "tên đăng nhập: annv");
  EXPECT_EQ(plan.logins.size(), 1U) << "two accounts share it";
  EXPECT_EQ(opens("annv"), "annv");
  EXPECT_EQ(opens("an2"), "annv");
  EXPECT_EQ(opens("binh"), "");
  EXPECT_EQ(opened->log().head().size - before, 1U + 3U + 2U + 1U) << "login, accounts, bindings, the whole";
}

TEST_F(AccountImportTest, ALoginForAnAccountThatHasNoneIsAChangeOfItsRow) {
  stored({{"annv", "", "CB1"}});
  const auto plan = stored({{"annv", "annv", "CB1"}});
  EXPECT_EQ(plan.accounts.plan.count(PlannedAct::Change), 1U);
  expect_shown(plan, "tên đăng nhập mới: annv");
  EXPECT_EQ(opens("annv"), "annv");
  const auto size = opened->log().head().size;
  EXPECT_TRUE(stored({{"annv", "annv", "CB1"}}).accounts.plan.changes_nothing());
  EXPECT_TRUE(stored({{"annv", "", "CB1"}}).accounts.plan.changes_nothing()) << "an empty cell says nothing";
  EXPECT_EQ(opened->log().head().size, size) << "no entry for nothing";
}

TEST_F(AccountImportTest, AnAccountDoesNotGoToAnotherLoginWhileItsLoginIsOpen) {
  stored({{"hoant", "hoant", "CB1"}, {"hoant-qt", "hoant-qt", "CB1"}});
  for (const std::string other : {"hoant2", "hoant-qt"}) {
    const auto plan = planned({{"hoant", other, "CB1"}});
    ASSERT_EQ(plan.accounts.plan.problems.size(), 1U) << other;
    const auto& problem = plan.accounts.plan.problems[0];
    EXPECT_EQ(problem.place()->column, 3U);
    EXPECT_NE(problem.text().vi.find("khien login close hoant"), std::string::npos) << problem.text().vi;
    EXPECT_NE(problem.text().en.find("\"" + other + "\""), std::string::npos) << problem.text().en;
    EXPECT_TRUE(plan.accounts.plan.items.empty()) << "a row with a problem does nothing";
    EXPECT_FALSE(store_account_import(*opened, by, plan));
  }
  must(opened->credentials().set_state(by, opened->credentials().snapshot()->named("hoant")->id,
                                       LifecycleState::Suspended));
  EXPECT_FALSE(planned({{"hoant", "hoant2", "CB1"}}).accounts.plan.can_apply()) << "a locked login is not closed";
  EXPECT_EQ(opens("hoant"), "hoant");
  EXPECT_EQ(opened->credentials().snapshot()->named("hoant2"), nullptr);
}

TEST_F(AccountImportTest, AClosedLoginMayBeReplacedAndThePreviewSaysByWhich) {
  stored({{"hoant", "hoant", "CB1"}});
  must(opened->credentials().set_state(by, opened->credentials().snapshot()->named("hoant")->id,
                                       LifecycleState::Closed));
  const auto plan = stored({{"hoant", "hoant2", "CB1"}});
  EXPECT_EQ(plan.accounts.plan.count(PlannedAct::Change), 1U);
  expect_shown(plan, "tên đăng nhập mới: hoant2; tên đăng nhập: hoant → hoant2");
  EXPECT_EQ(opens("hoant"), "hoant2");
}

TEST_F(AccountImportTest, ALoginOfSomebodyElseIsAProblemOfItsRowAndTheRowIsNotCountedAsNew) {
  stored({{"annv", "annv", "CB1"}});
  const auto plan = planned({{"binh", "annv", "CB2"}, {"binh2", "b!", "CB2"}, {"binh3", "binh", "CB2"}});
  EXPECT_EQ(plan.accounts.plan.problems.size(), 2U);
  EXPECT_EQ(plan.accounts.plan.count(PlannedAct::Add), 1U);
}

TEST_F(AccountImportTest, AMailboxIsHandedOverWithItsLogin) {
  stored({{"annv", "annv", "CB1"}});
  must(store_account_import(*opened, by, box("CB1", "annv")));
  const auto plan = box("CB2", "binh");
  ASSERT_TRUE(plan.accounts.plan.can_apply()) << lines(plan);
  expect_shown(plan, "Trần Thị Bình");
  expect_shown(plan, "tên đăng nhập: annv → binh");
  must(store_account_import(*opened, by, plan));
  EXPECT_EQ(opens("hop-thu"), "binh");
  EXPECT_EQ(opens("annv"), "annv") << "the old custodian keeps what is the old custodian's own";
}

TEST_F(AccountImportTest, AMailboxIsNotHandedOverWhileTheOldCustodiansLoginOpensIt) {
  must(store_account_import(*opened, by, box("CB1", "annv")));
  const auto problem = [&] {
    const auto plan = box("CB2", "");
    EXPECT_FALSE(store_account_import(*opened, by, plan));
    return plan.accounts.plan.problems.empty() ? Error::internal("none") : plan.accounts.plan.problems[0];
  };
  EXPECT_EQ(problem().place()->column, 4U);
  EXPECT_TRUE(problem().text().vi.contains("«annv» của người quản lý cũ")) << problem().text().vi;
  EXPECT_TRUE(problem().text().vi.contains("khien login close annv")) << "it opens nothing else";
  stored({{"annv", "annv", "CB1"}});
  EXPECT_FALSE(problem().text().vi.contains("khien login close")) << "that would shut An out of An's own account";
  must(opened->credentials().set_state(by, opened->credentials().snapshot()->named("annv")->id,
                                       LifecycleState::Suspended));
  EXPECT_TRUE(problem().text().vi.contains("«annv»")) << "a locked login may be unlocked again";
  close("annv");
  must(store_account_import(*opened, by, box("CB2", "")));
  EXPECT_EQ(opens("hop-thu"), "annv") << "closed: it opens nothing";
  must(store_account_import(*opened, by, box("CB2", "binh")));
  EXPECT_EQ(opens("hop-thu"), "binh");
}

TEST_F(AccountImportTest, AMailboxThatALoginOfSomebodyElseOpensGoesToItsCustodiansLogin) {
  must(store_account_import(*opened, by, box("CB1", "annv")));
  const auto id = *opened->accounts().snapshot()->account_named(tthc, "hop-thu");
  static constexpr store::Sql kOfBinh{"update account set holder = :1 where id = :2"};
  must(opened->store().write([&](store::Transaction& tx) -> Result<void> {
    tx.execute(kOfBinh, binh, id);
    return {};
  }));
  opened.reset();
  opened = must(open(Installation::Mode::Change));
  EXPECT_EQ(opens("hop-thu"), "annv") << "nothing here leaves it so, but it may be so";
  must(store_account_import(*opened, by, box("CB2", "binh")));
  EXPECT_EQ(opens("hop-thu"), "binh");
}

TEST_F(AccountImportTest, AMailboxWithoutCustodianGetsNoLogin) {
  const auto plan = box("", "hopthu", "chưa kích hoạt");
  ASSERT_EQ(plan.accounts.plan.problems.size(), 1U);
  EXPECT_EQ(
      plan.accounts.plan.problems[0].line(Language::English),
      "b.csv:2:5: A login needs a person who answers for it: name the custodian in its column, or leave the login "
      "out until there is one.");
  EXPECT_FALSE(store_account_import(*opened, by, plan));
  EXPECT_EQ(opened->credentials().snapshot()->named("hopthu"), nullptr);
  must(store_account_import(*opened, by, box("", "", "chưa kích hoạt")));
  EXPECT_EQ(box("", "hopthu").accounts.plan.problems.size(), 1U) << "nor later";
  must(store_account_import(*opened, by, box("CB1", "hopthu", "chưa kích hoạt")));
  EXPECT_EQ(opens("hop-thu"), "hopthu");
}

TEST_F(AccountImportTest, NoLoginIsMadeForNobodyWhoeverAsks) {
  const auto made = opened->credentials().create(by, {.user_name = "khongai"});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind(), ErrorKind::Invalid);
  EXPECT_TRUE(made.error().text().vi.contains("«khongai»")) << made.error().text().vi;
  EXPECT_EQ(opened->credentials().snapshot()->named("khongai"), nullptr);
}

TEST_F(AccountImportTest, AClosedLoginOpensNothingAnewAndARowThatRepeatsItSaysSo) {
  stored({{"annv", "annv", "CB1"}});
  close("annv");
  const auto same = planned({{"annv", "annv", "CB1"}});
  EXPECT_TRUE(same.accounts.plan.can_apply());
  EXPECT_TRUE(same.accounts.plan.changes_nothing());
  expect_shown(same, "lưu ý: a.csv:2:3: Tên đăng nhập «annv» đã đóng");
  const auto fresh = planned({{"an2", "annv", "CB1"}});
  ASSERT_EQ(fresh.accounts.plan.problems.size(), 1U);
  EXPECT_TRUE(fresh.accounts.plan.problems[0].text().vi.contains("không mở lại được"));
  stored({{"annv", "annv2", "CB1"}});
  EXPECT_EQ(opens("annv"), "annv2");
  const auto account = opened->accounts().snapshot()->account_named(tthc, "annv");
  must(opened->accounts().close(by, *account));
  close("annv2");
  EXPECT_TRUE(planned({{"annv", "annv2", "CB1"}}).accounts.plan.notes.empty()) << "a closed account needs no login";
}

/// The binding is what comes last but for the entries; both are tried.
TEST_F(AccountImportTest, AFailureAtTheLastStepLeavesNothing) {
  static constexpr store::Sql kFailures[][2] = {
      {{"create trigger broken before update on account begin select raise(abort, 'told to fail'); end"},
       {"drop trigger broken"}},
      {{"create trigger broken2 before insert on audit_pending when new.type = 'accounts.imported' begin"
        " select raise(abort, 'told to fail'); end"},
       {"drop trigger broken2"}}};
  for (const auto& [breaks, mends] : kFailures) {
    const auto plan = planned({{"annv", "annv", "CB1"}, {"binh", "binh", "CB2"}});
    ASSERT_TRUE(plan.accounts.plan.can_apply());
    run(breaks);
    const auto size = opened->log().head().size;
    EXPECT_FALSE(store_account_import(*opened, by, plan));
    EXPECT_EQ(opened->log().head().size, size);
    EXPECT_EQ(opened->accounts().snapshot()->account_count(), 0U);
    EXPECT_EQ(opened->credentials().snapshot()->all().size(), 0U);
    run(mends);
  }
  opened.reset();
  opened = must(open(Installation::Mode::Change));
  EXPECT_EQ(opened->accounts().snapshot()->account_count(), 0U) << "on the disk neither";
  EXPECT_EQ(opened->credentials().snapshot()->all().size(), 0U);
  stored({{"annv", "annv", "CB1"}, {"binh", "binh", "CB2"}});
  EXPECT_EQ(opens("binh"), "binh");
}

}  // namespace
}  // namespace khien::app
