#include "audit/verify.h"
#include "audit/handover.h"

#include "audit/encode.h"
#include "audit/testing.h"

namespace khien::audit {
namespace {

using testing_support::noon;

constexpr int kEntries = 700;

/// 700 entries, then two of a person, then two more; checkpoints at 300, at 704, and one kept elsewhere at 704.
struct Verify : testing_support::Installation {
  void SetUp() override {
    Installation::SetUp();
    record_many(300);
    ASSERT_TRUE(*log_->sign_checkpoint(noon()));
    record_many(kEntries - 300);
    ASSERT_TRUE(record_personal(1));
    ASSERT_TRUE(record_personal(2));
    record_many(2);
    ASSERT_TRUE(*log_->sign_checkpoint(noon() + std::chrono::hours(1)));
    kept_ = *log_->latest();
    key_ = log_->verifier_key();
    log_.reset();  // the attacker works while the server is stopped, so that nothing is numbered behind our back
  }
  Report check(std::vector<KeptCheckpoint> against = {}) {
    auto report = store_->read([&](store::Reader& reader) {
      return verify(reader, {.keys = {key_}, .keyring = keyring_.get(), .against = std::move(against)});
    });
    EXPECT_TRUE(report) << report.error().detail();
    return report ? *report : Report{.wrong = Finding{}};
  }
  void expect_wrong_at(std::optional<std::uint64_t> leaf, std::string_view words,
                       std::vector<KeptCheckpoint> against = {}) {
    const auto report = check(std::move(against));
    ASSERT_TRUE(report.wrong);
    EXPECT_EQ(report.wrong->leaf, leaf) << report.wrong->text.en;
    EXPECT_NE(report.wrong->text.en.find(words), std::string::npos) << report.wrong->text.en;
    EXPECT_NE(report.wrong->text.vi, report.wrong->text.en);
  }
  /// What somebody does who knows how the log works: makes tiles and tree anew over the entries as they are.
  void rebuild_tree() {
    ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
      static constexpr store::Sql kClear{"delete from audit_tile"};
      tx.execute(kClear);
      TileTree tree;
      each_entry(tx, 0, UINT64_MAX, UINT64_MAX, [&](const EntryRow& row) { tree.add(leaf_hash(bytes_of(row.bytes))); });
      for (const auto& tile : tree.take_changed()) write_tile(tx, tile);
      auto row = *read_tree(tx);
      row.head = tree.head();
      write_tree(tx, row);
      return {};
    }));
  }
  void store_note(std::uint64_t size, const std::string& note) {
    ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
      write_checkpoint(tx, {.hour = 9'000'000, .size = size, .signed_at = noon(), .note = note});
      return {};
    }));
  }

  std::string kept_;
  VerifierKey key_;
};

TEST_F(Verify, AnUntouchedLogPasses) {
  const auto report = check({{"kept.txt", kept_}});
  EXPECT_TRUE(report.passed()) << report.wrong->text.en;
  EXPECT_EQ(report.entries, 704U);
  EXPECT_EQ(report.checkpoints, 3U);
  EXPECT_EQ(report.openings, 4U);
  EXPECT_TRUE(report.notes.empty());
  EXPECT_EQ(report.root, verify_checkpoint(kept_, key_)->head.root);
}

TEST_F(Verify, WithoutACheckpointFromElsewhereItSaysWhatItCannotSee) {
  const auto report = check();
  EXPECT_TRUE(report.passed());
  ASSERT_EQ(report.notes.size(), 1U);
  EXPECT_NE(report.notes[0].en.find("older copy"), std::string::npos);
}

TEST_F(Verify, AnEmptyLogPasses) {
  store_.reset();
  std::filesystem::remove(database());
  std::filesystem::remove(database() + "-wal");
  std::filesystem::remove(database() + "-shm");
  open_store();
  ASSERT_TRUE(store_->migrate(migrations(), noon()));
  EXPECT_TRUE(check().passed());
  expect_wrong_at(0, "had 704 entries", {{"kept.txt", kept_}});
}

TEST_F(Verify, AChangedByteIsNamed) {
  tamper("update audit_entry set bytes = replace(bytes, '\"number\":\"5\"', '\"number\":\"6\"') where leaf = 5");
  expect_wrong_at(5, "its bytes do not give the hash");
}

