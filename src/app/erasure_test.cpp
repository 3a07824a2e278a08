#include "app/erasure.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "app/testing.h"
#include "audit/verify.h"
#include "signin/recent_places.h"

namespace khien::app {
namespace {

using testing_support::AppWorld;
using testing_support::day;
using testing_support::must;
using Mode = Installation::Mode;

const std::string kPassword = "Trang-sao.71kem";

class ErasureTest : public testing::Test, protected AppWorld {
 protected:
  void SetUp() override {
    must(initialise());
    opened = must(open(Mode::Change));
    unit =
        must(opened->people().add_unit(by, {{day("2020-01-01"), {}}, "SYT", "Sở Y tế", {}, people::Tree::State, ""}));
    person = must(opened->people().add_person(
        by, {"Nguyễn Văn Hùng", "hungnv@mau.gov.vn", "CB1", people::Category::CivilServant, {}}));
    posting = must(opened->people().post(by, {{}, person, unit, "Thủ quỹ đặc biệt", true, {day("2024-01-01"), {}}}));
    mail = must(opened->accounts().add_system(by, {{}, "mail", "Thư công vụ", unit, "", true, true}));
    login = must(opened->credentials().create(by, {.user_name = "hungnv", .holder = person}));
    account = must(opened->accounts().open_account(by, {.system = mail,
                                                        .user_name = "hungnv",
                                                        .holder = person,
                                                        .login = login,
                                                        .wanted = accounts::LifecycleState::Active}));
    must(opened->credentials().set_password(by, login, Secret(kPassword), {.state = policy::PasswordState::Own}));
  }
  /// So that nothing stands in the way any more.
  void leave() {
    must(opened->people().unpost(by, posting, day("2025-05-01")));
    must(opened->accounts().close(by, account));
    must(opened->credentials().set_state(by, login, policy::LifecycleState::Closed));
  }
  /// A row in every table that can have one, and nothing in the way.
  void leave_traces_everywhere() {
    const auto group = must(opened->people().add_group(by, "mot-cua", "Một cửa"));
    must(opened->people().join_group(by, group, person, {day("2024-01-01"), day("2025-05-01")}));
    must(opened->credentials().set_password(by, login, Secret(kPassword + "2"), {.state = policy::PasswordState::Own}));
    must(opened->accounts().record_hold(by, account, policy::Kind::DeviceAntivirus,
                                        {policy::Hold::Observed, clock.now(), ""}));
    must(opened->people().grant_role(
        by, {{}, person, people::Role::UnitClerk, {.unit = unit}, {day("2024-01-01"), day("2025-05-01")}}));
    must(opened->requests().propose({audit::Actor::person(person), "7/ĐN"},
                                    {.act = people::Act::EndRole, .parameters = "{}", .facts = "", .summary = {}}));
    must(opened->directives().continue_until(by, {login}, clock.now(), "bộ phận một cửa"));
    leave();
    must(opened->store().write([&](store::Transaction& tx) -> Result<void> {
      static constexpr store::Sql kSession{
          "insert into session (id, digest, login, signed_in_at, last_seen_at, ends_at, idle, address)"
          " values ('s', 'd', :1, 0, 0, 0, 'PT1H', '192.0.2.77')"};
      static constexpr store::Sql kConfirmed{
          "insert into confirmation (person, directive, what, at) values (:1, 'd', 'read', 0)"};
      static constexpr store::Sql kCode{
          "insert into oidc_code (digest, client, redirect_uri, login, session, scopes, nonce, code_challenge, "
          "auth_time,"
          " issued_at, expires_at) values ('d', 'c', 'u', :1, 's', '', '', '', 0, 0, 0)"};
      static constexpr store::Sql kShared{"insert into account_user (account, place, person) values (:1, 0, :2)"};
      static constexpr store::Sql kException{
          "insert into policy_exception (id, revision, subject, owner, reason, compensating_measure, valid_from,"
          " valid_until, recorded_at) values (:1, 0, :2, :3, 'r', 'm', 0, 1, 0)"};
      tx.execute(kSession, login);
      tx.execute(kConfirmed, person);
      tx.execute(kCode, login);
      tx.execute(kShared, account, person);
      tx.execute(kException, ExceptionId::make(random), "account/" + account.text(), person);
      signin::note_place(tx, {login, {}, clock.now()}, 8);
      return {};
    }));
  }
  void run(const store::Sql& sql) {
    must(opened->store().write([&](store::Transaction& tx) -> Result<void> {
      tx.execute(sql);
      return {};
    }));
  }
  audit::Report verified() {
    return must(opened->store().read([&](store::Reader& reader) {
      return audit::verify(reader, {.keys = {opened->log().verifier_key()}, .keyring = &opened->keys()});
    }));
  }
  std::unique_ptr<Installation> opened;
  UnitId unit;
  PersonId person;
  PostingId posting;
  SystemId mail;
  LoginId login;
  AccountId account;
};

TEST_F(ErasureTest, WaitsUntilPostingsAccountsAndLoginsHaveEnded) {
  const auto obstacles = [&] { return must(plan_erasure(*opened, person)).obstacles.size(); };
  EXPECT_EQ(obstacles(), 3U);
  const auto before = opened->log().head().size;
  EXPECT_EQ(erase_person(*opened, by, person, "yêu cầu").error().kind(), ErrorKind::Refused);
  EXPECT_EQ(opened->log().head().size, before) << "nothing was done, the passwords neither";
  must(opened->people().unpost(by, posting, day("2025-05-01")));
  must(opened->accounts().close(by, account));
  EXPECT_EQ(obstacles(), 1U);
  must(opened->credentials().set_state(by, login, policy::LifecycleState::Closed));
  EXPECT_EQ(obstacles(), 0U);
}

TEST_F(ErasureTest, TakesPasswordsAndOpeningsAndTheLogStillVerifies) {
  leave();
  const auto opens = [&] {
    const auto logins = opened->credentials().snapshot();
    return must(opened->credentials().check(logins->find(login), "hungnv", Secret(kPassword), 0));
  };
  EXPECT_TRUE(opens());
  const auto openings = verified().openings;
  EXPECT_GT(openings, 0U);
  must(erase_person(*opened, by, person, "yêu cầu"));
  const auto report = verified();
  EXPECT_TRUE(report.passed());
  EXPECT_EQ(report.openings, 0U);
  EXPECT_GE(report.erased, openings);
  EXPECT_EQ(opened->credentials().snapshot()->find(login)->password.state, policy::PasswordState::None);
  EXPECT_FALSE(opens());
  EXPECT_EQ(opened->people().snapshot()->person(person)->person.name, people::kErasedName);
  EXPECT_FALSE(erase_person(*opened, by, person, "yêu cầu")) << "once";
}

/// What erasing a person does with a table. Whoever adds a table or a column says it here, and in app/erasure.cpp.
enum class Fate {
  NothingOfPeople,  ///< it names nobody, not by id either; openings of the log are sealed under the key that goes
  Gone,             ///< no row of the person's is left
  IdsStay,          ///< the rows stay, with the pseudonymous ids, times and user names, without facts
};
struct TableOf {
  std::size_t columns;
  Fate fate;
};
const std::map<std::string, TableOf> kTables{{"schema_migration", {3, Fate::NothingOfPeople}},
                                             {"readiness", {2, Fate::NothingOfPeople}},
                                             {"installation", {3, Fate::NothingOfPeople}},
                                             {"wrapped_key", {6, Fate::NothingOfPeople}},
                                             {"audit_pending", {6, Fate::NothingOfPeople}},
                                             {"audit_entry", {5, Fate::IdsStay}},
                                             {"audit_tile", {3, Fate::NothingOfPeople}},
                                             {"audit_tree", {5, Fate::NothingOfPeople}},
                                             {"audit_checkpoint", {5, Fate::NothingOfPeople}},
                                             {"checkpoint_export", {8, Fate::NothingOfPeople}},
                                             {"audit_handover", {4, Fate::NothingOfPeople}},
                                             {"audit_person_key", {3, Fate::Gone}},
                                             {"audit_opening", {3, Fate::NothingOfPeople}},
                                             {"unit_version", {11, Fate::NothingOfPeople}},
                                             {"unit_succession", {6, Fate::NothingOfPeople}},
                                             {"person", {13, Fate::IdsStay}},
                                             {"posting", {10, Fate::IdsStay}},
                                             {"people_group", {4, Fate::NothingOfPeople}},
                                             {"membership", {7, Fate::IdsStay}},
                                             {"people_generation", {2, Fate::NothingOfPeople}},
                                             {"clock_state", {3, Fate::NothingOfPeople}},
                                             {"cutoff_delay", {8, Fate::NothingOfPeople}},
                                             {"cutoff_confirmed", {4, Fate::NothingOfPeople}},
                                             {"cutoff_leave", {3, Fate::IdsStay}},
                                             {"role_grant", {10, Fate::IdsStay}},
                                             {"roles_founded", {2, Fate::NothingOfPeople}},
                                             {"request", {21, Fate::IdsStay}},
                                             {"directive", {10, Fate::NothingOfPeople}},
                                             {"confirmation", {4, Fate::Gone}},
                                             {"info_system", {9, Fate::NothingOfPeople}},
                                             {"account", {15, Fate::IdsStay}},
                                             {"account_user", {3, Fate::IdsStay}},
                                             {"system_hold", {8, Fate::NothingOfPeople}},
                                             {"account_hold", {8, Fate::IdsStay}},
                                             {"policy_exception", {10, Fate::IdsStay}},
                                             {"exception_clause", {4, Fate::NothingOfPeople}},
                                             {"login", {12, Fate::IdsStay}},
                                             {"password_history", {4, Fate::Gone}},
                                             {"holder_salt", {2, Fate::Gone}},
                                             {"session", {10, Fate::Gone}},
                                             {"sign_in_place", {3, Fate::Gone}},
                                             {"oidc_client", {10, Fate::NothingOfPeople}},
                                             {"oidc_code", {14, Fate::Gone}},
                                             {"oidc_key", {6, Fate::NothingOfPeople}}};

/// Every row of every table as one text, read from the database's own schema.
class WholeDatabase {
 public:
  explicit WholeDatabase(store::Store& store) {
    static constexpr store::Sql kNames{
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name", "t"};
    static constexpr store::Sql kColumns{"select name from pragma_table_info(:1)", "t"};
    static std::map<std::string, std::string> statements;  // of static storage, as the store wants them
    must(store.read([&](store::Reader& reader) -> Result<void> {
      reader.each(kNames, [&](const store::Row& row) { tables[row.string(0)]; });
      for (auto& [name, table] : tables) {
        std::string sql;
        const auto take = [&](const store::Row& row) {
          sql += (sql.empty() ? "select quote(" : " || ' ' || quote(") + row.string(0) + ")";
          ++table.columns;
        };
        reader.each(kColumns, take, name);
        const auto [statement, fresh] = statements.try_emplace(name, sql + " from " + name);
        reader.each({statement->second.c_str(), "t"},
                    [&](const store::Row& row) { table.rows.push_back(row.string(0)); });
      }
      return {};
    }));
  }
  struct Table {
    std::size_t columns = 0;
    std::vector<std::string> rows;
    [[nodiscard]] bool mentions(const std::vector<std::string>& any) const {
      return std::ranges::any_of(rows, [&](const std::string& row) {
        return std::ranges::any_of(any, [&](const auto& one) { return row.contains(one); });
      });
    }
  };
  std::map<std::string, Table> tables;
};

TEST_F(ErasureTest, ReachesEveryTableThatSpeaksOfAPerson) {
  leave_traces_everywhere();
  const std::vector<std::string> ids{person.text(), login.text(), account.text()};
  const std::vector<std::string> facts{"Nguyễn Văn Hùng", "hungnv@mau", "CB1", "Thủ quỹ đặc biệt", "192.0.2.77"};
  const WholeDatabase before(opened->store());
  const auto taken = must(erase_person(*opened, by, person, "yêu cầu"));
  const WholeDatabase after(opened->store());
  EXPECT_EQ(before.tables.size(), kTables.size());
  for (const auto& [name, table] : before.tables) {
    const auto known = kTables.find(name);
    if (known == kTables.end()) {
      ADD_FAILURE() << "what does erasing a person do with the table " << name << "?";
      continue;
    }
    const auto& [columns, fate] = known->second;
    EXPECT_EQ(table.columns, columns) << "what does erasing a person do with the new column of " << name << "?";
    EXPECT_EQ(table.mentions(ids), fate != Fate::NothingOfPeople) << name << " before";
    EXPECT_EQ(after.tables.at(name).mentions(ids), fate == Fate::IdsStay) << name << " after";
    EXPECT_FALSE(after.tables.at(name).mentions(facts)) << name << " after";
  }
  std::string told;
  for (const auto& line : taken) told += line.en + "\n";
  EXPECT_EQ(told,
            "name, personal facts and the key that opens them in the log\npasswords, past and present: 2\n"
            "sessions: 1\nplaces of late sign-ins: 1\ncodes issued to connected systems: 1\nconfirmations: 1\n");
}

/// At each table that it writes to, from the first to the last, with what a killed process leaves: nothing.
TEST_F(ErasureTest, InterruptedAnywhereItLeavesEverythingAsItWas) {
  static constexpr store::Sql kInterruptions[][2] = {
      {{"create trigger cut1 before delete on password_history begin select raise(abort, 'cut'); end"},
       {"drop trigger cut1"}},
      {{"create trigger cut2 before update on login begin select raise(abort, 'cut'); end"}, {"drop trigger cut2"}},
      {{"create trigger cut3 before delete on session begin select raise(abort, 'cut'); end"}, {"drop trigger cut3"}},
      {{"create trigger cut4 before delete on sign_in_place begin select raise(abort, 'cut'); end"},
       {"drop trigger cut4"}},
      {{"create trigger cut5 before delete on oidc_code begin select raise(abort, 'cut'); end"}, {"drop trigger cut5"}},
      {{"create trigger cut6 before delete on confirmation begin select raise(abort, 'cut'); end"},
       {"drop trigger cut6"}},
      {{"create trigger cut7 before update on person begin select raise(abort, 'cut'); end"}, {"drop trigger cut7"}},
      {{"create trigger cut8 before delete on audit_person_key begin select raise(abort, 'cut'); end"},
       {"drop trigger cut8"}},
      {{"create trigger cut9 before insert on audit_pending when new.type = 'person.erased'"
        " begin select raise(abort, 'cut'); end"},
       {"drop trigger cut9"}}};
  leave_traces_everywhere();
  const WholeDatabase before(opened->store());
  const auto entries = opened->log().head().size;
  for (const auto& [cuts, mends] : kInterruptions) {
    run(cuts);
    EXPECT_FALSE(erase_person(*opened, by, person, "yêu cầu")) << cuts.text;
    run(mends);
    const WholeDatabase after(opened->store());
    for (const auto& [name, table] : before.tables) EXPECT_EQ(after.tables.at(name).rows, table.rows) << cuts.text;
    EXPECT_EQ(opened->log().head().size, entries) << cuts.text;
  }
  EXPECT_EQ(opened->people().snapshot()->person(person)->person.name, "Nguyễn Văn Hùng");
  EXPECT_TRUE(verified().passed());
  EXPECT_FALSE(erase_person(*opened, by, person, " ")) << "without a reason";
  EXPECT_EQ(opened->log().head().size, entries);
  EXPECT_EQ(must(erase_person(*opened, by, person, "yêu cầu"))[1].en, "passwords, past and present: 2");
}

}  // namespace
}  // namespace khien::app
