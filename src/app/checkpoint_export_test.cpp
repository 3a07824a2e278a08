#include "app/checkpoint_export.h"

#include <gtest/gtest.h>

#include "app/testing.h"
#include "audit/notes.h"
#include "audit/rows.h"

namespace khien::app {
namespace {

using testing_support::must;

class CheckpointExportTest : public testing::Test, protected testing_support::AppWorld {
 protected:
  void SetUp() override {
    must(initialise());
    opened = must(open(Installation::Mode::Change));
    checkpoint();
  }
  void checkpoint() {
    must(opened->people().add_group(by, "nhom-" + std::to_string(number++), "Nhóm"));
    clock.advance(std::chrono::seconds(2));
    must(opened->log().sign_checkpoint(clock.now()));
  }
  CheckpointExport outgoing() {
    const auto send = [this](std::string name) {
      return ExportTarget{name, [this, name](const OutgoingCheckpoint& sent) -> Result<void> {
                            ++tries[name];
                            if (broken == name) return Failure(Error::unavailable({"hỏng", "broken"}, "detail"));
                            got[name].push_back(sent.size);
                            return {};
                          }};
    };
    return {opened->store(), clock, {send("a"), send("b")}, std::chrono::hours(1)};
  }
  ExportStatus status(const std::string& target) {
    return must(CheckpointExport::status(opened->store(), {target})).front();
  }

  std::unique_ptr<Installation> opened;
  int number = 1;
  std::string broken;
  std::map<std::string, int> tries;
  std::map<std::string, std::vector<std::uint64_t>> got;
};

TEST_F(CheckpointExportTest, SendsTheNewestOnceAnHourAndOnlyWhatIsNew) {
  auto out = outgoing();
  must(out.run_due());
  must(out.run_due());
  EXPECT_EQ(got["a"], (std::vector<std::uint64_t>{1}));
  checkpoint();
  checkpoint();
  must(out.run_due());
  EXPECT_EQ(got["a"].size(), 1U) << "within the hour";
  clock.advance(std::chrono::hours(1));
  must(outgoing().run_due());  // also after a restart
  EXPECT_EQ(got["a"], (std::vector<std::uint64_t>{1, 3}));
  clock.advance(std::chrono::hours(9));
  must(out.run_due());
  EXPECT_EQ(got["a"].size(), 2U) << "nothing is new";
}

TEST_F(CheckpointExportTest, WhatFailsIsToldTriedAgainAndHoldsUpNoOther) {
  broken = "a";
  auto out = outgoing();
  must(out.run_due());
  must(out.run_due());
  EXPECT_EQ(tries["a"], 1) << "not at once again";
  EXPECT_EQ(got["b"].size(), 1U);
  EXPECT_EQ(status("a").tries, 1);
  EXPECT_NE(status("a").failure.find("detail"), std::string::npos);
  const Instant since = *status("a").failed_since;
  for (int minute = 0; minute < 60; ++minute) {
    clock.advance(std::chrono::minutes(1));
    must(out.run_due());
  }
  EXPECT_GE(tries["a"], 5);
  EXPECT_LE(tries["a"], 8) << "it waits longer each time";
  EXPECT_EQ(status("a").failed_since, since);
  broken.clear();
  clock.advance(std::chrono::minutes(30));
  must(out.run_due());
  EXPECT_EQ(got["a"].size(), 1U);
  EXPECT_FALSE(status("a").failed_since);
}

TEST_F(CheckpointExportTest, AClockThatWasSetBackHoldsNothingUp) {
  auto out = outgoing();
  must(out.run_due());
  checkpoint();
  clock.set_wall(clock.now() - std::chrono::days(30));
  must(out.run_due());
  EXPECT_EQ(got["a"].size(), 2U);
}

TEST_F(CheckpointExportTest, AFileIsWholeUnderItsNameAndFollowsNoLink) {
  const OutgoingCheckpoint sent{"khien/abc/2", 2, 7, clock.now(), *opened->log().latest()};
  const std::string folder_name = (temporary.path() / "drop").string();
  EXPECT_FALSE(drop_file(folder_name, sent)) << "the folder is not made";
  std::filesystem::create_directory(folder_name);
  const std::string name = folder_name + "/khien-abc-2-000000000007.checkpoint";
  const std::string victim = (temporary.path() / "victim").string();
  must(write_file(victim, "kept", false));
  std::filesystem::create_symlink(victim, name + ".part");
  std::filesystem::create_symlink(victim, name);
  must(drop_file(folder_name, sent));
  EXPECT_EQ(must(read_file(name)), sent.note);
  EXPECT_EQ(must(read_file(victim)), "kept");
}

TEST_F(CheckpointExportTest, AMailHoldsTheNoteTwiceAndNoHeaderButOurs) {
  const OutgoingCheckpoint sent{"khien/abc", 1, 7, clock.now(), *opened->log().latest()};
  const std::string text = mail_text({.from = "a@b.vn", .to = {"c@d.vn", "e@f.vn"}}, sent, clock.now());
  const auto notes = audit::notes_in(text);
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0], sent.note);
  EXPECT_EQ(notes[1], sent.note);
  EXPECT_EQ(text.find("\n\n"), std::string::npos);
  EXPECT_NE(text.find("\r\nTo: c@d.vn, e@f.vn\r\n"), std::string::npos);
}

TEST(ExportAddresses, AreWhatTheyAreSaidToBeAndNothingElse) {
  for (const auto* good : {"a@b.vn", "kiem.toan+log@mau.gov.vn"}) EXPECT_TRUE(is_mail_address(good)) << good;
  for (const auto* bad :
       {"", "@", "a@", "@b", "a@b@c", "a b@c.vn", "a@b.vn\r\nBcc: c@d.vn", "<a@b.vn>", "a@b.vn,c@d.vn", "-oQ@b.vn"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  for (const auto* good : {"smtp://mail", "smtps://mail.gov.vn:465", "smtp://[::1]:25"})
    EXPECT_TRUE(is_mail_url(good)) << good;
  for (const auto* bad :
       {"", "http://mail", "smtp://", "smtp://u@mail", "smtp://mail/x", "smtp://mail?x", "file:///etc"})
    EXPECT_FALSE(is_mail_url(bad)) << bad;
  for (const auto* good : {"unix:/dev/log", "udp://log:514", "tcp://[::1]:601", "tls://log.gov.vn:6514"})
    EXPECT_TRUE(is_syslog_place(good)) << good;
  for (const auto* bad : {"", "unix:dev/log", "udp://log", "udp://log:0", "udp://log:65536", "tcp://u@log:1",
                          "tcp://log:1/x", "gopher://log:1"})
    EXPECT_FALSE(is_syslog_place(bad)) << bad;
}

TEST(Notes, AreFoundAmongOtherLinesAndInOneLine) {
  const std::string note = "khien/abc\n3\nAAAA\n\n\u2014 khien/abc AAAA\n";
  const std::string other = "khien/abc\n4\nBBBB\ntime x\n\n\u2014 khien/abc BBBB\n\u2014 khien/abc CCCC\n";
  EXPECT_EQ(audit::notes_in("Subject: x\r\n\r\n" + note + other + "\nthanks\n"), (std::vector{note, other}));
  EXPECT_EQ(audit::notes_in("<1>host " + audit::one_line(note) + " tail\n" + audit::one_line(other)),
            (std::vector{note, other}));
  EXPECT_TRUE(audit::notes_in("nothing\n").empty());
  EXPECT_EQ(audit::notes_in("khien/abc\n3\n").size(), 1U) << "a torn one is not passed over";
}

}  // namespace
}  // namespace khien::app
