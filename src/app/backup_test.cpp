#include "app/backup.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/erasure.h"
#include "app/keys.h"
#include "app/restore.h"
#include "app/testing.h"
#include "audit/rows.h"
#include "audit/verify.h"

namespace khien::app {
namespace {

using testing_support::must;

/// A pair of keys of age, made for this test by age-keygen.
struct Pair {
  explicit Pair(const std::filesystem::path& folder, const std::string& name) : file((folder / name).string()) {
    const std::string command = "age-keygen -o '" + file + "' 2>/dev/null";
    if (std::system(command.c_str()) != 0) std::abort();
    const std::string text = must(read_file(file));
    const auto at = text.find("public key: ") + 12;
    recipient = text.substr(at, text.find('\n', at) - at);
  }
  std::string file;
  std::string recipient;
};

class BackupTest : public testing::Test, protected testing_support::AppWorld {
 protected:
  void SetUp() override {
    must(initialise());
    opened = must(open(Installation::Mode::Change));
    add_person(1);
    add_person(2);
    must(opened->log().sign_checkpoint(clock.now()));
  }
  PersonId add_person(int number) {
    people::PersonDetails details;
    details.name = "Trần Thị Bình";
    details.staff_code = "CB" + std::to_string(number);
    details.secret.identity_number = "0010900" + std::to_string(10000 + number);
    details.secret.birth_date = parse_date("1990-01-02");
    return must(opened->people().add_person(by, details));
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (temporary.path() / name).string(); }
  BackupMade back_up(const std::string& name = "b.age") {
    return must(make_backup(*opened, by, path(name), {pair.recipient}));
  }
  Result<Restored> restore_to(const std::string& folder_name, RestoreOptions options = {}) {
    if (options.file.empty()) options.file = path("b.age");
    if (options.identity.empty()) options.identity = pair.file;
    if (options.root_key_file.empty()) options.root_key_file = folder.root_key();
    return restore({temporary.path() / folder_name}, options, by, environment(), clock, random);
  }
  std::unique_ptr<Installation> open_restored(const std::string& folder_name) {
    return must(
        Installation::open({temporary.path() / folder_name}, Installation::Mode::Change, environment(), clock, random));
  }
  static audit::Report verify(Installation& installation, std::vector<audit::VerifierKey> keys,
                              std::vector<audit::KeptCheckpoint> against = {}) {
    return must(installation.store().read([&](store::Reader& reader) {
      return audit::verify(reader,
                           {.keys = std::move(keys), .keyring = &installation.keys(), .against = std::move(against)});
    }));
  }
  std::vector<std::string> files() {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(temporary.path()))
      out.push_back(entry.path().filename().string());
    std::ranges::sort(out);
    return out;
  }
  void change_byte(const std::string& file, std::streamoff at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(at);
    const char old = static_cast<char>(stream.get());
    stream.seekp(at);
    stream.put(static_cast<char>(old ^ 1));
  }

