#include "app/installation.h"

#include <gtest/gtest.h>

#include "app/testing.h"

namespace khien::app {
namespace {

using testing_support::AppWorld;
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

TEST_F(InstallationTest, IsNotOpenedWhereOthersMayWrite) {
  must(initialise());
  for (const auto mode : {std::filesystem::perms::group_write, std::filesystem::perms::others_write}) {
    std::filesystem::permissions(folder.path, mode, std::filesystem::perm_options::add);
    const auto refused = open(Mode::Read);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), ErrorKind::Refused);
    std::filesystem::permissions(folder.path, mode, std::filesystem::perm_options::remove);
  }
  must(open(Mode::Read));
}

TEST_F(InstallationTest, ADatabaseWithAViewOrATriggerOfSomebodyElseIsNotRead) {
  must(initialise());
  static constexpr store::Sql kTrigger{
      "create trigger t after insert on audit_entry begin update login set state = 0; end"};
  static constexpr store::Sql kDropTrigger{"drop trigger t"};
  static constexpr store::Sql kDrop{"drop table audit_checkpoint"};
  static constexpr store::Sql kView{
      "create view audit_checkpoint as with recursive n(hour) as (select 1 union all select hour + 1 from n)"
      " select hour, 1 as generation, -1 as size, 1 as signed_at, '' as note from n"};
  const auto change = [&](const store::Sql& sql) {
    const auto store = must(store::open_sqlite({.path = folder.database()}));
    must(store->write([&](store::Transaction& tx) -> Result<void> {
      tx.execute(sql);
      return {};
    }));
  };
  change(kTrigger);
  for (const auto mode : {Mode::Read, Mode::Change}) {
    const auto refused = open(mode);
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text().en.find("trigger t"), std::string::npos) << refused.error().text().en;
  }
  change(kDropTrigger);
  must(open(Mode::Change));
  change(kDrop);
  change(kView);
  EXPECT_FALSE(open(Mode::Read)) << "and it ends";
}

}  // namespace
}  // namespace khien::app
