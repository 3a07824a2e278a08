#include "app/installation.h"

#include <gtest/gtest.h>

#include "app/erasure.h"
#include "app/testing.h"
#include "audit/verify.h"
#include "signin/recent_places.h"

namespace khien::app {
namespace {

using testing_support::AppWorld;
using testing_support::day;
using testing_support::must;
using Mode = Installation::Mode;

class InstallationTest : public testing::Test, protected AppWorld {};

TEST_F(InstallationTest, IsMadeOnceAndOpenedAgain) {
  EXPECT_EQ(open(Mode::Read).error().kind(), ErrorKind::NotFound) << "nothing there yet";
  must(initialise());
  EXPECT_EQ(initialise().error().kind(), ErrorKind::Conflict);
  const auto first = must(open(Mode::Change))->id();
  EXPECT_EQ(must(open(Mode::Read))->id(), first);
  EXPECT_FALSE(first.empty());
}

TEST_F(InstallationTest, AWriterExcludesAWriterAndNoReader) {
  must(initialise());
  const auto writer = must(open(Mode::Change));
  EXPECT_EQ(open(Mode::Change).error().kind(), ErrorKind::Conflict);
  const auto reader = must(open(Mode::Read));
  EXPECT_THROW(static_cast<void>(reader->log()), std::logic_error);
  EXPECT_FALSE(reader->people().add_group(by, "g", "G")) << "a reader changes nothing";
}

TEST_F(InstallationTest, ServicesFollowTheLogBeforeTheirCallersAreAnswered) {
  must(initialise());
  const auto opened = must(open(Mode::Change));
  must(opened->people().add_group(by, "lanh-dao", "Lãnh đạo"));
  EXPECT_EQ(opened->people().snapshot()->groups().size(), 1U);
  EXPECT_GE(opened->log().head().size, 1U);
}

TEST_F(InstallationTest, TheRootKeyMayLieElsewhereAndWithoutItNothingOpens) {
  variables["KHIEN_ROOT_KEY_FILE"] = temporary.file("elsewhere.key");
  must(initialise());
  EXPECT_FALSE(std::filesystem::exists(folder.root_key()));
  EXPECT_EQ(root_key_path(folder, must(read_config(folder.config(), environment()))), temporary.file("elsewhere.key"));
  must(open(Mode::Read));
  must(write_file(temporary.file("elsewhere.key"), std::string(64, 'a'), true));
  EXPECT_FALSE(open(Mode::Read)) << "another key";
  std::filesystem::remove(temporary.file("elsewhere.key"));
  EXPECT_FALSE(open(Mode::Read)) << "no key";
}

TEST_F(InstallationTest, AnInstallationIsNotMadeOverARootKeyOfAnother) {
  must(write_file(folder.root_key(), std::string(64, 'a') + "\n", true));
  EXPECT_FALSE(initialise());
  EXPECT_FALSE(std::filesystem::exists(folder.database())) << "nothing half done";
  EXPECT_EQ(must(read_file(folder.root_key())), std::string(64, 'a') + "\n");
}

TEST_F(InstallationTest, ALinkInPlaceOfTheRootKeyIsNotFollowed) {
  std::filesystem::create_directories(folder.path);
  std::filesystem::create_symlink(temporary.file("victim"), folder.root_key());
  EXPECT_FALSE(initialise());
  EXPECT_FALSE(std::filesystem::exists(temporary.file("victim")));
}

TEST_F(InstallationTest, IsNotMadeInAFolderThatOthersHavePreparedOrMayWriteTo) {
  std::filesystem::create_directories(folder.path);
  must(write_file(folder.config(), config_template(), false));
  std::filesystem::permissions(folder.path, std::filesystem::perms::all);
  EXPECT_EQ(initialise().error().kind(), ErrorKind::Refused);
  std::filesystem::permissions(folder.path, std::filesystem::perms::owner_all);
  must(initialise());
}

const std::string kPassword = "Trang-sao.71kem";

class ErasureTest : public InstallationTest {
 protected:
  void SetUp() override {
    must(initialise());
    opened = must(open(Mode::Change));
    unit =
        must(opened->people().add_unit(by, {{day("2020-01-01"), {}}, "SYT", "Sở Y tế", {}, people::Tree::State, ""}));
    person = must(opened->people().add_person(
        by, {"Nguyễn Văn Hùng", "hungnv@mau.gov.vn", "CB1", people::Category::CivilServant, {}}));
    posting = must(opened->people().post(by, {{}, person, unit, "Chuyên viên", true, {day("2024-01-01"), {}}}));
    mail = must(opened->accounts().add_system(by, {{}, "mail", "Thư công vụ", unit, "", true, true}));
    login = must(opened->credentials().create(by, {.user_name = "hungnv", .holder = person}));
    account = must(opened->accounts().open_account(by, {.system = mail,
                                                        .user_name = "hungnv",
                                                        .holder = person,
                                                        .login = login,
                                                        .wanted = accounts::LifecycleState::Active}));
    must(opened->credentials().set_password(by, login, Secret(kPassword), {.state = policy::PasswordState::Own}));
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

TEST_F(ErasureTest, TakesPasswordsRowsAndOpeningsAndTheLogStillVerifies) {
  must(opened->people().unpost(by, posting, day("2025-05-01")));
  must(opened->accounts().close(by, account));
  must(opened->credentials().set_state(by, login, policy::LifecycleState::Closed));
  const auto opens = [&] {
    const auto logins = opened->credentials().snapshot();
    return must(opened->credentials().check(logins->find(login), "hungnv", Secret(kPassword), 0));
  };
  EXPECT_TRUE(opens());
  must(opened->store().write([&](store::Transaction& tx) -> Result<void> {
    static constexpr store::Sql kSession{
        "insert into session (id, digest, login, signed_in_at, last_seen_at, ends_at, idle, address)"
        " values ('s', 'd', :1, 0, 0, 0, 'PT1H', '192.0.2.77')"};
    tx.execute(kSession, login);
    signin::note_place(tx, {login, {}, clock.now()}, 8);
    return {};
  }));
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
  const auto traces = must(opened->store().read([&](store::Reader& reader) -> Result<std::int64_t> {
    static constexpr store::Sql kTraces{"select (select count(*) from session) + (select count(*) from sign_in_place)",
                                        "i"};
    std::int64_t count = 0;
    reader.each(kTraces, [&](const store::Row& row) { count = row.integer(0); });
    return count;
  }));
  EXPECT_EQ(traces, 0) << "addresses and places";
  EXPECT_FALSE(erase_person(*opened, by, person, "yêu cầu")) << "once";
}

}  // namespace
}  // namespace khien::app