TEST_F(Verify, TheFirstOfManyChangesIsNamed) {
  tamper("update audit_entry set bytes = replace(bytes, 'changed', 'refused') where leaf in (600, 299, 411)");
  expect_wrong_at(299, "its bytes do not give the hash");
}

TEST_F(Verify, AColumnThatSaysOtherThanItsEntryIsNamed) {
  tamper("update audit_entry set subject = 'login/x' where leaf = 17");
  expect_wrong_at(17, "column");
  tamper("update audit_entry set subject = 'login/3' where leaf = 17");
  EXPECT_TRUE(check().passed());
  tamper("update audit_entry set type = 'a' where leaf = 17");
  expect_wrong_at(17, "column");
  tamper("update audit_entry set type = 'password.changed', at = at + 1 where leaf = 17");
  expect_wrong_at(17, "column");
}

TEST_F(Verify, AnEntryTakenOutOfTheMiddleIsNamed) {
  tamper("delete from audit_entry where leaf = 256");
  expect_wrong_at(256, "no longer in the log");
}

TEST_F(Verify, EntriesThatWereMovedUpOverAGapAreNamed) {
  tamper("delete from audit_entry where leaf = 100");
  tamper("update audit_entry set leaf = leaf - 1 where leaf > 100");
  expect_wrong_at(100, "its bytes do not give the hash");
}

TEST_F(Verify, ReorderedEntriesAreNamed) {
  tamper("update audit_entry set leaf = -1 where leaf = 8");
  tamper("update audit_entry set leaf = 8 where leaf = 12");
  tamper("update audit_entry set leaf = 12 where leaf = -1");
  expect_wrong_at(8, "its bytes do not give the hash");
}

TEST_F(Verify, AnEntryOutsideTheNumbersIsNoticed) {
  tamper("insert into audit_entry select -1, at, type, subject, bytes from audit_entry where leaf = 8");
  expect_wrong_at(std::nullopt, "outside the numbers");
}

TEST_F(Verify, ADuplicatedEntryAtTheEndIsNamed) {
  tamper("insert into audit_entry select 704, at, type, subject, bytes from audit_entry where leaf = 8");
  expect_wrong_at(704, "beyond the recorded length");
}

TEST_F(Verify, ANumberThatIsThereTwiceIsNamed) {
  change_schema("create table other (leaf integer, at bigint, type text, subject text, bytes text)");
  change_schema("insert into other select * from audit_entry");
  change_schema("insert into other select * from audit_entry where leaf = 31");
  change_schema("drop table audit_entry");
  change_schema("alter table other rename to audit_entry");
  expect_wrong_at(31, "twice");
}

TEST_F(Verify, ACutOffEndIsSeenByTheTreeAndByTheCheckpoints) {
  tamper("delete from audit_entry where leaf >= 650");
  expect_wrong_at(650, "had 704 entries");
  tamper("delete from audit_checkpoint where size > 300");
  expect_wrong_at(650, "to 703 are no longer");
}

TEST_F(Verify, AnEndCutOffWithEverythingThatSpeaksOfItIsSeenOnlyByACheckpointKeptElsewhere) {
  tamper("delete from audit_checkpoint where size > 300");
  tamper("delete from audit_entry where leaf >= 300");
  tamper("delete from audit_opening");
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    auto row = *read_tree(tx);
    row.head.size = 300;
    write_tree(tx, row);
    return {};
  }));
  rebuild_tree();
  // Only the tag of the tree, which needs the log's key, is still wrong. Who has an old copy has an old tag too.
  expect_wrong_at(300, "was not written by Khiên");
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    auto row = *read_tree(tx);
    row.tag = StateKey(*keyring_).tag_of_tree(row.key_id, row.generation, row.head);
    write_tree(tx, row);
    return {};
  }));
  EXPECT_TRUE(check().passed());
  expect_wrong_at(300, "had 704 entries", {{"kept.txt", kept_}});
}

TEST_F(Verify, AChangeWithTheWholeTreeMadeAnewIsSeenByTheNextCheckpoint) {
  tamper("update audit_entry set bytes = replace(bytes, '\"number\":\"50\"', '\"number\":\"51\"') where leaf = 350");
  rebuild_tree();
  expect_wrong_at(300, "among entries 300–703");
}