  Pair pair{temporary.path(), "identity.txt"};
  std::unique_ptr<Installation> opened;
};

TEST_F(BackupTest, IsRestoredIntoANewGenerationThatCitesTheLastCheckpoint) {
  const auto person = *must(opened->people().find_person_by_identity("001090010001"));
  const auto old_key = opened->log().verifier_key();
  const std::string kept = *opened->log().latest();
  const auto made = back_up();
  EXPECT_EQ(made.manifest.checkpoint, kept);
  EXPECT_EQ(must(last_backup(opened->store())), clock.now());
  const auto restored = must(restore_to("new"));
  EXPECT_EQ(restored.generation, 2U);
  const auto again = open_restored("new");
  EXPECT_EQ(again->id(), opened->id());
  EXPECT_EQ(must(again->people().private_facts(person)).identity_number, "001090010001");
  EXPECT_EQ(again->people().snapshot()->person(person)->person.name,
            opened->people().snapshot()->person(person)->person.name);
  EXPECT_EQ(again->log().verifier_key().name, "khien/" + opened->id() + "/2");
  // Who holds the key of before follows, and so does who holds a checkpoint of before.
  const auto report = verify(*again, {old_key}, {{"kept", kept}});
  EXPECT_TRUE(report.passed()) << report.wrong->text.en;
  bool cited = false;
  must(again->store().read([&](store::Reader& reader) -> Result<void> {
    audit::each_entry(reader, made.manifest.entries, UINT64_MAX, 1, [&](const audit::EntryRow& row) {
      cited = row.type == "installation.restored" && row.bytes.find("2025-06-01") != std::string_view::npos;
    });
    return {};
  }));
  EXPECT_TRUE(cited);
}

TEST_F(BackupTest, WhatTheBackupDoesNotHaveIsSaidToBeLost) {
  const auto old_key = opened->log().verifier_key();
  back_up();
  add_person(3);
  clock.advance(std::chrono::hours(1));
  must(opened->log().sign_checkpoint(clock.now()));
  must(write_file(path("kept.txt"), *opened->log().latest(), false));
  EXPECT_FALSE(restore_to("new", {.checkpoints = path("kept.txt")})) << "older than what is known";
  must(restore_to("new", {.checkpoints = path("kept.txt"), .older_because = "mất máy chủ"}));
  const auto again = open_restored("new");
  const auto report = verify(*again, {old_key}, {{"kept.txt", *opened->log().latest()}});
  ASSERT_FALSE(report.passed());
  EXPECT_NE(report.wrong->text.en.find("restored from a backup"), std::string::npos) << report.wrong->text.en;
}

TEST_F(BackupTest, ADamagedShortenedOrForeignFileIsRefusedAndLeavesNothing) {
  const auto made = back_up();
  const Pair other(temporary.path(), "other.txt");
  must(rename(path("b.age").c_str(), path("whole.age").c_str()) == 0 ? Result<void>() : Failure(Error::internal("")));
  const std::string whole = must(read_file(path("whole.age")));
  const auto before = files();
  must(write_file(path("b.age"), whole, true));
  EXPECT_FALSE(restore_to("new", {.identity = other.file})) << "another recipient";
  for (const std::size_t at : {std::size_t{3}, whole.size() / 3, whole.size() - 5}) {
    must(write_file(path("b.age"), whole, true));
    change_byte(path("b.age"), static_cast<std::streamoff>(at));
    EXPECT_FALSE(check_backup(path("b.age"), pair.file)) << at;
    EXPECT_FALSE(restore_to("new")) << at;
    must(write_file(path("b.age"), whole.substr(0, at), true));
    EXPECT_FALSE(check_backup(path("b.age"), pair.file)) << at;
    EXPECT_FALSE(restore_to("new")) << at;
  }
  std::filesystem::remove(path("b.age"));
  EXPECT_EQ(files(), before);
  EXPECT_EQ(must(check_backup(path("whole.age"), pair.file)).manifest.entries, made.manifest.entries);
}

/// Anybody can encrypt to a public key: only the installation can seal.
TEST_F(BackupTest, AForgedBackupIsRefused) {
  back_up();
  const std::string work = path("forged");
  const std::string command = "mkdir '" + work + "' && cd '" + work + "' && age -d -i '" + pair.file +
                              "' ../b.age > all.tar && tar tf all.tar > names";
  ASSERT_EQ(std::system(command.c_str()), 0);
  // What the forger can do: change the content and make digest and numbers of rows right.
  ContentDigest digest;
  std::string archived;
  ArchiveWriter writer([&](std::string_view bytes) -> Result<void> {
    archived += bytes;
    return {};
  });
  const std::string tar = must(read_file(work + "/all.tar"));
  std::size_t at = 0;
  const auto source = [&](std::span<char> into) -> Result<std::size_t> {
    const auto size = std::min(into.size(), tar.size() - at);
    std::copy_n(tar.begin() + static_cast<std::ptrdiff_t>(at), size, into.begin());
    at += size;
    return size;
  };
  must(read_archive(source, [&](const std::string& name, std::string content) -> Result<void> {
    if (name == "end.json") {
      auto end = TRY(parse_end(content));
      end.digest = digest.value();
      return writer.add(name, json_of(end), clock.now());
    }
    if (name.starts_with("rows/person/"))
      if (const auto code = content.find("CB1"); code != std::string::npos) content.replace(code, 3, "CB9");
    digest.add(name, content);
    return writer.add(name, content, clock.now());
  }));
  must(writer.finish());
  must(write_file(work + "/forged.tar", archived, false));
  ASSERT_EQ(
      std::system(("age -e -r " + pair.recipient + " -o '" + path("f.age") + "' '" + work + "/forged.tar'").c_str()),
      0);
  EXPECT_TRUE(check_backup(path("f.age"), pair.file));
  const auto refused = restore_to("new", {.file = path("f.age")});
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().text().en.find("forged"), std::string::npos);
}

TEST_F(BackupTest, AWrongRootKeyIsNamedAndAForeignFolderKept) {
  back_up();
  must(write_root_key(path("wrong.key"), random));
  const auto wrong = restore_to("new", {.root_key_file = path("wrong.key")});
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().text().en.find(opened->keys().root_id()), std::string::npos);
  const Folder foreign{temporary.path() / "foreign"};
  must(app::initialise(foreign, environment(), clock, random));
  EXPECT_FALSE(restore_to("foreign", {.older_because = "thử"}));
  EXPECT_TRUE(std::filesystem::exists(foreign.database()));
  must(write_file(path("note"), "x", false));
  std::filesystem::create_directory(path("used"));
  must(write_file(path("used/letter.docx"), "x", false));
  EXPECT_FALSE(restore_to("used"));
}

TEST_F(BackupTest, OverItsOwnInstallationItTakesAReasonAndKeepsTheOldFolder) {
  back_up();
  const auto busy = restore_to("data", {.older_because = "thử"});
  ASSERT_FALSE(busy) << "the folder is held";
  add_person(3);
  opened.reset();
  EXPECT_FALSE(restore_to("data")) << "older than what the folder has";
  const auto restored = must(restore_to("data", {.older_because = "dữ liệu hỏng"}));
  EXPECT_TRUE(std::filesystem::exists(restored.replaced + "/khien.db"));
  opened = must(open(Installation::Mode::Change));
  EXPECT_FALSE(must(opened->people().find_person_by_identity("001090010003")));
  // Restored once more it does not become the same generation again.
  opened.reset();
  EXPECT_EQ(must(restore_to("data", {.older_because = "lần nữa"})).generation, 3U);
}

TEST_F(BackupTest, WhoWasErasedAfterTheBackupIsErasedAgain) {
  const auto person = *must(opened->people().find_person_by_identity("001090010001"));
  must(rotate_key(*opened, by, store::Purpose::Field));
  back_up();
  must(erase_person(*opened, by, person, "yêu cầu của đương sự"));
  opened.reset();
  must(restore_to("data", {.older_because = "dữ liệu hỏng"}));
  opened = must(open(Installation::Mode::Change));
  EXPECT_EQ(opened->people().snapshot()->person(person)->person.name, people::kErasedName);
  EXPECT_TRUE(verify(*opened, {opened->log().verifier_key()}).passed());
}

TEST_F(BackupTest, OnAnotherMachineTheListThatWasKeptSaysWhoIsErasedAgain) {
  const auto person = *must(opened->people().find_person_by_identity("001090010001"));
  back_up();
  must(write_file(path("erased.jsonl"), "{\"subject\":\"person/" + person.text() + "\"}\n", false));
  must(restore_to("new", {.erasures = path("erased.jsonl")}));
  EXPECT_EQ(open_restored("new")->people().snapshot()->person(person)->person.name, people::kErasedName);
}

TEST_F(BackupTest, NothingIsLeftAndNothingRecordedIfItCannotBeWritten) {
  const auto size = opened->log().head().size;
  const auto before = files();
  EXPECT_FALSE(make_backup(*opened, by, path("nowhere/b.age"), {pair.recipient}));
  EXPECT_FALSE(make_backup(*opened, by, "/dev/full/b.age", {pair.recipient}));
  EXPECT_FALSE(make_backup(*opened, by, path("b.age"), {"age1" + std::string(58, 'q')})) << "age refuses it";
  EXPECT_FALSE(make_backup(*opened, by, path("b.age"), {"-i"}));
  EXPECT_FALSE(make_backup(*opened, by, path("b.age"), {pair.file}));
  EXPECT_FALSE(make_backup(*opened, by, path("b.age"), {}));
  EXPECT_EQ(files(), before);
  EXPECT_EQ(opened->log().head().size, size);
  back_up();
  EXPECT_FALSE(make_backup(*opened, by, path("b.age"), {pair.recipient})) << "it is there";
}

TEST_F(BackupTest, InAFolderItIsNamedAfterInstallationAndTime) {
  const auto made = must(make_backup(*opened, by, temporary.path().string(), {pair.recipient}));
  EXPECT_NE(made.path.find("khien-" + opened->id().substr(0, 8) + "-20250531T170000Z.age"), std::string::npos);
}

}  // namespace
}  // namespace khien::app