TEST_F(Verify, AnEntryAddedAfterTheLastCheckpointWithTheTreeMadeAnewIsSeenByTheTag) {
  tamper("insert into audit_entry select 704, at, type, subject, bytes from audit_entry where leaf = 8");
  rebuild_tree();
  expect_wrong_at(704, "was not written by Khiên");
  EXPECT_FALSE(try_open_log()) << "the server must not sign it";
}

TEST_F(Verify, AnEntryForgedIntoTheQueueIsNotSequenced) {
  tamper("insert into audit_pending select 0, at, type, subject, bytes, 'AAAA' from audit_entry where leaf = 8");
  EXPECT_FALSE(try_open_log());
}

TEST_F(Verify, AChangedTileIsNoticedAtEveryLevel) {
  tamper("update audit_tile set hashes = 'AAAA' || substr(hashes, 5) where level = 0 and number = 1");
  expect_wrong_at(256, "its bytes do not give the hash");
}

TEST_F(Verify, AChangedUpperTileIsNoticed) {
  tamper("update audit_tile set hashes = 'AAAA' || substr(hashes, 5) where level = 1");
  expect_wrong_at(0, "the joint hash of entries 0–255");
}

TEST_F(Verify, AMissingTileIsNoticed) {
  tamper("delete from audit_tile where level = 0 and number = 2");
  expect_wrong_at(512, "no longer in the tree");
}

TEST_F(Verify, ATileTooManyIsNoticed) {
  tamper("insert into audit_tile select 5, 5, hashes from audit_tile where level = 1");
  expect_wrong_at(std::nullopt, "tiles where there should be");
}

TEST_F(Verify, AChangedRootIsNoticed) {
  tamper("update audit_tree set root = 'AAAA' || substr(root, 5)");
  expect_wrong_at(std::nullopt, "recorded root");
}

TEST_F(Verify, AChangedOpeningIsNamed) {
  tamper("update audit_opening set sealed = 'AAAA' || substr(sealed, 5) where name = 'name'");
  expect_wrong_at(700, "cannot be opened");
}

TEST_F(Verify, ExchangedOpeningsAreNamed) {
  tamper(
      "update audit_opening set sealed = (select o.sealed from audit_opening o"
      " where o.name = audit_opening.name and o.entry <> audit_opening.entry)");
  expect_wrong_at(700, "cannot be opened");
}

TEST_F(Verify, ADeletedOpeningIsNamed) {
  tamper("delete from audit_opening where name = 'identity_number'");
  expect_wrong_at(700, "is gone");
}

TEST_F(Verify, ADestroyedKeyWithoutAnErasureIsNamed) {
  tamper("delete from audit_person_key where person_id = 'AgICAgICAgICAgICAgICAg'");
  expect_wrong_at(701, "cannot be opened");
}

TEST_F(Verify, AnErasedPersonLeavesTheLogWhole) {
  open_log();
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->erase_person(tx, person(1), Actor::clock(), noon());
    return {};
  }));
  auto report = check();
  EXPECT_TRUE(report.passed()) << report.wrong->text.en;
  EXPECT_EQ(report.erased, 2U);
  EXPECT_EQ(report.openings, 2U);
  // An erasure explains what stands before it, not what comes after.
  ASSERT_TRUE(record_personal(1));
  EXPECT_EQ(check().openings, 4U);
  log_.reset();
  tamper("delete from audit_person_key where person_id = 'AQEBAQEBAQEBAQEBAQEBAQ'");
  expect_wrong_at(705, "cannot be opened");
}

TEST_F(Verify, AKeyThatWasPutBackAfterAnErasureIsNamed) {
  change_schema("create table saved as select * from audit_person_key");
  open_log();
  ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
    log_->erase_person(tx, person(2), Actor::clock(), noon());
    return {};
  }));
  log_.reset();
  tamper("insert into audit_person_key select * from saved where person_id = 'AgICAgICAgICAgICAgICAg'");
  expect_wrong_at(701, "can still be opened");
}

TEST_F(Verify, AnErasureWrittenIntoAColumnExplainsNothing) {
  tamper("delete from audit_opening where name = 'identity_number'");
  tamper("update audit_entry set type = 'person.erased' where leaf = 702");
  expect_wrong_at(700, "is gone");
}

TEST_F(Verify, AReplacedCheckpointIsNoticed) {
  tamper(
      "update audit_checkpoint set note = replace(note, 'khien/abc' || char(10) || '300', 'khien/abc' || char(10) || "
      "'299') where size = 300");
  expect_wrong_at(std::nullopt, "not signed by the key");
}

TEST_F(Verify, ACheckpointUnderAnotherSizeIsNoticed) {
  tamper("update audit_checkpoint set size = 301 where size = 300");
  expect_wrong_at(std::nullopt, "what was signed says size 300");
}

TEST_F(Verify, ACheckpointOfASizeThatCannotBeIsNoticed) {
  tamper("update audit_checkpoint set size = -5 where size = 300");
  expect_wrong_at(std::nullopt, "cannot be");
}

TEST_F(Verify, AnotherTimeThanTheOneThatWasSignedIsNoticed) {
  tamper("update audit_checkpoint set signed_at = signed_at + 1 where size = 300");
  expect_wrong_at(std::nullopt, "the time that was signed");
}

TEST_F(Verify, AHandoverThatIsNotSignedByBothKeysIsNoticed) {
  const auto& seed = keyring_->current(store::Purpose::Log).bytes;
  const Secret other{std::string(32, 'o')};
  const Secret stranger{std::string(32, 's')};
  const TreeHead head = verify_checkpoint(kept_, key_)->head;
  const auto append = [&](const std::string& note) {
    ASSERT_TRUE(store_->write([&](store::Transaction& tx) -> Result<void> {
      append_handover(tx, head.size, noon(), note);
      return {};
    }));
  };
  append(sign_handover(head, noon(), key_.name, seed, key_.name, other));
  EXPECT_TRUE(check().passed());
  std::string forged = sign_handover(head, noon(), key_.name, stranger, key_.name, other);
  EXPECT_TRUE(parse_handover(forged));
  forged.replace(forged.find("khien-key-from"), forged.find("khien-key-to") - forged.find("khien-key-from"),
                 "khien-key-from " + text_of(key_) + "\n");
  EXPECT_FALSE(parse_handover(forged));
  append(forged);
  expect_wrong_at(std::nullopt, "handover");
}

TEST_F(Verify, ACheckpointSignedWithAnotherKeyIsNoticed) {
  const Secret other{std::string(32, 'o')};
  store_note(302, sign_checkpoint({.origin = "khien/abc", .head = {302, Digest{}}}, "khien/abc", other));
  expect_wrong_at(std::nullopt, "not signed by the key");
}

TEST_F(Verify, ACheckpointOfAnotherHistoryIsNoticed) {
  const auto& seed = keyring_->current(store::Purpose::Log).bytes;
  store_note(302, sign_checkpoint({.origin = "khien/abc", .head = {302, Digest{}}}, "khien/abc", seed));
  expect_wrong_at(300, "among entries 300–301");
}

TEST_F(Verify, ALogSignedAnewWithAnotherKeyIsSeenByTheKeyThatTheAuditorHolds) {
  const Secret other{std::string(32, 'o')};
  key_.public_key = ed25519_public(other);
  expect_wrong_at(std::nullopt, "not signed by the key");
}

TEST_F(Verify, AKeptCheckpointThatIsForgedIsNoticedAndOneThatIsNoneIsAnError) {
  std::string forged = kept_;
  forged[forged.find("704") + 2] = '3';
  expect_wrong_at(std::nullopt, "forged.txt", {{"forged.txt", forged}});
  EXPECT_FALSE(store_->read([&](store::Reader& reader) {
    return verify(reader, {.keys = {key_}, .against = {{"letter.txt", "Kính gửi"}}});
  }));
}

TEST_F(Verify, AnEntryThatWaitsSinceBeforeTheLastCheckpointIsNoticed) {
  tamper("insert into audit_pending select 0, at, type, subject, bytes, 'AAAA' from audit_entry where leaf = 8");
  expect_wrong_at(std::nullopt, "has no number yet");
}

TEST_F(Verify, WithoutKeysItChecksWhatItCanAndSaysTheRest) {
  const auto report = store_->read([&](store::Reader& reader) { return verify(reader, {.keys = {key_}}); });
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->passed());
  EXPECT_EQ(report->notes.size(), 2U);
}

TEST_F(Verify, TheSummaryNamesTheEntryInBothLanguages) {
  tamper("delete from audit_entry where leaf = 256");
  const auto summary = summary_of(check());
  EXPECT_NE(summary.vi.find("mục số 256"), std::string::npos);
  EXPECT_NE(summary.en.find("entry number 256"), std::string::npos);
}

}  // namespace
}  // namespace khien::audit
